//! The WebAssembly boundary of the emulator. Objects cross by serde, a request's body and entropy as bytes.
//!
//! An error crosses as a thrown string, its number and a detail ([`tuya_auth::Error::to_wire`]).

use std::mem;

use serde::{Deserialize, Serialize};
use serde_wasm_bindgen::{Serializer, from_value};
use tuya_auth::{Code, Error};
use tuya_auth_emulator::{Answer, Cloud, Request, Row, Seed};
use wasm_bindgen::prelude::*;

/// A cloud, as the shell holds it.
#[wasm_bindgen]
pub struct Emulator {
    cloud: Cloud,
    /// What the last `handle` handed out, until it is applied.
    pending: Vec<Row>,
}

/// What of a request crosses as an object: `{ method, target, headers: [name, value][], now }`, `now` in ms.
#[derive(Deserialize)]
struct Head {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    now: u64,
}

/// What a request came to: `{ answer: { status, headers, body }, rows: { key, value }[] }`; a `value` of null removes
/// the row.
#[derive(Serialize)]
struct Turn {
    answer: Answer,
    rows: Vec<Row>,
}

#[wasm_bindgen]
impl Emulator {
    /// A new cloud of the seed `{ callbackOrigin?, strict? }`, for those whom `{ hosts?, token? }` admits.
    ///
    /// # Errors
    /// `invalid_argument` when the seed cannot be used.
    #[wasm_bindgen(constructor)]
    pub fn new(seed: JsValue, access: JsValue) -> Result<Self, JsValue> {
        let seed: Seed = take(seed)?;
        let cloud = Cloud::new(&seed).map_err(|error| invalid(&error.to_string()))?;
        Ok(Self { cloud: cloud.with_access(take(access)?), pending: Vec::new() })
    }

    /// The cloud whose rows these are, for those whom `{ hosts?, token? }` admits.
    ///
    /// # Errors
    /// `invalid_argument` when they are not rows, or `access` is malformed.
    pub fn restore(rows: JsValue, access: JsValue) -> Result<Self, JsValue> {
        let rows: Vec<Row> = take(rows)?;
        Ok(Self { cloud: Cloud::restore(&rows).with_access(take(access)?), pending: Vec::new() })
    }

    /// Answers a request, and applies nothing: the rows are for the shell to store.
    ///
    /// # Errors
    /// `invalid_argument` when `head` is not a request's or `entropy` not 64 bytes.
    pub fn handle(&mut self, head: JsValue, body: &[u8], entropy: &[u8]) -> Result<JsValue, JsValue> {
        let Head { method, target, headers, now } = take(head)?;
        let entropy = entropy.try_into().map_err(|_| invalid("entropy"))?;
        let request = Request { method: &method, target: &target, headers: &headers, body, now, entropy };
        let (answer, rows) = self.cloud.handle(&request);
        let turn = Turn { answer, rows };
        let handed_out = give(&turn)?;
        self.pending = turn.rows;
        Ok(handed_out)
    }

    /// Makes the change that the last `handle` handed out, once its rows are stored. They need not cross again.
    pub fn apply(&mut self) {
        self.cloud.apply(&mem::take(&mut self.pending));
    }

    /// All rows.
    ///
    /// # Errors
    /// None in practice.
    pub fn snapshot(&self) -> Result<JsValue, JsValue> {
        give(&self.cloud.snapshot())
    }
}

fn take<T: for<'de> Deserialize<'de>>(value: JsValue) -> Result<T, JsValue> {
    from_value(value).map_err(|error| invalid(&error.to_string()))
}

fn give<T: Serialize>(value: &T) -> Result<JsValue, JsValue> {
    value.serialize(&Serializer::json_compatible()).map_err(|error| invalid(&error.to_string()))
}

fn invalid(detail: &str) -> JsValue {
    Error::new(Code::InvalidArgument, detail).to_wire().into()
}
