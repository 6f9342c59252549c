//! A project's data sources of simple mode (section 1): products, apps and mini programs.

use maud::{Markup, html};

use super::{
    devices_tab::{self, Section},
    form::{Field, Form, Problem},
    frame, parts,
    session::Visit,
    stop::Stop,
};
use crate::{
    console::{
        projects,
        sources::{self, Source},
    },
    http::{Answer, Parameters},
    state::Project,
    turn::Turn,
};

/// A kind of data source that a project can have many of.
#[derive(Clone, Copy)]
struct Kind {
    /// Its name in addresses, as [`Source::kind`] gives it.
    name: &'static str,
    title: &'static str,
    add: &'static str,
    effect: &'static str,
    package: &'static str,
    field: Field<'static>,
    make: fn(String) -> Source,
}

const KINDS: [Kind; 3] = [
    Kind {
        name: "product",
        title: "Products",
        add: "Add Product",
        effect: "Every device of the product, whoever has it.",
        package: "PID permission package",
        field: Field {
            name: "productId",
            label: "Product ID (PID)",
            hint: "Each device shows its own.",
            required: true,
        },
        make: Source::Product,
    },
    Kind {
        name: "app",
        title: "Mobile apps",
        add: "Add App",
        effect: "Every device of every account of the app.",
        package: "Mobile app/WeChat Mini Program permission package",
        field: Field {
            name: "app",
            label: "Application Name",
            hint: "As app authorizations and accounts carry it.",
            required: true,
        },
        make: Source::App,
    },
    Kind {
        name: "mini_program",
        title: "WeChat mini programs",
        add: "Add Mini Program",
        effect: "Every device of every account of the mini program.",
        package: "Mobile app/WeChat Mini Program permission package",
        field: Field {
            name: "app",
            label: "Mini program's app ID",
            hint: "wx and 16 hex digits, as authorizations and accounts carry it.",
            required: true,
        },
        make: Source::MiniProgram,
    },
];

fn find_kind(name: &str) -> Result<Kind, Stop> {
    KINDS.into_iter().find(|kind| kind.name == name).ok_or_else(Stop::not_found)
}

/// `GET /console/projects/{id}/devices/sources`
pub(super) fn show(turn: &Turn<'_>, visit: &Visit, project: &str) -> Result<Answer, Stop> {
    let project = projects::find(&turn.work, project)?;
    let sources = sources::list(&turn.work, &project.id)?;
    let rest = html! {
        h2 { "Data Sources" }
        p.lead { "What tokens of simple mode reach, each kind by its permission package, and the linked app accounts \
            besides. A token of code mode reaches the user who authorized on the web page, and nothing of this." }
        div.cards { @for kind in KINDS { (section(visit, &project, kind, &sources)) } }
    };
    Ok(devices_tab::page(&project, Section::DataSources, None, visit, &rest))
}

fn section(visit: &Visit, project: &Project, kind: Kind, sources: &[Source]) -> Markup {
    let own: Vec<&Source> = sources.iter().filter(|source| source.kind() == kind.name).collect();
    let has_package = if kind.name == "product" { project.packages.pid } else { project.packages.app };
    html! {
        section.card {
            h3 { (kind.title) }
            p { (kind.effect) }
            (package_of(kind.package, has_package))
            @if own.is_empty() { p { "None." } }
            ul.list {
                @for source in own {
                    li {
                        code { (source_id(source)) }
                        (removal(visit, project, source, "Remove", source_id(source)))
                    }
                }
            }
            a.button href={ (parts::project_path(&project.id)) "/devices/sources/" (kind.name) } { (kind.add) }
        }
    }
}

/// Whether the project has the package that opens a kind of data source.
pub(super) fn package_of(package: &str, has: bool) -> Markup {
    html! {
        p.fine {
            (package) ": "
            @if has { "the project has it." } @else { strong { "missing, so these are out of reach (1106)." } }
        }
    }
}

/// A form that ends that something is a data source.
pub(super) fn removal(visit: &Visit, project: &Project, source: &Source, word: &str, name: &str) -> Markup {
    let data_center = if let Source::User(data_center, _) = source { Some(data_center.code()) } else { None };
    html! {
        form method="post" action={ (parts::project_path(&project.id)) "/devices/sources/remove" } {
            (frame::form_token(visit))
            input type="hidden" name="kind" value=(source.kind());
            @if let Some(data_center) = data_center { input type="hidden" name="dataCenter" value=(data_center); }
            input type="hidden" name="id" value=(source_id(source));
            button.quiet type="submit" { (word) span.only-heard { " " (name) } }
        }
    }
}

fn source_id(source: &Source) -> &str {
    match source {
        Source::Product(id) | Source::App(id) | Source::MiniProgram(id) | Source::User(_, id) => id,
    }
}

/// `POST /console/projects/{id}/devices/sources/remove`
pub(super) fn remove(turn: &mut Turn<'_>, project: &str, fields: &Parameters) -> Result<Answer, Stop> {
    let text = |name: &str| fields.get(name).unwrap_or_default();
    let (source, page) = match text("kind") {
        "user" => (Source::User(parts::data_center(text("dataCenter"))?, text("id").to_owned()), "devices"),
        kind => ((find_kind(kind)?.make)(text("id").to_owned()), "devices/sources"),
    };
    sources::remove(turn, project, &source)?;
    Ok(Answer::see_other(format!("{}/{page}?done=removed", parts::project_path(project))))
}

/// `GET /console/projects/{id}/devices/sources/{kind}`
pub(super) fn new(turn: &Turn<'_>, visit: &Visit, project: &str, kind: &str) -> Result<Answer, Stop> {
    let project = projects::find(&turn.work, project)?;
    Ok(page(&project, find_kind(kind)?, &Form::empty(visit)))
}

/// `POST /console/projects/{id}/devices/sources/{kind}`
pub(super) fn add(
    turn: &mut Turn<'_>,
    visit: &Visit,
    (project, kind): (&str, &str),
    fields: &Parameters,
) -> Result<Answer, Stop> {
    let kind = find_kind(kind)?;
    let source = (kind.make)(fields.get(kind.field.name).unwrap_or_default().to_owned());
    match sources::add(turn, project, &source) {
        Ok(()) => Ok(Answer::see_other(format!("{}/devices/sources?done=added", parts::project_path(project)))),
        Err(refused) => {
            let problem = Problem::of(refused)?;
            let project = projects::find(&turn.work, project)?;
            Ok(page(&project, kind, &Form::refused(visit, fields, &problem)))
        }
    }
}

fn page(project: &Project, kind: Kind, form: &Form<'_>) -> Answer {
    let base = format!("{}/devices/sources", parts::project_path(&project.id));
    let rest = html! {
        h2 { (kind.add) }
        p.lead { (kind.effect) }
        form.card method="post" action={ (base) "/" (kind.name) } {
            (form.start())
            (form.text(kind.field))
            div.actions {
                button.primary type="submit" { "OK" }
                a href=(base) { "Cancel" }
            }
        }
    };
    devices_tab::page(project, Section::DataSources, Some(form), form.visit, &rest)
}
