//! Signing a request, and checking a signed one (`docs/protocol.md`, section 2).
//!
//! ```text
//! token calls    str = client_id + t + nonce + stringToSign
//! business calls str = client_id + access_token + t + nonce + stringToSign
//! sign           = upper-case hex of HMAC-SHA256(str, key = secret)
//! stringToSign   = METHOD "\n" Content-SHA256 "\n" Headers "\n" URL
//! ```
//!
//! Each stage is a public function, so that a wrong sign can be followed to where it went wrong.
//!
//! A client signs and sends the headers; a server that holds the same keys verifies them:
//!
//! ```
//! use tuya_auth::sign::{Body, Received, Request, SIGN_METHOD, Signer, SignerOptions, Stamp};
//! use tuya_auth::{ClientId, Secret};
//!
//! let (client_id, secret) = (ClientId::new("client0id")?, Secret::new("client0secret")?);
//! let signer = Signer::new(&client_id, &secret, SignerOptions::default())?;
//!
//! let body = br#"{"commands":[{"code":"switch","value":true}]}"#;
//! let request = Request {
//!     method: "POST",
//!     url: "https://openapi.tuyaeu.com/v1.0/devices/d1/commands",
//!     signed_headers: &[("area_id", "29a33e87")],
//!     body: Body::Bytes(body),
//! };
//! let t = 1_700_000_000_000;
//! let sign = signer.sign(&request, Some("access0token"), &Stamp { t, nonce: "n0nce" })?;
//!
//! let received = Received {
//!     method: "POST",
//!     target: "/v1.0/devices/d1/commands",
//!     headers: &[
//!         ("client_id", client_id.as_str()),
//!         ("access_token", "access0token"),
//!         ("t", &t.to_string()),
//!         ("nonce", "n0nce"),
//!         ("sign_method", SIGN_METHOD),
//!         ("sign", &sign),
//!         ("Signature-Headers", "area_id"),
//!         ("area_id", "29a33e87"),
//!         ("Content-Type", "application/json"),
//!     ],
//!     body,
//! };
//! assert_eq!(signer.verify(&received, t + 1_000), Ok(()));
//! # Ok::<(), tuya_auth::Error>(())
//! ```

mod canonical;
#[cfg(feature = "debug")]
pub mod diagnose;
#[cfg(feature = "debug")]
pub mod explain;
mod signer;
mod verify;

pub use canonical::{Body, ContentHash, Request, canonical_url, content_sha256, string_to_sign};
pub use signer::{Sign, Signer, Stamp};
pub use verify::{CLOCK_WINDOW, Received, Rejection};

use alloc::string::String;

use crate::text::decimal_up_to;

/// The only value of the `sign_method` header.
pub const SIGN_METHOD: &str = "HMAC-SHA256";

/// What is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Algorithm {
    /// The whole request; the only one that projects made after 30 June 2021 accept.
    #[default]
    Current,
    /// `client_id + access_token + t`, for older projects.
    Legacy,
}

/// How a path with percent-escapes is signed. The documents do not say, and official clients differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PathEncoding {
    /// As it stands in the URL.
    #[default]
    AsWritten,
    /// With its escapes decoded.
    Decoded,
}

/// How a [`Signer`] signs.
#[derive(Debug, Clone, Default)]
pub struct SignerOptions {
    /// What is signed.
    pub algorithm: Algorithm,
    /// How the path is signed.
    pub path: PathEncoding,
    /// Lets a query key appear twice; the order of its values is kept. By default it is refused, since clients and
    /// servers differ about it.
    pub allow_repeated_keys: bool,
    /// The app's identifier, for keys of an app authorization: on Android SHA1 and application ID, on iOS the
    /// bundle identifier. It travels in the `identifier` header and is signed between nonce and string to sign.
    pub identifier: Option<String>,
}

/// Whether the path belongs to the token calls, whose signed string has no access token.
///
/// ```
/// use tuya_auth::sign::is_token_path;
///
/// assert!(is_token_path("/v1.0/token"));
/// assert!(is_token_path("/v1.0/token/refresh0token"));
/// assert!(!is_token_path("/v1.0/tokens"));
/// ```
#[must_use]
pub fn is_token_path(path: &str) -> bool {
    path.strip_prefix("/v1.0/token").is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A time in milliseconds: 13 digits.
fn milliseconds(t: &str) -> Option<u64> {
    if t.len() == 13 { decimal_up_to(t, u64::MAX) } else { None }
}
