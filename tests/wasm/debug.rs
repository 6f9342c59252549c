//! The debug module in a browser: explanations and diagnoses cross as flat texts and numbers.
#![cfg(all(target_arch = "wasm32", feature = "debug"))]
#![expect(clippy::unwrap_used, reason = "a test that fails should panic")]

use tuya_auth::Code;
use tuya_auth::sign::diagnose::Mistake;
use tuya_auth_wasm::debug::{diagnose, explain};
use wasm_bindgen::JsValue;
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

fn owned<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(String::from).to_vec()
}

fn signed_headers() -> Vec<String> {
    owned(["area_id", "29a33e8796834b1efa6", "call_id", "8afdb70ab2ed11eb85290242ac130003"])
}

fn explained(options: u32, method: &str, url: &str, nonce: Option<&str>) -> Result<Vec<String>, JsValue> {
    let (token, nonce) = (Some(TOKEN.into()), nonce.map(String::from));
    explain(CLIENT_ID, SECRET, None, options, method, url, signed_headers(), None, None, token, T, nonce)
}

/// What `diagnose` says of the published call under another target and sign.
fn diagnosed(target: &str, sign: &str, meant: Vec<String>, others: Vec<String>) -> Result<String, JsValue> {
    let sent = ["t", "1588925778000", "nonce", NONCE, "access_token", TOKEN, "signature-headers", "area_id:call_id"];
    let headers = [owned(sent), signed_headers()].concat();
    diagnose(CLIENT_ID, SECRET, None, 0, "GET", target, headers, &[], sign, meant, None, others)
}

fn mistakes(diagnosis: &str) -> Vec<&str> {
    diagnosis.lines().skip(1).collect()
}

fn number(mistake: Mistake) -> String {
    (mistake as u8).to_string()
}

fn code(thrown: &JsValue) -> u8 {
    thrown.as_string().unwrap().split(' ').next().unwrap().parse().unwrap()
}

#[wasm_bindgen_test]
fn every_stage_of_the_published_vector_crosses_in_its_place() {
    let [content_sha256, canonical_url, headers, string_to_sign, str, sign, text] =
        <[String; 7]>::try_from(explained(0, "get", URL, Some(NONCE)).unwrap()).unwrap();
    assert_eq!(content_sha256, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_eq!(canonical_url, URL);
    assert_eq!(headers, "area_id:29a33e8796834b1efa6\ncall_id:8afdb70ab2ed11eb85290242ac130003\n");
    assert_eq!(string_to_sign, format!("GET\n{content_sha256}\n{headers}\n{URL}"));
    assert_eq!(str, format!("{CLIENT_ID}{}1588925778000{NONCE}{string_to_sign}", "*".repeat(TOKEN.len())));
    assert_eq!(sign, SIGN);
    assert!(text.contains(SIGN) && !text.contains(SECRET) && !text.contains(TOKEN));
}

#[wasm_bindgen_test]
fn a_nonce_is_drawn_unless_one_is_given() {
    let sign = |nonce| explained(0, "GET", "/a", nonce).unwrap().get(5).unwrap().clone();
    assert_ne!(sign(None), sign(None));
    assert_eq!(sign(Some("")), sign(Some("")));
}

#[wasm_bindgen_test]
fn a_diagnosis_crosses_as_numbers() {
    assert!(diagnosed(URL, SIGN, Vec::new(), Vec::new()).unwrap().starts_with("1 "));
    let swapped = "/v2.0/apps/schema/users?page_size=50&page_no=1";
    assert!(diagnosed(swapped, SIGN, Vec::new(), Vec::new()).unwrap().starts_with("1 "), "the order is not signed");
    let lower = diagnosed(URL, &SIGN.to_lowercase(), Vec::new(), Vec::new()).unwrap();
    assert_eq!((lower.split(' ').next(), mistakes(&lower)), (Some("0"), vec![number(Mistake::LowerCaseSign).as_str()]));
    let unknown = diagnosed(URL, &"0".repeat(64), Vec::new(), Vec::new()).unwrap();
    assert!(mistakes(&unknown).is_empty());
    let hmacs: u32 = unknown.split(' ').next_back().unwrap().parse().unwrap();
    assert!(hmacs > 1);
}

#[wasm_bindgen_test]
fn what_was_meant_and_other_secrets_reach_the_core() {
    let signed = explained(0, "GET", "/v1.0/a?b=1&n=null", Some(NONCE)).unwrap().get(5).unwrap().clone();
    let meant = owned(["n", "null", ""]);
    let found = diagnosed("/v1.0/a?b=1", &signed, meant, Vec::new()).unwrap();
    assert_eq!(mistakes(&found), [number(Mistake::NullValue)]);

    let signed = explained(0, "GET", "/v1.0/a?ids=x%2Cy", Some(NONCE)).unwrap().get(5).unwrap().clone();
    let meant = owned(["ids", "item", "x", "ids", "item", "y"]);
    let found = diagnosed("/v1.0/a", &signed, meant, Vec::new()).unwrap();
    assert_eq!(mistakes(&found), [number(Mistake::ListValue)]);

    let other = "other0secret0other0secret0other0";
    let none = (None, None, None);
    let sign =
        explain(CLIENT_ID, other, none.0, 0, "GET", "/a", Vec::new(), none.1, none.2, None, T, Some(String::new()));
    let sign = sign.unwrap().get(5).unwrap().clone();
    let headers = owned(["t", "1588925778000"]);
    let found =
        diagnose(CLIENT_ID, SECRET, None, 0, "GET", "/a", headers, &[], &sign, Vec::new(), None, owned([other]));
    assert_eq!(mistakes(&found.unwrap()), [number(Mistake::OtherSecret)]);
}

#[wasm_bindgen_test]
fn errors_cross_as_numbers() {
    assert_eq!(code(&explained(0, "GET", "a", None).unwrap_err()), Code::InvalidUrl.id());
    assert_eq!(code(&diagnosed("/?%zz", SIGN, Vec::new(), Vec::new()).unwrap_err()), Code::BadEscape.id());
    assert_eq!(code(&diagnosed("/", SIGN, Vec::new(), owned([""])).unwrap_err()), Code::InvalidSecret.id());
}
