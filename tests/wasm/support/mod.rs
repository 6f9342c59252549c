//! The wrapper's side of the boundary: fields into the frame, answers and errors out of it.

use js_sys::{Uint8Array, WebAssembly::Memory};
use tuya_auth_wasm::frame::frame;
use wasm_bindgen::JsCast;

/// A value for a function: a number, bytes, an absent one, or a list of texts.
pub enum Field<'a> {
    Number(f64),
    Bytes(&'a [u8]),
    Absent,
    List(&'a [&'a str]),
}

impl<'a> From<&'a str> for Field<'a> {
    fn from(text: &'a str) -> Self {
        Self::Bytes(text.as_bytes())
    }
}

impl<'a> From<Option<&'a str>> for Field<'a> {
    fn from(text: Option<&'a str>) -> Self {
        text.map_or(Self::Absent, Self::from)
    }
}

/// An error as it crosses: its number and its detail.
pub type Refusal = (u8, Option<String>);

/// The number alone.
pub fn code<T: std::fmt::Debug>(answer: Result<T, Refusal>) -> u8 {
    answer.unwrap_err().0
}

/// Calls a function on fields, and reads its answer.
pub fn call(fields: &[Field<'_>], run: impl FnOnce(usize) -> i32) -> Result<Vec<u8>, Refusal> {
    number(fields, run).map(read)
}

/// As [`call`], for a text.
pub fn text(fields: &[Field<'_>], run: impl FnOnce(usize) -> i32) -> Result<String, Refusal> {
    call(fields, run).map(|bytes| String::from_utf8(bytes).unwrap())
}

/// Calls a function that gives a number in place of a length.
pub fn number(fields: &[Field<'_>], run: impl FnOnce(usize) -> i32) -> Result<usize, Refusal> {
    let mut bytes = Vec::new();
    for field in fields {
        match field {
            Field::Number(value) => bytes.extend(value.to_le_bytes()),
            Field::Bytes(value) => push(&mut bytes, value),
            Field::Absent => bytes.extend(u32::MAX.to_le_bytes()),
            Field::List(items) => {
                let mut list = Vec::new();
                items.iter().for_each(|item| push(&mut list, item.as_bytes()));
                push(&mut bytes, &list);
            }
        }
    }
    write(&bytes);
    checked(run(bytes.len()))
}

/// A length, or the error that a negative one stands for.
pub fn checked(status: i32) -> Result<usize, Refusal> {
    if let Ok(length) = usize::try_from(status) {
        return Ok(length);
    }
    let wire = String::from_utf8(read(status.unsigned_abs() as usize)).unwrap();
    let (id, detail) = wire.split_once(' ').map_or((wire.as_str(), None), |(id, detail)| (id, Some(detail.to_owned())));
    Err((id.parse().unwrap(), detail))
}

/// Writes to the frame's start.
pub fn write(bytes: &[u8]) {
    view(bytes.len()).copy_from(bytes);
}

/// Reads from the frame's start.
pub fn read(length: usize) -> Vec<u8> {
    view(length).to_vec()
}

fn view(length: usize) -> Uint8Array {
    let start = frame(length) as u32;
    let memory: Memory = wasm_bindgen::memory().unchecked_into();
    Uint8Array::new(&memory.buffer()).subarray(start, start + length as u32)
}

fn push(bytes: &mut Vec<u8>, value: &[u8]) {
    bytes.extend((value.len() as u32).to_le_bytes());
    bytes.extend(value);
}
