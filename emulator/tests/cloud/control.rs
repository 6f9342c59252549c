//! Test control.

use serde_json::{Value, json};
use tuya_auth_emulator::{Access, Answer, Cloud, Seed};

use crate::browser::{self, code_for};
use crate::local::{APP, CLOUD, Local, Outcome, header, refused, text};

fn post(local: &mut Local, action: &str, body: &str) -> Answer {
    let headers = [header("host", "localhost:8787"), header("content-type", "application/json")];
    local.send("POST", &format!("/control/{action}"), &headers, body.as_bytes())
}

#[test]
pub fn the_clock_goes_forward() {
    let mut local = Local::new();
    let answer = post(&mut local, "advance", "{\"ms\": 400000}");
    assert_eq!(serde_json::from_str::<Value>(&answer.body).unwrap(), json!({ "now": local.now + 400_000 }));
    let refusal = local.get(APP, "us", "/v1.0/token?grant_type=1", None);
    assert_eq!(refusal, refused(1013, "request time is invalid"), "the client's clock is 400 s behind");
}

#[test]
fn access_tokens_expire_on_demand_and_refresh_tokens_do_not() {
    let mut local = Local::new();
    let code = code_for(&mut local, "us", browser::ANN);
    let grant = local.get(APP, "us", &format!("/v1.0/token?grant_type=2&code={code}"), None).unwrap();
    let answer = post(&mut local, "expire-tokens", "{}");
    assert_eq!(serde_json::from_str::<Value>(&answer.body).unwrap(), json!({ "expired": 1 }));
    let path = format!("/v1.0/users/{}/devices", text(&grant, "uid"));
    let call = local.get(APP, "us", &path, Some(&text(&grant, "access_token")));
    assert_eq!(call, refused(1010, "token is expired"));
    assert!(local.get(APP, "us", &format!("/v1.0/token/{}", text(&grant, "refresh_token")), None).is_ok());
}

