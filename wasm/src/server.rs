//! The half with secrets: signing, verifying and the token calls. Functions take the number of bytes in the frame that
//! hold their fields, and give the length of their answer, unless they say otherwise.

use alloc::vec::Vec;

use spin::Mutex;
use tuya_auth::sign::{self, ContentHash, Received, Request};
use tuya_auth::token::{self, Grant};
use tuya_auth::{ClientId, Code, Error, Secret, authorize};
use wasm_bindgen::prelude::*;

use crate::frame::{self, Fields, answer, outside, refuse};
use crate::request::{body, signer_options, whole};
use crate::slots::Slots;

/// What JavaScript knows by a number, until it releases it.
enum Kept {
    Signer(sign::Signer),
    Hash(ContentHash),
}

static KEPT: Mutex<Slots<Kept>> = Mutex::new(Slots::new());

/// Ends a signer or a hash.
#[wasm_bindgen]
pub fn release(number: usize) {
    KEPT.lock().take(number);
}

impl Slots<Kept> {
    fn signer(&self, number: usize) -> Result<&sign::Signer, Error> {
        if let Some(Kept::Signer(signer)) = self.get(number) { Ok(signer) } else { Err(outside().into()) }
    }
}

/// Keeps a signer. Fields: options (a sum: 1 legacy algorithm, 2 path decoded, 4 repeated keys allowed), client ID,
/// secret, identifier (or absent). Gives its number in place of a length.
#[wasm_bindgen]
pub fn signer_new(length: usize) -> i32 {
    let mut number = 0;
    let status = answer(length, &mut |fields| {
        let options = fields.whole()?;
        let (client_id, secret) = (ClientId::new(fields.text()?)?, Secret::new(fields.text()?)?);
        let signer = sign::Signer::new(&client_id, &secret, signer_options(options, fields.owned()?))?;
        number = KEPT.lock().keep(Kept::Signer(signer));
        Ok(Vec::new())
    });
    if status < 0 { status } else { numbered(number) }
}

/// Leaves a sign of 64 characters at the frame's start. The frame is read as far as the fields say, and has room for the
/// sign.
///
/// Fields, all numbers: the signer's, the kind of the body (0 bytes, 1 a form, 2 a SHA-256), then the lengths of what
/// stands behind them: method, time (13 digits), nonce, access token, URL, signed headers (a list), body.
#[wasm_bindgen]
pub fn signer_sign() -> i32 {
    let mut frame = frame::open();
    let mut digits = [0; 64];
    let refused = match (sign_fields(&mut digits, &mut Fields::of(&frame)), frame.first_chunk_mut()) {
        (Ok(()), Some(start)) => {
            *start = digits;
            return 0;
        }
        (Ok(()), None) => outside().into(),
        (Err(error), _) => error,
    };
    drop(frame);
    refuse(&refused)
}

fn sign_fields(digits: &mut [u8; 64], fields: &mut Fields<'_>) -> Result<(), Error> {
    let [signer, kind, method, t, nonce, access_token, url, signed_headers, content] = fields.lengths()?;
    let mut texts = fields.known(method + t + nonce + access_token + url)?;
    let mut next = |length| {
        let (text, rest) = texts.split_at_checked(length).ok_or_else(outside)?;
        texts = rest;
        Ok::<_, Error>(text)
    };
    let (method, t, nonce) = (next(method)?, next(t)?, next(nonce)?);
    let (access_token, url) = (next(access_token)?, next(url)?);
    let headers = Fields::of(fields.piece(signed_headers)?).pairs()?;
    let request = Request { method, url, signed_headers: &headers, body: body(fields.piece(content)?, kind)? };
    KEPT.lock().signer(signer)?.sign_into(digits, &request, access_token, t, nonce)
}

