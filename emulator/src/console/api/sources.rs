//! Data sources in JSON.

use serde_json::{Value, json};

use super::{Done, body::Body};
use crate::{
    console::{
        formats,
        refused::Refused,
        sources::{self, Source},
    },
    turn::Turn,
};

pub(super) fn list(turn: &Turn<'_>, project: &str) -> Result<Done, Refused> {
    let sources = sources::list(&turn.work, project)?;
    Ok(Done::Found(json!({ "sources": sources.iter().map(shown).collect::<Vec<_>>() })))
}

pub(super) fn add(turn: &mut Turn<'_>, project: &str) -> Result<Done, Refused> {
    let mut body = Body::of(turn.request)?;
    let source = match body.required_text("kind")?.as_str() {
        "product" => Source::Product(body.required_text("productId")?),
        "app" => Source::App(body.required_text("app")?),
        "mini_program" => Source::MiniProgram(body.required_text("app")?),
        "user" => {
            let data_center = formats::data_center("dataCenter", &body.required_text("dataCenter")?)?;
            Source::User(data_center, body.required_text("uid")?)
        }
        _ => return Err(Refused::invalid("kind", "product, app, mini_program or user")),
    };
    body.finish(&[])?;
    sources::add(turn, project, &source)?;
    Ok(Done::Created(shown(&source)))
}

pub(super) fn remove(turn: &mut Turn<'_>, project: &str, source: &Source) -> Result<Done, Refused> {
    sources::remove(turn, project, source).map(|()| Done::Found(json!({})))
}

fn shown(source: &Source) -> Value {
    let kind = source.kind();
    match source {
        Source::Product(id) => json!({ "kind": kind, "productId": id }),
        Source::App(app) | Source::MiniProgram(app) => json!({ "kind": kind, "app": app }),
        Source::User(center, uid) => json!({ "kind": kind, "dataCenter": center.code(), "uid": uid }),
    }
}
