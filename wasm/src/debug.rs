//! Why a sign is what it is: every stage of one, and the mistakes behind a wrong one. Mistakes cross as their numbers.

use alloc::string::String;
use alloc::vec::Vec;

use tuya_auth::encoding::push_decimal;
use tuya_auth::sign::diagnose::{self, Diagnosis, Meant, Suspect};
use tuya_auth::sign::explain;
use tuya_auth::sign::{Received, Request, Signer, Stamp};
use tuya_auth::{ClientId, Secret};
use wasm_bindgen::prelude::*;

use crate::frame::answer;
use crate::request::{body, signer_options, whole};

/// Signs a request and tells how. Fields: options, the body's kind and the time in milliseconds (numbers), client ID,
/// secret, method, URL, access token (empty for none), nonce (empty for none), identifier (or absent), signed headers (a
/// list: name, value, name, value…), body. Options and kind are those of the server module's functions.
///
/// The answer is content hash, canonical URL, signed headers, string to sign, signed string, sign and text, each behind
/// its length (32 bits, little-endian).
#[wasm_bindgen]
pub fn explain(length: usize) -> i32 {
    answer(length, &mut |fields| {
        let (options, kind, t) = (fields.whole()?, fields.whole()?, fields.number()?);
        let [client_id, secret, method, url, access_token, nonce] = fields.texts()?;
        let options = signer_options(options, fields.owned()?);
        let signer = Signer::new(&ClientId::new(client_id)?, &Secret::new(secret)?, options)?;
        let headers = fields.list()?.pairs()?;
        let body = body(fields.bytes()?.unwrap_or_default(), kind)?;
        let request = Request { method, url, signed_headers: &headers, body };
        let stamp = Stamp { t: whole(t), nonce };
        let mut answer = Vec::new();
        for stage in explain::explain(&signer, &request, Some(access_token), &stamp)?.stages() {
            answer.extend_from_slice(&u32::try_from(stage.len()).unwrap_or(u32::MAX).to_le_bytes());
            answer.extend_from_slice(stage.as_bytes());
        }
        Ok(answer)
    })
}

/// Finds the mistakes behind a sign. Fields: options (a number), client ID, secret, method, target, sign, identifier (or
/// absent), headers (a list: name, value, name, value…), body, other secrets (a list), what was meant (a list: key, value,
/// key, value…, the value empty for a null, else one item behind a `=`), the nonce that was meant (or absent).
///
/// The answer is lines of decimal numbers: whether the sign is right (0 or 1) and how many HMACs were computed; then
/// the mistakes of each match.
#[wasm_bindgen]
pub fn diagnose(length: usize) -> i32 {
    answer(length, &mut |fields| {
        let options = fields.whole()?;
        let [client_id, secret, method, target, sign] = fields.texts()?;
        let options = signer_options(options, fields.owned()?);
        let (client_id, secret) = (ClientId::new(client_id)?, Secret::new(secret)?);
        let headers = fields.list()?.pairs()?;
        let body = fields.bytes()?.unwrap_or_default();
        let (mut others, mut other_secrets) = (fields.list()?, Vec::new());
        while let Some(other) = others.next()? {
            other_secrets.push(Secret::new(other)?);
        }
        let mut meant = Vec::new();
        for (key, value) in fields.list()?.pairs()? {
            meant.push(Meant { key, value: value.strip_prefix("=") });
        }
        let diagnosis = diagnose::diagnose(&Suspect {
            client_id: &client_id,
            secret: &secret,
            other_secrets: &other_secrets,
            options: &options,
            received: Received { method, target, headers: &headers, body },
            sign,
            meant: &meant,
            meant_nonce: fields.optional()?,
        })?;
        Ok(lines(&diagnosis).into())
    })
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
