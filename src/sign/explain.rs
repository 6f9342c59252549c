//! Every intermediate of one sign, as data and as a text for a terminal.

use alloc::borrow::ToOwned;
use alloc::string::String;

use super::canonical::{Request, canonical_url, content_sha256};
use super::signer::{Sign, Signer, Stamp};
use super::{Algorithm, SignerOptions};
use crate::encoding::decimal;
use crate::error::Error;
use crate::text::pieces;

/// What was signed, stage by stage. It holds no secret, and the access token is masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// Lower-case hex of the body's SHA-256.
    pub content_sha256: String,
    /// Path and sorted, decoded query.
    pub canonical_url: String,
    /// The signed headers, one line each; empty for none.
    pub signed_headers: String,
    /// Method, content hash, headers and URL; empty for the legacy algorithm.
    pub string_to_sign: String,
    /// The whole signed string, with the access token masked.
    pub str: String,
    /// The sign: 64 upper-case hex digits.
    pub sign: Sign,
    /// All of it for people: one stage a paragraph, line feeds made visible.
    pub text: String,
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
    let current = algorithm == Algorithm::Current;
    let mut signed_headers = String::new();
    for (name, value) in request.signed_headers {
        signed_headers.push_str(&[*name, ":", *value, "\n"].concat());
    }
    let string_to_sign = signer.string_to_sign(request)?;
    let t = decimal(stamp.t);
    let token = masked(access_token.unwrap_or_default());
    let nonce = if current { stamp.nonce } else { "" };
    let identifier = identifier.as_deref().filter(|_| current).unwrap_or_default();
    let parts = [
        ("client_id", signer.client_id().as_str()),
        ("access_token", &token),
        ("t", &t),
        ("nonce", nonce),
        ("identifier", identifier),
        ("stringToSign", &string_to_sign),
    ];
    let str = parts.map(|(_, part)| part).concat();
    let content_sha256 = content_sha256(&request.body);
    let canonical_url = canonical_url(request.url, &request.body, path)?;
    let mut text = String::new();
    if current {
        paragraph(&mut text, "Content-SHA256", &content_sha256);
        paragraph(&mut text, "Headers", &signed_headers);
        paragraph(&mut text, "URL", &canonical_url);
        paragraph(&mut text, "stringToSign = METHOD ⏎ Content-SHA256 ⏎ Headers ⏎ URL", &string_to_sign);
    }
    let present = parts.into_iter().filter(|(_, part)| !part.is_empty());
    let mut title = "str = ".to_owned();
    for (at, (name, _)) in present.enumerate() {
        title.push_str(if at == 0 { "" } else { " + " });
        title.push_str(name);
    }
    paragraph(&mut text, &title, &str);
    paragraph(&mut text, "sign = upper-case hex of HMAC-SHA256(str, secret)", &sign);
    Ok(Explanation { content_sha256, canonical_url, signed_headers, string_to_sign, str, sign, text })
}

/// The token's length in stars, so that the string keeps its shape.
fn masked(token: &str) -> String {
    "*".repeat(token.len())
}

fn paragraph(text: &mut String, title: &str, content: &str) {
    text.push_str(title);
    text.push_str("\n  ");
    for (at, line) in pieces(if content.is_empty() { "(empty)" } else { content }, b'\n').enumerate() {
        text.push_str(if at == 0 { "" } else { "⏎\n  " });
        text.push_str(line);
    }
    text.push_str("\n\n");
}
