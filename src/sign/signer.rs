//! Signing: the HMAC over the canonical form.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use hmac::KeyInit;
use hmac::block_api::HmacCore;
use hmac::digest::Output;
use hmac::digest::block_api::{Block, Buffer, FixedOutputCore, UpdateCore};
use sha2::Sha256;

use super::canonical::{Request, text_from, text_of, write_hex};
use super::{Algorithm, SignerOptions};
use crate::credentials::{ClientId, Secret};
use crate::encoding::{HEX_UPPER, push_decimal};
use crate::error::{Code, Error};
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
    key: HmacCore<Sha256>,
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
        let key = HmacCore::new_from_slice(secret.as_bytes()).map_err(|_| Code::InvalidSecret)?;
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
        let mut digits = [0; 64];
        self.sign_into(&mut digits, request, access_token.unwrap_or_default(), &t, stamp.nonce)?;
        Ok(text_of(&digits).to_owned())
    }

    /// Writes the digits of the sign that [`Signer::sign`] gives, without an allocation for them. `t` is text already, and
    /// an empty `access_token` is none. After an error the digits are as they were.
    ///
    /// # Errors
    /// Those of [`Signer::sign`].
    pub fn sign_into(
        &self,
        digits: &mut [u8; 64],
        request: &Request<'_>,
        access_token: &str,
        t: &str,
        nonce: &str,
    ) -> Result<(), Error> {
        let caller = self.caller(access_token, t, nonce)?;
        let mut text = self.prefix(&caller, request.usual_length());
        self.push_string_to_sign(&mut text, request)?;
        self.seal_into(digits, &text);
        Ok(())
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
        let mut digits = [0; 64];
        self.seal_into(&mut digits, text);
        text_of(&digits).to_owned()
    }

    /// The HMAC of a text that is held as a whole: block by block, without a buffer for texts that come in pieces.
    fn seal_into(&self, digits: &mut [u8; 64], text: &[u8]) {
        let mut mac = self.key.clone();
        let (blocks, rest) = Block::<HmacCore<Sha256>>::slice_as_chunks(text);
        mac.update_blocks(blocks);
        let mut digest = Output::<HmacCore<Sha256>>::default();
        mac.finalize_fixed_core(&mut Buffer::<HmacCore<Sha256>>::try_new(rest).unwrap_or_default(), &mut digest);
        write_hex(digits, &digest.into(), HEX_UPPER);
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
