//! What goes in and out: a request as a server receives it, and the answer to it.

use std::collections::BTreeSet;

use serde::Serialize;
use tuya_auth::encoding::decode_pairs;

use crate::random::is_id;

/// The longest body that is read, in bytes (1 MiB).
pub const MAX_BODY_BYTES: usize = 1 << 20;
/// The longest request target that is read, in bytes (8 KiB).
pub const MAX_TARGET_BYTES: usize = 8 << 10;
/// The most header fields that a request may have.
pub const MAX_HEADERS: usize = 100;
/// The most bytes that the names and values of all header fields may have together (32 KiB).
pub const MAX_HEADER_BYTES: usize = 32 << 10;

/// A request, as a server receives it: nothing decoded, nothing normalised. Any method may carry a body, since
/// the official node client sends `{}` with every GET.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The method, in the case it was sent in.
    pub method: &'a str,
    /// The request target in origin form: path, and query if there is one.
    pub target: &'a str,
    /// The header fields in the order they were sent. Names may have any case.
    pub headers: &'a [(String, String)],
    /// The body's bytes.
    pub body: &'a [u8],
    /// The time, in ms since the epoch. The cloud's own clock adds what `/control/advance` was told.
    pub now: u64,
    /// Random bytes, fresh for each request: tokens, codes and ids are drawn from them.
    pub entropy: &'a [u8; 64],
}

impl<'a> Request<'a> {
    /// The value of the first header field of that name (given in lower case).
    pub(crate) fn header(&self, name: &str) -> Option<&'a str> {
        self.headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The value of the cookie of that name.
    pub(crate) fn cookie(&self, name: &str) -> Option<&'a str> {
        let pairs = self.header("cookie")?.split(';').filter_map(|pair| pair.trim().split_once('='));
        pairs.into_iter().find(|(own, _)| *own == name).map(|(_, value)| value)
    }

    /// The secret that the cookie of that name holds, if it has the form of one.
    pub(crate) fn secret_cookie(&self, name: &str) -> Option<&'a str> {
        self.cookie(name).filter(|secret| is_id(secret))
    }

    /// The fields of the form that the body is; `None` when it is no form, or one that cannot be read.
    pub(crate) fn form(&self) -> Option<Parameters> {
        let media_type = self.header("content-type")?.split(';').next()?.trim();
        let is_form = media_type.eq_ignore_ascii_case("application/x-www-form-urlencoded");
        Parameters::parse(std::str::from_utf8(self.body).ok().filter(|_| is_form)?)
    }

    /// The origin that the browser has this cloud under, as far as `Host` tells: over plain HTTP.
    pub(crate) fn origin(&self) -> String {
        format!("http://{}", self.header("host").unwrap_or_default())
    }

    /// The path, without the query.
    pub(crate) fn path(&self) -> &'a str {
        self.target.split_once('?').map_or(self.target, |(path, _)| path)
    }

    /// The query as it was sent; empty when there is none.
    pub(crate) fn query(&self) -> &'a str {
        self.target.split_once('?').map_or("", |(_, query)| query)
    }

    /// What of the request is over a limit, as the status that says so (RFC 9110 section 15.5, RFC 6585).
    pub(crate) fn oversize(&self) -> Option<u16> {
        let header_bytes: usize = self.headers.iter().map(|(name, value)| name.len() + value.len()).sum();
        if self.target.len() > MAX_TARGET_BYTES {
            Some(414)
        } else if self.headers.len() > MAX_HEADERS || header_bytes > MAX_HEADER_BYTES {
            Some(431)
        } else if self.body.len() > MAX_BODY_BYTES {
            Some(413)
        } else {
            None
        }
    }
}

/// Decoded pairs of a query or a form in which each name stands at most once.
pub(crate) struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// Decodes strictly; `None` for a bad escape or a name that is repeated.
    pub(crate) fn parse(encoded: &str) -> Option<Self> {
        let pairs = decode_pairs(encoded).ok()?;
        let mut seen = BTreeSet::new();
        let repeated = pairs.iter().any(|(name, _)| !seen.insert(name));
        (!repeated).then_some(Self(pairs))
    }

    /// The value of that name, `None` if it is absent or empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(own, value)| own == name && !value.is_empty()).map(|(_, value)| value.as_str())
    }
}

/// An answer. The body is always UTF-8: JSON, HTML, CSS or plain text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The header fields; names in lower case. `content-length` is left to the server.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
    /// How long the server keeps the answer back, in ms; see [`Cloud::handle`](crate::Cloud::handle).
    pub delay_ms: u32,
    /// Whether the connection breaks half-way through the body.
    pub cut: bool,
}

impl Answer {
    /// An answer of that media type which no cache keeps.
    pub(crate) fn new(status: u16, content_type: &str, body: String) -> Self {
        Self { status, headers: Vec::new(), body, delay_ms: 0, cut: false }
            .with("content-type", content_type)
            .with("cache-control", "no-store")
            .with("x-content-type-options", "nosniff")
    }

    /// A JSON answer.
    pub(crate) fn json(status: u16, body: &serde_json::Value) -> Self {
        Self::new(status, "application/json; charset=utf-8", body.to_string())
    }

    /// A line of plain text.
    pub(crate) fn text(status: u16, line: &str) -> Self {
        Self::new(status, "text/plain; charset=utf-8", format!("{line}\n"))
    }

    /// Sends the browser on with a GET, whatever the method was (RFC 9110 section 15.4.4).
    pub(crate) fn see_other(location: impl Into<String>) -> Self {
        Self::text(303, "Go on.").with("location", location)
    }

    /// The same answer with one more header field.
    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }
}
