//! `OpenAPI`: every answer is HTTP 200 with an envelope (section 6).

mod call;
mod caller;
mod commands;
mod data_point;
mod devices;
mod diagnosis;
mod lists;
mod login;
mod reach;
mod refusal;
mod routes;
mod specification;
mod token;

use serde_json::{Value, json};
use tuya_auth::DataCenter;

use crate::{http::Answer, route::Reply, turn::Turn};
use refusal::Refusal;
pub(crate) use token::forget_user;

/// Answers a call of that data center. `segments` is the path below the data center's base. A call that is
/// refused changes nothing.
pub(crate) fn answer(turn: &mut Turn<'_>, data_center: DataCenter, segments: &[&str]) -> Reply {
    let outcome = call(turn, data_center, segments);
    let reply = match outcome {
        Ok(result) => {
            let tid = turn.random.id();
            let body = json!({ "success": true, "result": result, "t": turn.now, "tid": tid });
            Reply::new(Answer::json(200, &body), "ok")
        }
        Err(refusal) => {
            turn.work.discard();
            refused(turn, 200, refusal)
        }
    };
    Reply { client_id: named_client(turn), ..reply }
}

/// Answers with a code of the cloud's, for no reason of its own.
pub(crate) fn fail(turn: &mut Turn<'_>, status: u16, code: u32) -> Reply {
    let reply = refused(turn, status, Refusal::emulated(code));
    Reply { client_id: named_client(turn), ..reply }
}

fn refused(turn: &mut Turn<'_>, status: u16, refusal: Refusal) -> Reply {
    let body = json!({
        "success": false, "code": refusal.code, "msg": refusal.message, "t": turn.now, "tid": turn.random.id(),
    });
    let answer = Answer::json(status, &body);
    let verdict = refusal.verdict();
    Reply { code: Some(refusal.code), diagnosis: refusal.diagnosis, ..Reply::new(answer, verdict) }
        .about(refusal.detail)
}

fn named_client(turn: &Turn<'_>) -> Option<String> {
    turn.request.header("client_id").filter(|id| !id.is_empty()).map(str::to_owned)
}

fn call(turn: &mut Turn<'_>, data_center: DataCenter, segments: &[&str]) -> Result<Value, Refusal> {
    let base = data_center.code().len() + 1;
    let authorization = caller::authenticate(turn, turn.request.target.get(base..).unwrap_or_default())?;
    routes::answer(turn, data_center, &authorization, segments)
}
