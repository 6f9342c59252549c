//! What goes wrong on purpose.

use serde_json::{Value, json};
use tuya_auth::sign::SignerOptions;
use tuya_auth_emulator::Answer;

use crate::browser::{self, code_for};
use crate::local::{APP, Local, header, refused, signed};

const SIMPLE: &str = "/v1.0/token?grant_type=1";

fn fail(local: &mut Local, rule: &Value) -> Answer {
    let headers = [header("host", "localhost"), header("content-type", "application/json")];
    local.send("POST", "/control/fail", &headers, rule.to_string().as_bytes())
}

#[test]
fn a_code_is_answered_for_the_next_matching_request_only() {
    let mut local = Local::new();
    let rule = json!({ "method": "GET", "path": "/v1.0/token", "code": 1110 });
    assert_eq!(fail(&mut local, &rule).status, 200);
    assert_eq!(local.get(APP, "us", "/v1.0/nothing", None), refused(1108, "uri path invalid"));
    assert_eq!(local.get(APP, "us", SIMPLE, None), refused(1110, "emulated failure"));
    let record = local.last_record();
    assert_eq!((&record["verdict"], &record["detail"]), (&json!("rate_limited"), &json!("rule")));
    assert!(local.get(APP, "us", SIMPLE, None).is_ok());
}

#[test]
fn a_rule_can_be_for_one_data_center_and_one_kind_of_limit() {
    let mut local = Local::new();
    fail(&mut local, &json!({ "dataCenter": "eu", "code": 1110, "status": 429, "times": 2 }));
    assert!(local.get(APP, "us", SIMPLE, None).is_ok());
    for _ in 0..2 {
        let limited = local.send("GET", &format!("/eu{SIMPLE}"), &[], b"");
        assert_eq!((limited.status, local.last_record()["verdict"].as_str()), (429, Some("rate_limited")));
    }
    assert!(local.get(APP, "eu", SIMPLE, None).is_ok());
}

#[test]
fn rules_count_their_requests_one_after_the_other() {
    let mut local = Local::new();
    fail(&mut local, &json!({ "code": 500, "times": 2 }));
    fail(&mut local, &json!({ "status": 503 }));
    for _ in 0..2 {
        assert_eq!(local.get(APP, "us", SIMPLE, None), refused(500, "emulated failure"));
    }
    assert_eq!(local.send("GET", "/us/d/login", &[], b"").status, 503);
    assert!(local.get(APP, "us", SIMPLE, None).is_ok());
}

#[test]
fn what_fails_by_code_is_not_done_and_what_is_cut_is_done() {
    let mut local = Local::new();
    let code = code_for(&mut local, "us", browser::ANN);
    let path = format!("/v1.0/token?grant_type=2&code={code}");
    fail(&mut local, &json!({ "code": 500 }));
    assert!(local.get(APP, "us", &path, None).is_err());
    fail(&mut local, &json!({ "body": "cut", "delayMs": 250 }));
    let headers = signed(APP, &path, None, local.now, SignerOptions::default());
    let answer = local.send("GET", &format!("/us{path}"), &headers, b"");
    assert_eq!((answer.cut, answer.delay_ms), (true, 250));
    assert!(answer.body.contains("access_token"), "whole here: the server cuts it");
    assert_eq!(local.get(APP, "us", &path, None), refused(1107, "code invalid"));
}

#[test]
fn a_corrupt_body_is_no_json() {
    let mut local = Local::new();
    fail(&mut local, &json!({ "body": "corrupt" }));
    let answer = local.send("GET", &format!("/us{SIMPLE}"), &[], b"");
    assert!(serde_json::from_str::<Value>(&answer.body).is_err());
}

#[test]
fn a_request_that_is_turned_away_meets_no_rule() {
    let mut local = Local::new();
    fail(&mut local, &json!({ "code": 500 }));
    let target = format!("/us{SIMPLE}");
    let foreign = local.send("GET", &target, &[header("host", "evil.example")], b"");
    let large = local.send("POST", &target, &[], &vec![b'a'; (1 << 20) + 1]);
    let spaced = local.send("GET", "/us/v1.0/a b", &[], b"");
    assert_eq!((foreign.status, large.status, spaced.status), (421, 413, 400));
    assert_eq!(local.get(APP, "us", SIMPLE, None), refused(500, "emulated failure"));
}

#[test]
fn rules_that_do_nothing_or_too_much_are_refused() {
    let mut local = Local::new();
    for rule in [
        json!({}),
        json!({ "path": "/v1.0" }),
        json!({ "code": 500, "times": 0 }),
        json!({ "code": -1 }),
        json!({ "status": 200 }),
        json!({ "status": 600 }),
        json!({ "delayMs": 600_001 }),
        json!({ "body": "late" }),
        json!({ "code": 500, "dataCenter": "mars" }),
        json!({ "code": 500, "when": "now" }),
    ] {
        assert_eq!(fail(&mut local, &rule).status, 400, "{rule}");
    }
}
