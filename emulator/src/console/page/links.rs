//! "Devices → Link App Account" of a project: OAuth 2.0, and the accounts that are linked to the project itself.

use maud::{Markup, html};

use super::{
    devices_tab::{self, Section},
    form::{Field, Form, Problem},
    oauth, parts,
    session::Visit,
    sources as source_page,
    stop::Stop,
};
use crate::{
    console::{
        Reason, Refused, accounts, projects,
        sources::{self, Source},
    },
    http::{Answer, Parameters},
    state::Project,
    turn::Turn,
};

const ACCOUNT: Field<'_> = Field { name: "uid", label: "App account", hint: "", required: true };

/// `GET /console/projects/{id}/devices`
pub(super) fn show(turn: &Turn<'_>, visit: &Visit, project: &str) -> Result<Answer, Stop> {
    let project = projects::find(&turn.work, project)?;
    let rest = html! {
        (oauth::summary(turn, &project)?)
        (linked(turn, visit, &project)?)
    };
    Ok(devices_tab::page(&project, Section::LinkAppAccount, None, visit, &rest))
}

/// The users who are data sources of simple mode.
fn linked(turn: &Turn<'_>, visit: &Visit, project: &Project) -> Result<Markup, Stop> {
    let mut sources = sources::list(&turn.work, &project.id)?;
    sources.retain(|source| matches!(source, Source::User(..)));
    let accounts = accounts::list(&turn.work)?;
    let name = |source: &Source| {
        let Source::User(data_center, uid) = source else { return None };
        let is_own = |entry: &&accounts::Entry| entry.data_center == *data_center && entry.account.uid == *uid;
        let name = accounts.iter().find(is_own).map_or(uid.as_str(), |entry| &entry.name);
        Some(format!("{name} · {}", parts::place(*data_center)))
    };
    Ok(html! {
        section.card {
            div.head {
                h2 { "Linked App Accounts" }
                a.button href={ (parts::project_path(&project.id)) "/devices/link" } { "Link App Account" }
            }
            p { "Tokens of simple mode reach the devices of linked accounts. Consent on the authorization page links \
                nobody here: it gives a token of code mode." }
            (source_page::package_of("User permission package", project.packages.user))
            @if sources.is_empty() { p { "None is linked." } }
            ul.list {
                @for source in &sources {
                    @if let Some(name) = name(source) {
                        li { span { (name) } (source_page::removal(visit, project, source, "Unlink", &name)) }
                    }
                }
            }
        }
    })
}

/// `GET /console/projects/{id}/devices/link`
pub(super) fn new(turn: &Turn<'_>, visit: &Visit, project: &str) -> Result<Answer, Stop> {
    let project = projects::find(&turn.work, project)?;
    page(turn, &project, &Form::empty(visit))
}

/// `POST /console/projects/{id}/devices/link`
pub(super) fn add(turn: &mut Turn<'_>, visit: &Visit, project: &str, fields: &Parameters) -> Result<Answer, Stop> {
    let chosen = parts::chosen_account(fields.get(ACCOUNT.name).unwrap_or_default());
    let outcome = match chosen {
        Some((data_center, uid)) => sources::add(turn, project, &Source::User(data_center, uid)),
        None => Err(Refused::new(Reason::UserUnknown, "Choose an account.").of(ACCOUNT.name)),
    };
    match outcome {
        Ok(()) => Ok(Answer::see_other(format!("{}/devices?done=added", parts::project_path(project)))),
        Err(refused) => {
            let problem = Problem::of(refused)?;
            let project = projects::find(&turn.work, project)?;
            page(turn, &project, &Form::refused(visit, fields, &problem))
        }
    }
}

fn page(turn: &Turn<'_>, project: &Project, form: &Form<'_>) -> Result<Answer, Stop> {
    let base = parts::project_path(&project.id);
    let choices = parts::account_choices(turn)?;
    let rest = html! {
        h2 { "Link App Account" }
        @if choices.is_empty() {
            p { "There is no account yet. " a href="/console/accounts/new" { "Create one" } " first." }
        }
        form.card method="post" action={ (base) "/devices/link" } {
            (form.start())
            (form.choice(ACCOUNT, &choices))
            div.actions {
                button.primary type="submit" { "OK" }
                a href={ (base) "/devices" } { "Cancel" }
            }
        }
    };
    Ok(devices_tab::page(project, Section::LinkAppAccount, Some(form), form.visit, &rest))
}
