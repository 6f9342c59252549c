//! Every intermediate of one sign, as data and as a text for a terminal.

use alloc::string::String;
use alloc::vec::Vec;

use super::canonical::{Request, text_from};
use super::signer::{Signer, Stamp};
use super::{Algorithm, SignerOptions};
use crate::encoding::push_decimal;
use crate::error::Error;
use crate::text::{pieces, split};

/// What was signed, stage by stage. It holds no secret, and the access token is masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// All stages, one behind the other.
    stages: String,
    /// Where each of them ends.
    ends: [usize; 7],
}

impl Explanation {
    /// Lower-case hex of the body's SHA-256.
    #[must_use]
    pub fn content_sha256(&self) -> &str {
        self.stage(0)
    }

    /// Path and sorted, decoded query.
    #[must_use]
    pub fn canonical_url(&self) -> &str {
        self.stage(1)
    }

    /// The signed headers, one line each; empty for none.
    #[must_use]
    pub fn signed_headers(&self) -> &str {
        self.stage(2)
    }

    /// Method, content hash, headers and URL; empty for the legacy algorithm.
    #[must_use]
    pub fn string_to_sign(&self) -> &str {
        self.stage(3)
    }

    /// The whole signed string, with the access token masked.
    #[must_use]
    pub fn signed_string(&self) -> &str {
        self.stage(4)
    }

    /// The sign: 64 upper-case hex digits.
    #[must_use]
    pub fn sign(&self) -> &str {
        self.stage(5)
    }

    /// All of it for people: one stage a paragraph, line feeds made visible.
    #[must_use]
    pub fn text(&self) -> &str {
        self.stage(6)
    }

    /// All of these, in this order.
    pub fn stages(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).map(|at| self.stage(at))
    }

    /// Ends a stage with a text.
    #[inline(never)]
    fn end(&mut self, stage: usize, text: &str) {
        self.stages.push_str(text);
        if let Some(end) = self.ends.get_mut(stage) {
            *end = self.stages.len();
        }
    }

    #[inline(never)]
    fn stage(&self, at: usize) -> &str {
        let end = |at: usize| self.ends.get(at).copied().unwrap_or_default();
        let from = at.checked_sub(1).map_or(0, end);
        self.stages.get(from..end(at)).unwrap_or_default()
    }
}

/// Signs a request and tells how. See [`Signer::sign`].
///
/// # Errors
/// Those of [`Signer::sign`].
pub fn explain(
    signer: &Signer,
    request: &Request<'_>,
    access_token: Option<&str>,
    stamp: &Stamp<'_>,
) -> Result<Explanation, Error> {
    let access_token = access_token.unwrap_or_default();
    let SignerOptions { algorithm, path, allow_repeated_keys, .. } = signer.options;
    let mut t = String::new();
    push_decimal(&mut t, stamp.t);
    let caller = signer.caller(access_token, &t, stamp.nonce)?;
    let mut whole = Vec::new();
    request.push_checked_string_to_sign(&mut whole, allow_repeated_keys, path)?;
    let whole = text_from(whole);
    let [content_sha256, signed_headers, canonical_url] = taken_apart(&whole, request);
    let (string_to_sign, nonce, identifier) = match algorithm {
        Algorithm::Current => (whole.as_str(), stamp.nonce, signer.identifier().unwrap_or_default()),
        Algorithm::Legacy => ("", "", ""),
    };
    let mut masked = signer.prefix(&caller, string_to_sign.len());
    masked.extend_from_slice(string_to_sign.as_bytes());
    let sign = signer.seal(&masked);
    let before = signer.client_id().as_str().len();
    if let Some(of_token) = masked.get_mut(before..before + access_token.len()) {
        of_token.fill(b'*');
    }

    let mut shown = Explanation { stages: String::new(), ends: [0; 7] };
    shown.end(0, content_sha256);
    shown.end(1, canonical_url);
    shown.end(2, signed_headers);
    shown.end(3, string_to_sign);
    shown.end(4, &text_from(masked));
    shown.end(5, &sign);

    let mut text = String::new();
    if !string_to_sign.is_empty() {
        push_paragraph(&mut text, "Content-SHA256", content_sha256);
        push_paragraph(&mut text, "Headers", signed_headers);
        push_paragraph(&mut text, "URL", canonical_url);
        push_paragraph(&mut text, "stringToSign = METHOD ⏎ Content-SHA256 ⏎ Headers ⏎ URL", string_to_sign);
    }
    push(&mut text, "str = client_id");
    push_if(&mut text, " + access_token", access_token);
    push(&mut text, " + t");
    push_if(&mut text, " + nonce", nonce);
    push_if(&mut text, " + identifier", identifier);
    push_paragraph(&mut text, if string_to_sign.is_empty() { "" } else { " + stringToSign" }, shown.signed_string());
    push_paragraph(&mut text, "sign = upper-case hex of HMAC-SHA256(str, secret)", &sign);
    shown.end(6, &text);
    Ok(shown)
}

/// Content hash, headers and URL of a string to sign.
fn taken_apart<'a>(string_to_sign: &'a str, request: &Request<'_>) -> [&'a str; 3] {
    let mut headers = 0;
    for (name, value) in request.signed_headers {
        headers += name.len() + value.len() + 2;
    }
    let (_, after_method) = split(string_to_sign, b'\n');
    let (content_sha256, rest) = split(after_method.unwrap_or_default(), b'\n');
    let (signed_headers, url) = rest.and_then(|rest| rest.split_at_checked(headers)).unwrap_or_default();
    [content_sha256, signed_headers, url.get(1..).unwrap_or_default()]
}

#[inline(never)]
fn push(text: &mut String, piece: &str) {
    text.push_str(piece);
}

/// Appends the name of a part that is there.
fn push_if(text: &mut String, name: &str, part: &str) {
    push(text, if part.is_empty() { "" } else { name });
}

#[inline(never)]
fn push_paragraph(text: &mut String, title: &str, content: &str) {
    push(text, title);
    let mut between = "\n  ";
    for line in pieces(if content.is_empty() { "(empty)" } else { content }, b'\n') {
        push(text, between);
        push(text, line);
        between = "⏎\n  ";
    }
    push(text, "\n\n");
}
