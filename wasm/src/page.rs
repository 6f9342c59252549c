//! The half without secrets: authorization URL, state and callback.

use alloc::string::String;

use tuya_auth::authorize::{self, AuthorizationRequest};
use tuya_auth::encoding::decode_pairs;
use tuya_auth::{ClientId, callback};
use wasm_bindgen::prelude::*;

use crate::boundary::{entropy, thrown};

/// The authorization URL; `params` are further parameters, form-encoded. See [`authorize::authorization_url`].
///
/// # Errors
/// Those of [`authorize::authorization_url`].
#[wasm_bindgen]
pub fn authorization_url(
    page: &str,
    client_id: &str,
    redirect_uri: &str,
    data_center: &str,
    state: &str,
    params: &str,
    allow_insecure: bool,
) -> Result<String, JsValue> {
    let client_id = ClientId::new(client_id).map_err(thrown)?;
    let params = decode_pairs(params).map_err(thrown)?;
    authorize::authorization_url(&AuthorizationRequest {
        page,
        client_id: &client_id,
        redirect_uri,
        data_center,
        state,
        params: &params,
        allow_insecure,
    })
    .map_err(thrown)
}

/// A new state for a data center. See [`authorize::new_state`].
///
/// # Errors
/// Those of [`authorize::new_state`], and `unsupported_runtime` where there is no source of random numbers.
#[wasm_bindgen]
pub fn new_state(data_center: &str) -> Result<String, JsValue> {
    entropy().and_then(|entropy| authorize::new_state(&entropy, data_center)).map_err(thrown)
}

/// Checks a callback; gives the data center, a line feed and the code. See [`callback::parse_callback`].
///
/// # Errors
/// Those of [`callback::parse_callback`].
#[wasm_bindgen]
pub fn parse_callback(input: &str, state: &str, data_center: Option<String>) -> Result<String, JsValue> {
    let callback = callback::parse_callback(input, state, data_center.as_deref()).map_err(thrown)?;
    let mut answer = callback.data_center;
    answer.push('\n');
    answer.push_str(&callback.code);
    Ok(answer)
}

/// Checks the base address of an `OpenAPI`. See [`authorize::check_base`].
///
/// # Errors
/// Those of [`authorize::check_base`].
#[wasm_bindgen]
pub fn check_base_url(url: &str, allow_insecure: bool) -> Result<(), JsValue> {
    authorize::check_base(url, allow_insecure).map_err(thrown)
}