fn counts(local: &mut Local, action: &str, body: &Value) -> Value {
    let answer = post(local, action, &body.to_string());
    assert_eq!(answer.status, 200, "{}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

/// Ann's token set, and what a device call and a refresh with it come to.
fn linked(local: &mut Local) -> Value {
    let code = code_for(local, "us", browser::ANN);
    local.get(APP, "us", &format!("/v1.0/token?grant_type=2&code={code}"), None).unwrap()
}

fn devices(local: &mut Local, grant: &Value) -> Outcome {
    let path = format!("/v1.0/users/{}/devices", text(grant, "uid"));
    local.get(APP, "us", &path, Some(&text(grant, "access_token")))
}

fn refresh(local: &mut Local, grant: &Value) -> Outcome {
    local.get(APP, "us", &format!("/v1.0/token/{}", text(grant, "refresh_token")), None)
}

#[test]
fn a_revoked_access_token_is_unknown_and_its_refresh_token_works() {
    let mut local = Local::new();
    let grant = linked(&mut local);
    let revoke = json!({ "what": "access" });
    assert_eq!(counts(&mut local, "revoke-tokens", &revoke), json!({ "accessTokens": 1, "refreshTokens": 0 }));
    assert_eq!(counts(&mut local, "revoke-tokens", &revoke), json!({ "accessTokens": 0, "refreshTokens": 0 }));
    assert_eq!(counts(&mut local, "expire-tokens", &json!({})), json!({ "expired": 0 }));
    assert_eq!(devices(&mut local, &grant), refused(1010, "token invalid"));
    let fresh = refresh(&mut local, &grant).unwrap();
    assert!(devices(&mut local, &fresh).is_ok());
}

#[test]
fn a_revoked_refresh_token_is_unknown_and_its_access_token_works() {
    let mut local = Local::new();
    let grant = linked(&mut local);
    let revoke = json!({ "what": "refresh" });
    assert_eq!(counts(&mut local, "revoke-tokens", &revoke), json!({ "accessTokens": 0, "refreshTokens": 1 }));
    assert_eq!(refresh(&mut local, &grant), refused(1010, "token invalid"));
    assert!(devices(&mut local, &grant).is_ok());
    assert_eq!(
        counts(&mut local, "revoke-tokens", &json!({})),
        json!({ "accessTokens": 1, "refreshTokens": 0 }),
        "both is what is meant when nothing is said"
    );
    assert_eq!(devices(&mut local, &grant), refused(1010, "token invalid"));
}

#[test]
fn simple_mode_does_not_repeat_a_revoked_token() {
    let mut local = Local::new();
    let first = local.get(CLOUD, "us", "/v1.0/token?grant_type=1", None).unwrap();
    counts(&mut local, "revoke-tokens", &json!({ "what": "access" }));
    let second = local.get(CLOUD, "us", "/v1.0/token?grant_type=1", None).unwrap();
    assert_ne!(first["access_token"], second["access_token"]);
}

#[test]
pub fn tokens_end_by_user_client_and_data_center() {
    for action in ["expire-tokens", "revoke-tokens"] {
        let mut local = Local::new();
        let ann = linked(&mut local);
        local.get(CLOUD, "us", "/v1.0/token?grant_type=1", None).unwrap();
        local.get(CLOUD, "eu", "/v1.0/token?grant_type=1", None).unwrap();
        let mut ended = |which: Value| {
            let counts = counts(&mut local, action, &which);
            counts["expired"].as_u64().or(counts["accessTokens"].as_u64()).unwrap()
        };
        assert_eq!(ended(json!({ "uid": ann["uid"], "clientId": CLOUD.0 })), 0);
        assert_eq!(ended(json!({ "dataCenter": "in" })), 0);
        assert_eq!(ended(json!({ "clientId": CLOUD.0, "dataCenter": "eu" })), 1);
        assert_eq!(ended(json!({ "uid": ann["uid"] })), 1);
        assert_eq!(ended(json!({})), 1);
        for wrong in ["", "[]", "{\"dataCenter\": \"mars\"}", "{\"user\": \"a\"}", "{\"uid\": 1}"] {
            assert_eq!(post(&mut local, action, wrong).status, 400, "{action} {wrong}");
        }
    }
    let mut local = Local::new();
    assert_eq!(post(&mut local, "expire-tokens", "{\"what\": \"both\"}").status, 400);
    assert_eq!(post(&mut local, "revoke-tokens", "{\"what\": \"all\"}").status, 400);
}

#[test]
pub fn a_reset_cloud_is_as_new() {
    let seed = Seed { callback_origin: "https://app.example".to_owned(), strict: false };
    let mut local = Local::of(&seed);
    let new = local.cloud.snapshot();
    local.get(CLOUD, "us", "/v1.0/token?grant_type=1", None).unwrap();
    counts(&mut local, "advance", &json!({ "ms": 1 }));
    counts(&mut local, "fail", &json!({ "status": 503 }));
    assert_ne!(local.cloud.snapshot(), new);
    counts(&mut local, "reset", &json!({}));
    assert_eq!(local.cloud.snapshot(), new);
}

#[test]
pub fn the_requests_and_the_rules_can_be_forgotten() {
    let mut local = Local::new();
    let new = local.cloud.snapshot();
    local.send("GET", "/us/v1.0/nothing", &[], b"");
    counts(&mut local, "fail", &json!({ "status": 503 }));
    for action in ["requests", "fail"] {
        assert_eq!(local.send("DELETE", &format!("/control/{action}"), &[], b"").status, 200);
    }
    assert_eq!(local.cloud.snapshot(), new);
}

#[test]
fn other_hosts_and_origins_are_refused() {
    let mut local = Local::new();
    for (host, origin, status) in [
        (Some("127.0.0.1:8787"), None, 200),
        (Some("localhost"), None, 200),
        (Some("[::1]:8787"), None, 200),
        (Some("localhost:8787"), Some("http://localhost:8787"), 200),
        (Some("localhost:8787"), Some("http://localhost:8788"), 403),
        (Some("localhost:8787"), Some("null"), 403),
        (Some("evil.example:8787"), None, 421),
        (Some("localhost.evil.example"), None, 421),
        (Some("localhost:8787x"), None, 421),
        (Some(""), None, 421),
    ] {
        let host = host.map(|host| header("host", host));
        let origin = origin.map(|origin| header("origin", origin));
        let headers: Vec<_> = host.into_iter().chain(origin).collect();
        let answer = local.send("GET", "/control/requests", &headers, b"");
        assert_eq!(answer.status, status, "{headers:?}");
    }
}

#[test]
fn only_json_of_the_right_shape_changes_anything() {
    let mut local = Local::new();
    for body in ["", "{}", "{\"ms\":-1}", "{\"ms\":1.5}", "{\"ms\":315576000001}", "{\"ms\":1,\"x\":1}", "[1"] {
        assert_eq!(post(&mut local, "advance", body).status, 400, "{body}");
    }
    let plain = [header("host", "localhost"), header("content-type", "text/plain")];
    assert_eq!(local.send("POST", "/control/advance", &plain, b"{\"ms\":1}").status, 415);
    assert_eq!(local.send("GET", "/control/advance", &plain, b"").status, 405);
    assert_eq!(local.send("POST", "/control/requests", &plain, b"").status, 405);
    assert_eq!(post(&mut local, "nothing", "{}").status, 404);
}

#[test]
fn every_part_answers_to_its_own_names_only() {
    let mut local = Local::new();
    for target in ["/us/v1.0/token?grant_type=1", "/us/d/login", "/control/requests", "/style.css", "/nothing"] {
        assert_eq!(local.send("GET", target, &[header("host", "evil.example")], b"").status, 421, "{target}");
    }
    let hosts = vec!["cloud.test".to_owned()];
    local.cloud = Cloud::new(&Seed::default()).unwrap().with_access(Access { hosts, token: None });
    for (host, status) in [("cloud.test", 200), ("CLOUD.test:80", 200), ("localhost", 200), ("other.test", 421)] {
        assert_eq!(local.send("GET", "/control/requests", &[header("host", host)], b"").status, status, "{host}");
    }
}

#[test]
fn a_token_opens_control_when_there_is_one() {
    let mut local = Local::new();
    let token = Some("0pen-sesame".to_owned());
    local.cloud = Cloud::new(&Seed::default()).unwrap().with_access(Access { hosts: Vec::new(), token });
    for (shown, status) in [(None, 401), (Some("Bearer wrong"), 401), (Some("Bearer 0pen-sesame"), 200)] {
        let headers: Vec<_> = shown.map(|shown| header("authorization", shown)).into_iter().collect();
        assert_eq!(local.send("GET", "/control/requests", &headers, b"").status, status, "{shown:?}");
    }
    let shown = format!("{:?}", local.cloud);
    assert!(!shown.contains("0pen") && !shown.contains(CLOUD.1), "{shown}");
}
