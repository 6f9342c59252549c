//! What a server does: check the sign of a request that it received.

use alloc::string::String;
use alloc::vec::Vec;

use subtle::ConstantTimeEq;

use super::canonical::{Body, Request, push_string_to_sign};
use super::signer::Caller;
use super::{Algorithm, SIGN_METHOD, Signer, is_token_path, milliseconds};
use crate::error::{Code, Error};
use crate::text::{pieces, split};
use crate::url::Parts;

/// How far a request's `t` may be from the server's clock, either way, in milliseconds.
pub const CLOCK_WINDOW: u64 = 300_000;

/// A request as it arrived: bytes, not interpretations.
#[derive(Debug, Clone, Copy)]
pub struct Received<'a> {
    /// The method.
    pub method: &'a str,
    /// Path and query as they were sent, without a base path.
    pub target: &'a str,
    /// The headers; names are looked up without case.
    pub headers: &'a [(&'a str, &'a str)],
    /// The body's bytes. A GET may have one: the official node client sends `{}`.
    pub body: &'a [u8],
}

impl Received<'_> {
    /// The value of the first header of this name; an empty one counts as absent.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.written(name).filter(|value| !value.is_empty())
    }

    /// The headers that `Signature-Headers` names, under the names it gives them.
    ///
    /// # Errors
    /// [`Code::InvalidHeader`], with the name of one that is absent.
    pub fn signed_headers(&self) -> Result<Vec<(&str, &str)>, Error> {
        let mut signed = Vec::new();
        for name in pieces(self.header("signature-headers").unwrap_or_default(), b':') {
            if !name.is_empty() {
                let value = self.written(name).ok_or_else(|| Error::new(Code::InvalidHeader, name))?;
                signed.push((name, value));
            }
        }
        Ok(signed)
    }

    /// The value of the first header of this name.
    #[inline(never)] // a search in each of the places that look a header up is most of a module's verifier
    fn written(&self, name: &str) -> Option<&str> {
        for (known, value) in self.headers {
            if known.eq_ignore_ascii_case(name) {
                return Some(value);
            }
        }
        None
    }

    /// The body as it is signed: a form's pairs with the query, everything else hashed as bytes.
    ///
    /// # Errors
    /// [`Code::BadEscape`] of `body`: a form that is not UTF-8.
    pub fn signed_body(&self) -> Result<Body<'_>, Error> {
        let content_type = self.header("content-type").unwrap_or_default();
        let (media_type, _) = split(content_type, b';');
        if !media_type.trim_ascii().eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return Ok(Body::Bytes(self.body));
        }
        let form = core::str::from_utf8(self.body).map_err(|_| Error::new(Code::BadEscape, "body"))?;
        Ok(Body::Form(form))
    }
}

/// The rule that a received request breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rejection {
    /// A header that signing needs is absent.
    MissingHeader(&'static str),
    /// `client_id` is not this signer's.
    ClientId,
    /// `sign_method` is not `HMAC-SHA256`.
    SignMethod,
    /// `t` is not 13 digits.
    Time,
    /// `t` is more than [`CLOCK_WINDOW`] away from the server's clock.
    ClockSkew,
    /// The sign is not the one computed here.
    Sign,
    /// The request cannot be brought into canonical form, or a header that `Signature-Headers` names is absent.
    Malformed(Error),
}

impl Rejection {
    /// The error that this is for a caller.
    #[must_use]
    pub fn to_error(&self) -> Error {
        match self {
            Self::MissingHeader(name) => Error::new(Code::SignInvalid, name),
            Self::ClientId => Code::ClientInvalid.into(),
            Self::SignMethod => Error::new(Code::SignInvalid, "sign_method"),
            Self::Time => Error::new(Code::ClockSkew, "t"),
            Self::ClockSkew => Code::ClockSkew.into(),
            Self::Sign => Code::SignInvalid.into(),
            Self::Malformed(error) => Error::new(Code::SignInvalid, error.detail().unwrap_or("canonical form")),
        }
    }
}

impl Signer {
    /// Checks a request that was signed with this signer's keys. `now` is the server's time in milliseconds since
    /// the epoch.
    ///
    /// The access token is part of the string on business calls only. The sign is compared in constant time, and
    /// must be in upper case. A request is not remembered: within the clock's window it verifies again.
    ///
    /// ```
    /// use tuya_auth::sign::{CLOCK_WINDOW, Received, Rejection, SIGN_METHOD, Signer, SignerOptions};
    /// use tuya_auth::{ClientId, Secret};
    ///
    /// let (client_id, secret) = (ClientId::new("client0id")?, Secret::new("client0secret")?);
    /// let signer = Signer::new(&client_id, &secret, SignerOptions::default())?;
    /// let received = Received {
    ///     method: "GET",
    ///     target: "/v1.0/devices/d1",
    ///     headers: &[
    ///         ("client_id", "client0id"),
    ///         ("t", "1700000000000"),
    ///         ("sign_method", SIGN_METHOD),
    ///         ("sign", "9E48A3E93B302EEECC803C7241985D0A34EB944F40FB573C7B5C2A82158AF13E"),
    ///     ],
    ///     body: b"",
    /// };
    /// assert_eq!(signer.verify(&received, 1_700_000_000_000), Err(Rejection::Sign));
    /// assert_eq!(signer.verify(&received, 1_700_000_000_001 + CLOCK_WINDOW), Err(Rejection::ClockSkew));
    /// # Ok::<(), tuya_auth::Error>(())
    /// ```
    ///
    /// # Errors
    /// The first rule that the request breaks: headers, client ID, sign method, time, clock, canonical form, sign.
    pub fn verify(&self, received: &Received<'_>, now: u64) -> Result<(), Rejection> {
        let required = |name: &'static str| received.header(name).ok_or(Rejection::MissingHeader(name));
        let (client_id, sign) = (required("client_id")?, required("sign")?);
        let (t, sign_method) = (required("t")?, required("sign_method")?);
        if client_id != self.client_id.as_str() {
            return Err(Rejection::ClientId);
        }
        if sign_method != SIGN_METHOD {
            return Err(Rejection::SignMethod);
        }
        if milliseconds(t).ok_or(Rejection::Time)?.abs_diff(now) > CLOCK_WINDOW {
            return Err(Rejection::ClockSkew);
        }
        let expected = self.expected_sign(received, t).map_err(Rejection::Malformed)?;
        if bool::from(expected.as_bytes().ct_eq(sign.as_bytes())) { Ok(()) } else { Err(Rejection::Sign) }
    }

    fn expected_sign(&self, received: &Received<'_>, t: &str) -> Result<String, Error> {
        let path = Parts::of(received.target)?.path;
        let access_token = received.header("access_token").filter(|_| !is_token_path(path)).unwrap_or_default();
        let caller = Caller {
            access_token,
            t,
            nonce: received.header("nonce").unwrap_or_default(),
            identifier: received.header("identifier"),
        };
        let mut text = self.prefix(&caller, received.target.len());
        if self.options.algorithm == Algorithm::Current {
            let request = Request {
                method: received.method,
                url: received.target,
                signed_headers: &received.signed_headers()?,
                body: received.signed_body()?,
            };
            push_string_to_sign(&mut text, &request, self.options.path)?;
        }
        Ok(self.seal(&text))
    }
}
