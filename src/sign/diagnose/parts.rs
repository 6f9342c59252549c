//! The parts of the signed string of one request, each with its wrong forms.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use super::choice::Part;
use super::{Mistake, Suspect, json, query};
use crate::encoding::{decimal, decode_path};
use crate::error::Error;
use crate::sign::canonical::{Body, content_sha256};
use crate::sign::{PathEncoding, is_token_path};
use crate::url::Parts as UrlParts;

/// How far the time may be off in ms when the clock was read twice: alone, with one other mistake, with two.
pub(super) const TIME_WINDOWS: [u64; 3] = [2000, 20, 2];

/// White space that copies and files leave behind.
const BLANKS: [(&str, &str); 5] = [("", "\n"), ("", " "), (" ", ""), ("", "\r\n"), ("", "\t")];

/// The parts in the order of the signed string; the time stands apart, since its forms are many.
pub(super) struct Parts {
    pub client_id: Part,
    pub token: Part,
    /// The time as sent, and in the other unit.
    pub time: Part,
    /// The time as a number, where it can have been read twice.
    pub milliseconds: Option<u64>,
    /// Nonce to URL, which the legacy algorithm leaves out; more than once where the body can be read in two ways.
    pub readings: Vec<Reading>,
}

/// One way to read the request's body.
pub(super) struct Reading {
    /// The mistake that it takes to read it so.
    pub mistakes: Vec<Mistake>,
    pub parts: Vec<Part>,
}

impl Parts {
    pub fn of(suspect: &Suspect<'_>) -> Result<Self, Error> {
        let received = &suspect.received;
        let url = UrlParts::of(received.target)?;
        let t = received.header("t").unwrap_or_default();
        let body = received.signed_body()?;
        let mut readings = Vec::from([Reading { mistakes: Vec::new(), parts: rest(suspect, &url, &body)? }]);
        if let Body::Form(form) = body {
            let parts = rest(suspect, &url, &Body::Bytes(form.as_bytes()))?;
            readings.push(Reading { mistakes: Vec::from([Mistake::FormHashed]), parts });
        }
        Ok(Self {
            client_id: client_id(suspect.client_id.as_str()),
            token: token(received.header("access_token").unwrap_or_default(), api_path(url.path)),
            time: time(t),
            milliseconds: (t.len() == 13).then(|| t.parse().ok()).flatten(),
            readings,
        })
    }
}

/// Nonce to URL. What has one form only is joined to its neighbour.
fn rest(suspect: &Suspect<'_>, url: &UrlParts<'_>, body: &Body<'_>) -> Result<Vec<Part>, Error> {
    let received = &suspect.received;
    let form = if let Body::Form(form) = body { form } else { "" };
    let query = query::part(url.query.unwrap_or_default(), form, suspect.meant)?;
    let parts = [
        nonce(received.header("nonce"), suspect.meant_nonce),
        Part::right(received.header("identifier").unwrap_or_default()),
        method(received.method),
        Part::right("\n"),
        content(body),
        Part::right("\n"),
        headers(&received.signed_headers()?),
        Part::right("\n"),
        path(url.path, suspect.options.path)?.followed_by(&query),
    ];
    let mut joined: Vec<Part> = Vec::new();
    for part in parts {
        match joined.last_mut() {
            Some(last) if last.is_certain() || part.is_certain() => *last = last.followed_by(&part),
            _ => joined.push(part),
        }
    }
    Ok(joined)
}

/// `text` as it is, and with white space at one end.
pub(super) fn with_blanks(text: &str, mistake: Mistake) -> Part {
    let mut part = Part::right(text);
    for (before, after) in BLANKS {
        part.add(&[mistake], [before, text, after].concat());
    }
    part
}

fn client_id(client_id: &str) -> Part {
    with_blanks(client_id, Mistake::WhitespaceAroundClientId)
}

fn token(token: &str, path: &str) -> Part {
    if is_token_path(path) {
        let mut part = Part::right("");
        part.add(&[Mistake::TokenOnTokenCall], token);
        return part;
    }
    let mut part = Part::right(token);
    part.add(&[Mistake::TokenLeftOut], "");
    part
}

