//! Accounts in the console's JSON.

use serde_json::{Value, json};

use crate::browser::{self, Browser, code_for, header_of};
use crate::developer::{done, found, refusal, refused};
use crate::local::{ANN, APP, CLOUD, Local, refused as refused_with, text};

const CAT: (&str, &str) = ("cat@example.com", "cat's password");
const ANNS: &str = "/accounts/us/ann@example.com";

fn account(data_center: &str) -> Value {
    json!({ "dataCenter": data_center, "name": CAT.0, "password": CAT.1, "app": "Demo Home" })
}

#[test]
fn the_seeds_accounts_are_shown_without_passwords() {
    let ann = json!({ "dataCenter": "us", "name": "ann@example.com", "uid": ANN, "app": "Demo Home" });
    let bo = json!({ "dataCenter": "eu", "name": "bo@example.com", "uid": crate::local::BO, "app": "Demo Home" });
    assert_eq!(found(&mut Local::new(), "/accounts"), json!({ "accounts": [ann, bo] }));
    assert_eq!(found(&mut Local::new(), ANNS), ann);
}

#[test]
pub fn an_account_can_be_made_in_each_data_center_and_logs_in_there() {
    let mut local = Local::new();
    let prefixes =
        [("cn", "ay"), ("us", "az"), ("ueaz", "ue"), ("eu", "eu"), ("weaz", "we"), ("in", "in"), ("sg", "sg")];
    for (data_center, prefix) in prefixes {
        let made = done(&mut local, "POST", "/accounts", &account(data_center));
        let uid = text(&made, "uid");
        assert!(uid.starts_with(&format!("{prefix}1760000000000")) && uid.len() == 20, "{uid}");
        assert_eq!(found(&mut local, &format!("/accounts/{data_center}/{}", CAT.0)), made);
        let code = code_for(&mut local, data_center, CAT);
        let grant = local.get(APP, data_center, &format!("/v1.0/token?grant_type=2&code={code}"), None).unwrap();
        assert_eq!(text(&grant, "uid"), uid);
        let again = refused(&mut local, "POST", "/accounts", &account(data_center));
        assert_eq!(again, refusal(409, "account_exists", "name"));
    }
}

#[test]
pub fn a_password_can_be_changed() {
    let mut local = Local::new();
    done(&mut local, "PATCH", ANNS, &json!({ "password": "another" }));
    assert!(!code_for(&mut local, "us", ("ann@example.com", "another")).is_empty());
    let mut browser = Browser::default();
    let page = browser.open(&mut local, "us");
    let fields = [("account", browser::ANN.0), ("password", browser::ANN.1)];
    assert_eq!(browser.submit(&mut local, "/us/d/login", &page, &fields).status, 401);
}

#[test]
fn accounts_of_another_form_are_refused() {
    let mut local = Local::new();
    for (name, value, id) in [
        ("dataCenter", json!("mars"), "data_center_unknown"),
        ("name", json!(""), "field_invalid"),
        ("name", json!(".."), "field_invalid"),
        ("name", json!("a\nb"), "field_invalid"),
        ("name", json!("a".repeat(65)), "field_invalid"),
        ("password", json!(""), "field_invalid"),
        ("password", json!("a".repeat(129)), "field_invalid"),
        ("password", json!("a\tb"), "field_invalid"),
        ("password", json!(1234), "field_invalid"),
        ("app", json!("\u{202e}"), "field_invalid"),
        ("uid", json!("mine"), "field_fixed"),
        ("admin", json!(true), "field_unknown"),
    ] {
        let mut body = account("us");
        body[name] = value;
        assert_eq!(refused(&mut local, "POST", "/accounts", &body), refusal(400, id, name), "{body}");
    }
    for (body, id, field) in [
        (json!({ "name": "other" }), "field_fixed", "name"),
        (json!({ "uid": "other" }), "field_fixed", "uid"),
        (json!({ "password": "" }), "field_invalid", "password"),
        (json!({ "app": "" }), "field_invalid", "app"),
    ] {
        assert_eq!(refused(&mut local, "PATCH", ANNS, &body), refusal(400, id, field), "{body}");
    }
    for method in ["GET", "PATCH", "DELETE"] {
        let outcome = refused(&mut local, method, "/accounts/eu/ann@example.com", &json!({}));
        assert_eq!(outcome, refusal(404, "account_unknown", ""), "{method}");
    }
}

#[test]
pub fn a_deleted_account_takes_everything_with_it() {
    let mut local = Local::new();
    let code = code_for(&mut local, "us", browser::ANN);
    let grant = local.get(APP, "us", &format!("/v1.0/token?grant_type=2&code={code}"), None).unwrap();
    let of_project = text(&local.get(CLOUD, "us", "/v1.0/token?grant_type=1", None).unwrap(), "access_token");
    let code = code_for(&mut local, "us", browser::ANN);
    let of_bo = code_for(&mut local, "eu", browser::BO);
    let mut browser = Browser::default();
    let (_, consent) = browser.log_in(&mut local, "us", browser::ANN);

    assert_eq!(done(&mut local, "DELETE", ANNS, &json!({})), json!({}));
    let unknown = refused_with(1010, "token invalid");
    let path = format!("/v1.0/users/{ANN}/devices");
    assert_eq!(local.get(APP, "us", &path, Some(&text(&grant, "access_token"))), unknown);
    let refresh = format!("/v1.0/token/{}", text(&grant, "refresh_token"));
    assert_eq!(local.get(APP, "us", &refresh, None), unknown);
    let exchange = |code: &str| format!("/v1.0/token?grant_type=2&code={code}");
    assert_eq!(local.get(APP, "us", &exchange(&code), None), refused_with(1107, "code invalid"));
    assert!(local.get(APP, "eu", &exchange(&of_bo), None).is_ok(), "another account's stays");
    let confirmed = browser.submit(&mut local, "/us/d/consent", &consent, &[("decision", "confirm")]);
    assert_eq!((confirmed.status, header_of(&confirmed, "location")), (400, None));
    assert_eq!(
        local.get(CLOUD, "us", &path, Some(&of_project)),
        refused_with(1106, "permission deny"),
        "the project's own token lives, and the data source is gone"
    );
    assert_eq!(found(&mut local, "/projects/demo-project/sources"), json!({ "sources": [] }));
    let left: Vec<Value> = found(&mut local, "/devices")["devices"].as_array().unwrap().clone();
    assert!(left.len() == 2 && left.iter().all(|device| device["dataCenter"] == "eu"));
    let rows = local.cloud.snapshot();
    let mut rows = rows.iter().filter(|row| !row.key.starts_with("request/"));
    assert!(rows.all(|row| !row.value.as_ref().unwrap().contains(ANN)), "only the journal's paths still name the uid");

    let mut again = account("us");
    again["name"] = json!("ann@example.com");
    assert_ne!(text(&done(&mut local, "POST", "/accounts", &again), "uid"), ANN);
}
