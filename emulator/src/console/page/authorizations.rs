//! A project's authorizations (section 1): one page per kind, each with the authorization keys, and the forms that add
//! and edit.

use maud::{Markup, html};
use tuya_auth::credentials::AuthorizationKind;

use super::{
    authorization_texts::{effect, hint, label, platform, short_title, title},
    form::{Field as FormField, Form, Problem},
    frame::{Area, Page},
    parts::{self, Tab},
    session::Visit,
    stop::Stop,
};
use crate::{
    console::{
        authorizations,
        fields::{Field, Fields, Kind},
        projects,
    },
    http::{Answer, Parameters},
    state::{Authorization, Project},
    turn::Turn,
};

/// Project, kind and id of an authorization, as the address names them.
type Way<'a> = (&'a str, &'a str, &'a str);

/// A project's page about one kind of authorization.
struct Place<'a> {
    project: &'a Project,
    kind: AuthorizationKind,
}

impl Place<'_> {
    /// The page's path.
    fn path(&self) -> String {
        format!("{}/authorization/{}", parts::project_path(&self.project.id), self.kind.name())
    }

    /// The page with what stands at its top.
    fn page(&self, form: Option<&Form<'_>>, visit: &Visit, rest: &Markup) -> Answer {
        let base = parts::project_path(&self.project.id);
        let tabs = AuthorizationKind::ALL
            .map(|kind| (format!("{base}/authorization/{}", kind.name()), short_title(kind), kind == self.kind));
        let title = format!("{} · {}", title(self.kind), self.project.name);
        let main = html! {
            (parts::project_head(self.project, Tab::Authorization))
            (parts::tab_list("subtabs", "Kinds of authorization", &tabs))
            (rest)
        };
        let status = form.map_or(200, Form::status);
        Page { status, area: Area::Projects, title: &title, main }.answer(visit)
    }
}

fn find_kind(name: &str) -> Result<AuthorizationKind, Stop> {
    AuthorizationKind::from_name(name).ok_or_else(Stop::not_found)
}

/// `GET /console/projects/{id}/authorization/{kind}`
pub(super) fn list(turn: &Turn<'_>, visit: &Visit, project: &str, kind: &str) -> Result<Answer, Stop> {
    let project = projects::find(&turn.work, project)?;
    let place = Place { project: &project, kind: find_kind(kind)? };
    let mut authorizations = authorizations::list(&turn.work, &project.id)?;
    authorizations.retain(|authorization| authorization.kind == place.kind.name());
    let rest = html! {
        div.head {
            h2 { (title(place.kind)) }
            @if place.kind != AuthorizationKind::Cloud {
                a.button.primary href={ (place.path()) "/new" } { "Add Authorization" }
            }
        }
        p.lead { (effect(place.kind)) }
        @if authorizations.is_empty() { p { "There is none yet." } }
        ul.cards { @for authorization in &authorizations { (card(&place, authorization)) } }
        p.fine { "An authorization that was added cannot be deleted: programs out there may be signing with its key." }
    };
    Ok(place.page(None, visit, &rest))
}

fn card(place: &Place<'_>, authorization: &Authorization) -> Markup {
    let kind = Kind::of(authorization);
    let id = &authorization.id;
    html! {
        li.card {
            div.head {
                h3 { (called(authorization)) }
                @if let Some(platform) = platform(kind) { span.badge { (platform) } }
            }
            dl {
                @for field in shown_fields(kind) {
                    @let value = field.value(authorization).unwrap_or_default();
                    dt { (label(kind, *field)) }
                    dd { @if value.is_empty() { "–" } @else { (value) } }
                }
            }
            h4 { "Authorization Key" }
            dl {
                dt { "Client ID" }
                dd { (parts::copyable(&format!("client-id-{id}"), "client ID", &authorization.client_id)) }
                dt { "Client Secret" }
                dd { (parts::secret(&format!("secret-{id}"), "client secret", &authorization.secret)) }
            }
            a.button href={ (place.path()) "/" (id) "/edit" } {
                "Edit" span.only-heard { " " (called(authorization)) }
            }
        }
    }
}

/// `GET /console/projects/{id}/authorization/{kind}/new`
pub(super) fn new(turn: &Turn<'_>, visit: &Visit, project: &str, kind: &str) -> Result<Answer, Stop> {
    let project = projects::find(&turn.work, project)?;
    let place = addable(&project, kind)?;
    let asked = visit.query.as_ref().and_then(|query| query.get("platform"));
    let kind = kind_of(&place, asked)?;
    Ok(new_page(&place, kind, &Form::empty(visit)))
}

/// `POST /console/projects/{id}/authorization/{kind}/new`
pub(super) fn add(
    turn: &mut Turn<'_>,
    visit: &Visit,
    project: &str,
    kind: &str,
    fields: &Parameters,
) -> Result<Answer, Stop> {
    let project = projects::find(&turn.work, project)?;
    let place = addable(&project, kind)?;
    let kind = kind_of(&place, fields.get("platform"))?;
    match authorizations::add(turn, &project.id, kind, &given(kind, fields)) {
        Ok(_) => Ok(Answer::see_other(format!("{}?done=added", place.path()))),
        Err(refused) => {
            let problem = Problem::of(refused)?;
            Ok(new_page(&place, kind, &Form::refused(visit, fields, &problem)))
        }
    }
}

