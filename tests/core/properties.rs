//! Properties over random input, with `form_urlencoded` as the oracle for decoding.

use proptest::prelude::*;
use tuya_auth::callback::parse_callback;
use tuya_auth::encoding::{base64url, decode_pairs, encode_component};
use tuya_auth::sign::{Body, PathEncoding, Received, Request, Signer, SignerOptions, Stamp, canonical_url};
use tuya_auth::{ClientId, Secret};

const T: u64 = 1_700_000_000_000;

fn signer() -> Signer {
    let options = SignerOptions { allow_repeated_keys: true, ..SignerOptions::default() };
    Signer::new(&ClientId::new("client").unwrap(), &Secret::new("secret").unwrap(), options).unwrap()
}

fn query(pairs: &[(String, String)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

proptest! {
    #[test]
    fn decoding_agrees_with_the_oracle_where_that_is_strict(pairs: Vec<(String, String)>) {
        let pairs: Vec<(String, String)> = pairs.into_iter().filter(|(key, value)| !(key.is_empty() && value.is_empty())).collect();
        prop_assert_eq!(decode_pairs(&query(&pairs)).unwrap(), pairs);
    }

    #[test]
    fn encoded_components_decode_to_themselves(text: String) {
        let encoded = encode_component(&text);
        prop_assert!(encoded.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'&' && byte != b'='));
        prop_assert_eq!(decode_pairs(&format!("k={encoded}")).unwrap(), vec![("k".to_owned(), text)]);
    }

    #[test]
    fn base64url_has_the_length_of_rfc_4648(bytes: Vec<u8>) {
        prop_assert_eq!(base64url(&bytes).len(), (bytes.len() * 4).div_ceil(3));
    }

    #[test]
    fn sorting_ignores_the_order_of_different_keys(mut pairs: std::collections::BTreeMap<String, String>, turn: u8) {
        pairs.remove("");
        let sorted: Vec<(String, String)> = pairs.into_iter().collect();
        let mut turned = sorted.clone();
        turned.rotate_left(usize::from(turn) % sorted.len().max(1));
        let canonical = |pairs: &[(String, String)]| canonical_url(&format!("/a?{}", query(pairs)), &Body::Bytes(&[]), PathEncoding::AsWritten);
        prop_assert_eq!(canonical(&sorted).unwrap(), canonical(&turned).unwrap());
    }

    #[test]
    fn what_is_signed_verifies(method in "[A-Za-z]{1,8}", path in "(/[A-Za-z0-9_~%-]{1,6}){1,4}", pairs: Vec<(String, String)>, body: Vec<u8>, nonce in "[!-~]{0,40}", token in "[!-~]{0,40}") {
        let path = path.replace('%', "%25");
        let target = format!("{path}?{}", query(&pairs));
        let request = Request { method: &method, url: &target, signed_headers: &[], body: Body::Bytes(&body) };
        let sign = signer().sign(&request, Some(&token), &Stamp { t: T, nonce: &nonce }).unwrap();
        let headers = [("client_id", "client"), ("t", "1700000000000"), ("sign_method", "HMAC-SHA256"), ("sign", &sign), ("nonce", &nonce), ("access_token", &token)];
        let received = Received { method: &method, target: &target, headers: &headers, body: &body };
        prop_assert_eq!(signer().verify(&received, T), Ok(()));
    }

    #[test]
    fn nothing_that_arrives_panics(method: String, target: String, headers: Vec<(String, String)>, body: Vec<u8>, now: u64) {
        let mut headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        headers.extend([("client_id", "client"), ("t", "1700000000000"), ("sign_method", "HMAC-SHA256"), ("sign", "x")]);
        let received = Received { method: &method, target: &target, headers: &headers, body: &body };
        prop_assert!(signer().verify(&received, now).is_err());
        prop_assert!(signer().verify(&received, T).is_err());
    }

    #[test]
    fn no_callback_panics_or_passes_by_chance(input: String, state in "[A-Za-z0-9_-]{22}\\.us") {
        prop_assert!(parse_callback(&input, &state, Some("us")).is_err());
    }
}
