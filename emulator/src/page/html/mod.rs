//! The pages' HTML. Everything from outside is escaped by the template.

mod consent;
mod login;
mod phone;
mod qr;
mod stopped;
mod svg;

pub(super) use consent::Consent;
pub(super) use login::Login;
pub(super) use phone::{Phone, done as phone_done};
pub(super) use qr::Qr;
pub(super) use stopped::stopped;

use maud::{DOCTYPE, Markup, html};

use super::{account::Mistake, language::Language, texts::Texts};
use crate::http::{Answer, Request};

/// What surrounds a page's own content.
struct Frame<'a> {
    language: Language,
    title: &'a str,
    /// A relative address that shows this page again, with a query and without `lang`; none when there is no such.
    address: Option<&'a str>,
    /// The page's script, by its path.
    script: Option<&'a str>,
}

impl<'a> Frame<'a> {
    fn new(request: &Request<'_>, title: &'a str) -> Self {
        Self { language: Language::of(request), title, address: None, script: None }
    }

    fn page(&self, status: u16, main: &Markup) -> Answer {
        let texts = self.language.texts();
        let document = html! {
            (DOCTYPE)
            html lang=(texts.tag) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (self.title) " · " (texts.cloud) }
                    link rel="stylesheet" href="/style.css";
                    @if let Some(script) = self.script {
                        script src=(script) defer {}
                    }
                }
                body {
                    main { (main) }
                    footer {
                        (self.languages(texts))
                        p { (texts.footer) }
                    }
                }
            }
        };
        Answer::new(status, "text/html; charset=utf-8", document.into_string()).with("content-language", texts.tag)
    }

    /// The choice of a language: links to this very page.
    fn languages(&self, texts: &Texts) -> Markup {
        let joint = if self.address.is_some_and(|address| address.ends_with('?')) { "" } else { "&" };
        html! {
            @if let Some(address) = self.address {
                nav.languages aria-label=(texts.language) {
                    @for language in Language::ALL {
                        a href={ (address) (joint) "lang=" (language.code()) } lang=(language.texts().tag)
                            aria-current=[(language == self.language).then_some("true")] {
                            (language.name())
                        }
                    }
                }
            }
        }
    }
}

/// Account and password, and what was wrong with those that were typed before.
fn credentials(texts: &Texts, wrong: Option<(&str, &Mistake)>) -> Markup {
    let typed = wrong.map(|(typed, _)| typed);
    let described = wrong.map(|_| "error");
    let invalid = wrong.map(|_| "true");
    html! {
        label for="account" { (texts.account) }
        input id="account" name="account" type="text" inputmode="email" autocomplete="username"
            autocapitalize="none" spellcheck="false" required autofocus[wrong.is_none()] value=[typed]
            aria-describedby=[described] aria-invalid=[invalid];
        label for="password" { (texts.password) }
        input id="password" name="password" type="password" autocomplete="current-password" required
            aria-describedby=[described] aria-invalid=[invalid];
    }
}

/// What is wrong. The browser puts the focus there.
fn error(sentence: &str) -> Markup {
    html! {
        p.error id="error" role="alert" tabindex="-1" autofocus { (sentence) }
    }
}

fn hidden(name: &str, value: &str) -> Markup {
    html! {
        input type="hidden" name=(name) value=(value);
    }
}

/// The host of an absolute URL, with its port.
fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}