fn time(t: &str) -> Part {
    let mut part = Part::right(t);
    match (t.len(), t.get(..10)) {
        (13, Some(seconds)) => part.add(&[Mistake::TimeInSeconds], seconds),
        (10, _) => part.add(&[Mistake::TimeInSeconds], [t, "000"].concat()),
        _ => {}
    }
    part
}

fn nonce(sent: Option<&str>, meant: Option<&str>) -> Part {
    let mut part = Part::right(sent.unwrap_or_default());
    match (sent, meant) {
        (Some(_), _) => part.add(&[Mistake::NonceNotSigned], ""),
        (None, Some(meant)) => part.add(&[Mistake::NonceNotSent], meant),
        (None, None) => {}
    }
    part
}

fn method(method: &str) -> Part {
    let mut part = Part::right(method.to_ascii_uppercase());
    part.add(&[Mistake::LowerCaseMethod], method.to_ascii_lowercase());
    part
}

fn content(body: &Body<'_>) -> Part {
    let hash = |bytes: &[u8]| content_sha256(&Body::Bytes(bytes));
    let mut part = Part::right(content_sha256(body));
    match body {
        Body::Form(form) => part.add(&[Mistake::FormHashed], hash(form.as_bytes())),
        // A received body is never one; what was hashed cannot be hashed in another form.
        Body::Sha256(_) => {}
        Body::Bytes([]) => part.add(&[Mistake::EmptyObjectSigned], hash(b"{}")),
        Body::Bytes(bytes) => {
            part.add(&[Mistake::EmptyBodySigned], hash(b""));
            for form in core::str::from_utf8(bytes).map(json::other_forms).unwrap_or_default() {
                part.add(&[Mistake::BodyReserialized], hash(form.as_bytes()));
            }
        }
    }
    part
}

fn headers(signed: &[(&str, &str)]) -> Part {
    let lines: Vec<String> = signed.iter().map(|(name, value)| [*name, ":", *value].concat()).collect();
    if lines.is_empty() {
        return Part::right("");
    }
    let joined = lines.join("\n");
    let mut part = Part::right([joined.as_str(), "\n"].concat());
    part.add(&[Mistake::HeadersNotSigned], "");
    part.add(&[Mistake::HeadersWithoutLastNewline], joined);
    part
}

/// The path from the version on, as far as a version stands in it.
fn api_path(path: &str) -> &str {
    let is_version = |rest: &&str| {
        let digits = rest.strip_prefix("/v").unwrap_or_default();
        digits.bytes().next().is_some_and(|byte| byte.is_ascii_digit())
    };
    (0..path.len()).filter_map(|at| path.get(at..)).find(is_version).unwrap_or(path)
}

fn path(path: &str, encoding: PathEncoding) -> Result<Part, Error> {
    let mut part = Part::default();
    for (base_mistake, path) in [(None, api_path(path)), (Some(Mistake::BasePathSigned), path)] {
        let (as_written, decoded) = (path.to_owned(), decode_path(path)?);
        let forms = match encoding {
            PathEncoding::AsWritten => [(None, as_written), (Some(Mistake::PathDecoded), decoded)],
            PathEncoding::Decoded => [(None, decoded), (Some(Mistake::PathAsWritten), as_written)],
        };
        for (mistake, form) in forms {
            let mistakes: Vec<Mistake> = [base_mistake, mistake].into_iter().flatten().collect();
            part.add(&mistakes, form);
        }
    }
    Ok(part)
}

/// The times to either side, nearest first.
pub(super) fn times_around(milliseconds: u64, window: u64) -> Part {
    let mut part = Part::default();
    for off in 1..=window {
        for time in [milliseconds.saturating_sub(off), milliseconds.saturating_add(off)] {
            part.choices
                .push(super::choice::Choice { mistakes: Vec::from([Mistake::TimeComputedTwice]), text: decimal(time) });
        }
    }
    part
}
