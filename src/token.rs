//! The three token calls and their answers (`docs/protocol.md`, section 4).
//!
//! Building a request and reading its answer are two functions; what lies between is the caller's.

use alloc::borrow::ToOwned;
use alloc::string::String;
use core::fmt;

use crate::encoding::encode_component;
use crate::error::{Code, Error};
use crate::text::GRAPHIC;

/// Longest token or code, in bytes.
pub const MAX_TOKEN: usize = 1024;
/// Longest life of a token that is believed, in seconds: ten years. The documents' is 7200.
pub const MAX_LIFETIME: f64 = 315_360_000.0;

/// How a token is asked for.
#[derive(Clone, Copy)]
pub enum Grant<'a> {
    /// Simple mode: data that belongs to the project.
    Simple,
    /// Code mode: data of the user who consented, by the code of a callback.
    Code(&'a str),
    /// The next token, by the refresh token of the last. Both old ones die at once.
    Refresh(&'a str),
}

impl Grant<'_> {
    /// The path and query of the call; its method is GET, it has no body, and no access token is signed.
    ///
    /// ```
    /// use tuya_auth::token::Grant;
    ///
    /// assert_eq!(Grant::Simple.path()?, "/v1.0/token?grant_type=1");
    /// assert_eq!(Grant::Code("c0de").path()?, "/v1.0/token?grant_type=2&code=c0de");
    /// assert_eq!(Grant::Refresh("refresh0token").path()?, "/v1.0/token/refresh0token");
    /// # Ok::<(), tuya_auth::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Code::InvalidToken`] when the code or refresh token is empty, over-long or holds anything but printable
    /// ASCII.
    pub fn path(&self) -> Result<String, Error> {
        let (prefix, value) = match *self {
            Self::Simple => return Ok("/v1.0/token?grant_type=1".to_owned()),
            Self::Code(code) => ("/v1.0/token?grant_type=2&code=", code),
            Self::Refresh(token) => ("/v1.0/token/", token),
        };
        if !is_token(value) || value == "." || value == ".." {
            return Err(Code::InvalidToken.into());
        }
        let mut path = prefix.to_owned();
        path.push_str(&encode_component(value));
        Ok(path)
    }
}

impl fmt::Debug for Grant<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Simple => "Simple",
            Self::Code(_) => "Code(…)",
            Self::Refresh(_) => "Refresh(…)",
        })
    }
}

/// The `result` of a successful token answer.
#[derive(Clone)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize))]
pub struct TokenResult {
    /// The token to send with business calls.
    pub access_token: String,
    /// The token that the next refresh needs: works once, without a time limit.
    pub refresh_token: String,
    /// The user; in simple mode the project's own.
    pub uid: String,
    /// Life in seconds. An older table of the documents calls it `expire`.
    #[cfg_attr(feature = "serde", serde(alias = "expire"))]
    pub expire_time: f64,
}

impl fmt::Debug for TokenResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenResult")
            .field("uid", &self.uid)
            .field("expire_time", &self.expire_time)
            .finish_non_exhaustive()
    }
}

/// An answer of the cloud's: HTTP 200 in success and in failure.
#[derive(Debug, Clone)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize))]
pub struct TokenAnswer {
    /// Whether `result` is there.
    pub success: bool,
    /// The cloud's time in milliseconds since the epoch.
    #[cfg_attr(feature = "serde", serde(default))]
    pub t: Option<f64>,
    /// The token, when it succeeded.
    #[cfg_attr(feature = "serde", serde(default))]
    pub result: Option<TokenResult>,
    /// The cloud's code, when it failed.
    #[cfg_attr(feature = "serde", serde(default))]
    pub code: Option<u32>,
}

/// A token that was checked. `Debug` shows neither token.
#[derive(Clone)]
pub struct TokenSet {
    /// The token to send with business calls.
    pub access_token: String,
    /// The token that the next refresh needs.
    pub refresh_token: String,
    /// The user; in simple mode the project's own.
    pub uid: String,
    /// The data center it works in.
    pub data_center: String,
    /// When it expires, by the cloud's clock, in milliseconds since the epoch.
    pub expires_at: f64,
    /// When the answer was read, by the caller's clock, in milliseconds since the epoch.
    pub obtained_at: f64,
}

