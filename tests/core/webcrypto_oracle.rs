//! Random requests against the browser alone: its URL parser decodes, its `crypto.subtle` hashes and signs, and only
//! the putting together of `docs/protocol.md`, section 2, is written here.

use js_sys::{Array, Object, Reflect, Uint8Array};
use tuya_auth::Code;
use tuya_auth::sign::{Algorithm, PathEncoding};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{CryptoKey, SubtleCrypto, Url, UrlSearchParams};

use crate::random_request::{RandomRequest, Sent};
use crate::round_trip::assert_verifies;

const REQUESTS: u64 = 20_000;

#[wasm_bindgen_test]
async fn random_requests_sign_as_webcrypto_does() {
    let subtle = web_sys::window().unwrap().crypto().unwrap().subtle();
    let mut signed = 0;
    for seed in 0..REQUESTS {
        let request = RandomRequest::new(seed);
        let expected = sign(&subtle, &request).await;
        match request.sign() {
            Ok((sign, string_to_sign)) => {
                if request.algorithm == Algorithm::Current {
                    let expected = self::string_to_sign(&subtle, &request).await;
                    assert_eq!(string_to_sign, expected, "request {seed}: {request:?}");
                }
                assert_eq!(sign, expected, "request {seed}: {request:?}");
                assert_verifies(&request, &sign);
                signed += 1;
            }
            Err(error) => assert_eq!(error.code(), Code::RepeatedKey, "request {seed}: {request:?}"),
        }
    }
    assert!(signed > REQUESTS / 2, "{signed} signed");
}

async fn sign(subtle: &SubtleCrypto, request: &RandomRequest) -> String {
    let token = request.access_token.as_deref().unwrap_or("");
    let identifier = request.identifier.as_deref().unwrap_or("");
    let mut text = format!("{}{token}{}", request.client_id, request.t);
    if request.algorithm == Algorithm::Current {
        text.push_str(&request.nonce);
        text.push_str(identifier);
        text.push_str(&string_to_sign(subtle, request).await);
    }
    let key = import_key(subtle, &request.secret).await;
    let signature = subtle.sign_with_str_and_u8_array("HMAC", &key, text.as_bytes()).unwrap();
    hex::encode_upper(Uint8Array::new(&JsFuture::from(signature).await.unwrap()).to_vec())
}

async fn string_to_sign(subtle: &SubtleCrypto, request: &RandomRequest) -> String {
    let hashed: &[u8] = if let Sent::Bytes(bytes) = &request.body { bytes } else { &[] };
    let digest = subtle.digest_with_str_and_u8_array("SHA-256", hashed).unwrap();
    let digest = hex::encode(Uint8Array::new(&JsFuture::from(digest).await.unwrap()).to_vec());
    let lines: Vec<String> = request.signed_headers.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
    format!("{}\n{digest}\n{}\n{}", request.method.to_uppercase(), lines.concat(), canonical_url(request))
}

/// Out of the URL that the browser would fetch.
fn canonical_url(request: &RandomRequest) -> String {
    let url = Url::new_with_base(&request.url, "https://openapi.tuyaus.com").unwrap();
    let path = match request.path_encoding {
        PathEncoding::AsWritten => url.pathname(),
        PathEncoding::Decoded => js_sys::decode_uri_component(&url.pathname()).unwrap().into(),
    };
    let mut pairs = decoded_pairs(&url.search_params());
    if let Sent::Form(form) = &request.body {
        pairs.extend(decoded_pairs(&UrlSearchParams::new_with_str(form).unwrap()));
    }
    pairs.sort_by(|(one, _), (other, _)| one.as_bytes().cmp(other.as_bytes()));
    let joined: Vec<String> = pairs.iter().map(|(key, value)| format!("{key}={value}")).collect();
    if joined.is_empty() { path } else { format!("{path}?{}", joined.join("&")) }
}

fn decoded_pairs(params: &UrlSearchParams) -> Vec<(String, String)> {
    let entries = params.entries().into_iter();
    entries
        .map(|entry| {
            let pair = Array::from(&entry.unwrap());
            (pair.get(0).as_string().unwrap(), pair.get(1).as_string().unwrap())
        })
        .collect()
}

async fn import_key(subtle: &SubtleCrypto, secret: &str) -> CryptoKey {
    let algorithm = Object::new();
    Reflect::set(&algorithm, &"name".into(), &"HMAC".into()).unwrap();
    Reflect::set(&algorithm, &"hash".into(), &"SHA-256".into()).unwrap();
    let secret = Uint8Array::from(secret.as_bytes());
    let key = subtle.import_key_with_object("raw", &secret, &algorithm, false, &Array::of1(&"sign".into())).unwrap();
    JsFuture::from(key).await.unwrap().into()
}
