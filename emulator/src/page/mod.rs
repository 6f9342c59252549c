//! The authorization page of a data center (section 3): log in by password or by a phone that scans, consent, and
//! back to the callback.

mod account;
mod client;
mod consent;
mod html;
mod language;
mod login;
mod phone;
mod qr;
mod scan;
mod stop;
mod texts;
mod transaction;

use tuya_auth::DataCenter;

use crate::{http::Answer, route::Reply, turn::Turn};
pub(crate) use account::forget as forget_account;
use language::Language;
use stop::Stop;

const STYLE: &str = concat!(include_str!("../style/tokens.css"), include_str!("style.css"));

/// Answers `/{data center}/d/{page}`.
pub(crate) fn answer(turn: &mut Turn<'_>, data_center: DataCenter, page: &str) -> Reply {
    let outcome = match (turn.request.method, page) {
        ("GET", "login") => login::open(turn, data_center),
        ("POST", "login") => login::submit(turn, data_center),
        ("GET", "qr") => qr::show(turn, data_center),
        ("POST", "qr") => qr::submit(turn, data_center),
        ("GET", "status") => Ok(qr::status(turn, data_center)),
        ("GET", "scan") => phone::open(turn, data_center),
        ("POST", "scan") => phone::submit(turn, data_center),
        ("GET", "consent") => consent::show(turn, data_center),
        ("POST", "consent") => consent::decide(turn, data_center),
        (_, "login" | "qr" | "scan" | "consent") => return not_allowed("GET, POST"),
        (_, "status") => return not_allowed("GET"),
        _ => Err(Stop::PathInvalid),
    };
    let mut reply = outcome.unwrap_or_else(|stop| stop.reply(turn));
    reply.answer = guarded(reply.answer);
    if let Some(set_cookie) = Language::to_remember(turn.request) {
        reply.answer = reply.answer.with("set-cookie", set_cookie);
    }
    reply
}

/// The pages' style sheet: a file of its own, so that the policy can forbid anything inline.
pub(crate) fn style() -> Answer {
    Answer::new(200, "text/css; charset=utf-8", STYLE.to_owned())
}

/// The script that waits beside a QR code.
pub(crate) fn script() -> Answer {
    Answer::new(200, "text/javascript; charset=utf-8", include_str!("qr.js").to_owned())
}

fn not_allowed(methods: &str) -> Reply {
    let answer = Answer::text(405, &format!("This page takes {methods} alone.")).with("allow", methods);
    Reply::new(guarded(answer), "method_invalid")
}

/// Nobody may frame the pages, and no address leaks from them. Script is the cloud's own files alone. `form-action`
/// is left out on purpose: browsers apply it to redirects too, and would stop the way back to a callback on another
/// origin.
fn guarded(answer: Answer) -> Answer {
    answer
        .with(
            "content-security-policy",
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; \
             frame-ancestors 'none'",
        )
        .with("x-frame-options", "DENY")
        .with("referrer-policy", "no-referrer")
}

/// Sends the browser on to the next page, or back to the callback.
fn see_other(location: String) -> Reply {
    Reply::new(Answer::see_other(location), "ok")
}

/// The `set-cookie` of a secret that the pages of one data center keep in a browser; `life` in seconds, without it
/// until the browser closes.
fn secret_cookie(name: &str, secret: &str, data_center: DataCenter, life: Option<u64>) -> String {
    let life = life.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    format!("{name}={secret}; Path=/{}/d; HttpOnly; SameSite=Lax{life}", data_center.code())
}
