//! The debug module in a browser: explanations and diagnoses cross as flat texts and numbers.
#![cfg(all(target_arch = "wasm32", feature = "debug"))]
#![expect(clippy::unwrap_used, reason = "a test that fails should panic")]

mod support;

use support::{Field, Refusal, call, code, text};
use tuya_auth::Code;
use tuya_auth::sign::diagnose::Mistake;
use tuya_auth_wasm::debug::{diagnose, explain};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const CLIENT_ID: &str = "1KAD46OrT9HafiKdsXeg";
const SECRET: &str = "4OHBOnWOqaEC1mWXOpVL3yV50s0qGSRC";
const TOKEN: &str = "3f4eda2bdec17232f67c0b188af3eec1";
const NONCE: &str = "5138cc3a9033d69856923fd07b491173";
const T: f64 = 1_588_925_778_000.0;

/// The published call with a token.
const URL: &str = "/v2.0/apps/schema/users?page_no=1&page_size=50";
const SIGN: &str = "AE4481C692AA80B25F3A7E12C3A5FD9BBF6251539DD78E565A1A72A508A88784";

const SIGNED: [&str; 4] = ["area_id", "29a33e8796834b1efa6", "call_id", "8afdb70ab2ed11eb85290242ac130003"];

/// The seven stages of a signing with a secret.
fn explained(secret: &str, method: &str, url: &str, signed: &[&str], nonce: &str) -> Result<Vec<String>, Refusal> {
    let numbers = [Field::Number(0.0), Field::Number(0.0), Field::Number(T)];
    let texts = [CLIENT_ID, secret, method, url, TOKEN, nonce].map(Field::from);
    let others = [Field::Absent, Field::List(signed), "".into()];
    let fields: Vec<Field<'_>> = numbers.into_iter().chain(texts).chain(others).collect();
    let answer = call(&fields, explain)?;
    let (mut rest, mut stages) = (answer.as_slice(), Vec::new());
    while let Some((length, after)) = rest.split_first_chunk() {
        let (stage, after) = after.split_at(u32::from_le_bytes(*length) as usize);
        stages.push(String::from_utf8(stage.to_vec()).unwrap());
        rest = after;
    }
    Ok(stages)
}

/// The sign of a GET with the published keys and headers.
fn signed(url: &str) -> String {
    explained(SECRET, "GET", url, &SIGNED, NONCE).unwrap().swap_remove(5)
}

/// What `diagnose` says of the published call under another target and sign.
fn diagnosed(target: &str, sign: &str, meant: &[&str], others: &[&str]) -> Result<String, Refusal> {
    let sent = ["t", "1588925778000", "nonce", NONCE, "access_token", TOKEN, "signature-headers", "area_id:call_id"];
    let headers = [sent.as_slice(), &SIGNED].concat();
    let texts = [CLIENT_ID, SECRET, "GET", target, sign].map(Field::from);
    let received = [Field::Absent, Field::List(&headers), "".into()];
    let hints = [Field::List(others), Field::List(meant), Field::Absent];
    let fields: Vec<Field<'_>> = [Field::Number(0.0)].into_iter().chain(texts).chain(received).chain(hints).collect();
    text(&fields, diagnose)
}

fn mistakes(diagnosis: &str) -> Vec<&str> {
    diagnosis.lines().skip(1).collect()
}

fn number(mistake: Mistake) -> String {
    (mistake as u8).to_string()
}

#[wasm_bindgen_test]
fn every_stage_of_the_published_vector_crosses_in_its_place() {
    let [content_sha256, canonical_url, headers, string_to_sign, str, sign, text] =
        <[String; 7]>::try_from(explained(SECRET, "get", URL, &SIGNED, NONCE).unwrap()).unwrap();
    assert_eq!(content_sha256, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_eq!(canonical_url, URL);
    assert_eq!(headers, "area_id:29a33e8796834b1efa6\ncall_id:8afdb70ab2ed11eb85290242ac130003\n");
    assert_eq!(string_to_sign, format!("GET\n{content_sha256}\n{headers}\n{URL}"));
    assert_eq!(str, format!("{CLIENT_ID}{}1588925778000{NONCE}{string_to_sign}", "*".repeat(TOKEN.len())));
    assert_eq!(sign, SIGN);
    assert!(text.contains(SIGN) && !text.contains(SECRET) && !text.contains(TOKEN));
}

#[wasm_bindgen_test]
fn a_diagnosis_crosses_as_numbers() {
    assert!(diagnosed(URL, SIGN, &[], &[]).unwrap().starts_with("1 "));
    let swapped = "/v2.0/apps/schema/users?page_size=50&page_no=1";
    assert!(diagnosed(swapped, SIGN, &[], &[]).unwrap().starts_with("1 "), "the order is not signed");
    let lower = diagnosed(URL, &SIGN.to_lowercase(), &[], &[]).unwrap();
    assert_eq!((lower.split(' ').next(), mistakes(&lower)), (Some("0"), vec![number(Mistake::LowerCaseSign).as_str()]));
    let unknown = diagnosed(URL, &"0".repeat(64), &[], &[]).unwrap();
    assert!(mistakes(&unknown).is_empty());
    let hmacs: u32 = unknown.split(' ').next_back().unwrap().parse().unwrap();
    assert!(hmacs > 1);
}

#[wasm_bindgen_test]
fn what_was_meant_and_other_secrets_reach_the_core() {
    let found = diagnosed("/v1.0/a?b=1", &signed("/v1.0/a?b=1&n=null"), &["n", ""], &[]).unwrap();
    assert_eq!(mistakes(&found), [number(Mistake::NullValue)]);

    let meant = ["ids", "=x", "ids", "=y"];
    let found = diagnosed("/v1.0/a", &signed("/v1.0/a?ids=x%2Cy"), &meant, &[]).unwrap();
    assert_eq!(mistakes(&found), [number(Mistake::ListValue)]);

    let other = "other0secret0other0secret0other0";
    let sign = explained(other, "GET", "/a", &SIGNED, NONCE).unwrap().swap_remove(5);
    let found = diagnosed("/a", &sign, &[], &[other]).unwrap();
    assert_eq!(mistakes(&found), [number(Mistake::OtherSecret)]);
}

#[wasm_bindgen_test]
fn errors_cross_as_numbers() {
    assert_eq!(code(explained(SECRET, "GET", "a", &[], "")), Code::InvalidUrl.id());
    assert_eq!(code(diagnosed("/?%zz", SIGN, &[], &[])), Code::BadEscape.id());
    assert_eq!(code(diagnosed("/", SIGN, &[], &[""])), Code::InvalidSecret.id());
}