/// The string to sign. Fields: the signer's number, the body's kind, method, URL, signed headers (a list), body.
#[wasm_bindgen]
pub fn signer_string_to_sign(length: usize) -> i32 {
    answer(length, &mut |fields| {
        let (signer, kind) = (fields.whole()?, fields.whole()?);
        let (method, url, headers) = (fields.text()?, fields.text()?, fields.list()?.pairs()?);
        let body = body(fields.bytes()?.unwrap_or_default(), kind)?;
        let request = Request { method, url, signed_headers: &headers, body };
        KEPT.lock().signer(signer)?.string_to_sign(&request).map(Into::into)
    })
}

/// Checks a received request. Fields: the signer's number, the server's time in milliseconds (a number), method, target,
/// headers (a list: name, value, name, value…), body. The answer is empty, or `sign_invalid`, `clock_skew` or
/// `client_invalid` with the rule's name.
#[wasm_bindgen]
pub fn signer_verify(length: usize) -> i32 {
    answer(length, &mut |fields| {
        let (signer, now) = (fields.whole()?, fields.number()?);
        let (method, target, headers) = (fields.text()?, fields.text()?, fields.list()?.pairs()?);
        let body = fields.bytes()?.unwrap_or_default();
        let received = Received { method, target, headers: &headers, body };
        let verdict = KEPT.lock().signer(signer)?.verify(&received, whole(now));
        verdict.map(|()| Vec::new()).map_err(|rejection| rejection.to_error())
    })
}

/// Begins to hash a body that comes in pieces. Gives the hash's number.
#[wasm_bindgen]
pub fn hash_new() -> i32 {
    numbered(KEPT.lock().keep(Kept::Hash(ContentHash::new())))
}

/// Takes the frame's first `length` bytes into a hash.
#[wasm_bindgen]
pub fn hash_update(hash: usize, length: usize) {
    if let (Some(Kept::Hash(hash)), Some(bytes)) = (KEPT.lock().get_mut(hash), frame::open().get(..length)) {
        hash.update(bytes);
    }
}

/// The hash of what it took in; the answer is its 32 bytes. Field: its number.
#[wasm_bindgen]
pub fn hash_finish(length: usize) -> i32 {
    answer(length, &mut |fields| {
        let hash = fields.whole()?;
        let kept = KEPT.lock();
        let Some(Kept::Hash(hash)) = kept.get(hash) else { return Err(outside().into()) };
        Ok(hash.clone().finish().into())
    })
}

/// Checks the base address of an `OpenAPI`. Fields: a value if plain http may pass, the URL. See
/// [`authorize::check_base`]. The answer is empty.
#[wasm_bindgen]
pub fn check_base_url(length: usize) -> i32 {
    answer(length, &mut |fields| {
        let allow_insecure = fields.bytes()?.is_some();
        authorize::check_base(fields.text()?, allow_insecure).map(|()| Vec::new())
    })
}

/// The path of a token call. Fields: the grant (0 simple, 1 code, 2 refresh), the code or the refresh token.
#[wasm_bindgen]
pub fn token_path(length: usize) -> i32 {
    answer(length, &mut |fields| {
        let (grant, value) = (fields.whole()?, fields.text()?);
        let grant = match grant {
            0 => Grant::Simple,
            1 => Grant::Code(value),
            2 => Grant::Refresh(value),
            _ => return Err(Error::new(Code::InvalidArgument, "grant")),
        };
        grant.path().map(Into::into)
    })
}

/// Checks the fields of a token answer: its life in seconds, its `t` (NaN where it has none, and `now` stands in for it),
/// `now` (numbers), access token, refresh token, uid. The answer is its expiry in milliseconds since the epoch, a
/// little-endian float of 64 bits.
#[wasm_bindgen]
pub fn token_expiry(length: usize) -> i32 {
    answer(length, &mut |fields| {
        let (lifetime, t, now) = (fields.number()?, fields.number()?, fields.number()?);
        token::check_token_texts(fields.text()?, fields.text()?, fields.text()?)?;
        let expiry = token::expiry(lifetime, Some(t).filter(|t| !t.is_nan()), now)?;
        Ok(expiry.to_le_bytes().into())
    })
}

/// An object's number in place of a length.
fn numbered(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
