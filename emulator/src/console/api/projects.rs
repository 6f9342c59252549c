//! Projects, their OAuth 2.0 configuration and their permission packages in JSON.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{
    Done,
    authorizations::shown,
    body::{self, Body},
};
use crate::{
    console::{authorizations, oauth, projects, refused::Refused},
    state::{Oauth, Packages, Project},
    turn::Turn,
};

pub(super) fn list(turn: &Turn<'_>) -> Result<Done, Refused> {
    let projects: Vec<Value> =
        projects::list(&turn.work)?.iter().map(|project| whole(turn, project)).collect::<Result<_, _>>()?;
    Ok(Done::Found(json!({ "projects": projects })))
}

pub(super) fn view(turn: &Turn<'_>, id: &str) -> Result<Done, Refused> {
    whole(turn, &projects::find(&turn.work, id)?).map(Done::Found)
}

pub(super) fn create(turn: &mut Turn<'_>) -> Result<Done, Refused> {
    let name = only_name(turn)?;
    let project = projects::create(turn, &name)?;
    whole(turn, &project).map(Done::Created)
}

pub(super) fn rename(turn: &mut Turn<'_>, id: &str) -> Result<Done, Refused> {
    let name = only_name(turn)?;
    let project = projects::rename(turn, id, &name)?;
    whole(turn, &project).map(Done::Found)
}

fn only_name(turn: &Turn<'_>) -> Result<String, Refused> {
    let mut body = Body::of(turn.request)?;
    let name = body.required_text("name")?;
    body.finish(&["id", "authorizations", "oauth", "packages"])?;
    Ok(name)
}

pub(super) fn oauth(turn: &Turn<'_>, id: &str) -> Result<Done, Refused> {
    Ok(Done::Found(json!(projects::find(&turn.work, id)?.oauth)))
}

pub(super) fn set_oauth(turn: &mut Turn<'_>, id: &str) -> Result<Done, Refused> {
    let mut body = Body::of(turn.request)?;
    let or_null = |value| if value == Value::Null { Some(None) } else { body::text(value).map(Some) };
    let oauth = Oauth {
        enabled: body.required_flag("enabled")?,
        authorization_id: body.take("authorizationId", "a string or null", or_null)?.flatten(),
        callbacks: body.take("callbacks", "an object with a URL per data center", callbacks)?.unwrap_or_default(),
    };
    body.finish(&[])?;
    Ok(Done::Found(json!(oauth::configure(turn, id, oauth)?.oauth)))
}

fn callbacks(value: Value) -> Option<BTreeMap<String, String>> {
    let Value::Object(callbacks) = value else { return None };
    callbacks.into_iter().map(|(data_center, url)| body::text(url).map(|url| (data_center, url))).collect()
}

pub(super) fn packages(turn: &Turn<'_>, id: &str) -> Result<Done, Refused> {
    Ok(Done::Found(json!(projects::find(&turn.work, id)?.packages)))
}

pub(super) fn set_packages(turn: &mut Turn<'_>, id: &str) -> Result<Done, Refused> {
    let mut body = Body::of(turn.request)?;
    let packages = Packages {
        pid: body.required_flag("pid")?,
        app: body.required_flag("app")?,
        user: body.required_flag("user")?,
    };
    body.finish(&[])?;
    Ok(Done::Found(json!(projects::set_packages(turn, id, packages)?.packages)))
}

/// A project with its authorizations.
fn whole(turn: &Turn<'_>, project: &Project) -> Result<Value, Refused> {
    let own = authorizations::list(&turn.work, &project.id)?;
    Ok(json!({
        "id": project.id,
        "name": project.name,
        "authorizations": own.iter().map(shown).collect::<Vec<_>>(),
        "oauth": project.oauth,
        "packages": project.packages,
    }))
}
