//! `authorized-login`.

use serde_json::{Value, json};

use crate::local::{ANN, APP, BO, CLOUD, Local, Outcome, refused, text};

const PATH: &str = "/v1.0/iot-01/associated-users/actions/authorized-login";
/// MD5 of the passwords that the documents name.
const ANNS: &str = "7e4d7926e8a13d4b71c508b1ba37af56";
const BOS: &str = "4b8297e38f510c98c4d03cd2178aced4";

fn form(username: &str, password: &str) -> Value {
    json!({ "username": username, "password": password, "country_code": "1", "schema": "Demo Home" })
}

fn log_in(local: &mut Local, data_center: &str, form: &Value) -> Outcome {
    local.post(CLOUD, data_center, PATH, &form.to_string(), None)
}

fn link_bo(local: &mut Local) {
    local.put(&format!("link/demo-project/eu/{BO}"), &json!({}));
}

#[test]
pub fn a_linked_user_gets_a_token_of_their_own() {
    let mut local = Local::new();
    let grant = log_in(&mut local, "us", &form("ann@example.com", ANNS)).unwrap();
    assert_eq!(
        (text(&grant, "uid"), text(&grant, "platform_url")),
        (ANN.to_owned(), "http://localhost:8787/us".to_owned())
    );
    assert_eq!(grant["expire_time"], 7200);
    let token = text(&grant, "access_token");
    let devices = format!("/v1.0/users/{ANN}/devices");
    assert_eq!(local.get(CLOUD, "us", &devices, Some(&token)).unwrap().as_array().unwrap().len(), 2);
    let refreshed = local.get(CLOUD, "us", &format!("/v1.0/token/{}", text(&grant, "refresh_token")), None).unwrap();
    assert_eq!(text(&refreshed, "uid"), ANN);
    assert_eq!(local.get(CLOUD, "us", &devices, Some(&token)), refused(1010, "token invalid"));
}

#[test]
fn a_user_of_another_data_center_is_sent_there() {
    let mut local = Local::new();
    link_bo(&mut local);
    let grant = log_in(&mut local, "us", &form("bo@example.com", BOS)).unwrap();
    assert_eq!(text(&grant, "platform_url"), "http://localhost:8787/eu");
    let token = text(&grant, "access_token");
    let devices = format!("/v1.0/users/{BO}/devices");
    let elsewhere = refused(28_841_107, "No permission. The data center is suspended.");
    assert_eq!(local.get(CLOUD, "us", &devices, Some(&token)), elsewhere);
    assert!(local.get(CLOUD, "eu", &devices, Some(&token)).is_ok());
}

#[test]
fn of_equal_accounts_the_asked_data_center_comes_first_then_the_countrys() {
    let mut local = Local::new();
    link_bo(&mut local);
    for (data_center, uid) in [("in", "in1"), ("eu", "eu1"), ("sg", "sg1")] {
        let account = json!({ "uid": uid, "app": "Demo Home", "password": "bo-demo-password" });
        local.put(&format!("account/{data_center}/twin"), &account);
        local.put(&format!("link/demo-project/{data_center}/{uid}"), &json!({}));
    }
    for (asked, country, uid) in
        [("sg", json!(91), "sg1"), ("us", json!(91), "in1"), ("us", json!("49"), "eu1"), ("us", json!(1), "eu1")]
    {
        let form = json!({ "username": "twin", "password": BOS, "country_code": country, "schema": "Demo Home" });
        assert_eq!(text(&log_in(&mut local, asked, &form).unwrap(), "uid"), uid, "{asked} {country}");
    }
}

#[test]
fn what_is_not_right_is_refused_alike() {
    let mut local = Local::new();
    let denied = refused(1106, "permission deny");
    let other_app = json!({ "username": "ann@example.com", "password": ANNS, "country_code": 1, "schema": "Other" });
    for form in [
        form("ann@example.com", BOS),
        form("ann@example.com", "ann-demo-password"),
        form("nobody", ANNS),
        form("bo@example.com", BOS),
        other_app,
    ] {
        assert_eq!(log_in(&mut local, "us", &form), denied, "{form}");
    }
    local.edit("project/demo-project", |project| project["packages"]["user"] = false.into());
    assert_eq!(log_in(&mut local, "us", &form("ann@example.com", ANNS)), denied, "without the package of users");
}

#[test]
fn the_form_is_checked() {
    let mut local = Local::new();
    let whole = form("ann@example.com", ANNS);
    for name in ["username", "password", "country_code", "schema"] {
        for missing in [Value::Null, "".into()] {
            let mut form = whole.clone();
            form[name] = missing;
            assert_eq!(log_in(&mut local, "us", &form), refused(1100, "param is empty"), "{form}");
        }
        let mut form = whole.clone();
        form[name] = json!([]);
        assert_eq!(log_in(&mut local, "us", &form), refused(1109, "param is illegal, please check it"), "{form}");
    }
}

#[test]
fn the_keys_sign_without_a_token_and_are_of_the_project() {
    let mut local = Local::new();
    let body = form("ann@example.com", ANNS).to_string();
    assert!(local.post(APP, "us", PATH, &body, None).is_ok(), "any key of the project");
    local.edit(&format!("authorization/{}", APP.0), |app| app["project"] = "other".into());
    let mut other: Value = json!(null);
    local.edit("project/demo-project", |project| other = project.clone());
    other["id"] = "other".into();
    local.put("project/other", &other);
    assert_eq!(local.post(APP, "us", PATH, &body, None), refused(1106, "permission deny"), "ann is not linked to it");
}
