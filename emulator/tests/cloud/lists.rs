//! Lists of devices, page by page.

use serde_json::{Value, json};

use crate::local::{ANN, BO, CLOUD, Local, refused, text};

/// A cloud in which Ann has `count` devices more, and a token.
fn with_devices(count: usize) -> (Local, String) {
    let mut local = Local::new();
    for at in 0..count {
        let id = format!("extra{at:03}");
        let mut device: Value = stored(&local, "device/us/vdevo170000000000001");
        device["id"] = id.clone().into();
        device["category"] = if at % 2 == 0 { "kg" } else { "dj" }.into();
        device["update_time"] = (1_700_000_100 + at).into();
        local.put(&format!("device/us/{id}"), &device);
    }
    let token = local.token("us");
    (local, token)
}

fn stored(local: &Local, key: &str) -> Value {
    let row = local.cloud.snapshot().into_iter().find(|row| row.key == key).unwrap();
    serde_json::from_str(&row.value.unwrap()).unwrap()
}

fn ids(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|device| text(device, "id")).collect()
}

#[test]
pub fn pages_follow_each_other_by_row_key() {
    let (mut local, token) = with_devices(47);
    for (path, size, list) in [
        ("/v1.0/iot-01/associated-users/devices?size=20", 20, "devices"),
        ("/v1.0/iot-01/associated-users/devices?", 20, "devices"),
        ("/v1.0/iot-03/devices?page_size=10", 10, "devices"),
        (&format!("/v1.3/iot-03/devices?source_type=tuyaUser&source_id={ANN}&page_size=49"), 49, "list"),
        (&format!("/v1.2/iot-03/devices?source_type=tuyaUser&source_id={ANN}&page_size=7"), 7, "list"),
    ] {
        let mut seen = Vec::new();
        let mut row_key = String::new();
        loop {
            let page = local.get(CLOUD, "us", &format!("{path}&last_row_key={row_key}"), Some(&token)).unwrap();
            assert_eq!(page["total"], 49);
            let shown = ids(&page[list]);
            seen.extend(shown.clone());
            if page["has_more"] == false {
                break;
            }
            assert_eq!(shown.len(), size, "{path}");
            row_key = text(&page, "last_row_key");
        }
        let mut sorted = seen.clone();
        sorted.sort();
        sorted.dedup();
        assert_eq!((seen.len(), &seen), (49, &sorted), "{path}");
    }
}

#[test]
pub fn pages_follow_each_other_by_number() {
    let (mut local, token) = with_devices(3);
    let mut get = |path: &str| local.get(CLOUD, "us", path, Some(&token));
    for (path, shown, more) in [
        ("/v1.0/devices?page_no=1&page_size=2", vec!["extra000", "extra001"], true),
        ("/v1.0/devices?page_no=3&page_size=2", vec!["vdevo170000000000002"], false),
        ("/v1.0/devices/?page_no=4&page_size=2", vec![], false),
        ("/v1.0/devices/?device_ids=extra002,extra000,other", vec!["extra000", "extra002"], false),
    ] {
        let page = get(path).unwrap();
        assert_eq!(
            (ids(&page["devices"]), &page["has_more"]),
            (shown.into_iter().map(str::to_owned).collect(), &json!(more))
        );
    }
    assert_eq!(get("/v1.0/devices?page_no=0"), refused(1101, "params range invalid"));
    assert!(get("/v1.0/devices?page_no=18446744073709551615").is_ok());
}

#[test]
pub fn a_list_is_of_what_is_asked_for() {
    let (mut local, token) = with_devices(4);
    let mut get = |path: &str| local.get(CLOUD, "us", path, Some(&token));
    let mut list = |path: &str| {
        let page = get(path).unwrap();
        ids(if page["list"].is_array() { &page["list"] } else { &page["devices"] })
    };
    assert_eq!(list("/v1.0/iot-03/devices?category=kg"), ["extra000", "extra002"]);
    assert_eq!(list("/v1.0/iot-03/devices?product_id=demo0product0cz"), ["vdevo170000000000002"]);
    assert_eq!(list("/v1.0/iot-03/devices?name=Ann's+plug"), ["vdevo170000000000002"]);
    assert_eq!(list("/v1.0/iot-03/devices?device_ids=extra001,vdevo170000000000003"), ["extra001"]);
    assert_eq!(list("/v1.3/iot-03/devices?source_type=product&source_id=demo0product0cz"), ["vdevo170000000000002"]);
    assert_eq!(list("/v1.3/iot-03/devices?source_type=homeApp&source_id=Demo+Home").len(), 6);
    assert_eq!(list("/v1.3/iot-03/devices?source_type=homeApp&source_id=Other").len(), 0);
    assert_eq!(list("/v1.3/iot-03/devices").len(), 0, "assets are the default");
    let since = "/v1.0/iot-01/associated-users/devices?start_update_time=1700000101&end_update_time=1700000102";
    assert_eq!(list(since), ["extra001", "extra002"]);
}

#[test]
fn parameters_of_lists_are_checked() {
    let mut local = Local::new();
    let token = local.token("us");
    let (range, illegal) = (refused(1101, "params range invalid"), refused(1109, "param is illegal, please check it"));
    for (path, expected) in [
        ("/v1.0/iot-01/associated-users/devices?size=0", &range),
        ("/v1.0/iot-01/associated-users/devices?size=201", &range),
        ("/v1.0/iot-01/associated-users/devices?size=-1", &illegal),
        ("/v1.0/iot-01/associated-users/devices?last_row_key=zz", &illegal),
        ("/v1.0/iot-01/associated-users/devices?last_row_key=FF", &illegal),
        ("/v1.0/iot-01/associated-users/devices?start_update_time=yesterday", &illegal),
        ("/v1.3/iot-03/devices?source_type=other&source_id=a", &illegal),
        ("/v1.3/iot-03/devices?source_type=tuyaUser", &refused(1100, "param is empty")),
        (&format!("/v1.3/iot-03/devices?source_type=tuyaUser&source_id={BO}"), &refused(1106, "permission deny")),
    ] {
        assert_eq!(&local.get(CLOUD, "us", path, Some(&token)), expected, "{path}");
    }
}
