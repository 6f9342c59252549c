//! The OAuth 2.0 configuration in the console's JSON, and what a change does to pages that are open.

use serde_json::{Value, json};
use tuya_auth_emulator::{Answer, Seed};

use crate::browser::{ANN, Browser, STATE, callback, code_for, header_of, login_target};
use crate::developer::{done, found, refusal, refused};
use crate::local::{APP, Local};

const OAUTH: &str = "/projects/demo-project/oauth";

fn configuration() -> Value {
    json!({ "enabled": true, "authorizationId": "demo-app", "callbacks": { "us": callback("us") } })
}

fn with(name: &str, value: Value) -> Value {
    let mut changed = configuration();
    changed[name] = value;
    changed
}

/// Opens the seed's authorization page of a data center.
fn page(local: &mut Local, data_center: &str, callback: &str) -> Answer {
    Browser::default().get(local, &login_target(data_center, APP.0, callback, STATE))
}

#[test]
pub fn a_configuration_is_replaced_as_a_whole() {
    let mut local = Local::new();
    assert_eq!(done(&mut local, "PUT", OAUTH, &configuration()), configuration());
    assert_eq!(found(&mut local, OAUTH), configuration());
    assert_eq!(found(&mut local, "/projects/demo-project")["oauth"], configuration());
    let off = json!({ "enabled": false, "authorizationId": null, "callbacks": {} });
    assert_eq!(done(&mut local, "PUT", OAUTH, &json!({ "enabled": false })), off);
    assert_eq!(page(&mut local, "us", &callback("us")).status, 403);
}

#[test]
fn what_cannot_work_is_refused() {
    let mut local = Local::new();
    let long = format!("https://app.example/{}", "a".repeat(2048));
    for (body, id, field) in [
        (json!({}), "field_missing", "enabled"),
        (with("enabled", json!("yes")), "field_invalid", "enabled"),
        (with("authorizationId", json!(7)), "field_invalid", "authorizationId"),
        (with("authorizationId", json!(null)), "oauth_authorization_missing", "authorizationId"),
        (with("authorizationId", json!("other")), "oauth_authorization_unknown", "authorizationId"),
        (with("authorizationId", json!("demo-cloud")), "oauth_authorization_not_app", "authorizationId"),
        (with("callbacks", json!({})), "oauth_callback_missing", "callbacks"),
        (with("callbacks", json!([])), "field_invalid", "callbacks"),
        (with("callbacks", json!({ "us": null })), "field_invalid", "callbacks"),
        (with("callbacks", json!({ "mars": callback("us") })), "data_center_unknown", "callbacks"),
        (with("callbacks", json!({ "us": "http://app.example/" })), "callback_invalid", "callbacks.us"),
        (with("callbacks", json!({ "us": "https://app.example/#top" })), "callback_invalid", "callbacks.us"),
        (with("callbacks", json!({ "us": "javascript:alert(1)" })), "callback_invalid", "callbacks.us"),
        (with("callbacks", json!({ "us": "/auth/callback/us" })), "callback_invalid", "callbacks.us"),
        (with("callbacks", json!({ "us": "https://app.example/a b" })), "callback_invalid", "callbacks.us"),
        (with("callbacks", json!({ "us": "https://me@app.example/" })), "callback_invalid", "callbacks.us"),
        (with("callbacks", json!({ "us": long })), "callback_invalid", "callbacks.us"),
        (with("page", json!("https://pages.example")), "field_unknown", "page"),
    ] {
        assert_eq!(refused(&mut local, "PUT", OAUTH, &body), refusal(400, id, field), "{body}");
    }
    let elsewhere = refused(&mut local, "PUT", "/projects/other/oauth", &configuration());
    assert_eq!(elsewhere, refusal(404, "project_unknown", ""));
}

#[test]
fn only_a_lenient_cloud_lets_two_data_centers_share_a_callback() {
    let body = with("callbacks", json!({ "us": callback("us"), "eu": callback("us"), "cn": callback("cn") }));
    let strict = refused(&mut Local::new(), "PUT", OAUTH, &body);
    assert_eq!(strict, refusal(400, "callback_repeated", "callbacks.us"));
    let mut lenient = Local::of(&Seed { strict: false, ..Seed::default() });
    assert_eq!(done(&mut lenient, "PUT", OAUTH, &body), body);
    assert_eq!(page(&mut lenient, "eu", &callback("us")).status, 200);
}

