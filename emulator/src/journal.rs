//! What was asked of the cloud: one record per request, without secrets.

use tuya_auth::encoding::{decode_pairs, encode_component};

use crate::{
    http::Request,
    route::Reply,
    state::{RequestRecord, number_key},
    turn::Turn,
};

/// How many requests are remembered.
const CAPACITY: u64 = 1000;
/// The longest method, target and client ID that are remembered, in characters.
const LONGEST: usize = 512;
/// The query parameters whose values are masked.
const SECRET_PARAMETERS: [&str; 3] = ["code", "state", "login"];
const MASK: &str = "***";

/// Adds the record of this turn's request. A journal that cannot be written does not stop the cloud.
pub(crate) fn record(turn: &mut Turn<'_>, reply: &Reply) {
    let number = turn.work.next_number::<RequestRecord>();
    let record = RequestRecord {
        method: capped(turn.request.method),
        target: masked_target(turn.request),
        client_id: reply.client_id.as_deref().map(capped),
        status: reply.answer.status,
        code: reply.code,
        verdict: reply.verdict.to_owned(),
        detail: reply.detail.clone(),
        at: turn.now,
    };
    if turn.work.put(&[&number_key(number)], &record).is_ok()
        && let Some(oldest) = number.checked_sub(CAPACITY)
    {
        turn.work.remove::<RequestRecord>(&[&number_key(oldest)]);
    }
}

/// The target as it may be shown: refresh tokens stand in the path after `token`, codes and states in the query.
/// A query that cannot be decoded is left out, since nobody can tell what it holds.
fn masked_target(request: &Request<'_>) -> String {
    let mut after_token = false;
    let path: Vec<&str> = request
        .path()
        .split('/')
        .map(|segment| {
            let shown = if after_token { MASK } else { segment };
            after_token |= segment == "token";
            shown
        })
        .collect();
    let query = match decode_pairs(request.query()) {
        Ok(pairs) => pairs.iter().map(masked_pair).collect::<Vec<_>>().join("&"),
        Err(_) => "…".to_owned(),
    };
    let separator = if query.is_empty() { "" } else { "?" };
    capped(&format!("{}{separator}{query}", path.join("/")))
}

fn masked_pair((name, value): &(String, String)) -> String {
    let secret = SECRET_PARAMETERS.contains(&name.as_str());
    let value = if secret { MASK.to_owned() } else { encode_component(value) };
    format!("{}={value}", encode_component(name))
}

fn capped(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::masked_target;
    use crate::http::Request;

    fn masked(target: &str) -> String {
        masked_target(&Request { method: "GET", target, headers: &[], body: b"", now: 0, entropy: &[0; 64] })
    }

    #[test]
    fn tokens_codes_and_states_are_masked() {
        assert_eq!(masked("/us/v1.0/token/5ecret"), "/us/v1.0/token/***");
        assert_eq!(masked("/us/v1.0/token?grant_type=2&code=5ecret"), "/us/v1.0/token?grant_type=2&code=***");
        assert_eq!(masked("/us/v1.0/token?c%6fde=5ecret"), "/us/v1.0/token?code=***");
        assert_eq!(masked("/us/d/login?client_id=a&state=5ecret"), "/us/d/login?client_id=a&state=***");
        assert_eq!(masked("/us/v1.0/token?code=5ecret%zz"), "/us/v1.0/token?…");
    }

    #[test]
    fn what_is_no_secret_stays() {
        assert_eq!(masked("/us/v1.0/users/az1/devices?a=b"), "/us/v1.0/users/az1/devices?a=b");
    }
}
