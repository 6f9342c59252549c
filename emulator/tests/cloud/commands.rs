//! Commands to devices, and what devices take.

use serde_json::{Value, json};
use tuya_auth::sign::SignerOptions;

use crate::browser::{self, code_for};
use crate::developer::done;
use crate::local::{APP, CLOUD, Local, header, outcome, refused, signed_request, text};

const LAMP: &str = "vdevo170000000000001";
const ROW: &str = "device/us/vdevo170000000000001";

/// Sends commands to Ann's lamp.
fn send(local: &mut Local, token: &str, commands: &Value) -> crate::local::Outcome {
    let body = json!({ "commands": commands }).to_string();
    local.post(CLOUD, "us", &format!("/v1.0/devices/{LAMP}/commands"), &body, Some(token))
}

fn status(local: &mut Local, token: &str) -> Value {
    local.get(CLOUD, "us", &format!("/v1.0/devices/{LAMP}/status"), Some(token)).unwrap()
}

#[test]
pub fn a_command_changes_the_status() {
    for path in ["/v1.0/devices", "/v1.0/iot-03/devices"] {
        let mut local = Local::new();
        let token = local.token("us");
        let body = r#"{"commands":[{"code":"bright_value","value":25},{"code":"switch_led","value":false}]}"#;
        local.now += 5_000;
        let path = format!("{path}/{LAMP}/commands");
        assert_eq!(local.post(CLOUD, "us", &path, body, Some(&token)), Ok(json!(true)));
        assert_eq!(
            status(&mut local, &token),
            json!([{ "code": "switch_led", "value": false }, { "code": "bright_value", "value": 25 }])
        );
        let device = local.get(CLOUD, "us", &format!("/v1.0/devices/{LAMP}"), Some(&token)).unwrap();
        assert_eq!(device["update_time"], 1_760_000_005, "in seconds");
    }
}

#[test]
fn a_token_of_code_mode_commands_its_users_devices() {
    let mut local = Local::new();
    let code = code_for(&mut local, "eu", browser::BO);
    let grant = local.get(APP, "eu", &format!("/v1.0/token?grant_type=2&code={code}"), None).unwrap();
    let token = text(&grant, "access_token");
    let on = r#"{"commands":[{"code":"switch_1","value":true}]}"#;
    let plug = "/v1.0/devices/vdevo170000000000004";
    assert_eq!(local.post(APP, "eu", &format!("{plug}/commands"), on, Some(&token)), Ok(json!(true)));
    let status = local.get(APP, "eu", &format!("{plug}/status"), Some(&token)).unwrap();
    assert_eq!(status[0], json!({ "code": "switch_1", "value": true }));
    let denied = refused(1106, "permission deny");
    let of_ann = format!("/v1.0/devices/{LAMP}/commands");
    assert_eq!(local.post(APP, "eu", &of_ann, on, Some(&token)), denied, "no such device here");
    let simple = local.token("eu");
    assert_eq!(local.post(CLOUD, "eu", &format!("{plug}/commands"), on, Some(&simple)), denied, "bo is not linked");
}

#[test]
fn an_unknown_code_or_another_value_changes_nothing() {
    let mut local = Local::new();
    let token = local.token("us");
    let before = status(&mut local, &token);
    let not_supported = refused(2008, "command or value not support");
    for (code, value) in [
        ("switch_9", json!(true)),
        ("switch_led", json!(1)),
        ("switch_led", json!("true")),
        ("switch_led", json!(null)),
        ("bright_value", json!("100")),
        ("bright_value", json!(100.5)),
        ("bright_value", json!(24)),
        ("bright_value", json!(256)),
    ] {
        let commands = json!([{ "code": "switch_led", "value": false }, { "code": code, "value": value }]);
        assert_eq!(send(&mut local, &token, &commands), not_supported, "{code} {value}");
    }
    assert_eq!(status(&mut local, &token), before);
}

#[test]
fn what_no_document_describes_takes_values_of_its_kind() {
    let mut local = Local::new();
    local.edit(ROW, |device| {
        device["category"] = "qt".into();
        device["status"] = json!([
            { "code": "a", "value": true },
            { "code": "b", "value": 7 },
            { "code": "c", "value": "text" },
            { "code": "d", "value": { "h": 1 } },
        ]);
    });
    let token = local.token("us");
    for (code, value, good) in [
        ("a", json!(false), true),
        ("a", json!(0), false),
        ("b", json!(-70_000), true),
        ("b", json!(3_000_000_000_u64), false),
        ("b", json!(true), false),
        ("c", json!("other"), true),
        ("c", json!("x".repeat(256)), false),
        ("c", json!(1), false),
        ("d", json!({ "s": 2 }), true),
        ("d", json!("{}"), true),
        ("d", json!(2), false),
    ] {
        let sent = send(&mut local, &token, &json!([{ "code": code, "value": value }]));
        assert_eq!(sent.is_ok(), good, "{code} {value}");
    }
    local.edit(ROW, |device| {
        device["category"] = "dj".into();
        device["status"] = json!([{ "code": "work_mode", "value": "white" }]);
    });
    assert!(send(&mut local, &token, &json!([{ "code": "work_mode", "value": "scene_4" }])).is_ok());
    assert!(send(&mut local, &token, &json!([{ "code": "work_mode", "value": "scene_5" }])).is_err());
}

