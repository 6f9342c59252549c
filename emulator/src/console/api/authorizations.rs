//! Authorizations in JSON.

use serde_json::{Map, Value, json};

use super::{Done, body::Body};
use crate::{
    console::{
        authorizations,
        fields::{Field, Fields, Kind},
        refused::Refused,
    },
    state::Authorization,
    turn::Turn,
};

/// What an authorization has and no request can change.
const FIXED: [&str; 6] = ["id", "project", "kind", "platform", "clientId", "secret"];

pub(super) fn list(turn: &Turn<'_>, project: &str) -> Result<Done, Refused> {
    let own = authorizations::list(&turn.work, project)?;
    Ok(Done::Found(json!({ "authorizations": own.iter().map(shown).collect::<Vec<_>>() })))
}

pub(super) fn view(turn: &Turn<'_>, project: &str, id: &str) -> Result<Done, Refused> {
    authorizations::find(&turn.work, project, id).map(|found| Done::Found(shown(&found)))
}

pub(super) fn add(turn: &mut Turn<'_>, project: &str) -> Result<Done, Refused> {
    let mut body = Body::of(turn.request)?;
    let kind = body.required_text("kind")?;
    let platform = body.text("platform")?;
    let kind = Kind::from_names(&kind, platform.as_deref())?;
    let fields = fields(&mut body)?;
    body.finish(&[])?;
    authorizations::add(turn, project, kind, &fields).map(|added| Done::Created(shown(&added)))
}

pub(super) fn edit(turn: &mut Turn<'_>, project: &str, id: &str) -> Result<Done, Refused> {
    let mut body = Body::of(turn.request)?;
    let fields = fields(&mut body)?;
    body.finish(&FIXED)?;
    authorizations::edit(turn, project, id, &fields).map(|edited| Done::Found(shown(&edited)))
}

pub(super) fn delete(turn: &Turn<'_>, project: &str, id: &str) -> Result<Done, Refused> {
    Err(authorizations::delete(&turn.work, project, id))
}

/// An authorization as the console shows it.
pub(super) fn shown(authorization: &Authorization) -> Value {
    let mut shown = Map::new();
    let mut show = |name: &str, value: &str| shown.insert(name.to_owned(), json!(value));
    show("id", &authorization.id);
    show("kind", &authorization.kind);
    show("clientId", &authorization.client_id);
    show("secret", &authorization.secret);
    let kind = Kind::of(authorization);
    if let Some(platform) = kind.platform() {
        show("platform", platform);
    }
    for field in kind.fields() {
        if let Some(value) = field.value(authorization) {
            show(field.name(), value);
        }
    }
    Value::Object(shown)
}

fn fields(body: &mut Body) -> Result<Fields, Refused> {
    let mut fields = Fields::new();
    for field in Field::ALL {
        if let Some(value) = body.text(field.name())? {
            fields.insert(field, value);
        }
    }
    Ok(fields)
}
