//! Signing: the HMAC over the canonical form.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use super::canonical::{Request, hex_digits, text_from, text_of};
use super::{Algorithm, SignerOptions};
use crate::credentials::{ClientId, Secret};
use crate::encoding::{HEX_UPPER, push_decimal};
use crate::error::{Code, Error};
use crate::hash::Key;
use crate::text::{DIGIT, GRAPHIC};

/// Time and nonce of one request.
#[derive(Debug, Clone, Copy)]
pub struct Stamp<'a> {
    /// Milliseconds since the epoch, 13 digits. A request is good for five minutes either way.
    pub t: u64,
    /// A value that occurs once, by custom a UUID; empty for none.
    pub nonce: &'a str,
}

/// A sign: 64 upper-case hex digits.
pub type Sign = String;

/// Signs requests with one pair of keys. The HMAC's key state is computed once and kept; `Debug` does not show it.
#[derive(Clone)]
pub struct Signer {
    pub(super) client_id: ClientId,
    pub(super) options: SignerOptions,
    key: Key,
}

impl Signer {
    /// A signer for these keys. Make one and keep it.
    ///
    /// # Errors
    /// [`Code::InvalidHeader`] with the detail `identifier` when that cannot travel in a header.
    pub fn new(client_id: &ClientId, secret: &Secret, options: SignerOptions) -> Result<Self, Error> {
        let fits = |identifier: &String| !identifier.is_empty() && GRAPHIC.holds_all(identifier);
        if options.identifier.as_ref().is_some_and(|identifier| !fits(identifier)) {
            return Err(Error::new(Code::InvalidHeader, "identifier"));
        }
        let key = Key::of(secret.as_bytes());
        Ok(Self { client_id: client_id.clone(), options, key })
    }

    /// The client ID, which travels in the `client_id` header.
    #[must_use]
    pub const fn client_id(&self) -> &ClientId {
        &self.client_id
    }

    /// The identifier, which travels in the `identifier` header.
    #[must_use]
    pub fn identifier(&self) -> Option<&str> {
        self.options.identifier.as_deref()
    }

    /// Signs a request. An access token that is given is signed; token calls are signed without one.
    ///
    /// The example is the documents' own, with their keys:
    ///
    /// ```
    /// use tuya_auth::sign::{Body, Request, Signer, SignerOptions, Stamp};
    /// use tuya_auth::{ClientId, Secret};
    ///
    /// let client_id = ClientId::new("1KAD46OrT9HafiKdsXeg")?;
    /// let secret = Secret::new("4OHBOnWOqaEC1mWXOpVL3yV50s0qGSRC")?;
    /// let signer = Signer::new(&client_id, &secret, SignerOptions::default())?;
    /// let request = Request {
    ///     method: "GET",
    ///     url: "/v1.0/token?grant_type=1",
    ///     signed_headers: &[("area_id", "29a33e8796834b1efa6"), ("call_id", "8afdb70ab2ed11eb85290242ac130003")],
    ///     body: Body::Bytes(&[]),
    /// };
    /// let stamp = Stamp { t: 1_588_925_778_000, nonce: "5138cc3a9033d69856923fd07b491173" };
    /// let sign = signer.sign(&request, None, &stamp)?;
    /// assert_eq!(sign, "9E48A3E93B302EEECC803C7241985D0A34EB944F40FB573C7B5C2A82158AF13E");
    /// # Ok::<(), tuya_auth::Error>(())
    /// ```
    ///
    /// # Errors
    /// What cannot arrive as it was signed is refused: [`Code::InvalidTime`], [`Code::InvalidNonce`],
    /// [`Code::InvalidToken`], and those of [`Request::check`].
    pub fn sign(&self, request: &Request<'_>, access_token: Option<&str>, stamp: &Stamp<'_>) -> Result<Sign, Error> {
        let mut t = String::with_capacity(13);
        push_decimal(&mut t, stamp.t);
        let digits = self.sign_digits(request, access_token.unwrap_or_default(), &t, stamp.nonce)?;
        Ok(text_of(&digits).to_owned())
    }

