//! How requests and options cross: as flat lists, sums and plain numbers.

use alloc::string::String;
use alloc::vec::Vec;

use tuya_auth::Error;
use tuya_auth::encoding::uuid;
use tuya_auth::sign::{Algorithm, Body, PathEncoding, Request, SignerOptions};

use crate::boundary::entropy;

const LEGACY: u32 = 1;
const DECODED_PATH: u32 = 2;
const ALLOW_REPEATED_KEYS: u32 = 4;

/// How to sign; `options` is a sum of the flags above.
pub(crate) fn signer_options(options: u32, identifier: Option<String>) -> SignerOptions {
    let has = |flag| options & flag != 0;
    SignerOptions {
        algorithm: if has(LEGACY) { Algorithm::Legacy } else { Algorithm::Current },
        path: if has(DECODED_PATH) { PathEncoding::Decoded } else { PathEncoding::AsWritten },
        allow_repeated_keys: has(ALLOW_REPEATED_KEYS),
        identifier,
    }
}

/// A request to sign; a `form` takes the place of `body`.
pub(crate) fn request<'a>(
    method: &'a str,
    url: &'a str,
    signed_headers: &'a [(&'a str, &'a str)],
    body: Option<&'a [u8]>,
    form: Option<&'a str>,
) -> Request<'a> {
    let body = form.map_or(Body::Bytes(body.unwrap_or_default()), Body::Form);
    Request { method, url, signed_headers, body }
}

/// Name, value, name, value… as pairs.
pub(crate) fn pairs(flat: &[String]) -> Vec<(&str, &str)> {
    let (pairs, _) = flat.as_chunks();
    pairs.iter().map(|[name, value]| (name.as_str(), value.as_str())).collect()
}

/// The nonce that was given, empty for none, or a fresh UUID.
pub(crate) fn nonce_or_fresh(nonce: Option<String>) -> Result<String, Error> {
    match nonce {
        Some(nonce) => Ok(nonce),
        None => entropy().map(uuid),
    }
}

/// A number of JavaScript's as whole milliseconds; what is none becomes 0, which no check accepts.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the cast saturates; 0 is refused")]
pub(crate) fn whole(milliseconds: f64) -> u64 {
    let whole = milliseconds as u64;
    #[expect(clippy::cast_precision_loss, reason = "exact below 2^53, beyond which no time of 13 digits lies")]
    let unchanged = (whole as f64 - milliseconds).abs() < f64::EPSILON;
    if unchanged { whole } else { 0 }
}
