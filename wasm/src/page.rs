//! The half without secrets: authorization URL, state and callback. Each function takes the number of bytes in the
//! [frame](crate::frame) that hold its fields, and gives the length of its answer.

use alloc::string::String;

use tuya_auth::authorize::{self, AuthorizationRequest};
use tuya_auth::encoding::Pairs;
use tuya_auth::{ClientId, callback};
use wasm_bindgen::prelude::*;

use crate::frame::{answer, outside};

/// The authorization URL. Fields: a value if plain http may pass, page, client ID, redirect URI, data center, state (or
/// absent), 16 random bytes for a fresh state (or absent), further parameters (form-encoded). See
/// [`authorize::authorization_url`]. The answer is the state, a line feed and the URL. The bytes are JavaScript's to draw:
/// getrandom's import, which may throw, would be a twentieth of this module.
#[wasm_bindgen]
pub fn authorization_url(length: usize) -> i32 {
    answer(length, &mut |fields| {
        let allow_insecure = fields.bytes()?.is_some();
        let (page, client_id, redirect_uri) = (fields.text()?, fields.text()?, fields.text()?);
        let (data_center, given, entropy, params) =
            (fields.text()?, fields.optional()?, fields.bytes()?, fields.text()?);
        let mut state = String::from(given.unwrap_or_default());
        if let Some(entropy) = entropy {
            state = authorize::new_state(entropy.try_into().map_err(|_| outside())?, data_center)?;
        }
        let params = Pairs::decode(params)?;
        let url = authorize::authorization_url(&AuthorizationRequest {
            page,
            client_id: &ClientId::new(client_id)?,
            redirect_uri,
            data_center,
            state: &state,
            params: &params,
            allow_insecure,
        })?;
        Ok(joined(&state, &url).into())
    })
}

/// Checks a callback. Fields: its URL or query, the state, the data center (or absent). See
/// [`callback::parse_callback`]. The answer is the data center, a line feed and the code.
#[wasm_bindgen]
pub fn parse_callback(length: usize) -> i32 {
    answer(length, &mut |fields| {
        let callback = callback::parse_callback(fields.text()?, fields.text()?, fields.optional()?)?;
        Ok(joined(&callback.data_center, &callback.code).into())
    })
}

/// Two texts, of which the first holds no line feed.
fn joined(first: &str, second: &str) -> String {
    let mut joined = String::with_capacity(first.len() + 1 + second.len());
    joined.push_str(first);
    joined.push('\n');
    joined.push_str(second);
    joined
}
