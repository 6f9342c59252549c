//! Why a sign is what it is: every stage of one, and the mistakes behind a wrong one. Mistakes cross as their numbers.

use alloc::string::String;
use alloc::vec::Vec;

use tuya_auth::encoding::push_decimal;
use tuya_auth::sign::diagnose::{self, Diagnosis, Meant, Suspect};
use tuya_auth::sign::explain;
use tuya_auth::sign::{Received, Request, Signer, Stamp};
use tuya_auth::{ClientId, Secret};
use wasm_bindgen::prelude::*;

use crate::frame::{Fields, answer};
use crate::request::{body, pairs, signer_options, whole};

/// Signs a request and tells how. Fields: options, the body's kind and the time in milliseconds (numbers), client ID,
/// secret, identifier (or absent), method, URL, signed headers (a list: name, value, name, value…), body, access token (or
/// absent), nonce (empty for none). Options and kind are those of the server module's functions.
///
/// The answer is content hash, canonical URL, signed headers, string to sign, signed string, sign and text, each behind
/// its length (32 bits, little-endian).
#[wasm_bindgen]
pub fn explain(length: usize) -> i32 {
    answer(length, &mut |fields| {
        let (options, kind, t) = (fields.whole()?, fields.whole()?, fields.number()?);
        let (client_id, secret, identifier) = (fields.text()?, fields.text()?, fields.optional()?);
        let (method, url, headers) = (fields.text()?, fields.text()?, fields.bytes()?.unwrap_or_default());
        let body = body(fields.bytes()?.unwrap_or_default(), kind)?;
        let (access_token, nonce) = (fields.optional()?, fields.text()?);
        let options = signer_options(options, identifier.map(String::from));
        let signer = Signer::new(&ClientId::new(client_id)?, &Secret::new(secret)?, options)?;
        let headers = Fields::of(headers).rest()?;
        let request = Request { method, url, signed_headers: &pairs(&headers), body };
        let mut answer = Vec::new();
        for stage in explain::explain(&signer, &request, access_token, &Stamp { t: whole(t), nonce })?.stages() {
            answer.extend_from_slice(&u32::try_from(stage.len()).unwrap_or(u32::MAX).to_le_bytes());
            answer.extend_from_slice(stage.as_bytes());
        }
        Ok(answer)
    })
}

/// Finds the mistakes behind a sign. Fields: options (a number), client ID, secret, identifier (or absent), method, target, headers (a
/// list), body, sign, what was meant (a list: key, kind, value, key…, the kind `null` or `item`), the nonce that was
/// meant (or absent), other secrets (a list).
///
/// The answer is lines of decimal numbers: whether the sign is right (0 or 1) and how many HMACs were computed; then
/// the mistakes of each match.
#[wasm_bindgen]
pub fn diagnose(length: usize) -> i32 {
    answer(length, &mut |fields| {
        let options = fields.whole()?;
        let (client_id, secret, identifier) = (fields.text()?, fields.text()?, fields.optional()?);
        let (method, target, headers) = (fields.text()?, fields.text()?, fields.bytes()?.unwrap_or_default());
        let (body, sign) = (fields.bytes()?.unwrap_or_default(), fields.text()?);
        let (meant, meant_nonce) = (fields.bytes()?.unwrap_or_default(), fields.optional()?);
        let mut other_secrets = Vec::new();
        for other in fields.list()? {
            other_secrets.push(Secret::new(other)?);
        }
        let (headers, meant) = (Fields::of(headers).rest()?, Fields::of(meant).rest()?);
        let diagnosis = diagnose::diagnose(&Suspect {
            client_id: &ClientId::new(client_id)?,
            secret: &Secret::new(secret)?,
            other_secrets: &other_secrets,
            options: &signer_options(options, identifier.map(String::from)),
            received: Received { method, target, headers: &pairs(&headers), body },
            sign,
            meant: &meant_values(&meant),
            meant_nonce,
        })?;
        Ok(lines(&diagnosis).into())
    })
}

fn meant_values<'a>(flat: &[&'a str]) -> Vec<Meant<'a>> {
    let (triples, _) = flat.as_chunks();
    let mut meant = Vec::new();
    for [key, kind, value] in triples {
        meant.push(Meant { key, value: (*kind == "item").then_some(*value) });
    }
    meant
}

fn lines(diagnosis: &Diagnosis) -> String {
    let mut text = String::from(if diagnosis.correct { "1 " } else { "0 " });
    push_decimal(&mut text, diagnosis.hmacs.into());
    for found in &diagnosis.matches {
        for (at, mistake) in found.mistakes.iter().enumerate() {
            text.push(if at == 0 { '\n' } else { ' ' });
            push_decimal(&mut text, (*mistake as u8).into());
        }
    }
    text
}
