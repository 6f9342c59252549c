//! The half with secrets: signing, verifying and the token calls.

use alloc::string::String;
use alloc::vec::Vec;

use tuya_auth::sign::{self, Received, Stamp};
use tuya_auth::token::{self, Grant, TokenResult};
use tuya_auth::{ClientId, Code, Error, Secret};
use wasm_bindgen::prelude::*;

use crate::boundary::thrown;
use crate::request::{nonce_or_fresh, pairs, request, signer_options, whole};

/// Signs and verifies with one pair of keys.
#[wasm_bindgen]
pub struct Signer(sign::Signer);

#[wasm_bindgen]
impl Signer {
    /// `options` is a sum: 1 legacy algorithm, 2 path decoded, 4 repeated keys allowed.
    ///
    /// # Errors
    /// `invalid_client_id`, `invalid_secret`, `invalid_header` (the identifier).
    #[wasm_bindgen(constructor)]
    pub fn new(client_id: &str, secret: &str, identifier: Option<String>, options: u32) -> Result<Self, JsValue> {
        let client_id = ClientId::new(client_id).map_err(thrown)?;
        let secret = Secret::new(secret).map_err(thrown)?;
        sign::Signer::new(&client_id, &secret, signer_options(options, identifier)).map(Self).map_err(thrown)
    }

    /// The sign (64 characters), then the nonce. Without a `nonce` a fresh UUID is drawn; an empty one is none.
    /// `signed_headers` are name, value, name, value…; a `form` takes the place of `body`; `t` is in milliseconds.
    ///
    /// # Errors
    /// Those of [`sign::Signer::sign`].
    #[expect(clippy::too_many_arguments, reason = "plain values cross the boundary one by one")]
    pub fn sign(
        &self,
        method: &str,
        url: &str,
        signed_headers: Vec<String>,
        body: Option<Vec<u8>>,
        form: Option<String>,
        access_token: Option<String>,
        t: f64,
        nonce: Option<String>,
    ) -> Result<String, JsValue> {
        let nonce = nonce_or_fresh(nonce).map_err(thrown)?;
        let headers = pairs(&signed_headers);
        let request = request(method, url, &headers, body.as_deref(), form.as_deref());
        let stamp = Stamp { t: whole(t), nonce: &nonce };
        let mut answer = self.0.sign(&request, access_token.as_deref(), &stamp).map_err(thrown)?;
        answer.push_str(&nonce);
        Ok(answer)
    }

    /// The string to sign.
    ///
    /// # Errors
    /// Those of [`sign::Signer::string_to_sign`].
    pub fn string_to_sign(
        &self,
        method: &str,
        url: &str,
        signed_headers: Vec<String>,
        body: Option<Vec<u8>>,
        form: Option<String>,
    ) -> Result<String, JsValue> {
        let headers = pairs(&signed_headers);
        let request = request(method, url, &headers, body.as_deref(), form.as_deref());
        self.0.string_to_sign(&request).map_err(thrown)
    }

    /// Checks a received request; `headers` are name, value, name, value…, `now` is in milliseconds.
    ///
    /// # Errors
    /// `sign_invalid`, `clock_skew` or `client_invalid`, with the rule's name as the detail.
    pub fn verify(
        &self,
        method: &str,
        target: &str,
        headers: Vec<String>,
        body: &[u8],
        now: f64,
    ) -> Result<(), JsValue> {
        let headers = pairs(&headers);
        let received = Received { method, target, headers: &headers, body };
        self.0.verify(&received, whole(now)).map_err(|rejection| thrown(rejection.to_error()))
    }
}

/// The path of a token call: `grant` is 0 simple, 1 code, 2 refresh; `value` is the code or the refresh token.
///
/// # Errors
/// `invalid_token`, `invalid_argument`.
#[wasm_bindgen]
pub fn token_path(grant: u32, value: &str) -> Result<String, JsValue> {
    let grant = match grant {
        0 => Grant::Simple,
        1 => Grant::Code(value),
        2 => Grant::Refresh(value),
        _ => return Err(thrown(Error::new(Code::InvalidArgument, "grant"))),
    };
    grant.path().map_err(thrown)
}

/// Checks the fields of a token answer; gives its expiry in milliseconds since the epoch. `t` is NaN where the
/// answer has none, and `now` stands in for it.
///
/// # Errors
/// `malformed_response` with the field's name.
#[wasm_bindgen]
pub fn token_expiry(
    access_token: String,
    refresh_token: String,
    uid: String,
    expire_seconds: f64,
    t: f64,
    now: f64,
) -> Result<f64, JsValue> {
    let result = TokenResult { access_token, refresh_token, uid, expire_time: expire_seconds };
    token::check_token_result(&result, Some(t).filter(|t| !t.is_nan()), now).map_err(thrown)
}
