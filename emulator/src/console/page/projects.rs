//! "My Cloud Projects", and a project's overview.

use maud::{Markup, html};
use tuya_auth::credentials::AuthorizationKind;

use super::{
    form::{Field, Form, Problem},
    frame::{Area, Page},
    parts::{self, Tab},
    session::Visit,
    stop::Stop,
};
use crate::{
    console::{authorizations, projects},
    http::{Answer, Parameters},
    state::{Authorization, Project},
    turn::Turn,
};

const NAME: Field<'_> = Field { name: "name", label: "Project name", hint: "At most 64 characters.", required: true };

/// `GET /console`
pub(super) fn list(turn: &Turn<'_>, visit: &Visit) -> Result<Answer, Stop> {
    let projects = projects::list(&turn.work)?;
    let authorizations = turn.work.list::<Authorization>(&[])?;
    let count = |project: &Project| authorizations.iter().filter(|(_, each)| each.project == project.id).count();
    let main = html! {
        div.head {
            h1 { "My Cloud Projects" }
            a.button.primary href="/console/projects/new" { "Create Cloud Project" }
        }
        p.lead { "A cloud project has authorizations, which are pairs of client ID and client secret. Programs sign \
            their requests with them." }
        @if projects.is_empty() { p { "There is no project yet." } }
        ul.cards {
            @for project in &projects { (card(project, count(project))) }
        }
    };
    Ok(Page { status: 200, area: Area::Projects, title: "My Cloud Projects", main }.answer(visit))
}

fn card(project: &Project, authorizations: usize) -> Markup {
    html! {
        li.card {
            h2 { (project.name) }
            dl {
                dt { "Project ID" }
                dd { code { (project.id) } }
                dt { "Authorizations" }
                dd { (authorizations) }
                dt { "OAuth 2.0" }
                dd { (parts::on_off(project.oauth.enabled)) }
            }
            a.button href=(parts::project_path(&project.id)) {
                "Open Project" span.only-heard { " " (project.name) }
            }
        }
    }
}

/// `GET /console/projects/new`
pub(super) fn new(visit: &Visit) -> Answer {
    new_page(&Form::empty(visit))
}

/// `POST /console/projects/new`
pub(super) fn create(turn: &mut Turn<'_>, visit: &Visit, fields: &Parameters) -> Result<Answer, Stop> {
    match projects::create(turn, fields.get("name").unwrap_or_default()) {
        Ok(project) => Ok(Answer::see_other(format!("{}?done=created", parts::project_path(&project.id)))),
        Err(refused) => Ok(new_page(&Form::refused(visit, fields, &Problem::of(refused)?))),
    }
}

fn new_page(form: &Form<'_>) -> Answer {
    let main = html! {
        p.trail { a href="/console" { "My Cloud Projects" } }
        h1 { "Create Cloud Project" }
        form.card method="post" action="/console/projects/new" {
            (form.start())
            (form.text(NAME))
            p.fine { "Its cloud authorization, with a client ID and a client secret, is made with it." }
            button.primary type="submit" { "Create" }
        }
    };
    Page { status: form.status(), area: Area::Projects, title: "Create Cloud Project", main }.answer(form.visit)
}

/// `GET /console/projects/{id}`
pub(super) fn overview(turn: &Turn<'_>, visit: &Visit, id: &str) -> Result<Answer, Stop> {
    let project = projects::find(&turn.work, id)?;
    let form = Form::stored(visit, vec![("name", &project.name)]);
    overview_page(turn, &project, &form)
}

/// `POST /console/projects/{id}`
pub(super) fn rename(turn: &mut Turn<'_>, visit: &Visit, id: &str, fields: &Parameters) -> Result<Answer, Stop> {
    match projects::rename(turn, id, fields.get("name").unwrap_or_default()) {
        Ok(_) => Ok(Answer::see_other(format!("{}?done=saved", parts::project_path(id)))),
        Err(refused) => {
            let problem = Problem::of(refused)?;
            let project = projects::find(&turn.work, id)?;
            overview_page(turn, &project, &Form::refused(visit, fields, &problem))
        }
    }
}

fn overview_page(turn: &Turn<'_>, project: &Project, form: &Form<'_>) -> Result<Answer, Stop> {
    let authorizations = authorizations::list(&turn.work, &project.id)?;
    let base = parts::project_path(&project.id);
    let main = html! {
        (parts::project_head(project, Tab::Overview))
        section.card {
            h2 { "Project" }
            dl {
                dt { "Project ID" }
                dd { (parts::copyable("project-id", "project ID", &project.id)) }
                dt { "Developer's uid" }
                dd { code { (project.uid) } }
                dt { "Authorizations" }
                dd { (authorizations.len()) }
            }
        }
        (readiness(project, &authorizations))
        form.card method="post" action=(base) {
            h2 { "Rename" }
            (form.start())
            (form.text(NAME))
            button type="submit" { "Save" }
        }
    };
    Ok(Page { status: form.status(), area: Area::Projects, title: &project.name, main }.answer(form.visit))
}

/// What a user needs before an account can be linked, and whether it is there.
fn readiness(project: &Project, authorizations: &[Authorization]) -> Markup {
    let base = parts::project_path(&project.id);
    let has_app = authorizations.iter().any(|authorization| authorization.kind == AuthorizationKind::App.name());
    let is_configured = project.oauth.enabled && !project.oauth.callbacks.is_empty();
    let steps = [
        (
            has_app,
            format!("{base}/authorization/app"),
            "Add an app authorization",
            "its key opens the authorization page",
        ),
        (
            is_configured,
            format!("{base}/devices"),
            "Configure OAuth 2.0 authorization",
            "one callback URL per data center",
        ),
        (
            project.packages.user,
            format!("{base}/devices/packages"),
            "Have the user permission package",
            "without it a user's token reaches nothing (1106)",
        ),
    ];
    html! {
        section.card {
            h2 { "Before users can link their accounts" }
            ul.list {
                @for (done, address, step, why) in steps {
                    li {
                        span { a href=(address) { (step) } span.fine { " — " (why) } }
                        @if done { span.badge.good { "Done" } } @else { span.badge { "To do" } }
                    }
                }
            }
        }
    }
}
