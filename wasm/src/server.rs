//! The half with secrets: signing, verifying and the token calls. Functions take the number of bytes in the
//! [frame](crate::frame) that hold their fields, and give the length of their answer, unless they say otherwise.

use alloc::vec::Vec;

use spin::Mutex;
use tuya_auth::encoding::uuid;
use tuya_auth::sign::{self, ContentHash, Received, Request};
use tuya_auth::token::{self, Grant};
use tuya_auth::{ClientId, Code, Error, Secret, authorize};
use wasm_bindgen::prelude::*;

use crate::entropy;
use crate::frame::{self, Fields, answer, number, outside, refuse};
use crate::request::{body, pairs, signer_options, whole};
use crate::slots::Slots;

static SIGNERS: Mutex<Slots<sign::Signer>> = Mutex::new(Slots::new());
static HASHES: Mutex<Slots<ContentHash>> = Mutex::new(Slots::new());

/// Keeps a signer. Fields: client ID, secret, identifier (or absent). `options` is a sum: 1 legacy algorithm, 2 path
/// decoded, 4 repeated keys allowed. Gives its number.
#[wasm_bindgen]
pub fn signer_new(length: usize, options: u32) -> f64 {
    number(length, |fields| {
        let (client_id, secret) = (ClientId::new(fields.text()?)?, Secret::new(fields.text()?)?);
        let signer = sign::Signer::new(&client_id, &secret, signer_options(options, fields.owned()?))?;
        Ok(SIGNERS.lock().keep(signer).into())
    })
}

/// Ends a signer.
#[wasm_bindgen]
pub fn signer_free(signer: u32) {
    SIGNERS.lock().take(signer);
}

/// Leaves a sign of 64 characters at the frame's start, and behind it the nonce if that is fresh.
///
/// The lengths are those of the fields, which stand in the frame without any of their own: method, time (13 digits),
/// nonce, access token, URL, signed headers (a list), body. A nonce of the length -1 is absent, and a fresh UUID takes
/// its place. `kind` is the body's (see [`body`]).
#[wasm_bindgen]
#[expect(clippy::too_many_arguments, reason = "numbers cross the boundary one by one")]
pub fn signer_sign(
    signer: u32,
    method: usize,
    t: usize,
    nonce: i32,
    access_token: usize,
    url: usize,
    signed_headers: usize,
    content: usize,
    kind: u32,
) -> i32 {
    let mut frame = frame::open();
    let mut fields = Fields::of(&frame);
    let mut sign = || {
        let (method, t) = (fields.known(method)?, fields.known(t)?);
        let nonce = usize::try_from(nonce).ok().map(|length| fields.known(length)).transpose()?;
        let fresh = if nonce.is_none() { Some(uuid(entropy::draw()?)) } else { None };
        let (access_token, url) = (fields.known(access_token)?, fields.known(url)?);
        let headers = Fields::of(fields.piece(signed_headers)?).rest()?;
        let headers = pairs(&headers);
        let request = Request { method, url, signed_headers: &headers, body: body(fields.piece(content)?, kind)? };
        let nonce = nonce.or(fresh.as_deref()).unwrap_or_default();
        let signers = SIGNERS.lock();
        let digits = signers.get(signer).ok_or_else(outside)?.sign_digits(&request, access_token, t, nonce)?;
        Ok::<_, Error>((digits, fresh))
    };
    let signed = sign();
    let refused = match (signed, frame.split_first_chunk_mut()) {
        (Ok((digits, fresh)), Some((start, rest))) => {
            *start = digits;
            for (to, from) in rest.iter_mut().zip(fresh.unwrap_or_default().bytes()) {
                *to = from;
            }
            return 0;
        }
        (Ok(_), None) => outside().into(),
        (Err(error), _) => error,
    };
    drop(frame);
    refuse(&refused)
}

/// The string to sign. Fields: method, URL, signed headers (a list), body.
#[wasm_bindgen]
pub fn signer_string_to_sign(signer: u32, length: usize, kind: u32) -> i32 {
    answer(length, &mut |fields| {
        let (method, url, headers) = (fields.text()?, fields.text()?, fields.list()?);
        let body = body(fields.bytes()?.unwrap_or_default(), kind)?;
        let request = Request { method, url, signed_headers: &pairs(&headers), body };
        SIGNERS.lock().get(signer).ok_or_else(outside)?.string_to_sign(&request).map(Into::into)
    })
}

/// Checks a received request. Fields: method, target, headers (a list: name, value, name, value…), body. `now` is in
/// milliseconds. The answer is empty, or `sign_invalid`, `clock_skew` or `client_invalid` with the rule's name.
#[wasm_bindgen]
pub fn signer_verify(signer: u32, length: usize, now: f64) -> i32 {
    answer(length, &mut |fields| {
        let (method, target, headers) = (fields.text()?, fields.text()?, fields.list()?);
        let body = fields.bytes()?.unwrap_or_default();
        let received = Received { method, target, headers: &pairs(&headers), body };
        let signers = SIGNERS.lock();
        let verdict = signers.get(signer).ok_or_else(outside)?.verify(&received, whole(now));
        verdict.map(|()| Vec::new()).map_err(|rejection| rejection.to_error())
    })
}

/// Begins to hash a body that comes in pieces. Gives the hash's number.
#[wasm_bindgen]
pub fn hash_new() -> u32 {
    HASHES.lock().keep(ContentHash::new())
}

/// Takes the frame's first `length` bytes into a hash.
#[wasm_bindgen]
pub fn hash_update(hash: u32, length: usize) {
    if let (Some(hash), Some(bytes)) = (HASHES.lock().get_mut(hash), frame::open().get(..length)) {
        hash.update(bytes);
    }
}

/// The hash of what it took in; the answer is its 32 bytes.
#[wasm_bindgen]
pub fn hash_finish(hash: u32) -> i32 {
    answer(0, &mut |_| Ok(HASHES.lock().get(hash).ok_or_else(outside)?.clone().finish().into()))
}

/// Ends a hash.
#[wasm_bindgen]
pub fn hash_free(hash: u32) {
    HASHES.lock().take(hash);
}

/// Checks the base address of an `OpenAPI`. Field: the URL. See [`authorize::check_base`]. The answer is empty.
#[wasm_bindgen]
pub fn check_base_url(length: usize, allow_insecure: bool) -> i32 {
    answer(length, &mut |fields| authorize::check_base(fields.text()?, allow_insecure).map(|()| Vec::new()))
}

/// The path of a token call. Field: the code or the refresh token. `grant` is 0 simple, 1 code, 2 refresh.
#[wasm_bindgen]
pub fn token_path(length: usize, grant: u32) -> i32 {
    answer(length, &mut |fields| {
        let value = fields.text()?;
        let grant = match grant {
            0 => Grant::Simple,
            1 => Grant::Code(value),
            2 => Grant::Refresh(value),
            _ => return Err(Error::new(Code::InvalidArgument, "grant")),
        };
        grant.path().map(Into::into)
    })
}

/// Checks the fields of a token answer: access token, refresh token, uid. Gives its expiry in milliseconds since the
/// epoch. `t` is NaN where the answer has none, and `now` stands in for it.
#[wasm_bindgen]
pub fn token_expiry(length: usize, expire_seconds: f64, t: f64, now: f64) -> f64 {
    number(length, |fields| {
        token::check_token_texts(fields.text()?, fields.text()?, fields.text()?)?;
        token::expiry(expire_seconds, Some(t).filter(|t| !t.is_nan()), now)
    })
}
