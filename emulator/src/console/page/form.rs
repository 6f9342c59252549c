//! Forms: fields with their labels, hints and errors. What was sent stays in them when it is refused.

use maud::{Markup, html};

use super::{frame, session::Visit, stop::Stop};
use crate::{console::Refused, http::Parameters};

/// Why what a form asks for is not done.
pub(super) struct Problem {
    pub(super) status: u16,
    /// The field that it is about.
    pub(super) field: Option<String>,
    pub(super) sentence: String,
}

impl Problem {
    /// What the form shows of a refusal; an error when there is no form to show.
    pub(super) fn of(refused: Refused) -> Result<Self, Stop> {
        match refused.reason.status() {
            404 | 500 => Err(refused.into()),
            status => Ok(Self { status, field: refused.field, sentence: refused.sentence }),
        }
    }
}

/// What the fields hold.
pub(super) enum Values<'a> {
    /// What is stored; the fields that are not named are empty.
    Stored(Vec<(&'a str, &'a str)>),
    /// What was sent and not taken.
    Sent(&'a Parameters),
}

/// A form that is shown.
pub(super) struct Form<'a> {
    pub(super) visit: &'a Visit,
    pub(super) values: Values<'a>,
    pub(super) problem: Option<&'a Problem>,
}

/// What is typed into a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    Text,
    Suggested,
    Password,
    Url,
}

/// A field of a form. Its name is the one that the operation behind it gives it.
#[derive(Clone, Copy)]
pub(super) struct Field<'a> {
    pub(super) name: &'a str,
    pub(super) label: &'a str,
    pub(super) hint: &'a str,
    pub(super) required: bool,
}

impl<'a> Form<'a> {
    /// An empty form.
    pub(super) fn empty(visit: &'a Visit) -> Self {
        Self { visit, values: Values::Stored(Vec::new()), problem: None }
    }

    /// A form that was sent and not taken.
    pub(super) fn refused(visit: &'a Visit, fields: &'a Parameters, problem: &'a Problem) -> Self {
        Self { visit, values: Values::Sent(fields), problem: Some(problem) }
    }

    /// A form with what is stored in its fields.
    pub(super) fn stored(visit: &'a Visit, values: Vec<(&'a str, &'a str)>) -> Self {
        Self { visit, values: Values::Stored(values), problem: None }
    }

    /// The status of the page that shows the form.
    pub(super) fn status(&self) -> u16 {
        self.problem.map_or(200, |problem| problem.status)
    }

    /// What stands before the fields: the reason why it was not taken, and the form's token.
    pub(super) fn start(&self) -> Markup {
        html! {
            @if let Some(problem) = self.problem {
                p.error role="alert" {
                    @match &problem.field {
                        Some(field) => { "Not done yet. " a href={ "#" (id(field)) } { "One field needs another value." } }
                        None => { (problem.sentence) }
                    }
                }
            }
            (frame::form_token(self.visit))
        }
    }

    /// A line of text.
    pub(super) fn text(&self, field: Field<'_>) -> Markup {
        self.input(field, Line::Text)
    }

    /// A line of text, with values to choose from for those who like one of them.
    pub(super) fn suggested(&self, field: Field<'_>, values: &[String]) -> Markup {
        html! {
            (self.input(field, Line::Suggested))
            datalist id={ (id(field.name)) "-list" } { @for value in values { option value=(value); } }
        }
    }

    /// Lines of text.
    pub(super) fn lines(&self, field: Field<'_>) -> Markup {
        self.labelled(
            field,
            &html! {
                textarea id=(id(field.name)) name=(field.name) rows="4" required[field.required] spellcheck="false"
                    autocapitalize="none" aria-describedby=[self.described_by(field)]
                    aria-invalid=[self.invalid(field.name)] { "\n" (self.value(field.name)) }
            },
        )
    }

    /// A password.
    pub(super) fn password(&self, field: Field<'_>) -> Markup {
        self.input(field, Line::Password)
    }

