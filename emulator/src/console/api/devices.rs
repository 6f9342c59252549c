//! Devices in JSON: the shape in which `OpenAPI` gives them, and their data center.

use serde_json::{Value, json};
use tuya_auth::DataCenter;

use super::{
    Done,
    body::{Body, text},
};
use crate::{
    console::{
        devices::{self, Changes, Entry, New},
        formats,
        refused::Refused,
    },
    state::Point,
    turn::Turn,
};

/// What a device has and no request can change.
const FIXED: [&str; 12] = [
    "dataCenter",
    "id",
    "uid",
    "category",
    "product_id",
    "product_name",
    "local_key",
    "sub",
    "time_zone",
    "active_time",
    "create_time",
    "update_time",
];

pub(super) fn list(turn: &Turn<'_>) -> Result<Done, Refused> {
    let devices = devices::list(&turn.work)?;
    Ok(Done::Found(json!({ "devices": devices.iter().map(shown).collect::<Vec<_>>() })))
}

pub(super) fn view(turn: &Turn<'_>, data_center: DataCenter, id: &str) -> Result<Done, Refused> {
    devices::find(&turn.work, data_center, id).map(|entry| Done::Found(shown(&entry)))
}

pub(super) fn create(turn: &mut Turn<'_>) -> Result<Done, Refused> {
    let mut body = Body::of(turn.request)?;
    let product_id = body.required_text("product_id")?;
    let new = New {
        data_center: formats::data_center("dataCenter", &body.required_text("dataCenter")?)?,
        uid: body.required_text("uid")?,
        name: body.required_text("name")?,
        category: body.required_text("category")?,
        product_name: body.text("product_name")?.unwrap_or_else(|| product_id.clone()),
        product_id,
        online: body.flag("online")?.unwrap_or(true),
        sub: body.flag("sub")?.unwrap_or(false),
        time_zone: body.text("time_zone")?.unwrap_or_else(|| "+00:00".to_owned()),
        status: status(&mut body)?,
    };
    body.finish(&["id", "local_key", "active_time", "create_time", "update_time"])?;
    devices::create(turn, new).map(|entry| Done::Created(shown(&entry)))
}

pub(super) fn edit(turn: &mut Turn<'_>, data_center: DataCenter, id: &str) -> Result<Done, Refused> {
    let mut body = Body::of(turn.request)?;
    let changes = Changes { name: body.text("name")?, online: body.flag("online")?, status: status(&mut body)? };
    body.finish(&FIXED)?;
    devices::edit(turn, data_center, id, changes).map(|entry| Done::Found(shown(&entry)))
}

pub(super) fn delete(turn: &mut Turn<'_>, data_center: DataCenter, id: &str) -> Result<Done, Refused> {
    devices::delete(turn, data_center, id).map(|()| Done::Found(json!({})))
}

fn status(body: &mut Body) -> Result<Vec<Point>, Refused> {
    let points = |value| match value {
        Value::Array(points) => points.into_iter().map(point).collect(),
        _ => None,
    };
    Ok(body.take("status", "an array of {code, value}", points)?.unwrap_or_default())
}

fn point(value: Value) -> Option<Point> {
    let Value::Object(mut fields) = value else { return None };
    let point = Point { code: fields.remove("code").and_then(text)?, value: fields.remove("value")? };
    fields.is_empty().then_some(point)
}

fn shown(Entry { data_center, device }: &Entry) -> Value {
    let mut shown = json!(device);
    if let Some(fields) = shown.as_object_mut() {
        fields.insert("dataCenter".to_owned(), json!(data_center.code()));
    }
    shown
}