#[test]
fn keys_of_other_kinds_and_of_other_projects_are_no_use() {
    let mut local = Local::new();
    let add = |local: &mut Local, body: &Value| done(local, "POST", "/projects/demo-project/authorizations", body);
    let other = done(&mut local, "POST", "/projects", &json!({ "name": "Other" }))["id"].clone();
    let wechat = json!({ "kind": "wechat_mini_program", "wechatAppId": "wx0123456789abcdef", "name": "Mini" });
    let third = json!({ "kind": "third_party", "thirdPartyProject": other, "name": "Partner" });
    for body in [wechat, third] {
        let id = add(&mut local, &body)["id"].clone();
        let outcome = refused(&mut local, "PUT", OAUTH, &with("authorizationId", id));
        assert_eq!(outcome, refusal(400, "oauth_authorization_not_app", "authorizationId"));
    }
    let path = format!("/projects/{}/oauth", other.as_str().unwrap());
    let outcome = refused(&mut local, "PUT", &path, &configuration());
    assert_eq!(outcome, refusal(400, "oauth_authorization_unknown", "authorizationId"));
}

#[test]
fn callbacks_are_compared_character_by_character_as_they_are_now() {
    let mut local = Local::new();
    let new = "https://app.example:8443/cb?a=%7e";
    done(&mut local, "PUT", OAUTH, &with("callbacks", json!({ "us": new })));
    assert_eq!(page(&mut local, "us", new).status, 200);
    for other in [
        &callback("us"),
        "https://app.example:8443/cb?a=~",
        "https://app.example:8443/cb?a=%7E",
        "https://app.example:8443/cb",
    ] {
        assert_eq!(page(&mut local, "us", other).status, 400, "{other}");
    }
    assert_eq!(page(&mut local, "eu", new).status, 400, "there is none for eu any more");
}

#[test]
fn a_login_under_way_feels_the_change() {
    let off = json!({ "enabled": false, "authorizationId": "demo-app", "callbacks": { "us": callback("us") } });
    let moved = with("callbacks", json!({ "us": "https://app.example/cb" }));
    for (change, status) in [(off, 403), (moved, 400)] {
        let mut local = Local::new();
        let mut browser = Browser::default();
        let login = browser.open(&mut local, "us");
        let mut second = Browser::default();
        let (consent, shown) = second.log_in(&mut local, "us", ANN);
        done(&mut local, "PUT", OAUTH, &change);
        let fields = [("account", ANN.0), ("password", ANN.1)];
        assert_eq!(browser.submit(&mut local, "/us/d/login", &login, &fields).status, status);
        assert_eq!(second.get(&mut local, &consent).status, status);
        let confirmed = second.submit(&mut local, "/us/d/consent", &shown, &[("decision", "confirm")]);
        assert_eq!((confirmed.status, header_of(&confirmed, "location")), (status, None));
        assert!(!local.cloud.snapshot().iter().any(|row| row.key.starts_with("code/")));
    }
}

#[test]
fn another_app_takes_over_at_once() {
    let mut local = Local::new();
    let ios = json!({
        "kind": "app", "platform": "ios", "bundleIdentifier": "com.example.demo", "applicationName": "Demo Home",
    });
    let ios = done(&mut local, "POST", "/projects/demo-project/authorizations", &ios);
    done(&mut local, "PUT", OAUTH, &with("authorizationId", ios["id"].clone()));
    assert_eq!(page(&mut local, "us", &callback("us")).status, 403, "the other app's key opens nothing now");
    let keys = (ios["clientId"].as_str().unwrap(), ios["secret"].as_str().unwrap());
    let target = login_target("us", keys.0, &callback("us"), STATE);
    assert_eq!(Browser::default().get(&mut local, &target).status, 200);
    done(&mut local, "PUT", OAUTH, &configuration());
    let code = code_for(&mut local, "us", ANN);
    assert!(local.get(keys, "us", &format!("/v1.0/token?grant_type=2&code={code}"), None).is_err());
}
