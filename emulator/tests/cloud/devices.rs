//! Devices one by one.

use serde_json::{Value, json};

use crate::local::{CLOUD, Local, refused, text};

const LAMP: &str = "vdevo170000000000001";
const PLUG: &str = "vdevo170000000000002";

#[test]
pub fn details_hold_the_local_key() {
    let mut local = Local::new();
    let token = local.token("us");
    let mut get = |path: &str| local.get(CLOUD, "us", &format!("{path}/{LAMP}"), Some(&token)).unwrap();
    let device = get("/v1.0/devices");
    assert_eq!((text(&device, "id"), text(&device, "uuid")), (LAMP.to_owned(), LAMP.to_owned()));
    assert_eq!(text(&device, "local_key"), "local-0000000001");
    assert_eq!(device["status"][0], json!({ "code": "switch_led", "value": true }));
    let of_project = get("/v1.0/iot-03/devices");
    assert_eq!(of_project["local_key"], device["local_key"]);
    assert_eq!((&of_project["status"], &of_project["asset_id"]), (&Value::Null, &json!("")));
}

#[test]
pub fn status_of_one_and_of_many() {
    let mut local = Local::new();
    let token = local.token("us");
    for path in ["/v1.0/devices", "/v1.0/iot-03/devices"] {
        let one = local.get(CLOUD, "us", &format!("{path}/{PLUG}/status"), Some(&token)).unwrap();
        assert_eq!(one, json!([{ "code": "switch_1", "value": false }, { "code": "countdown_1", "value": 0 }]));
        let many = local.get(CLOUD, "us", &format!("{path}/status?device_ids={PLUG},{LAMP}"), Some(&token)).unwrap();
        assert_eq!((&many[0]["id"], &many[0]["status"]), (&json!(PLUG), &one));
        assert_eq!(many[1]["id"], LAMP);
        let infos = local.get(CLOUD, "us", &format!("{path}/factory-infos?device_ids={LAMP}"), Some(&token)).unwrap();
        assert_eq!(infos, json!([{ "id": LAMP, "uuid": LAMP, "sn": "", "mac": "" }]));
    }
}

#[test]
pub fn ids_that_a_query_names_are_counted_and_checked() {
    let mut local = Local::new();
    let token = local.token("us");
    let mut get = |path: &str| local.get(CLOUD, "us", path, Some(&token));
    let ids = |count: usize| vec![LAMP; count].join(",");
    assert_eq!(get("/v1.0/devices/status"), refused(1100, "param is empty"));
    assert_eq!(get("/v1.0/devices/status?device_ids="), refused(1100, "param is empty"));
    assert!(get(&format!("/v1.0/devices/status?device_ids={}", ids(20))).is_ok());
    let range = refused(1101, "params range invalid");
    assert_eq!(get(&format!("/v1.0/devices/status?device_ids={}", ids(21))), range);
    assert!(get(&format!("/v1.0/devices/factory-infos?device_ids={}", ids(50))).is_ok());
    assert_eq!(get(&format!("/v1.0/devices/factory-infos?device_ids={}", ids(51))), range);
    let denied = refused(1106, "permission deny");
    assert_eq!(get(&format!("/v1.0/devices/status?device_ids={LAMP},vdevo170000000000003")), denied, "bo's");
    assert_eq!(get(&format!("/v1.0/devices/status?device_ids={LAMP},")), denied);
}
