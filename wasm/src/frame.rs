//! How values cross: all of them through one buffer in the module's memory.
//!
//! JavaScript asks for the [`frame`], writes the fields of a function into it, and calls the function with how many
//! bytes it wrote. The answer stands at the frame's start; the function gives its length. A negative length is an
//! error's: its number, and after a space an optional detail ([`tuya_auth::Error::to_wire`]). Strings, lists and even
//! numbers as arguments of wasm-bindgen's own cost hundreds of bytes a function, and strings an allocation each.

#![cfg_attr(
    not(all(feature = "server", feature = "debug")),
    allow(dead_code, reason = "the server's functions and the debugger's use all of it")
)]

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::mem;

use spin::{Mutex, MutexGuard};
use tuya_auth::{Code, Error};
use wasm_bindgen::prelude::*;

static FRAME: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// Makes the frame at least `size` bytes long, and gives its address. It stays there until the next call that asks for
/// more, or that answers; what was in it may be lost.
#[wasm_bindgen]
pub fn frame(size: usize) -> *const u8 {
    let mut frame = FRAME.lock();
    if frame.len() < size {
        *frame = vec![0; size];
    }
    frame.as_ptr()
}

/// The memory that the frame stands in.
#[cfg(feature = "frame-memory")]
#[wasm_bindgen]
#[must_use]
pub fn frame_memory() -> JsValue {
    wasm_bindgen::memory()
}

/// The frame, for a function that knows where things stand in it.
pub(crate) fn open() -> MutexGuard<'static, Vec<u8>> {
    FRAME.lock()
}

/// What runs on the fields of a frame.
pub(crate) type Run<'a> = &'a mut dyn FnMut(&mut Fields<'_>) -> Result<Vec<u8>, Error>;

/// Runs a function on the fields in the frame's first `length` bytes, and leaves its answer in the frame.
#[inline(never)]
pub(crate) fn answer(length: usize, run: Run<'_>) -> i32 {
    let given = mem::take(&mut *FRAME.lock());
    #[cfg(any(feature = "server", feature = "debug"))] // a page has no secret
    let given = zeroize::Zeroizing::new(given);
    match Fields(&given).piece(length).and_then(|fields| run(&mut Fields(fields))) {
        Ok(bytes) => put(bytes),
        Err(error) => refuse(&error),
    }
}

/// Leaves an error in the frame; gives its negative length.
pub(crate) fn refuse(error: &Error) -> i32 {
    -put(error.to_wire().into_bytes())
}

fn put(bytes: Vec<u8>) -> i32 {
    let length = bytes.len();
    *FRAME.lock() = bytes;
    i32::try_from(length).unwrap_or(i32::MAX)
}

/// The values that JavaScript wrote, one after the other. A number is a float of 64 bits; any other value begins with its
/// length, 32 bits, all ones for an absent value; a list is a value that holds such values. All are little-endian.
pub(crate) struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    /// What stands in some bytes.
    pub const fn of(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// The next `length` bytes.
    pub fn piece(&mut self, length: usize) -> Result<&'a [u8], Error> {
        let (piece, rest) = self.0.split_at_checked(length).ok_or_else(outside)?;
        self.0 = rest;
        Ok(piece)
    }

    /// The next `length` bytes as text.
    pub fn known(&mut self, length: usize) -> Result<&'a str, Error> {
        text(self.piece(length)?)
    }

    /// The next value as a number.
    pub fn number(&mut self) -> Result<f64, Error> {
        let (bytes, rest) = self.0.split_first_chunk().ok_or_else(outside)?;
        self.0 = rest;
        Ok(f64::from_le_bytes(*bytes))
    }

    /// The next value as a whole number; what is none becomes the nearest.
    pub fn whole(&mut self) -> Result<usize, Error> {
        self.number().map(nearest)
    }

    /// The next values, all whole numbers.
    pub fn lengths<const N: usize>(&mut self) -> Result<[usize; N], Error> {
        let (chunks, _) = self.piece(8 * N)?.as_chunks();
        let mut lengths = [0; N];
        for (length, bytes) in lengths.iter_mut().zip(chunks) {
            *length = nearest(f64::from_le_bytes(*bytes));
        }
        Ok(lengths)
    }

    /// The next value as bytes, if it is not absent.
    pub fn bytes(&mut self) -> Result<Option<&'a [u8]>, Error> {
        let (prefix, rest) = self.0.split_first_chunk().ok_or_else(outside)?;
        self.0 = rest;
        let length = u32::from_le_bytes(*prefix);
        if length == u32::MAX { Ok(None) } else { self.piece(length as usize).map(Some) }
    }

    /// The next value as text; an absent one is empty.
    pub fn text(&mut self) -> Result<&'a str, Error> {
        self.optional().map(Option::unwrap_or_default)
    }

    /// The next value as text, if it is not absent.
    pub fn optional(&mut self) -> Result<Option<&'a str>, Error> {
        self.bytes()?.map(text).transpose()
    }

    /// The next value as an owned text, if it is not absent.
    pub fn owned(&mut self) -> Result<Option<String>, Error> {
        Ok(self.optional()?.map(String::from))
    }

    /// The next values as texts.
    pub fn texts<const N: usize>(&mut self) -> Result<[&'a str; N], Error> {
        let mut texts = [""; N];
        for text in &mut texts {
            *text = self.text()?;
        }
        Ok(texts)
    }

    /// The next value as a list.
    pub fn list(&mut self) -> Result<Self, Error> {
        self.bytes().map(|bytes| Self(bytes.unwrap_or_default()))
    }

    /// The next text of a list, unless it is at its end.
    pub fn next(&mut self) -> Result<Option<&'a str>, Error> {
        if self.0.is_empty() { Ok(None) } else { self.text().map(Some) }
    }

    /// A list of names and values, one after the other, as pairs.
    #[inline(never)]
    pub fn pairs(mut self) -> Result<Vec<(&'a str, &'a str)>, Error> {
        let mut pairs = Vec::new();
        while let Some(name) = self.next()? {
            pairs.push((name, self.text()?));
        }
        Ok(pairs)
    }
}

/// The nearest number of bytes.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the cast saturates")]
pub(crate) fn nearest(number: f64) -> usize {
    number as usize
}

/// Bytes as text. JavaScript's encoder writes nothing but UTF-8.
pub(crate) fn text(bytes: &[u8]) -> Result<&str, Error> {
    core::str::from_utf8(bytes).map_err(|_| outside().into())
}

/// The wrapper and the module are of different versions.
pub(crate) const fn outside() -> Code {
    Code::InternalError
}
