//! How errors and entropy cross.

use tuya_auth::{Code, Error};
use wasm_bindgen::JsValue;

/// An error as JavaScript receives it.
pub(crate) fn thrown(error: impl Into<Error>) -> JsValue {
    JsValue::from_str(&error.into().to_wire())
}

/// Random bytes out of the runtime's `crypto.getRandomValues`.
pub(crate) fn entropy() -> Result<[u8; 16], Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|_| Error::new(Code::UnsupportedRuntime, "crypto.getRandomValues"))?;
    Ok(bytes)
}
