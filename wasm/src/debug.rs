//! Why a sign is what it is: every stage of one, and the mistakes behind a wrong one. Mistakes cross as their numbers.

use alloc::string::String;
use alloc::vec::Vec;

use tuya_auth::encoding::{push_decimal, uuid};
use tuya_auth::sign::diagnose::{self, Diagnosis, Meant, Suspect};
use tuya_auth::sign::explain::{self, Explanation};
use tuya_auth::sign::{Received, Request, Signer, Stamp};
use tuya_auth::{ClientId, Secret};
use wasm_bindgen::prelude::*;

use crate::entropy;
use crate::frame::answer;
use crate::request::{body, pairs, signer_options, whole};

/// Signs a request and tells how. Fields: client ID, secret, identifier (or absent), method, URL, signed headers (a
/// list: name, value, name, value…), body, access token (or absent), nonce (absent for a fresh one). `options` and
/// `kind` are those of the server module's functions.
///
/// The answer is content hash, canonical URL, signed headers, string to sign, signed string, sign and text, each behind
/// its length (32 bits, little-endian).
#[wasm_bindgen]
pub fn explain(length: usize, options: u32, kind: u32, t: f64) -> i32 {
    answer(length, &mut |fields| {
        let (client_id, secret) = (ClientId::new(fields.text()?)?, Secret::new(fields.text()?)?);
        let signer = Signer::new(&client_id, &secret, signer_options(options, fields.owned()?))?;
        let (method, url, headers) = (fields.text()?, fields.text()?, fields.list()?);
        let body = body(fields.bytes()?.unwrap_or_default(), kind)?;
        let (access_token, nonce) = (fields.optional()?, fields.owned()?);
        let request = Request { method, url, signed_headers: &pairs(&headers), body };
        let nonce = match nonce {
            Some(nonce) => nonce,
            None => uuid(entropy::draw()?),
        };
        let Explanation { content_sha256, canonical_url, signed_headers, string_to_sign, str, sign, text } =
            explain::explain(&signer, &request, access_token, &Stamp { t: whole(t), nonce: &nonce })?;
        let mut answer = Vec::new();
        for stage in [content_sha256, canonical_url, signed_headers, string_to_sign, str, sign, text] {
            answer.extend_from_slice(&u32::try_from(stage.len()).unwrap_or(u32::MAX).to_le_bytes());
            answer.extend_from_slice(stage.as_bytes());
        }
        Ok(answer)
    })
}

/// Finds the mistakes behind a sign. Fields: client ID, secret, identifier (or absent), method, target, headers (a
/// list), body, sign, what was meant (a list: key, kind, value, key…, the kind `null` or `item`), the nonce that was
/// meant (or absent), other secrets (a list).
///
/// The answer is lines of decimal numbers: whether the sign is right (0 or 1) and how many HMACs were computed; then
/// the mistakes of each match.
#[wasm_bindgen]
pub fn diagnose(length: usize, options: u32) -> i32 {
    answer(length, &mut |fields| {
        let (client_id, secret) = (ClientId::new(fields.text()?)?, Secret::new(fields.text()?)?);
        let options = signer_options(options, fields.owned()?);
        let (method, target, headers) = (fields.text()?, fields.text()?, fields.list()?);
        let (body, sign) = (fields.bytes()?.unwrap_or_default(), fields.text()?);
        let (meant, meant_nonce, others) = (fields.list()?, fields.optional()?, fields.list()?);
        let others = others.into_iter().map(Secret::new).collect::<Result<Vec<_>, _>>()?;
        let diagnosis = diagnose::diagnose(&Suspect {
            client_id: &client_id,
            secret: &secret,
            other_secrets: &others,
            options: &options,
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
    triples.iter().map(|[key, kind, value]| Meant { key, value: (*kind == "item").then_some(*value) }).collect()
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
