//! Accounts in JSON. Passwords go in and never come out.

use serde_json::{Value, json};
use tuya_auth::DataCenter;

use super::{Done, body::Body};
use crate::{
    console::{
        accounts::{self, Entry, New},
        formats,
        refused::Refused,
    },
    turn::Turn,
};

pub(super) fn list(turn: &Turn<'_>) -> Result<Done, Refused> {
    let accounts = accounts::list(&turn.work)?;
    Ok(Done::Found(json!({ "accounts": accounts.iter().map(shown).collect::<Vec<_>>() })))
}

pub(super) fn view(turn: &Turn<'_>, data_center: DataCenter, name: &str) -> Result<Done, Refused> {
    accounts::find(&turn.work, data_center, name).map(|entry| Done::Found(shown(&entry)))
}

pub(super) fn create(turn: &mut Turn<'_>) -> Result<Done, Refused> {
    let mut body = Body::of(turn.request)?;
    let new = New {
        data_center: formats::data_center("dataCenter", &body.required_text("dataCenter")?)?,
        name: &body.required_text("name")?,
        password: &body.required_text("password")?,
        app: &body.required_text("app")?,
    };
    body.finish(&["uid"])?;
    accounts::create(turn, &new).map(|entry| Done::Created(shown(&entry)))
}

pub(super) fn edit(turn: &mut Turn<'_>, data_center: DataCenter, name: &str) -> Result<Done, Refused> {
    let mut body = Body::of(turn.request)?;
    let (password, app) = (body.text("password")?, body.text("app")?);
    body.finish(&["dataCenter", "name", "uid"])?;
    accounts::edit(turn, data_center, name, password.as_deref(), app.as_deref()).map(|entry| Done::Found(shown(&entry)))
}

pub(super) fn delete(turn: &mut Turn<'_>, data_center: DataCenter, name: &str) -> Result<Done, Refused> {
    accounts::delete(turn, data_center, name).map(|()| Done::Found(json!({})))
}

fn shown(Entry { data_center, name, account }: &Entry) -> Value {
    json!({ "dataCenter": data_center.code(), "name": name, "uid": account.uid, "app": account.app })
}