/// The page of a kind to which an authorization can be added.
fn addable<'a>(project: &'a Project, kind: &str) -> Result<Place<'a>, Stop> {
    let place = Place { project, kind: find_kind(kind)? };
    if place.kind == AuthorizationKind::Cloud { Err(Stop::not_found()) } else { Ok(place) }
}

/// The kind that is added: of an app, that of the platform, Android unless said.
fn kind_of(place: &Place<'_>, platform: Option<&str>) -> Result<Kind, Stop> {
    let platform = match place.kind {
        AuthorizationKind::App => Some(platform.unwrap_or("android")),
        _ => None,
    };
    Ok(Kind::from_names(place.kind.name(), platform)?)
}

fn new_page(place: &Place<'_>, kind: Kind, form: &Form<'_>) -> Answer {
    let path = format!("{}/new", place.path());
    let platforms = [Kind::Ios, Kind::Android].map(|each| {
        let name = each.platform().unwrap_or_default();
        (format!("{path}?platform={name}"), platform(each).unwrap_or_default(), each == kind)
    });
    let rest = html! {
        h2 { @if kind == Kind::ThirdParty { "Add Authorization to Third-Party Project" } @else { "Add Authorization" } }
        @if kind.platform().is_some() { (parts::tab_list("subtabs", "Platform", &platforms)) }
        form.card method="post" action=(path) {
            (form.start())
            @if let Some(platform) = kind.platform() { input type="hidden" name="platform" value=(platform); }
            (inputs(kind, form))
            p.fine { "A client ID and a client secret are made with it. It cannot be deleted later." }
            div.actions {
                button.primary type="submit" { "OK" }
                a href=(place.path()) { "Cancel" }
            }
        }
    };
    place.page(Some(form), form.visit, &rest)
}

/// `GET /console/projects/{id}/authorization/{kind}/{authorization}/edit`
pub(super) fn edit(turn: &Turn<'_>, visit: &Visit, (project, kind, id): Way<'_>) -> Result<Answer, Stop> {
    let project = projects::find(&turn.work, project)?;
    let place = Place { project: &project, kind: find_kind(kind)? };
    let authorization = find(turn, &place, id)?;
    let stored = shown_fields(Kind::of(&authorization))
        .map(|field| (field.name(), field.value(&authorization).unwrap_or_default()));
    Ok(edit_page(&place, &authorization, &Form::stored(visit, stored.collect())))
}

/// `POST /console/projects/{id}/authorization/{kind}/{authorization}/edit`
pub(super) fn save(
    turn: &mut Turn<'_>,
    visit: &Visit,
    (project, kind, id): Way<'_>,
    fields: &Parameters,
) -> Result<Answer, Stop> {
    let project = projects::find(&turn.work, project)?;
    let place = Place { project: &project, kind: find_kind(kind)? };
    let authorization = find(turn, &place, id)?;
    match authorizations::edit(turn, &project.id, id, &given(Kind::of(&authorization), fields)) {
        Ok(_) => Ok(Answer::see_other(format!("{}?done=saved", place.path()))),
        Err(refused) => {
            let problem = Problem::of(refused)?;
            Ok(edit_page(&place, &authorization, &Form::refused(visit, fields, &problem)))
        }
    }
}

/// The authorization with that id, if it is of the page's kind.
fn find(turn: &Turn<'_>, place: &Place<'_>, id: &str) -> Result<Authorization, Stop> {
    let authorization = authorizations::find(&turn.work, &place.project.id, id)?;
    if authorization.kind == place.kind.name() { Ok(authorization) } else { Err(Stop::not_found()) }
}

fn edit_page(place: &Place<'_>, authorization: &Authorization, form: &Form<'_>) -> Answer {
    let rest = html! {
        h2 { "Edit " (called(authorization)) }
        form.card method="post" action={ (place.path()) "/" (authorization.id) "/edit" } {
            (form.start())
            (inputs(Kind::of(authorization), form))
            p.fine { "Client ID and client secret stay as they are." }
            div.actions {
                button.primary type="submit" { "OK" }
                a href=(place.path()) { "Cancel" }
            }
        }
    };
    place.page(Some(form), form.visit, &rest)
}

/// The fields that the documents name for the kind. An app authorization is called as its application.
fn shown_fields(kind: Kind) -> impl Iterator<Item = &'static Field> + Clone {
    let is_app = kind.platform().is_some();
    kind.fields().iter().filter(move |field| !(is_app && **field == Field::Name))
}

fn inputs(kind: Kind, form: &Form<'_>) -> Markup {
    html! {
        @for field in shown_fields(kind) {
            (form.text(FormField {
                name: field.name(),
                label: label(kind, *field),
                hint: hint(*field),
                required: kind.requires(*field),
            }))
        }
    }
}

/// What a form gives for an authorization: every field that the form has.
fn given(kind: Kind, fields: &Parameters) -> Fields {
    shown_fields(kind).map(|field| (*field, fields.get(field.name()).unwrap_or_default().to_owned())).collect()
}

/// What an authorization is called: an app's by its application.
fn called(authorization: &Authorization) -> &str {
    authorization.application_name.as_deref().unwrap_or(&authorization.name)
}
