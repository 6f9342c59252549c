//! Devices in the console's JSON.

use serde_json::{Value, json};

use crate::developer::{done, found, refusal, refused};
use crate::local::{ANN, CLOUD, Local, text};

#[test]
pub fn a_device_is_made_read_changed_and_deleted() {
    let mut local = Local::new();
    let given = json!({
        "dataCenter": "us", "uid": ANN, "name": "Heater", "category": "qn", "product_id": "heater1",
        "status": [{ "code": "switch", "value": true }, { "code": "temp_set", "value": 21.5 }],
    });
    let made = done(&mut local, "POST", "/devices", &given);
    let id = text(&made, "id");
    assert_eq!((id.len(), text(&made, "local_key").len()), (22, 16));
    let mut expected = given.clone();
    for (name, value) in [
        ("id", json!(id)),
        ("local_key", made["local_key"].clone()),
        ("product_name", json!("heater1")),
        ("online", json!(true)),
        ("sub", json!(false)),
        ("time_zone", json!("+00:00")),
        ("active_time", json!(1_760_000_000)),
        ("create_time", json!(1_760_000_000)),
        ("update_time", json!(1_760_000_000)),
    ] {
        expected[name] = value;
    }
    assert_eq!(made, expected);

    let path = format!("/devices/us/{id}");
    local.now += 60_000;
    let change = json!({
        "name": "Old heater", "online": false,
        "status": [{ "code": "temp_set", "value": 18 }, { "code": "mode", "value": "eco" }],
    });
    let changed = done(&mut local, "PATCH", &path, &change);
    expected["name"] = json!("Old heater");
    expected["online"] = json!(false);
    expected["update_time"] = json!(1_760_000_060);
    expected["status"] = json!([
        { "code": "switch", "value": true }, { "code": "temp_set", "value": 18 }, { "code": "mode", "value": "eco" },
    ]);
    assert_eq!(changed, expected);
    assert_eq!(found(&mut local, &path), expected);

    let token = text(&local.get(CLOUD, "us", "/v1.0/token?grant_type=1", None).unwrap(), "access_token");
    let seen = local.get(CLOUD, "us", &format!("/v1.0/devices/{id}"), Some(&token)).unwrap();
    assert_eq!((&seen["name"], &seen["status"]), (&expected["name"], &expected["status"]));

    assert_eq!(done(&mut local, "DELETE", &path, &json!({})), json!({}));
    for method in ["GET", "PATCH", "DELETE"] {
        assert_eq!(refused(&mut local, method, &path, &json!({})), refusal(404, "device_unknown", ""), "{method}");
    }
}

#[test]
fn devices_of_another_form_are_refused() {
    let mut local = Local::new();
    let given = json!({ "dataCenter": "us", "uid": ANN, "name": "Heater", "category": "qn", "product_id": "heater1" });
    let point = |value: Value| json!([{ "code": "a", "value": value }]);
    let many: Vec<Value> = (0..101).map(|at| json!({ "code": format!("c{at}"), "value": 1 })).collect();
    for (name, value, id) in [
        ("dataCenter", json!("mars"), "data_center_unknown"),
        ("dataCenter", json!("eu"), "user_unknown"),
        ("uid", json!("nobody"), "user_unknown"),
        ("name", json!(""), "field_invalid"),
        ("category", json!("QN"), "field_invalid"),
        ("product_id", json!("a b"), "field_invalid"),
        ("product_name", json!("\n"), "field_invalid"),
        ("time_zone", json!("Europe/Zurich"), "field_invalid"),
        ("online", json!("yes"), "field_invalid"),
        ("status", json!({}), "field_invalid"),
        ("status", json!([{ "code": "a" }]), "field_invalid"),
        ("status", json!([{ "code": "a", "value": 1, "t": 1 }]), "field_invalid"),
        ("status", json!([{ "code": "a b", "value": 1 }]), "field_invalid"),
        ("status", json!([{ "code": "a", "value": 1 }, { "code": "a", "value": 2 }]), "field_invalid"),
        ("status", point(json!(null)), "field_invalid"),
        ("status", point(json!({})), "field_invalid"),
        ("status", point(json!("a".repeat(1025))), "field_invalid"),
        ("status", json!(many), "field_invalid"),
        ("id", json!("mine"), "field_fixed"),
        ("local_key", json!("mine"), "field_fixed"),
        ("colour", json!("red"), "field_unknown"),
    ] {
        let mut body = given.clone();
        body[name] = value;
        let (status, error, field) = refused(&mut local, "POST", "/devices", &body);
        let expected_field = if id == "user_unknown" { "uid" } else { name };
        assert_eq!((status, error, field), refusal(400, id, expected_field), "{body}");
    }
    let path = "/devices/us/vdevo170000000000001";
    for (body, id, field) in [
        (json!({ "uid": ANN }), "field_fixed", "uid"),
        (json!({ "local_key": "mine" }), "field_fixed", "local_key"),
        (json!({ "online": 1 }), "field_invalid", "online"),
        (json!({ "status": [1] }), "field_invalid", "status"),
        (json!({ "status": many }), "field_invalid", "status"),
    ] {
        assert_eq!(refused(&mut local, "PATCH", path, &body), refusal(400, id, field), "{body}");
    }
}

#[test]
fn a_device_cannot_grow_without_end() {
    let mut local = Local::new();
    let path = "/devices/us/vdevo170000000000001";
    let points = |range: std::ops::Range<usize>| -> Vec<Value> {
        range.map(|at| json!({ "code": format!("c{at}"), "value": 1 })).collect()
    };
    done(&mut local, "PATCH", path, &json!({ "status": points(0..98) }));
    let outcome = refused(&mut local, "PATCH", path, &json!({ "status": points(98..99) }));
    assert_eq!(outcome, refusal(400, "field_invalid", "status"));
}
