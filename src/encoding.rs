//! The encodings of this protocol: strict form decoding, percent-encoding, base64url and decimal.
//!
//! Decoding is strict because a value that two programs decode differently is a value that they sign differently:
//! what common libraries let pass (`%zz`, bytes that are no UTF-8) is an error here.

use alloc::string::String;
use alloc::vec::Vec;

use crate::error::{Code, Error};
use crate::text::{cut, pieces};

const HEX_UPPER: &[u8; 16] = b"0123456789ABCDEF";
const BASE64URL: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Decodes the percent-escapes of a path; `+` stays a plus.
///
/// # Errors
/// [`Code::BadEscape`] when an escape is malformed or the bytes are not UTF-8.
pub fn decode_path(text: &str) -> Result<String, Error> {
    decode(text, false)
}

/// Decodes a query string or form body (`application/x-www-form-urlencoded`, without a leading `?`) into its pairs,
/// in order; `+` is a space, a key without `=` has an empty value, and empty pairs are skipped.
///
/// ```
/// use tuya_auth::encoding::decode_pairs;
///
/// let pairs = decode_pairs("name=living+room&flag&&q=%E2%82%AC")?;
/// let texts: Vec<_> = pairs.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
/// assert_eq!(texts, [("name", "living room"), ("flag", ""), ("q", "€")]);
/// assert!(decode_pairs("q=%zz").is_err());
/// # Ok::<(), tuya_auth::Error>(())
/// ```
///
/// # Errors
/// [`Code::BadEscape`] when an escape is malformed or the bytes are not UTF-8.
pub fn decode_pairs(text: &str) -> Result<Vec<(String, String)>, Error> {
    pieces(text, b'&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (key, value) = cut(pair, b'=').unwrap_or((pair, ""));
            Ok((decode(key, true)?, decode(value, true)?))
        })
        .collect()
}

fn decode(text: &str, plus_is_space: bool) -> Result<String, Error> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let high = rest.next().and_then(hex_digit).ok_or(Code::BadEscape)?;
                let low = rest.next().and_then(hex_digit).ok_or(Code::BadEscape)?;
                high << 4 | low
            }
            b'+' if plus_is_space => b' ',
            other => other,
        });
    }
    String::from_utf8(bytes).map_err(|_| Code::BadEscape.into())
}

const fn hex_digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
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
    encode(text, b"-._~")
}

/// Percent-encodes everything but ASCII letters, digits and the marks in `plain`.
pub(crate) fn encode(text: &str, plain: &[u8]) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || plain.contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            push_digit(&mut encoded, HEX_UPPER, byte >> 4);
            push_digit(&mut encoded, HEX_UPPER, byte & 15);
        }
    }
    encoded
}

/// Base64url without padding (RFC 4648, section 5).
#[must_use]
pub fn base64url(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().enumerate().fold(0_u32, |group, (at, byte)| group | u32::from(*byte) << (16 - 8 * at));
        for digit in 0..=chunk.len() {
            push_digit(&mut text, BASE64URL, (group >> (18 - 6 * digit) & 63) as u8);
        }
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
        push_digit(&mut text, b"0123456789abcdef", byte >> 4);
        push_digit(&mut text, b"0123456789abcdef", byte & 15);
    }
    text
}

/// A number in decimal.
#[cfg(feature = "debug")]
pub(crate) fn decimal(number: u64) -> String {
    let mut text = String::new();
    push_decimal(&mut text, number);
    text
}

/// Appends `number` in decimal.
pub fn push_decimal(text: &mut String, number: u64) {
    if number >= 10 {
        push_decimal(text, number / 10);
    }
    push_digit(text, b"0123456789", (number % 10) as u8);
}

fn push_digit(text: &mut String, alphabet: &[u8], digit: u8) {
    if let Some(byte) = alphabet.get(usize::from(digit)) {
        text.push(char::from(*byte));
    }
}
