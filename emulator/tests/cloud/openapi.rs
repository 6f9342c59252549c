//! Signatures, permissions and paths of `OpenAPI`.

use tuya_auth::sign::{Algorithm, PathEncoding, SignerOptions};
use tuya_auth_emulator::Seed;

use crate::browser::{self, code_for};
use crate::local::{ANN, APP, BO, CLOUD, Local, header, outcome, refused, signed, text};

const TOKEN: &str = "/v1.0/token?grant_type=1";
const LAMP: &str = "/v1.0/devices/vdevo170000000000001";

fn without(headers: &[(String, String)], name: &str) -> Vec<(String, String)> {
    headers.iter().filter(|(own, _)| own != name).cloned().collect()
}

fn with(headers: &[(String, String)], name: &str, value: &str) -> Vec<(String, String)> {
    let mut changed = without(headers, name);
    changed.push(header(name, value));
    changed
}

#[test]
fn each_rule_of_signing_has_its_code() {
    let mut local = Local::new();
    let right = signed(CLOUD, TOKEN, None, local.now, SignerOptions::default());
    let lower = right[1].1.to_ascii_lowercase();
    for (headers, expected) in [
        (without(&right, "client_id"), refused(1004, "sign invalid")),
        (without(&right, "sign"), refused(1004, "sign invalid")),
        (without(&right, "t"), refused(1004, "sign invalid")),
        (without(&right, "sign_method"), refused(1004, "sign invalid")),
        (without(&right, "nonce"), refused(1004, "sign invalid")),
        (with(&right, "sign", &lower), refused(1004, "sign invalid")),
        (with(&right, "sign_method", "HMAC-SHA1"), refused(1004, "sign invalid")),
        (with(&right, "client_id", "nobody"), refused(1005, "clientId invalid")),
        (with(&right, "client_id", APP.0), refused(1004, "sign invalid")),
        (with(&right, "t", &(local.now / 1000).to_string()), refused(1013, "request time is invalid")),
        (with(&right, "identifier", "com.example.demo"), refused(1004, "sign invalid")),
    ] {
        assert_eq!(local.call("us", TOKEN, &headers), expected);
    }
    assert!(local.call("us", TOKEN, &right).is_ok());
    assert_eq!(local.call("us", "/v1.0/token?grant_type=2", &right), refused(1004, "sign invalid"));
}

#[test]
fn a_request_is_good_for_five_minutes_either_way() {
    let mut local = Local::new();
    let now = local.now;
    for (t, good) in [(now - 300_000, true), (now - 300_001, false), (now + 300_000, true), (now + 300_001, false)] {
        let headers = signed(CLOUD, TOKEN, None, t, SignerOptions::default());
        assert_eq!(local.call("us", TOKEN, &headers).is_ok(), good, "{t}");
    }
}

#[test]
pub fn an_identifier_is_the_apps_own() {
    let token = |strict, keys, identifier: &str| {
        let mut local = Local::of(&Seed { strict, ..Seed::default() });
        let options = SignerOptions { identifier: Some(identifier.to_owned()), ..SignerOptions::default() };
        let headers = signed(keys, TOKEN, None, local.now, options);
        let outcome = local.call("us", TOKEN, &headers);
        (outcome, local.last_record()["detail"].clone())
    };
    let own = "DE:30:DE:30:DE:30:DE:30:DE:30:DE:30:DE:30:DE:30:DE:30:DE:30com.example.demo";
    assert!(token(true, APP, own).0.is_ok());
    for (keys, identifier) in [(APP, "com.example.demo"), (CLOUD, own)] {
        let (outcome, detail) = token(true, keys, identifier);
        assert_eq!((outcome, detail), (refused(1004, "sign invalid"), "identifier".into()));
        assert!(token(false, keys, identifier).0.is_ok());
    }
}

#[test]
fn an_identifier_of_ios_is_the_bundle_identifier() {
    let mut local = Local::new();
    local.edit(&format!("authorization/{}", APP.0), |app| {
        app["platform"] = "ios".into();
        app["bundleIdentifier"] = "com.example.ios".into();
        app.as_object_mut().unwrap().retain(|name, _| name != "sha1" && name != "applicationId");
    });
    for (identifier, good) in [("com.example.ios", true), ("com.example.demo", false)] {
        let options = SignerOptions { identifier: Some(identifier.to_owned()), ..SignerOptions::default() };
        let headers = signed(APP, TOKEN, None, local.now, options);
        assert_eq!(local.call("us", TOKEN, &headers).is_ok(), good, "{identifier}");
    }
}

#[test]
pub fn a_get_may_carry_a_body_which_is_signed() {
    let mut local = Local::new();
    let headers = signed(CLOUD, TOKEN, None, local.now, SignerOptions::default());
    let answer = local.send("GET", &format!("/us{TOKEN}"), &headers, b"{}");
    assert_eq!(outcome(&answer), refused(1004, "sign invalid"));
}

