//! From a request's path to the part of the cloud that answers it.

use tuya_auth::DataCenter;

use crate::{console, control, http::Answer, openapi, page, state::SignDiagnosis, turn::Turn};

/// An answer, and what the journal says about it.
pub(crate) struct Reply {
    pub(crate) answer: Answer,
    /// The client ID that the request named, known or not.
    pub(crate) client_id: Option<String>,
    /// The cloud's error code (section 6).
    pub(crate) code: Option<u32>,
    /// `ok`, or the id of the reason why it was refused.
    pub(crate) verdict: &'static str,
    /// What of the request the verdict is about.
    pub(crate) detail: Option<String>,
    /// Why the sign is wrong, if it is.
    pub(crate) diagnosis: Option<Box<SignDiagnosis>>,
    /// Whether the journal gets an entry.
    pub(crate) journalled: bool,
}

impl Reply {
    pub(crate) fn new(answer: Answer, verdict: &'static str) -> Self {
        Self { answer, client_id: None, code: None, verdict, detail: None, diagnosis: None, journalled: true }
    }

    /// The same reply, to a request of this client.
    pub(crate) fn by(self, client_id: String) -> Self {
        Self { client_id: Some(client_id), ..self }
    }

    /// The same reply, and what of the request its verdict is about.
    pub(crate) fn about(self, detail: Option<String>) -> Self {
        Self { detail, ..self }
    }

    /// A reply that the journal leaves out: it is about the emulator, not about the cloud.
    pub(crate) fn unseen(answer: Answer) -> Self {
        Self { journalled: false, ..Self::new(answer, "ok") }
    }
}

/// Why a request is not even looked at: no rule of test control is for it, and nothing is done.
pub(crate) fn turned_away(turn: &Turn<'_>) -> Option<Reply> {
    let request = turn.request;
    if let Some(status) = request.oversize() {
        return Some(Reply::new(Answer::text(status, "The request is too large for this cloud."), "too_large"));
    }
    if !turn.access.answers_to(request) {
        return Some(Reply::new(Answer::text(421, FOREIGN), "host_foreign"));
    }
    let is_path = request.target.starts_with('/');
    let is_printable = request.target.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#');
    (!is_path || !is_printable).then(|| {
        Reply::new(Answer::text(400, "The request target is not a path in printable ASCII."), "target_invalid")
    })
}

/// `/{data center}/d/…` is the authorization page, `/{data center}/…` else is `OpenAPI`.
pub(crate) fn route(turn: &mut Turn<'_>) -> Reply {
    let path = turn.request.path().strip_prefix('/').unwrap_or_default();
    let segments: Vec<&str> = path.split('/').collect();
    let data_center = segments.first().copied().and_then(DataCenter::from_code);
    match (segments.as_slice(), data_center) {
        ([_, "d", page], Some(data_center)) => page::answer(turn, data_center, page),
        ([_, rest @ ..], Some(data_center)) => openapi::answer(turn, data_center, rest),
        (["console", rest @ ..], None) => Reply::unseen(console::answer(turn, rest)),
        (["control", action], None) => Reply::unseen(control::answer(turn, action)),
        ([""], None) => Reply::unseen(Answer::see_other("/console")),
        (["favicon.ico"], None) => Reply::unseen(Answer::text(404, "There is no icon.")),
        (["style.css"], None) => Reply::unseen(page::style()),
        (["qr.js"], None) => Reply::unseen(page::script()),
        _ => Reply::new(Answer::text(404, NOT_FOUND), "path_invalid"),
    }
}

const FOREIGN: &str = "This cloud does not answer to that Host. It answers to localhost, 127.0.0.1 and [::1], and to \
the names it was told when it was started.";

const NOT_FOUND: &str = "Nothing is here. OpenAPI is at /{data center}/v1.0/…, the authorization page at \
/{data center}/d/login, the console at /console; the data centers are cn, us, ueaz, eu, weaz, in and sg.";
