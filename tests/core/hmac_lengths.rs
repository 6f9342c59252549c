//! The signer against the reference's HMAC at every length where a padding could go wrong: SHA-256 takes blocks of
//! 64 bytes, ends the last with 9 bytes of its own, and an HMAC hashes a key that is longer than a block.

use tuya_auth::sign::{Algorithm, Body, Request, Signer, SignerOptions, Stamp, content_sha256};
use tuya_auth::{ClientId, Secret};

const CLIENT_ID: &str = "c";
const T: u64 = 1_700_000_000_000;
const REQUEST: Request<'_> = Request { method: "GET", url: "/", signed_headers: &[], body: Body::Bytes(&[]) };

/// The legacy algorithm signs client ID, token and time, so that the token sets the message's length.
fn sign(secret: &str, access_token: &str) -> String {
    let options = SignerOptions { algorithm: Algorithm::Legacy, ..SignerOptions::default() };
    let signer = Signer::new(&ClientId::new(CLIENT_ID).unwrap(), &Secret::new(secret).unwrap(), options).unwrap();
    signer.sign(&REQUEST, Some(access_token), &Stamp { t: T, nonce: "" }).unwrap()
}

fn reference(secret: &str, access_token: &str) -> String {
    hex::encode_upper(hmac_sha256::HMAC::mac(format!("{CLIENT_ID}{access_token}{T}"), secret))
}

/// Printable text in which no two neighbouring blocks are alike.
fn text(length: usize) -> String {
    (b'!'..=b'~').cycle().take(length).map(char::from).collect()
}

test! {
    fn keys_of_every_length_sign_as_the_reference_does() {
        for length in 1..=260 {
            let secret = text(length);
            for token in ["", "token", &text(50), &text(51), &text(114)] {
                assert_eq!(sign(&secret, token), reference(&secret, token), "{length}");
            }
        }
    }
}

test! {
    fn messages_of_every_length_sign_as_the_reference_does() {
        for length in 0..=260 {
            for secret in ["k", &text(32), &text(64), &text(65)] {
                assert_eq!(sign(secret, &text(length)), reference(secret, &text(length)), "{length}");
            }
        }
    }
}

test! {
    fn bodies_of_every_length_hash_as_the_reference_does() {
        for length in 0..=260_u16 {
            let body: Vec<u8> = (0..length).map(|at| at.to_le_bytes()[0]).collect();
            assert_eq!(content_sha256(&Body::Bytes(&body)), hex::encode(hmac_sha256::Hash::hash(&body)), "{length}");
        }
    }
}
