//! What the cloud was asked, and why it refused a sign.

use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use tuya_auth::sign::{Algorithm, PathEncoding, SignerOptions};
use tuya_auth_emulator::Seed;

use crate::browser::{self, code_for};
use crate::local::{ANN, APP, CLOUD, Local, header, refused, signed, text};

const SIMPLE: &str = "/v1.0/token?grant_type=1";
const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

#[test]
fn the_journal_tells_what_was_asked_without_secrets() {
    let mut local = Local::new();
    let code = code_for(&mut local, "us", browser::ANN);
    local.get(APP, "us", &format!("/v1.0/token?grant_type=2&code={code}"), None).unwrap();
    assert_eq!(
        local.last_record(),
        json!({
            "method": "GET", "target": "/us/v1.0/token?grant_type=2&code=***", "clientId": APP.0,
            "status": 200, "verdict": "ok", "at": local.now,
        })
    );
    local.send("GET", "/us/v1.0/token?grant_type=1", &[header("client_id", APP.0)], b"");
    let record = local.last_record();
    assert_eq!(
        (&record["code"], &record["verdict"], &record["detail"]),
        (&json!(1004), &json!("sign_invalid"), &json!("sign"))
    );
    let journal = local.send("GET", "/control/requests", &[header("host", "127.0.0.1")], b"").body;
    for secret in [code.as_str(), browser::STATE, browser::ANN.1, "access_token"] {
        assert!(!journal.contains(secret), "{secret}");
    }
}

#[test]
fn the_journal_keeps_the_last_five_thousand() {
    let mut local = Local::new();
    for at in 0..5005 {
        local.send("GET", &format!("/us/v1.0/nothing/{at}"), &[], b"");
    }
    let answer = local.send("GET", "/control/requests", &[header("host", "127.0.0.1")], b"");
    let body: Value = serde_json::from_str(&answer.body).unwrap();
    let requests = body["requests"].as_array().unwrap();
    assert_eq!(requests.len(), 5000);
    assert_eq!(requests[0]["target"], "/us/v1.0/nothing/5");
}

/// The record of a call that is refused for its sign.
fn refused_sign(local: &mut Local, path: &str, headers: &[(String, String)]) -> Value {
    assert_eq!(local.call("us", path, headers), refused(1004, "sign invalid"));
    local.last_record()
}

/// The mistakes that the record names.
fn mistakes(record: &Value) -> Value {
    record["diagnosis"]["matches"][0]["mistakes"].clone()
}

#[test]
fn a_wrong_sign_is_explained_with_what_to_do() {
    let mut local = Local::new();
    let legacy = SignerOptions { algorithm: Algorithm::Legacy, ..SignerOptions::default() };
    let decoded = SignerOptions { path: PathEncoding::Decoded, ..SignerOptions::default() };
    let escaped = "/v1.0/devices/a%20b";
    for (path, signed_path, secret, options, mistake) in [
        (SIMPLE, SIMPLE, APP.1, legacy, "legacy_algorithm"),
        (SIMPLE, SIMPLE, CLOUD.1, SignerOptions::default(), "other_secret"),
        (SIMPLE, "/us/v1.0/token?grant_type=1", APP.1, SignerOptions::default(), "base_path_signed"),
        (SIMPLE, "/v1.0/token", APP.1, SignerOptions::default(), "query_left_out"),
        (escaped, escaped, APP.1, decoded, "path_decoded"),
    ] {
        let headers = signed((APP.0, secret), signed_path, None, local.now, options);
        let record = refused_sign(&mut local, path, &headers);
        assert_eq!(mistakes(&record), json!([mistake]));
        let found = &record["diagnosis"]["matches"][0];
        assert!(text(found, "description").ends_with('.') && text(found, "fix").ends_with('.'), "{found}");
    }
}

#[test]
fn two_mistakes_at_once_are_found() {
    let mut local = Local::new();
    let headers = signed((APP.0, CLOUD.1), "/v1.0/token", None, local.now, SignerOptions::default());
    let record = refused_sign(&mut local, SIMPLE, &headers);
    assert_eq!(mistakes(&record), json!(["query_left_out", "other_secret"]));
}

#[test]
fn a_sign_that_nothing_gives_still_shows_what_the_cloud_signs() {
    let mut local = Local::new();
    let path = "/v1.0/devices?b=2&a=x%20y";
    let mut headers = signed(APP, path, Some("t0ken"), local.now, SignerOptions::default());
    headers.retain(|(name, _)| name != "sign");
    headers.extend([
        header("sign", &"0".repeat(64)),
        header("Signature-Headers", "area_id"),
        header("area_id", "29a33e87"),
        header("identifier", "com.example.demo"),
    ]);
    let string_to_sign = format!("GET\n{EMPTY}\narea_id:29a33e87\n\n/v1.0/devices?a=x y&b=2");
    let str = format!("{}*****{}n0ncecom.example.demo{string_to_sign}", APP.0, local.now);
    let record = refused_sign(&mut local, path, &headers);
    assert_eq!(record["diagnosis"], json!({ "matches": [], "stringToSign": string_to_sign, "str": str }));
}

