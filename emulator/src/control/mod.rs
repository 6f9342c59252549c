//! Test control at `/control/…`: JSON, for programs and for pages of this origin only.

mod tokens;

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

use crate::{
    fault, guard,
    http::Answer,
    journal,
    seed::Seed,
    state::{Broken, Clock, Fault, Record, RequestRecord},
    turn::Turn,
};

/// The furthest that one call can set the clock forward: ten years, in ms.
const FURTHEST: u64 = 315_576_000_000;

/// Answers `/control/{action}`. A call that is refused changes nothing.
pub(crate) fn answer(turn: &mut Turn<'_>, action: &str) -> Answer {
    call(turn, action).map_or_else(
        |refused| {
            turn.work.discard();
            refused.answer()
        },
        |body| Answer::json(200, &body),
    )
}

/// Why a call does nothing.
enum Refused {
    /// By status, with a sentence.
    Status(u16, &'static str),
    /// The method is none of these.
    Method(&'static str),
}

impl Refused {
    fn answer(&self) -> Answer {
        let error = |status, sentence| Answer::json(status, &json!({ "error": sentence }));
        match *self {
            Self::Status(status, sentence) => error(status, sentence),
            Self::Method(allowed) => error(405, "This control takes another method.").with("allow", allowed),
        }
    }
}

impl From<(u16, &'static str)> for Refused {
    fn from((status, sentence): (u16, &'static str)) -> Self {
        Self::Status(status, sentence)
    }
}

impl From<Broken> for Refused {
    fn from(_: Broken) -> Self {
        Self::Status(500, "A stored row cannot be read.")
    }
}

fn call(turn: &mut Turn<'_>, action: &str) -> Result<Value, Refused> {
    guard::check_caller(turn)?;
    let method = turn.request.method;
    let allowed = allowed_methods(action).ok_or(Refused::Status(404, "There is no such control."))?;
    if !allowed.split(", ").any(|one| one == method) {
        return Err(Refused::Method(allowed));
    }
    if method == "POST" {
        guard::check_json(turn.request)?;
    }
    match (method, action) {
        ("DELETE", "requests") => Ok(forget::<RequestRecord>(turn)),
        (_, "requests") => requests(turn),
        ("DELETE", _) => Ok(forget::<Fault>(turn)),
        (_, "fail") => fail(turn),
        (_, "advance") => advance(turn),
        (_, "expire-tokens") => tokens::expire(turn),
        (_, "revoke-tokens") => tokens::revoke(turn),
        _ => reset(turn),
    }
}

fn allowed_methods(action: &str) -> Option<&'static str> {
    match action {
        "requests" => Some("GET, DELETE"),
        "fail" => Some("POST, DELETE"),
        "advance" | "expire-tokens" | "revoke-tokens" | "reset" => Some("POST"),
        _ => None,
    }
}

/// The call's JSON; `expected` says in a sentence what it should have been.
fn body<T: DeserializeOwned>(turn: &Turn<'_>, expected: &'static str) -> Result<T, Refused> {
    serde_json::from_slice(turn.request.body).map_err(|_| Refused::Status(400, expected))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    ms: u64,
}

/// Sets the cloud's clock forward.
fn advance(turn: &mut Turn<'_>) -> Result<Value, Refused> {
    const EXPECTED: &str = "Send {\"ms\": a whole number of ms, at most ten years}.";
    let Advance { ms } = body(turn, EXPECTED)?;
    if ms > FURTHEST {
        return Err(Refused::Status(400, EXPECTED));
    }
    let Clock { ahead } = turn.work.get(&[])?.unwrap_or_default();
    turn.work.put(&[], &Clock { ahead: ahead.saturating_add(ms) })?;
    Ok(json!({ "now": turn.now.saturating_add(ms) }))
}

/// Adds a rule of failure.
fn fail(turn: &mut Turn<'_>) -> Result<Value, Refused> {
    let rule: Fault = body(turn, fault::EXPECTED)?;
    if !fault::is_usable(&rule) {
        return Err(Refused::Status(400, fault::EXPECTED));
    }
    fault::add(turn, &rule)?;
    Ok(json!({}))
}

/// The requests that were made, oldest first.
fn requests(turn: &Turn<'_>) -> Result<Value, Refused> {
    Ok(json!({ "requests": journal::last(turn)? }))
}

/// Removes every row of a table, readable or not.
fn forget<R: Record>(turn: &mut Turn<'_>) -> Value {
    turn.work.clear::<R>();
    json!({})
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

/// Makes the cloud what it was when it was new: its seed, the caller's clock, no request, no rule.
fn reset(turn: &mut Turn<'_>) -> Result<Value, Refused> {
    let Nothing {} = body(turn, "Send {}.")?;
    let seed: Seed = turn.work.get(&[])?.unwrap_or_default();
    let rows = seed.rows().map_err(|_| Refused::from(Broken))?;
    turn.work.replace(rows);
    Ok(json!({}))
}
