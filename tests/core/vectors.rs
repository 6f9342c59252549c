//! Every published signing vector, at every stage.

use serde_json::Value;
use tuya_auth::sign::{
    Algorithm, Body, PathEncoding, Received, Rejection, Request, Signer, SignerOptions, Stamp, canonical_url,
    content_sha256, string_to_sign,
};
use tuya_auth::{ClientId, Secret};

/// The file, parsed.
fn file() -> Value {
    serde_json::from_str(include_str!("../vectors/signing.json")).unwrap()
}

/// The vectors of one algorithm; never none.
fn vectors(algorithm: &str) -> Vec<Value> {
    let all = file()["vectors"].as_array().unwrap().clone();
    let chosen: Vec<Value> = all.into_iter().filter(|vector| vector["algorithm"] == algorithm).collect();
    assert!(!chosen.is_empty());
    chosen
}

fn text<'a>(vector: &'a Value, key: &str) -> &'a str {
    vector[key].as_str().unwrap_or_default()
}

fn signer(vector: &Value, algorithm: Algorithm) -> Signer {
    let client_id = ClientId::new(text(vector, "client_id")).unwrap();
    let secret = Secret::new(text(vector, "secret")).unwrap();
    Signer::new(&client_id, &secret, SignerOptions { algorithm, ..SignerOptions::default() }).unwrap()
}

fn stamp(vector: &Value) -> Stamp<'_> {
    Stamp { t: text(vector, "t").parse().unwrap(), nonce: text(vector, "nonce") }
}

fn headers(vector: &Value) -> Vec<(&str, &str)> {
    let pairs = vector["signature_headers"].as_array().unwrap();
    pairs.iter().map(|pair| (pair[0].as_str().unwrap(), pair[1].as_str().unwrap())).collect()
}

fn sign(vector: &Value) -> String {
    let headers = headers(vector);
    let request = Request {
        method: text(vector, "method"),
        url: text(vector, "url"),
        signed_headers: &headers,
        body: Body::Bytes(text(vector, "body").as_bytes()),
    };
    signer(vector, Algorithm::Current).sign(&request, vector["access_token"].as_str(), &stamp(vector)).unwrap()
}

test! {
    fn current_algorithm_agrees_at_every_stage() {
        for vector in vectors("new") {
            let body = Body::Bytes(text(&vector, "body").as_bytes());
            let url = text(&vector, "url");
            let headers = headers(&vector);
            let request = Request { method: text(&vector, "method"), url, signed_headers: &headers, body };
            let id = text(&vector, "id");
            assert_eq!(content_sha256(&body), text(&vector, "content_sha256"), "{id}");
            assert_eq!(canonical_url(url, &body, PathEncoding::AsWritten).unwrap(), url, "{id}");
            assert_eq!(
                string_to_sign(&request, PathEncoding::AsWritten).unwrap(),
                text(&vector, "string_to_sign"),
                "{id}"
            );
            assert_eq!(sign(&vector), text(&vector, "sign"), "{id}");
        }
    }
}

test! {
    fn legacy_algorithm_agrees() {
        for vector in vectors("old") {
            let request = Request { method: "GET", url: "/v1.0/x", signed_headers: &[], body: Body::Bytes(&[]) };
            let signed = signer(&vector, Algorithm::Legacy).sign(&request, vector["access_token"].as_str(), &stamp(&vector));
            assert_eq!(signed.unwrap(), text(&vector, "sign"), "{}", text(&vector, "id"));
        }
    }
}

test! {
    fn one_signer_signs_again_with_the_same_key_state() {
        let vector = &vectors("new")[0];
        assert_eq!(sign(vector), sign(vector));
    }
}

/// `doc-business-get` as a server receives it, with another sign.
fn business_get_with(sign: &str) -> Result<(), Rejection> {
    let vector = vectors("new").into_iter().find(|vector| vector["id"] == "doc-business-get").unwrap();
    let mut received = headers(&vector);
    received.extend([
        ("client_id", text(&vector, "client_id")),
        ("t", text(&vector, "t")),
        ("nonce", text(&vector, "nonce")),
        ("access_token", text(&vector, "access_token")),
        ("sign_method", "HMAC-SHA256"),
        ("Signature-Headers", text(&vector, "signature_headers_value")),
        ("sign", sign),
    ]);
    let received = Received { method: "GET", target: text(&vector, "url"), headers: &received, body: &[] };
    signer(&vector, Algorithm::Current).verify(&received, text(&vector, "t").parse().unwrap())
}

test! {
    fn verifier_accepts_the_vector_and_refuses_the_negative() {
        let vector = vectors("new").into_iter().find(|vector| vector["id"] == "doc-business-get").unwrap();
        assert_eq!(business_get_with(text(&vector, "sign")), Ok(()));
        let file = file();
        let negatives = file["negative"].as_array().unwrap();
        assert_eq!(negatives.len(), 1);
        for negative in negatives {
            assert_eq!(business_get_with(text(negative, "sign")), Err(Rejection::Sign));
        }
    }
}

test! {
    fn verifier_refuses_a_sign_in_lower_case() {
        let vector = vectors("new").into_iter().find(|vector| vector["id"] == "doc-business-get").unwrap();
        assert_eq!(business_get_with(&text(&vector, "sign").to_ascii_lowercase()), Err(Rejection::Sign));
    }
}