    /// The digits of the sign that [`Signer::sign`] gives, without an allocation for them. `t` is text already, and an
    /// empty `access_token` is none.
    ///
    /// # Errors
    /// Those of [`Signer::sign`].
    pub fn sign_digits(
        &self,
        request: &Request<'_>,
        access_token: &str,
        t: &str,
        nonce: &str,
    ) -> Result<[u8; 64], Error> {
        let caller = self.caller(access_token, t, nonce)?;
        let mut text = self.prefix(&caller, request.usual_length());
        self.push_string_to_sign(&mut text, request)?;
        Ok(self.digits(&text))
    }

    /// The string to sign of a request; empty for the legacy algorithm, which signs nothing of it. It holds no secret.
    ///
    /// ```
    /// use tuya_auth::sign::{Body, PathEncoding, Request, Signer, SignerOptions};
    /// use tuya_auth::{ClientId, Secret};
    ///
    /// let options = SignerOptions { path: PathEncoding::Decoded, ..SignerOptions::default() };
    /// let signer = Signer::new(&ClientId::new("client0id")?, &Secret::new("client0secret")?, options)?;
    /// let request = Request { method: "GET", url: "/v1.0/a%20b", signed_headers: &[], body: Body::Bytes(&[]) };
    /// assert!(signer.string_to_sign(&request)?.ends_with("/v1.0/a b"));
    /// # Ok::<(), tuya_auth::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`Request::check`].
    pub fn string_to_sign(&self, request: &Request<'_>) -> Result<String, Error> {
        let mut text = Vec::with_capacity(request.usual_length());
        self.push_string_to_sign(&mut text, request)?;
        Ok(text_from(text))
    }

    fn push_string_to_sign(&self, text: &mut Vec<u8>, request: &Request<'_>) -> Result<(), Error> {
        let SignerOptions { algorithm, path, allow_repeated_keys, .. } = self.options;
        match algorithm {
            Algorithm::Current => request.push_checked_string_to_sign(text, allow_repeated_keys, path),
            Algorithm::Legacy => request.check(allow_repeated_keys),
        }
    }

    /// What is signed of a request that is sent, where it can arrive as it is signed.
    pub(super) fn caller<'a>(&'a self, access_token: &'a str, t: &'a str, nonce: &'a str) -> Result<Caller<'a>, Error> {
        if t.len() != 13 || t.starts_with('0') || !DIGIT.holds_all(t) {
            return Err(Code::InvalidTime.into());
        }
        if !GRAPHIC.holds_all(nonce) {
            return Err(Code::InvalidNonce.into());
        }
        if !GRAPHIC.holds_all(access_token) {
            return Err(Error::new(Code::InvalidToken, "access_token"));
        }
        Ok(Caller { access_token, t, nonce, identifier: self.identifier() })
    }

    /// What is signed before the string to sign, with room for that.
    pub(super) fn prefix(&self, caller: &Caller<'_>, room: usize) -> Vec<u8> {
        let Caller { access_token, t, nonce, identifier } = *caller;
        let parts = match self.options.algorithm {
            Algorithm::Current => [access_token, t, nonce, identifier.unwrap_or_default()],
            Algorithm::Legacy => [access_token, t, "", ""],
        };
        let client_id = self.client_id.as_str();
        let length = parts.iter().fold(client_id.len(), |length, part| length + part.len());
        let mut text = Vec::with_capacity(length + room);
        text.extend_from_slice(client_id.as_bytes());
        for part in parts {
            text.extend_from_slice(part.as_bytes());
        }
        text
    }

    /// The sign of a whole text.
    pub(super) fn seal(&self, text: &[u8]) -> Sign {
        text_of(&self.digits(text)).to_owned()
    }

    /// One update of the HMAC: each is compiled into its place, and costs a copy.
    fn digits(&self, text: &[u8]) -> [u8; 64] {
        hex_digits(self.key.sign(text), HEX_UPPER)
    }
}

/// What is signed of a request beside its string to sign.
pub(super) struct Caller<'a> {
    pub(super) access_token: &'a str,
    pub(super) t: &'a str,
    pub(super) nonce: &'a str,
    pub(super) identifier: Option<&'a str>,
}

impl core::fmt::Debug for Signer {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Signer").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}
