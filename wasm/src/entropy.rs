//! Random bytes out of the runtime's `crypto.getRandomValues`, for callers that bring none. The package's wrapper draws
//! its own: a call out of a module costs more than a sign, and what it takes to be one is a thirtieth of it.

use tuya_auth::encoding::uuid;
use tuya_auth::{Code, Error};
use wasm_bindgen::prelude::*;

use crate::frame::answer;

/// A fresh nonce: a UUID of 36 characters. It takes no fields.
#[wasm_bindgen]
pub fn fresh_nonce() -> i32 {
    answer(0, &mut |_| {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(|_| Error::new(Code::UnsupportedRuntime, "crypto.getRandomValues"))?;
        Ok(uuid(bytes).into())
    })
}