#[test]
fn a_diagnosis_holds_no_secret() {
    let mut local = Local::new();
    let code = code_for(&mut local, "us", browser::ANN);
    let grant = local.get(APP, "us", &format!("/v1.0/token?grant_type=2&code={code}"), None).unwrap();
    let (access, refresh) = (text(&grant, "access_token"), text(&grant, "refresh_token"));
    let unused = code_for(&mut local, "us", browser::ANN);
    let users = format!("/v1.0/users/{ANN}/devices");
    for path in [format!("/v1.0/token?grant_type=2&code={unused}"), format!("/v1.0/tok%65n/{refresh}"), users.clone()] {
        let mut headers = signed((APP.0, CLOUD.1), &path, Some(&access), local.now, SignerOptions::default());
        headers.extend([header("Signature-Headers", "access_token:sign:cookie"), header("cookie", "a=c00kie")]);
        refused_sign(&mut local, &path, &headers);
    }
    let mut headers = signed(APP, &users, Some(&access), local.now, SignerOptions::default());
    headers.push(header("content-type", "application/x-www-form-urlencoded"));
    let sign = headers.iter().find(|(name, _)| name == "sign").unwrap().1.clone();
    local.send("POST", &format!("/us{users}"), &headers, b"password=passw0rd&name=shown");
    let journal = local.send("GET", "/control/requests", &[], b"").body;
    assert_eq!(journal.matches("\"diagnosis\"").count(), 4);
    assert!(journal.contains("name=shown&password=***"));
    for secret in [&unused, &refresh, &access, &sign, "c00kie", "passw0rd", APP.1, CLOUD.1] {
        assert!(!journal.contains(secret), "{secret}");
    }
}

#[test]
fn what_a_wrong_sign_costs_and_leaves_is_bounded() {
    let mut local = Local::new();
    let users = format!("/us/v1.0/users/{ANN}/devices");
    let mut headers = signed(APP, "/v1.0/nothing", None, local.now, SignerOptions::default());
    headers.push(header("area_id", &"a".repeat(3000)));
    headers.push(header("Signature-Headers", "area_id"));
    for (target, length) in [(users.clone(), (16 << 10) + 1), (format!("{users}?a={}", "a".repeat(1024)), 0)] {
        local.send("POST", &target, &headers, &vec![b'a'; length]);
        assert_eq!((&local.last_record()["code"], local.last_record().get("diagnosis")), (&json!(1004), None));
    }
    local.send("POST", &format!("{users}?a={}", "a".repeat(1022)), &headers, &vec![b'a'; 16 << 10]);
    assert_eq!(text(&local.last_record()["diagnosis"], "stringToSign").len(), 2048);
}

#[test]
fn a_call_that_is_refused_for_something_else_has_no_diagnosis() {
    let mut local = Local::of(&Seed { strict: false, ..Seed::default() });
    let legacy = SignerOptions { algorithm: Algorithm::Legacy, ..SignerOptions::default() };
    local.call("us", SIMPLE, &signed(APP, SIMPLE, None, local.now, legacy)).unwrap();
    assert_eq!(local.last_record().get("diagnosis"), None);
    let late = signed((APP.0, CLOUD.1), SIMPLE, None, local.now - 300_001, SignerOptions::default());
    assert_eq!(local.call("us", SIMPLE, &late), refused(1013, "request time is invalid"));
    assert_eq!(local.last_record().get("diagnosis"), None);
}

#[test]
fn the_documented_record_is_the_clouds_own() {
    let documented = include_str!("../../../docs/emulator.md");
    let example = documented.split("```json\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let mut local = Local::new();
    let (path, token) = ("/v1.0/devices?b=2&a=1", "0".repeat(32));
    let mut headers = signed(APP, path, Some(&token), local.now, SignerOptions::default());
    headers.retain(|(name, _)| name != "sign");
    let unsorted = format!("{}{token}{}n0nceGET\n{EMPTY}\n\n{path}", APP.0, local.now);
    headers.push(header("sign", &hmac(APP.1, &unsorted)));
    let record = refused_sign(&mut local, path, &headers);
    assert_eq!(record, serde_json::from_str::<Value>(example).unwrap());
}

fn hmac(secret: &str, text: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(text.as_bytes());
    hex::encode_upper(mac.finalize().into_bytes())
}
