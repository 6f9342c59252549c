//! What came back from the authorization page, checked (`docs/protocol.md`, section 3; RFC 6749, section 4.1.2).

use alloc::string::String;

use subtle::ConstantTimeEq;

use crate::encoding::Pairs;
use crate::error::{Code, Error};
use crate::text::{GRAPHIC, cut, cut_last, split};

/// Longest callback, in bytes: a URL or its query.
pub const MAX_INPUT: usize = 8192;
/// Longest authorization code, in bytes; the documents' example has 32.
pub const MAX_CODE: usize = 512;
/// Longest `error` that is kept, in characters.
pub const MAX_ERROR: usize = 64;
/// Longest `error_description` that is kept, in characters.
pub const MAX_DESCRIPTION: usize = 256;

/// A callback that passed every check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callback {
    /// The authorization code: works once, for a few minutes, in its data center.
    pub code: String,
    /// The data center that the state names.
    pub data_center: String,
}

/// Checks a callback, in this order: shape, state, data center, `error`, `code`.
///
/// `input` is the callback's URL or its query, with or without `?`. `expected_state` is the state this browser was
/// given. `data_center` is the one that the callback URL belongs to, if each has its own.
///
/// ```
/// use tuya_auth::Code;
/// use tuya_auth::callback::parse_callback;
///
/// let given = "BwcHBwcHBwcHBwcHBwcHBw.eu";
/// let url = format!("https://app.example/auth/callback/eu?code=c0de&state={given}");
/// let callback = parse_callback(&url, given, Some("eu"))?;
/// assert_eq!((callback.code.as_str(), callback.data_center.as_str()), ("c0de", "eu"));
///
/// let forged = parse_callback("?code=c0de&state=another", given, Some("eu"));
/// assert_eq!(forged.unwrap_err().code(), Code::StateMismatch);
/// # Ok::<(), tuya_auth::Error>(())
/// ```
///
/// # Errors
/// - [`Code::CallbackMalformed`]: too long, not decodable, a parameter twice (named in the detail).
/// - [`Code::StateMissing`], [`Code::StateMismatch`] (compared in constant time).
/// - [`Code::WrongDataCenter`]: the state's data center is not `data_center`.
/// - [`Code::AccessDenied`], [`Code::AuthorizationError`]: what the page said is the error's detail, as data.
/// - [`Code::CodeMissing`].
pub fn parse_callback(input: &str, expected_state: &str, data_center: Option<&str>) -> Result<Callback, Error> {
    let malformed = |what: &str| Error::new(Code::CallbackMalformed, what);
    if input.len() > MAX_INPUT {
        return Err(malformed("length"));
    }
    let pairs = Pairs::decode(query_of(input)).map_err(|_| malformed("escape"))?;
    // The parameters that count; others are ignored, as RFC 6749 asks.
    let names = ["code", "state", "error", "error_description"];
    let mut found = [None; 4];
    for (key, value) in pairs.iter() {
        for (at, (name, slot)) in names.into_iter().zip(&mut found).enumerate() {
            if name != key {
                continue;
            }
            let is_ours = at < 2;
            if slot.is_some() || is_ours && (value.len() > MAX_CODE || !GRAPHIC.holds_all(value)) {
                return Err(malformed(key));
            }
            *slot = Some(value);
        }
    }
    let [code, state, error, description] = found;

    let state = state.filter(|state| !state.is_empty()).ok_or(Code::StateMissing)?;
    if expected_state.is_empty() || !bool::from(state.as_bytes().ct_eq(expected_state.as_bytes())) {
        return Err(Code::StateMismatch.into());
    }
    let of_state = cut_last(state, b'.').map_or("", |(_, named)| named);
    if of_state.is_empty() || data_center.is_some_and(|expected| expected != of_state) {
        return Err(Code::WrongDataCenter.into());
    }
    if let Some(error) = error {
        return Err(refusal(error, description.unwrap_or_default()));
    }
    let code = code.filter(|code| !code.is_empty()).ok_or(Code::CodeMissing)?;
    Ok(Callback { code: code.into(), data_center: of_state.into() })
}

/// The query of a URL, or the whole input when that is a query already.
fn query_of(input: &str) -> &str {
    let (input, _) = split(input, b'#');
    match cut(input, b'?') {
        Some((_, query)) => query,
        None if cut(input, b'/').is_some() || cut(input, b':').is_some() => "",
        None => input,
    }
}

fn refusal(error: &str, description: &str) -> Error {
    let code = if error == "access_denied" { Code::AccessDenied } else { Code::AuthorizationError };
    let mut said = String::new();
    push_capped(&mut said, error, MAX_ERROR);
    said.push('\n');
    push_capped(&mut said, description, MAX_DESCRIPTION);
    Error::new(code, &said)
}

/// Appends at most `longest` characters, control characters left out.
#[inline(never)]
fn push_capped(said: &mut String, text: &str, longest: usize) {
    let mut room = longest;
    for character in text.chars() {
        if !character.is_control() && room > 0 {
            said.push(character);
            room -= 1;
        }
    }
}
