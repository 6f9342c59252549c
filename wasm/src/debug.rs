//! Why a sign is what it is: every stage of one, and the mistakes behind a wrong one. Mistakes cross as their numbers.

use alloc::string::String;
use alloc::vec::Vec;

use tuya_auth::encoding::push_decimal;
use tuya_auth::sign::diagnose::{self, Diagnosis, Meant, Suspect};
use tuya_auth::sign::explain::{self, Explanation};
use tuya_auth::sign::{Received, Signer, Stamp};
use tuya_auth::{ClientId, Secret};
use wasm_bindgen::prelude::*;

use crate::boundary::thrown;
use crate::request::{nonce_or_fresh, pairs, request, signer_options, whole};

/// Signs a request and tells how: content hash, canonical URL, signed headers, string to sign, signed string, sign,
/// text. The arguments are those of the server module's `Signer`.
///
/// # Errors
/// `invalid_client_id`, `invalid_secret`, and those of [`explain::explain`].
#[wasm_bindgen]
#[expect(clippy::too_many_arguments, reason = "plain values cross the boundary one by one")]
pub fn explain(
    client_id: &str,
    secret: &str,
    identifier: Option<String>,
    options: u32,
    method: &str,
    url: &str,
    signed_headers: Vec<String>,
    body: Option<Vec<u8>>,
    form: Option<String>,
    access_token: Option<String>,
    t: f64,
    nonce: Option<String>,
) -> Result<Vec<String>, JsValue> {
    let client_id = ClientId::new(client_id).map_err(thrown)?;
    let secret = Secret::new(secret).map_err(thrown)?;
    let signer = Signer::new(&client_id, &secret, signer_options(options, identifier)).map_err(thrown)?;
    let headers = pairs(&signed_headers);
    let request = request(method, url, &headers, body.as_deref(), form.as_deref());
    let nonce = nonce_or_fresh(nonce).map_err(thrown)?;
    let stamp = Stamp { t: whole(t), nonce: &nonce };
    let Explanation { content_sha256, canonical_url, signed_headers, string_to_sign, str, sign, text } =
        explain::explain(&signer, &request, access_token.as_deref(), &stamp).map_err(thrown)?;
    Ok(Vec::from([content_sha256, canonical_url, signed_headers, string_to_sign, str, sign, text]))
}

/// Finds the mistakes behind a sign. `headers` are name, value, name, value…; `meant` is key, kind, value, key…, the
/// kind `null` or `item`.
///
/// Gives lines of decimal numbers: whether the sign is right (0 or 1) and how many HMACs were computed; then a line
/// of mistakes for each match.
///
/// # Errors
/// `invalid_client_id`, `invalid_secret`, and those of [`diagnose::diagnose`].
#[wasm_bindgen]
#[expect(clippy::too_many_arguments, reason = "plain values cross the boundary one by one")]
pub fn diagnose(
    client_id: &str,
    secret: &str,
    identifier: Option<String>,
    options: u32,
    method: &str,
    target: &str,
    headers: Vec<String>,
    body: &[u8],
    sign: &str,
    meant: Vec<String>,
    meant_nonce: Option<String>,
    other_secrets: Vec<String>,
) -> Result<String, JsValue> {
    let other_secrets = other_secrets.iter().map(|secret| Secret::new(secret)).collect::<Result<Vec<_>, _>>();
    let diagnosis = diagnose::diagnose(&Suspect {
        client_id: &ClientId::new(client_id).map_err(thrown)?,
        secret: &Secret::new(secret).map_err(thrown)?,
        other_secrets: &other_secrets.map_err(thrown)?,
        options: &signer_options(options, identifier),
        received: Received { method, target, headers: &pairs(&headers), body },
        sign,
        meant: &meant_values(&meant),
        meant_nonce: meant_nonce.as_deref(),
    });
    diagnosis.as_ref().map(lines).map_err(|error| thrown(error.clone()))
}

fn meant_values(flat: &[String]) -> Vec<Meant<'_>> {
    let (triples, _) = flat.as_chunks();
    triples.iter().map(|[key, kind, value]| Meant { key, value: (kind == "item").then_some(value) }).collect()
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
