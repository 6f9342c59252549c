//! Every intermediate of one sign, as data and as a text for a terminal.

use alloc::string::String;
use alloc::vec::Vec;

use super::canonical::{Request, push_string_to_sign, text_from};
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
    let sign = signer.sign(request, access_token, stamp)?;
    let SignerOptions { path, algorithm, ref identifier, .. } = signer.options;
    let mut all = Vec::new();
    push_string_to_sign(&mut all, request, path)?;
    let all = text_from(all);
    let [content_sha256, signed_headers, canonical_url] = taken_apart(&all, request);
    let (string_to_sign, nonce, identifier) = match algorithm {
        Algorithm::Current => (all.as_str(), stamp.nonce, identifier.as_deref().unwrap_or_default()),
        Algorithm::Legacy => ("", "", ""),
    };
    let (mut t, mut token) = (String::new(), String::new());
    push_decimal(&mut t, stamp.t);
    for _ in access_token.unwrap_or_default().bytes() {
        // The token's length in stars, so that the string keeps its shape.
        token.push('*');
    }
    let (mut title, mut signed_string) = (String::new(), String::new());
    for (name, part) in [
        ("str = client_id", signer.client_id().as_str()),
        (" + access_token", &token),
        (" + t", &t),
        (" + nonce", nonce),
        (" + identifier", identifier),
        (" + stringToSign", string_to_sign),
    ] {
        if !part.is_empty() {
            title.push_str(name);
            signed_string.push_str(part);
        }
    }
    let mut text = String::new();
    for (title, content) in [
        ("Content-SHA256", content_sha256),
        ("Headers", signed_headers),
        ("URL", canonical_url),
        ("stringToSign = METHOD ⏎ Content-SHA256 ⏎ Headers ⏎ URL", string_to_sign),
        (&title, &signed_string),
        ("sign = upper-case hex of HMAC-SHA256(str, secret)", &sign),
    ]
    .into_iter()
    .skip(if string_to_sign.is_empty() { 4 } else { 0 })
    {
        push_paragraph(&mut text, title, content);
    }
    let (mut stages, mut ends) = (String::new(), [0; 7]);
    let in_order = [content_sha256, canonical_url, signed_headers, string_to_sign, &signed_string, &sign, &text];
    for (end, stage) in ends.iter_mut().zip(in_order) {
        stages.push_str(stage);
        *end = stages.len();
    }
    Ok(Explanation { stages, ends })
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

fn push_paragraph(text: &mut String, title: &str, content: &str) {
    text.push_str(title);
    let mut between = "\n  ";
    for line in pieces(if content.is_empty() { "(empty)" } else { content }, b'\n') {
        text.push_str(between);
        text.push_str(line);
        between = "⏎\n  ";
    }
    text.push_str("\n\n");
}
