//! The authorization page of a data center (section 3): log in, consent, and back to the callback.

mod client;
mod consent;
mod html;
mod login;
mod transaction;

use tuya_auth::DataCenter;

use crate::{http::Answer, route::Reply, state::Broken, turn::Turn};

const STYLE: &str = concat!(include_str!("../style/tokens.css"), include_str!("style.css"));

/// Answers `/{data center}/d/{page}`.
pub(crate) fn answer(turn: &mut Turn<'_>, data_center: DataCenter, page: &str) -> Reply {
    let outcome = match (turn.request.method, page) {
        ("GET", "login") => login::open(turn, data_center),
        ("POST", "login") => login::submit(turn, data_center),
        ("GET", "consent") => consent::show(turn, data_center),
        ("POST", "consent") => consent::decide(turn, data_center),
        (_, "login" | "consent") => {
            let answer = Answer::text(405, "This page takes GET and POST.").with("allow", "GET, POST");
            return Reply::new(answer, "method_invalid");
        }
        _ => Err(Stop::new(404, "path_invalid", "There is no such page.")),
    };
    let mut reply = outcome.unwrap_or_else(|stop| stop.reply(turn));
    reply.answer = guarded(reply.answer);
    reply
}

/// The pages' style sheet: a file of its own, so that the policy can forbid anything inline.
pub(crate) fn style() -> Answer {
    Answer::new(200, "text/css; charset=utf-8", STYLE.to_owned())
}

/// Why the page goes no further. It never sends the browser anywhere: until client and callback are known to
/// belong together, an address in the query is just what somebody wrote into a link.
pub(crate) struct Stop {
    status: u16,
    reason: &'static str,
    sentence: String,
}

impl Stop {
    /// `reason` is a stable id for the journal, `sentence` is shown.
    pub(crate) fn new(status: u16, reason: &'static str, sentence: impl Into<String>) -> Self {
        Self { status, reason, sentence: sentence.into() }
    }

    fn reply(self, turn: &mut Turn<'_>) -> Reply {
        if self.status == 500 {
            turn.work.discard();
        }
        Reply::new(html::stopped(self.status, &self.sentence), self.reason)
    }
}

impl From<Broken> for Stop {
    fn from(_: Broken) -> Self {
        Self::new(500, "unavailable", "This cloud cannot read its own state.")
    }
}

/// Nobody may frame the pages, and no address leaks from them. `form-action` is left out on purpose: browsers apply
/// it to redirects too, and would stop the way back to a callback on another origin.
fn guarded(answer: Answer) -> Answer {
    answer
        .with(
            "content-security-policy",
            "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'",
        )
        .with("x-frame-options", "DENY")
        .with("referrer-policy", "no-referrer")
}

/// Sends the browser on with a GET, whatever the method was (RFC 9110 section 15.4.4).
fn see_other(location: String) -> Reply {
    Reply::new(Answer::text(303, "Go on.").with("location", location), "ok")
}