#[test]
fn json_becomes_a_text_of_the_status_and_the_console_can_go_on_setting_the_device() {
    let mut local = Local::new();
    let colour = json!({ "status": [{ "code": "colour_data", "value": "" }] });
    done(&mut local, "PATCH", "/devices/us/vdevo170000000000001", &colour);
    let token = local.token("us");
    let command = |value: Value| json!([{ "code": "colour_data", "value": value }]);
    for value in [json!({ "h": 1, "s": 2 }), json!(r#"{"h":1,"s":2}"#)] {
        assert_eq!(send(&mut local, &token, &command(value)), Ok(json!(true)));
        assert_eq!(status(&mut local, &token)[2], json!({ "code": "colour_data", "value": r#"{"h":1,"s":2}"# }));
    }
    assert!(send(&mut local, &token, &command(json!({ "h": "1".repeat(1024) }))).is_err());
    let set = done(&mut local, "PATCH", "/devices/us/vdevo170000000000001", &json!({ "online": false }));
    assert_eq!(set["online"], json!(false));
}

#[test]
fn a_device_that_is_offline_takes_no_command() {
    let mut local = Local::new();
    local.edit(ROW, |device| device["online"] = false.into());
    let token = local.token("us");
    let commands = json!([{ "code": "switch_led", "value": false }]);
    assert_eq!(send(&mut local, &token, &commands), refused(2001, "device is offline"));
    local.edit(ROW, |device| device["online"] = true.into());
    assert!(send(&mut local, &token, &commands).is_ok());
}

#[test]
fn bodies_are_parsed_strictly() {
    let mut local = Local::new();
    let token = local.token("us");
    let path = format!("/v1.0/devices/{LAMP}/commands");
    let illegal = || refused(1109, "param is illegal, please check it");
    let empty = || refused(1100, "param is empty");
    for (body, expected) in [
        ("", illegal()),
        ("[]", illegal()),
        ("{", illegal()),
        ("{} {}", illegal()),
        (r#"{"commands":{}}"#, illegal()),
        (r#"{"commands":[{"code":"switch_led"}]}"#, illegal()),
        (r#"{"commands":[{"value":true}]}"#, illegal()),
        (r#"{"commands":[{"code":1,"value":true}]}"#, illegal()),
        (r#"{"commands":[],"commands":[]}"#, illegal()),
        ("{}", empty()),
        (r#"{"commands":null}"#, empty()),
        (r#"{"commands":[]}"#, empty()),
        (r#"{"commands":[{"code":"switch_led","value":true}],"other":1}"#, Ok(json!(true))),
    ] {
        assert_eq!(local.post(CLOUD, "us", &path, body, Some(&token)), expected, "{body}");
    }
}

#[test]
fn a_body_is_said_to_be_json() {
    let mut local = Local::new();
    let token = local.token("us");
    let path = format!("/v1.0/devices/{LAMP}/commands");
    let body = br#"{"commands":[{"code":"switch_led","value":true}]}"#;
    for (content_type, good) in [
        (Some("application/json"), true),
        (Some("application/json; charset=utf-8"), true),
        (Some("text/plain"), false),
        (None, false),
    ] {
        let mut headers = signed_request(CLOUD, "POST", &path, body, Some(&token), local.now, SignerOptions::default());
        headers.extend(content_type.map(|value| header("content-type", value)));
        let sent = outcome(&local.send("POST", &format!("/us{path}"), &headers, body));
        let expected = if good { Ok(json!(true)) } else { refused(1006, "not support content type") };
        assert_eq!(sent, expected, "{content_type:?}");
    }
}

#[test]
pub fn a_specification_tells_what_is_taken() {
    let mut local = Local::new();
    let token = local.token("us");
    let mut get = |path: &str| local.get(CLOUD, "us", path, Some(&token)).unwrap();
    let bright = json!({ "unit": "", "min": 25, "max": 255, "scale": 0, "step": 1 });
    for (path, dp_id) in [
        (format!("/v1.0/devices/{LAMP}/specifications"), Value::Null),
        (format!("/v1.0/iot-03/devices/{LAMP}/specification"), Value::Null),
        (format!("/v1.1/devices/{LAMP}/specifications"), json!(2)),
    ] {
        let specification = get(&path);
        assert_eq!((&specification["category"], &specification["status"]), (&json!("dj"), &specification["functions"]));
        let function = &specification["functions"][1];
        assert_eq!((&function["code"], &function["type"]), (&json!("bright_value"), &json!("Integer")));
        assert_eq!(serde_json::from_str::<Value>(&text(function, "values")).unwrap(), bright);
        assert_eq!(function["dp_id"], dp_id);
    }
    for path in [format!("/v1.0/devices/{LAMP}/functions"), format!("/v1.0/iot-03/devices/{LAMP}/functions")] {
        let switch = json!({
            "code": "switch_led", "name": "switch_led", "desc": "switch_led", "type": "Boolean", "values": "{}",
        });
        assert_eq!(get(&path)["functions"][0], switch);
    }
}