#[test]
fn only_a_lenient_cloud_takes_the_old_algorithm_and_decoded_paths() {
    let path = "/v1.0/users/a%20b/devices";
    let legacy = SignerOptions { algorithm: Algorithm::Legacy, ..SignerOptions::default() };
    let decoded = SignerOptions { path: PathEncoding::Decoded, ..SignerOptions::default() };
    for strict in [true, false] {
        let mut local = Local::of(&Seed { strict, ..Seed::default() });
        let headers = signed(CLOUD, TOKEN, None, local.now, legacy.clone());
        assert_eq!(local.call("us", TOKEN, &headers).is_ok(), !strict);
        let token = local.token("us");
        let headers = signed(CLOUD, LAMP, Some(&token), local.now, legacy.clone());
        assert_eq!(local.call("us", LAMP, &headers).is_ok(), !strict);
        let headers = signed(CLOUD, path, Some(&token), local.now, decoded.clone());
        let expected = if strict { refused(1004, "sign invalid") } else { refused(1106, "permission deny") };
        assert_eq!(local.call("us", path, &headers), expected);
    }
}

#[test]
fn paths_and_methods_that_are_not_there_are_refused() {
    let mut local = Local::new();
    let nothing = refused(1108, "uri path invalid");
    for path in [
        "/v1.0/nothing",
        "/v2.0/token?grant_type=1",
        "/",
        "/v1.0/token/",
        "/v1.0/token/a/b",
        "/v1.0/users/a/b/devices",
        "/v1.0/users//devices",
        "/v1.0/devices/vdevo170000000000001/commands",
        "/v1.0/iot-01/associated-users/actions/authorized-login",
    ] {
        assert_eq!(local.get(CLOUD, "us", path, None), nothing, "{path}");
    }
    for path in ["/v1.0/token?grant_type=1", "/v1.0/devices/vdevo170000000000001"] {
        assert_eq!(local.post(CLOUD, "us", path, "{}", None), nothing, "{path}");
    }
}

#[test]
fn a_business_call_needs_a_token() {
    let mut local = Local::new();
    let path = format!("/v1.0/users/{ANN}/devices");
    assert_eq!(local.get(CLOUD, "us", &path, None), refused(1002, "access_token is null"));
    assert_eq!(local.get(CLOUD, "us", &path, Some("unknown")), refused(1010, "token invalid"));
    let of_cloud = text(&local.get(CLOUD, "us", TOKEN, None).unwrap(), "access_token");
    assert_eq!(local.get(APP, "us", &path, Some(&of_cloud)), refused(1010, "token invalid"));
}

#[test]
fn simple_mode_reaches_the_users_linked_to_the_project() {
    let mut local = Local::new();
    let token = text(&local.get(CLOUD, "us", TOKEN, None).unwrap(), "access_token");
    let devices = local.get(CLOUD, "us", &format!("/v1.0/users/{ANN}/devices"), Some(&token)).unwrap();
    let names: Vec<_> = devices.as_array().unwrap().iter().map(|device| text(device, "name")).collect();
    assert_eq!(names, ["Ann's lamp", "Ann's plug"]);
    assert_eq!(
        local.get(CLOUD, "us", &format!("/v1.0/users/{BO}/devices"), Some(&token)),
        refused(1106, "permission deny")
    );
    let token = text(&local.get(CLOUD, "eu", TOKEN, None).unwrap(), "access_token");
    assert_eq!(
        local.get(CLOUD, "eu", &format!("/v1.0/users/{BO}/devices"), Some(&token)),
        refused(1106, "permission deny"),
        "bo is not linked to the project"
    );
}

#[test]
fn code_mode_reaches_the_user_who_consented_and_nobody_else() {
    let mut local = Local::new();
    let code = code_for(&mut local, "eu", browser::BO);
    let grant = local.get(APP, "eu", &format!("/v1.0/token?grant_type=2&code={code}"), None).unwrap();
    assert_eq!(text(&grant, "uid"), BO);
    let token = text(&grant, "access_token");
    let devices = local.get(APP, "eu", &format!("/v1.0/users/{BO}/devices"), Some(&token)).unwrap();
    assert_eq!(devices.as_array().unwrap().len(), 2);
    let device = format!("/v1.0/devices/{}", text(&devices[0], "id"));
    assert_eq!(text(&local.get(APP, "eu", &device, Some(&token)).unwrap(), "uid"), BO);
    for path in [format!("/v1.0/users/{ANN}/devices"), "/v1.0/devices/vdevo170000000000001".to_owned()] {
        assert_eq!(local.get(APP, "eu", &path, Some(&token)), refused(1106, "permission deny"));
    }
}

#[test]
fn a_row_that_cannot_be_read_is_a_system_error() {
    let mut local = Local::new();
    let mut row = local.cloud.snapshot().into_iter().find(|row| row.key.contains(APP.0)).unwrap();
    row.value = Some("{".to_owned());
    local.cloud.apply(&[row]);
    assert_eq!(local.get(APP, "us", TOKEN, None), refused(500, "system error,please contact the admin"));
    assert!(local.get(CLOUD, "us", TOKEN, None).is_ok());
}
