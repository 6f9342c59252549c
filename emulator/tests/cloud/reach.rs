//! What tokens reach by data sources and permission packages.

use serde_json::json;

use crate::browser::{self, code_for};
use crate::local::{ANN, APP, BO, CLOUD, Local, refused, text};

/// What a simple-mode token sees of `eu`, with these packages and these rows besides the seed's: its list, and whether
/// it may read and command Bo's lamp.
fn simple(packages: [bool; 3], sources: &[&str]) -> (Option<usize>, bool, bool) {
    let mut local = Local::new();
    let [pid, app, user] = packages;
    local.edit("project/demo-project", |project| project["packages"] = json!({ "pid": pid, "app": app, "user": user }));
    for source in sources {
        local.put(source, &json!({}));
    }
    let token = local.token("eu");
    let list = local.get(CLOUD, "eu", "/v1.0/iot-01/associated-users/devices", Some(&token));
    if let Err(refusal) = &list {
        assert_eq!(refusal.0, 1106);
    }
    let lamp = "/v1.0/devices/vdevo170000000000003";
    let read = local.get(CLOUD, "eu", lamp, Some(&token));
    let on = r#"{"commands":[{"code":"switch_led","value":true}]}"#;
    let command = local.post(CLOUD, "eu", &format!("{lamp}/commands"), on, Some(&token));
    for refusal in [&read, &command] {
        assert!(refusal.is_ok() || *refusal == refused(1106, "permission deny"));
    }
    (list.ok().map(|list| list["devices"].as_array().unwrap().len()), read.is_ok(), command.is_ok())
}

#[test]
fn each_data_source_of_simple_mode_needs_its_package() {
    let product = "product_source/demo-project/demo0product0dj";
    let app = "app_source/demo-project/Demo%20Home";
    let user = &format!("link/demo-project/eu/{BO}");
    let all = [product, app, user];
    assert_eq!(simple([true, false, false], &all), (Some(1), true, true), "the lamp's product alone");
    assert_eq!(simple([false, true, false], &all), (Some(2), true, true), "both devices of the app's user");
    assert_eq!(simple([false, false, true], &all), (Some(2), true, true), "both devices of the linked user");
    assert_eq!(simple([false, false, false], &all), (None, false, false));
    assert_eq!(simple([false, true, true], &[product]), (Some(0), false, false));
    assert_eq!(simple([true, false, true], &[app]), (Some(0), false, false));
    assert_eq!(simple([true, true, false], &[user]), (Some(0), false, false));
    assert_eq!(simple([true, true, true], &[]), (Some(0), false, false));
}

#[test]
fn code_mode_needs_the_package_of_users_and_no_other() {
    for (packages, good) in [
        (json!({ "pid": false, "app": false, "user": true }), true),
        (json!({ "pid": true, "app": true, "user": false }), false),
    ] {
        let mut local = Local::new();
        local.edit("project/demo-project", |project| project["packages"] = packages);
        for source in ["product_source/demo-project/demo0product0dj", "app_source/demo-project/Demo%20Home"] {
            local.put(source, &json!({}));
        }
        let code = code_for(&mut local, "us", browser::ANN);
        let grant = local.get(APP, "us", &format!("/v1.0/token?grant_type=2&code={code}"), None).unwrap();
        let token = text(&grant, "access_token");
        for path in [
            &format!("/v1.0/users/{ANN}/devices"),
            "/v1.0/devices/vdevo170000000000001",
            "/v1.0/iot-01/associated-users/devices",
            "/v1.0/devices/status?device_ids=vdevo170000000000001",
        ] {
            let outcome = local.get(APP, "us", path, Some(&token));
            assert!(if good { outcome.is_ok() } else { outcome == refused(1106, "permission deny") }, "{path}");
        }
    }
}
