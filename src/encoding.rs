//! The encodings of this protocol: strict form decoding, percent-encoding, base64url and decimal.
//!
//! Decoding is strict because a value that two programs decode differently is a value that they sign differently:
//! what common libraries let pass (`%zz`, bytes that are no UTF-8) is an error here.

use alloc::string::String;
use alloc::vec::Vec;

use crate::error::{Code, Error};
use crate::text::UNRESERVED;

pub use crate::pairs::Pairs;

pub(crate) const HEX_LOWER: &[u8; 16] = b"0123456789abcdef";
pub(crate) const HEX_UPPER: &[u8; 16] = b"0123456789ABCDEF";
const BASE64URL: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Decodes the percent-escapes of a path; `+` stays a plus.
///
/// # Errors
/// [`Code::BadEscape`] when an escape is malformed or the bytes are not UTF-8.
pub fn decode_path(text: &str) -> Result<String, Error> {
    let mut bytes = Vec::with_capacity(text.len());
    decode_into(&mut bytes, text, false)?;
    String::from_utf8(bytes).map_err(|_| Code::BadEscape.into())
}

/// The pairs of a query or form, each text of its own. See [`Pairs::decode`].
///
/// # Errors
/// Those of [`Pairs::decode`].
pub fn decode_pairs(text: &str) -> Result<Vec<(String, String)>, Error> {
    Ok(Pairs::decode(text)?.iter().map(|(key, value)| (key.into(), value.into())).collect())
}

/// Appends what a text with percent-escapes stands for, which need not be UTF-8.
#[inline(never)]
pub(crate) fn decode_into(bytes: &mut Vec<u8>, text: &str, plus_is_space: bool) -> Result<(), Error> {
    let mut rest = text.as_bytes();
    while let [byte, after @ ..] = rest {
        rest = after;
        bytes.push(match byte {
            b'%' => {
                let [high, low, after @ ..] = rest else { return Err(Code::BadEscape.into()) };
                rest = after;
                hex_digit(*high)? << 4 | hex_digit(*low)?
            }
            b'+' if plus_is_space => b' ',
            other => *other,
        });
    }
    Ok(())
}

#[inline(never)]
pub(crate) fn hex_digit(digit: u8) -> Result<u8, Code> {
    let value = char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok());
    value.ok_or(Code::BadEscape)
}

/// Percent-encodes everything but the unreserved characters of RFC 3986 (`A-Z a-z 0-9 - . _ ~`), so that the result
/// is safe as a query's key or value and as a path's segment.
///
/// ```
/// use tuya_auth::encoding::encode_component;
///
/// assert_eq!(encode_component("a b/ü"), "a%20b%2F%C3%BC");
/// ```
#[must_use]
pub fn encode_component(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    push_component(&mut encoded, text);
    encoded
}

/// Appends a text as [`encode_component`] gives it.
#[inline(never)]
pub(crate) fn push_component(encoded: &mut String, text: &str) {
    push_encoded(encoded, text, |byte| UNRESERVED.holds(byte));
}

/// Appends a text with everything percent-encoded but `plain` characters.
pub(crate) fn push_encoded(encoded: &mut String, text: &str, plain: impl Fn(u8) -> bool) {
    for byte in text.bytes() {
        if plain(byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            push_digit(encoded, HEX_UPPER, byte >> 4);
            push_digit(encoded, HEX_UPPER, byte & 15);
        }
    }
}

/// Base64url without padding (RFC 4648, section 5).
#[must_use]
pub fn base64url(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in bytes {
        bits = bits << 8 | u32::from(*byte);
        count += 8;
        while count >= 6 {
            count -= 6;
            push_digit(&mut text, BASE64URL, (bits >> count & 63) as u8);
        }
    }
    if count > 0 {
        push_digit(&mut text, BASE64URL, (bits << (6 - count) & 63) as u8);
    }
    text
}

/// A random UUID (RFC 9562, version 4) out of 16 random bytes, in lower case with hyphens: a nonce.
///
/// ```
/// use tuya_auth::encoding::uuid;
///
/// assert_eq!(uuid([0xff; 16]), "ffffffff-ffff-4fff-bfff-ffffffffffff");
/// ```
#[must_use]
pub fn uuid(mut entropy: [u8; 16]) -> String {
    entropy[6] = entropy[6] & 0x0f | 0x40;
    entropy[8] = entropy[8] & 0x3f | 0x80;
    let mut text = String::with_capacity(36);
    for (at, byte) in entropy.into_iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        push_digit(&mut text, HEX_LOWER, byte >> 4);
        push_digit(&mut text, HEX_LOWER, byte & 15);
    }
    text
}

/// Appends `number` in decimal.
pub fn push_decimal(text: &mut String, number: u64) {
    if number >= 10 {
        push_decimal(text, number / 10);
    }
    push_digit(text, HEX_UPPER, (number % 10) as u8);
}

#[inline(never)]
fn push_digit(text: &mut String, alphabet: &[u8], digit: u8) {
    if let Some(byte) = alphabet.get(usize::from(digit)) {
        text.push(char::from(*byte));
    }
}
