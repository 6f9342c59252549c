//! What a Rust server does with the crate: the published sign, a token's answer, and why a sign is wrong.
#![cfg(test)]

use tuya_auth::sign::diagnose::{Mistake, Suspect, diagnose};
use tuya_auth::sign::{Body, Received, Request, Signer, SignerOptions, Stamp};
use tuya_auth::token::{TokenAnswer, parse_token_answer};
use tuya_auth::{ClientId, Error, Secret};

const URL: &str = "/v2.0/apps/schema/users?page_no=1&page_size=50";
const TOKEN: &str = "3f4eda2bdec17232f67c0b188af3eec1";
const NONCE: &str = "5138cc3a9033d69856923fd07b491173";
const T: u64 = 1_588_925_778_000;

/// The pair of keys that the cloud's documents sign with.
fn keys() -> Result<(ClientId, Secret), Error> {
    Ok((ClientId::new("1KAD46OrT9HafiKdsXeg")?, Secret::new("4OHBOnWOqaEC1mWXOpVL3yV50s0qGSRC")?))
}

#[test]
fn signs_as_the_documents_do() -> Result<(), Error> {
    let (client_id, secret) = keys()?;
    let signer = Signer::new(&client_id, &secret, SignerOptions::default())?;
    let signed_headers = [("area_id", "29a33e8796834b1efa6"), ("call_id", "8afdb70ab2ed11eb85290242ac130003")];
    let request = Request { method: "GET", url: URL, signed_headers: &signed_headers, body: Body::Bytes(&[]) };
    let sign = signer.sign(&request, Some(TOKEN), &Stamp { t: T, nonce: NONCE })?;
    assert_eq!(&*sign, "AE4481C692AA80B25F3A7E12C3A5FD9BBF6251539DD78E565A1A72A508A88784");
    Ok(())
}

#[test]
fn reads_a_token_answer() {
    let json = r#"{"success":true,"t":1600000000000,"result":
        {"access_token":"AT","refresh_token":"RT","expire_time":7200,"uid":"u1"}}"#;
    let answer: TokenAnswer = serde_json::from_str(json).expect("the answer is JSON of its shape");
    assert_eq!(parse_token_answer(answer, "us", 0.0).map(|set| set.uid), Ok("u1".to_string()));
}

#[test]
fn finds_the_mistake_behind_a_sign() -> Result<(), Error> {
    let (client_id, secret) = keys()?;
    let signer = Signer::new(&client_id, &secret, SignerOptions::default())?;
    let request = Request { method: "GET", url: URL, signed_headers: &[], body: Body::Bytes(&[]) };
    let sign = signer.sign(&request, None, &Stamp { t: T, nonce: NONCE })?;
    let headers = [("t", "1588925778000"), ("nonce", NONCE), ("access_token", TOKEN)];
    let found = diagnose(&Suspect {
        client_id: &client_id,
        secret: &secret,
        other_secrets: &[],
        options: &SignerOptions::default(),
        received: Received { method: "GET", target: URL, headers: &headers, body: b"" },
        sign: &sign,
        meant: &[],
        meant_nonce: None,
    })?;
    let mistakes: Vec<&[Mistake]> = found.matches.iter().map(|found| found.mistakes.as_slice()).collect();
    assert_eq!(mistakes, [[Mistake::TokenLeftOut]]);
    Ok(())
}
