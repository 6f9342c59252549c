//! `/console/api`: the console's operations as JSON. `docs/console.md` has the table.

mod accounts;
mod authorizations;
mod body;
mod devices;
mod projects;
mod resource;
mod sources;

use serde_json::{Value, json};
use tuya_auth::encoding::decode_path;

use super::refused::{Reason, Refused};
use crate::{guard, http::Answer, turn::Turn};
use resource::Resource;

/// Answers `/console/api/{segments}`. What is refused changes nothing.
pub(super) fn answer(turn: &mut Turn<'_>, segments: &[&str]) -> Answer {
    let method = turn.request.method;
    let mut answer = match reply(turn, if method == "HEAD" { "GET" } else { method }, segments) {
        Ok(Done::Found(body)) => Answer::json(200, &body),
        Ok(Done::Created(body)) => Answer::json(201, &body),
        Err(Stop::Refused(refused)) => {
            turn.work.discard();
            refusal(&refused)
        }
        Err(Stop::Method(allowed)) => {
            let sentence = format!("This takes {} only.", allowed.join(", "));
            refusal(&Refused::new(Reason::MethodInvalid, sentence)).with("allow", allowed.join(", "))
        }
    };
    if method == "HEAD" {
        answer.body.clear();
    }
    answer
}

/// What an operation came to.
enum Done {
    Found(Value),
    Created(Value),
}

/// Why there is nothing to give.
enum Stop {
    Refused(Refused),
    /// The resource takes these methods only.
    Method(Vec<&'static str>),
}

impl From<Refused> for Stop {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

fn reply(turn: &mut Turn<'_>, method: &str, segments: &[&str]) -> Result<Done, Stop> {
    guard::check_caller(turn).map_err(guarded)?;
    let nothing = || Refused::new(Reason::PathInvalid, "The console has nothing here.");
    let segments: Vec<String> =
        segments.iter().map(|segment| decode_path(segment)).collect::<Result<_, _>>().map_err(|_| nothing())?;
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let resource = Resource::at(&segments).ok_or_else(nothing)?;
    let allowed = resource.methods();
    if !allowed.contains(&method) {
        let head = allowed.contains(&"GET").then_some("HEAD");
        return Err(Stop::Method(allowed.iter().copied().chain(head).collect()));
    }
    if method != "GET" {
        guard::check_json(turn.request).map_err(guarded)?;
    }
    Ok(resource.answer(turn, method)?)
}

fn refusal(Refused { reason, sentence, field }: &Refused) -> Answer {
    let mut body = json!({ "error": reason.id(), "message": sentence });
    if let (Some(field), Some(body)) = (field, body.as_object_mut()) {
        body.insert("field".to_owned(), json!(field));
    }
    Answer::json(reason.status(), &body)
}

fn guarded((status, sentence): guard::Refused) -> Refused {
    let reason = match status {
        401 => Reason::TokenInvalid,
        415 => Reason::MediaTypeInvalid,
        _ => Reason::OriginForeign,
    };
    Refused::new(reason, sentence)
}