impl fmt::Debug for TokenSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenSet")
            .field("uid", &self.uid)
            .field("data_center", &self.data_center)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

/// Reads a token answer. `now` is the caller's time in milliseconds since the epoch; it stands in for the answer's
/// `t` where that is absent.
///
/// ```
/// use tuya_auth::Code;
/// use tuya_auth::token::{TokenAnswer, TokenResult, parse_token_answer};
///
/// let result = TokenResult {
///     access_token: "access0token".into(),
///     refresh_token: "refresh0token".into(),
///     uid: "eu1700000000000u001".into(),
///     expire_time: 7200.0,
/// };
/// let t = Some(1_700_000_000_000.0);
/// let answer = TokenAnswer { success: true, t, result: Some(result), code: None };
/// let tokens = parse_token_answer(answer, "eu", 1_700_000_000_250.0)?;
/// assert_eq!((tokens.uid.as_str(), tokens.expires_at), ("eu1700000000000u001", 1_700_007_200_000.0));
///
/// let refused = TokenAnswer { success: false, t, result: None, code: Some(1107) };
/// let error = parse_token_answer(refused, "eu", 1_700_000_000_250.0).unwrap_err();
/// assert_eq!(error.code(), Code::CodeInvalid);
/// # Ok::<(), tuya_auth::Error>(())
/// ```
///
/// # Errors
/// The error that the cloud's code stands for ([`crate::error::from_cloud`]), or [`Code::MalformedResponse`] with
/// the name of the field.
pub fn parse_token_answer(answer: TokenAnswer, data_center: &str, now: f64) -> Result<TokenSet, Error> {
    if !answer.success {
        return Err(answer.code.map_or(Code::MalformedResponse, crate::error::from_cloud).into());
    }
    let result = answer.result.ok_or_else(|| malformed("result"))?;
    let expires_at = check_token_result(&result, answer.t, now)?;
    Ok(TokenSet {
        access_token: result.access_token,
        refresh_token: result.refresh_token,
        uid: result.uid,
        data_center: data_center.to_owned(),
        expires_at,
        obtained_at: now,
    })
}

/// Checks a token answer's fields and gives the time at which it expires: the cloud's `t` plus the lifetime, in
/// milliseconds since the epoch.
///
/// # Errors
/// [`Code::MalformedResponse`] with the name of the field.
pub fn check_token_result(result: &TokenResult, t: Option<f64>, now: f64) -> Result<f64, Error> {
    check_token_texts(&result.access_token, &result.refresh_token, &result.uid)?;
    expiry(result.expire_time, t, now)
}

/// Checks the texts of a token answer.
///
/// # Errors
/// [`Code::MalformedResponse`] with the name of the field.
pub fn check_token_texts(access_token: &str, refresh_token: &str, uid: &str) -> Result<(), Error> {
    for (field, text) in [("access_token", access_token), ("refresh_token", refresh_token), ("uid", uid)] {
        if !is_token(text) {
            return Err(malformed(field));
        }
    }
    Ok(())
}

/// When a token with a `lifetime` in seconds expires: that long after the cloud's `t`, in milliseconds since the epoch.
///
/// # Errors
/// [`Code::MalformedResponse`] with the name of the field.
pub fn expiry(lifetime: f64, t: Option<f64>, now: f64) -> Result<f64, Error> {
    if !(lifetime > 0.0 && lifetime <= MAX_LIFETIME) {
        return Err(malformed("expire_time"));
    }
    let t = t.unwrap_or(now);
    if !(t.is_finite() && t >= 0.0) {
        return Err(malformed("t"));
    }
    Ok(t + lifetime * 1000.0)
}

fn malformed(field: &str) -> Error {
    Error::new(Code::MalformedResponse, field)
}

/// Printable ASCII without spaces, so that it can travel in a header.
fn is_token(text: &str) -> bool {
    !text.is_empty() && text.len() <= MAX_TOKEN && GRAPHIC.holds_all(text)
}
