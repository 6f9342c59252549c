//! Who may ask: the names that the cloud answers to, and who may see and change what is behind it.

use std::fmt;

use serde::Deserialize;

use crate::{http::Request, random::fingerprint, turn::Turn};

/// The names that are always this machine's own.
const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// Who may reach a cloud. The default is for one that listens on loopback.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Access {
    /// Host names, without a port, that the cloud answers to besides `localhost`, `127.0.0.1` and `[::1]`.
    pub hosts: Vec<String>,
    /// What console and test control must be shown (`Authorization: Bearer …`); nothing when `None`.
    pub token: Option<String>,
}

impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let token = self.token.as_ref().map(|_| "…");
        f.debug_struct("Access").field("hosts", &self.hosts).field("token", &token).finish()
    }
}

impl Access {
    /// Whether the request names the cloud by one of its own names: a foreign site may have pointed its name here, and
    /// its pages would then count as the cloud's own.
    pub(crate) fn answers_to(&self, request: &Request<'_>) -> bool {
        let name = name_of(request.header("host").unwrap_or_default());
        let own = LOOPBACK.into_iter().chain(self.hosts.iter().map(String::as_str));
        own.into_iter().any(|own| own.eq_ignore_ascii_case(name))
    }

    /// Whether the token that was shown is the one that is asked for.
    pub(crate) fn admits(&self, shown: Option<&str>) -> bool {
        match (&self.token, shown) {
            (None, _) => true,
            (Some(token), Some(shown)) => fingerprint(token) == fingerprint(shown),
            (Some(_), None) => false,
        }
    }
}

/// Why a call of the console's JSON or of test control is refused: status and sentence.
pub(crate) type Refused = (u16, &'static str);

/// Checks who sends a call that sees or changes what is behind the cloud: no page of another origin, and somebody who
/// shows the token.
pub(crate) fn check_caller(turn: &Turn<'_>) -> Result<(), Refused> {
    let request = turn.request;
    if !is_same_origin(request) {
        return Err((403, "This answers no page of another origin."));
    }
    let shown = request.header("authorization").and_then(|value| value.strip_prefix("Bearer "));
    if !turn.access.admits(shown) {
        return Err((401, "Send this cloud's token: authorization: Bearer …"));
    }
    Ok(())
}

/// Checks that a body is said to be JSON, so that no other site's form can have sent it.
pub(crate) fn check_json(request: &Request<'_>) -> Result<(), Refused> {
    if is_json(request) { Ok(()) } else { Err((415, "Send application/json.")) }
}

/// Whether the request comes from a page of the cloud's own origin, or from no page at all.
pub(crate) fn is_same_origin(request: &Request<'_>) -> bool {
    let host = request.header("host").unwrap_or_default();
    match request.header("origin") {
        Some(origin) => origin.split_once("://").is_some_and(|(_, from)| from.eq_ignore_ascii_case(host)),
        None => !matches!(request.header("sec-fetch-site"), Some("cross-site" | "same-site")),
    }
}

/// Whether a body is said to be JSON.
pub(crate) fn is_json(request: &Request<'_>) -> bool {
    let media_type = request.header("content-type").unwrap_or_default().split(';').next().unwrap_or_default();
    media_type.trim().eq_ignore_ascii_case("application/json")
}

/// A `Host` without its port.
fn name_of(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}
