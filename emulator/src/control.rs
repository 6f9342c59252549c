//! Test control: `/control/requests`, `advance`, `expire-tokens` and `fail`. JSON, from this machine only.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    fault, guard,
    http::Answer,
    state::{Broken, Clock, Fault, RequestRecord, Token},
    turn::Turn,
};

/// The furthest that one call can set the clock forward: ten years, in ms.
const FURTHEST: u64 = 315_576_000_000;

/// Answers `/control/{action}`.
pub(crate) fn answer(turn: &mut Turn<'_>, action: &str) -> Answer {
    if let Err((status, sentence)) = guard::check_caller(turn) {
        return error(status, sentence);
    }
    let expected = match action {
        "requests" => "GET",
        "advance" | "expire-tokens" | "fail" => "POST",
        _ => return error(404, "There is no such control."),
    };
    if turn.request.method != expected {
        return error(405, "This control takes another method.").with("allow", expected);
    }
    if expected == "POST"
        && let Err((status, sentence)) = guard::check_json(turn.request)
    {
        return error(status, sentence);
    }
    let body = turn.request.body;
    let outcome = match action {
        "requests" => requests(turn),
        "advance" => match serde_json::from_slice::<Advance>(body) {
            Ok(Advance { ms }) if ms <= FURTHEST => advance(turn, ms),
            _ => return error(400, "Send {\"ms\": a whole number of ms, at most ten years}."),
        },
        "fail" => match serde_json::from_slice::<Fault>(body) {
            Ok(rule) if fault::is_usable(&rule) => fault::add(turn, &rule).map(|()| json!({})),
            _ => return error(400, fault::EXPECTED),
        },
        _ => expire_tokens(turn),
    };
    outcome.map_or_else(
        |Broken| {
            turn.work.discard();
            error(500, "A stored row cannot be read.")
        },
        |body| Answer::json(200, &body),
    )
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    ms: u64,
}

/// Sets the cloud's clock forward.
fn advance(turn: &mut Turn<'_>, ms: u64) -> Result<Value, Broken> {
    let Clock { ahead } = turn.work.get(&[])?.unwrap_or_default();
    turn.work.put(&[], &Clock { ahead: ahead.saturating_add(ms) })?;
    Ok(json!({ "now": turn.now.saturating_add(ms) }))
}

/// Lets every access token expire now. Refresh tokens live on.
fn expire_tokens(turn: &mut Turn<'_>) -> Result<Value, Broken> {
    let mut expired = 0;
    for (key, token) in turn.work.list::<Token>(&[])? {
        if token.expires_at > turn.now {
            turn.work.put_key(key, &Token { expires_at: turn.now, ..token })?;
            expired += 1;
        }
    }
    Ok(json!({ "expired": expired }))
}

/// The requests that were made, oldest first.
fn requests(turn: &mut Turn<'_>) -> Result<Value, Broken> {
    let records = turn.work.list::<RequestRecord>(&[])?;
    let records: Vec<RequestRecord> = records.into_iter().map(|(_, record)| record).collect();
    Ok(json!({ "requests": records }))
}

fn error(status: u16, sentence: &str) -> Answer {
    Answer::json(status, &json!({ "error": sentence }))
}
