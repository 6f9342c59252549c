//! How requests and options cross: as flat lists, sums and plain numbers.

use alloc::string::String;

use tuya_auth::Error;
use tuya_auth::sign::{Algorithm, Body, PathEncoding, SignerOptions};

use crate::frame::{outside, text};

const LEGACY: usize = 1;
const DECODED_PATH: usize = 2;
const ALLOW_REPEATED_KEYS: usize = 4;

/// How to sign; `options` is a sum of the flags above.
pub(crate) fn signer_options(options: usize, identifier: Option<String>) -> SignerOptions {
    let has = |flag| options & flag != 0;
    SignerOptions {
        algorithm: if has(LEGACY) { Algorithm::Legacy } else { Algorithm::Current },
        path: if has(DECODED_PATH) { PathEncoding::Decoded } else { PathEncoding::AsWritten },
        allow_repeated_keys: has(ALLOW_REPEATED_KEYS),
        identifier,
    }
}

/// A body by its kind: 0 bytes, 1 a form's text, 2 the SHA-256 of bytes that were hashed before.
pub(crate) fn body(content: &[u8], kind: usize) -> Result<Body<'_>, Error> {
    Ok(match kind {
        0 => Body::Bytes(content),
        1 => Body::Form(text(content)?),
        _ => Body::Sha256(content.try_into().map_err(|_| outside())?),
    })
}

/// A number of JavaScript's as whole milliseconds; what is none becomes 0, which no check accepts.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the cast saturates; 0 is refused")]
pub(crate) fn whole(milliseconds: f64) -> u64 {
    let whole = milliseconds as u64;
    #[expect(clippy::cast_precision_loss, reason = "exact below 2^53, beyond which no time of 13 digits lies")]
    let unchanged = (whole as f64 - milliseconds).abs() < f64::EPSILON;
    if unchanged { whole } else { 0 }
}