    /// A URL. Its keyboard has what a URL needs; whether it is one, the cloud says.
    pub(super) fn url(&self, field: Field<'_>) -> Markup {
        self.input(field, Line::Url)
    }

    /// One of several, each with its value and its label.
    pub(super) fn choice(&self, field: Field<'_>, options: &[(String, String)]) -> Markup {
        let chosen = self.value(field.name);
        self.labelled(
            field,
            &html! {
                select id=(id(field.name)) name=(field.name) required[field.required]
                    aria-describedby=[self.described_by(field)] aria-invalid=[self.invalid(field.name)] {
                    @for (value, label) in options {
                        option value=(value) selected[value == chosen] { (label) }
                    }
                }
            },
        )
    }

    /// A box to tick; its value is `on` when it is.
    pub(super) fn check(&self, field: Field<'_>) -> Markup {
        html! {
            div.check {
                input type="checkbox" id=(id(field.name)) name=(field.name) value="on"
                    checked[self.value(field.name) == "on"] aria-describedby=[self.described_by(field)];
                label for=(id(field.name)) { (field.label) }
            }
            (hint(field))
            (self.wrong(field))
        }
    }

    fn input(&self, field: Field<'_>, line: Line) -> Markup {
        let kind = if line == Line::Password { "password" } else { "text" };
        let list = (line == Line::Suggested).then(|| format!("{}-list", id(field.name)));
        self.labelled(
            field,
            &html! {
                input id=(id(field.name)) name=(field.name) type=(kind) value=(self.value(field.name)) list=[list]
                    inputmode=[(line == Line::Url).then_some("url")] required[field.required]
                    autocomplete="off" autocapitalize="none" spellcheck="false"
                    autofocus[self.invalid(field.name).is_some()]
                    aria-describedby=[self.described_by(field)] aria-invalid=[self.invalid(field.name)];
            },
        )
    }

    fn labelled(&self, field: Field<'_>, control: &Markup) -> Markup {
        html! {
            div.field {
                label for=(id(field.name)) { (field.label) }
                (hint(field))
                (self.wrong(field))
                (control)
            }
        }
    }

    /// What is wrong with a field, in the words of the page.
    pub(super) fn wrong(&self, field: Field<'_>) -> Markup {
        let problem = self.problem_of(field.name);
        let sentence = problem.map(|problem| match problem.sentence.strip_prefix(field.name) {
            Some(rest) if rest.starts_with(' ') => format!("{}{rest}", field.label),
            _ => problem.sentence.clone(),
        });
        html! {
            @if let Some(sentence) = sentence { p.wrong id={ (id(field.name)) "-wrong" } { (sentence) } }
        }
    }

    fn value(&self, name: &str) -> &str {
        match &self.values {
            Values::Stored(values) => values.iter().find(|(own, _)| *own == name).map_or("", |(_, value)| value),
            Values::Sent(fields) => fields.get(name).unwrap_or_default(),
        }
    }

    fn problem_of(&self, name: &str) -> Option<&Problem> {
        self.problem.filter(|problem| problem.field.as_deref() == Some(name))
    }

    fn invalid(&self, name: &str) -> Option<&'static str> {
        self.problem_of(name).map(|_| "true")
    }

    fn described_by(&self, field: Field<'_>) -> Option<String> {
        let hint = (!field.hint.is_empty()).then(|| format!("{}-hint", id(field.name)));
        let wrong = self.problem_of(field.name).map(|_| format!("{}-wrong", id(field.name)));
        let ids: Vec<String> = hint.into_iter().chain(wrong).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

fn hint(field: Field<'_>) -> Markup {
    html! {
        @if !field.hint.is_empty() { p.hint id={ (id(field.name)) "-hint" } { (field.hint) } }
    }
}

/// The id of a field's control.
fn id(name: &str) -> String {
    format!("field-{name}")
}
