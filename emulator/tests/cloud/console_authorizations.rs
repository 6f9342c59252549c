//! Projects and their authorizations in the console's JSON.

use serde_json::{Value, json};

use crate::developer::{console, done, found, refusal, refused};
use crate::local::{APP, CLOUD, Local};

const SHA1: &str = "0a:1b:2C:3D:4e:5f:60:71:82:93:a4:b5:c6:d7:e8:f9:0A:1B:2C:3D";
const OWN: &str = "/projects/demo-project/authorizations";

fn android() -> Value {
    json!({
        "kind": "app", "platform": "android", "applicationName": "Second Home", "applicationId": "com.example.second",
        "sha1": SHA1, "description": "For Android",
    })
}

/// The same object with these fields; null takes one away.
fn with(object: &Value, fields: &Value) -> Value {
    let mut object = object.clone();
    for (name, value) in fields.as_object().unwrap() {
        object[name] = value.clone();
    }
    object.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    object
}

#[test]
pub fn the_seeds_project_is_shown_with_its_keys() {
    let projects = found(&mut Local::new(), "/projects")["projects"].clone();
    assert_eq!(projects.as_array().unwrap().len(), 1);
    let callback = |data_center: &str| format!("http://localhost:8788/auth/callback/{data_center}");
    assert_eq!(
        projects[0],
        json!({
            "id": "demo-project", "name": "Demo project",
            "authorizations": [
                {
                    "id": "demo-cloud", "kind": "cloud", "name": "Cloud authorization",
                    "description": "Made with the project", "clientId": CLOUD.0, "secret": CLOUD.1,
                },
                {
                    "id": "demo-app", "kind": "app", "platform": "android", "name": "App authorization",
                    "description": "The app whose accounts can be linked", "clientId": APP.0, "secret": APP.1,
                    "sha1": "DE:30:DE:30:DE:30:DE:30:DE:30:DE:30:DE:30:DE:30:DE:30:DE:30",
                    "applicationId": "com.example.demo", "applicationName": "Demo Home",
                },
            ],
            "oauth": {
                "enabled": true, "authorizationId": "demo-app",
                "callbacks": {
                    "cn": callback("cn"), "us": callback("us"), "ueaz": callback("ueaz"), "eu": callback("eu"),
                    "weaz": callback("weaz"), "in": callback("in"), "sg": callback("sg"),
                },
            },
            "packages": { "pid": true, "app": true, "user": true },
        })
    );
}

#[test]
fn a_new_project_has_one_cloud_authorization_that_works() {
    let mut local = Local::new();
    let names = ["Second", "Third"];
    let made = names.map(|name| done(&mut local, "POST", "/projects", &json!({ "name": name })));
    for project in &made {
        let keys = project["authorizations"].as_array().unwrap();
        assert_eq!(keys.len(), 1);
        assert_eq!((&keys[0]["kind"], &keys[0]["name"]), (&json!("cloud"), &json!("Cloud authorization")));
        let text = |name: &str| keys[0][name].as_str().unwrap().to_owned();
        for (name, length) in [("clientId", 20), ("secret", 32)] {
            let value = text(name);
            assert_eq!(value.len(), length, "{value}");
            assert!(value.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()), "{value}");
        }
        assert_eq!(project["oauth"], json!({ "enabled": false, "authorizationId": null, "callbacks": {} }));
        assert!(local.get((&text("clientId"), &text("secret")), "cn", "/v1.0/token?grant_type=1", None).is_ok());
    }
    assert_ne!(made[0]["id"], made[1]["id"]);
    assert_ne!(made[0]["authorizations"][0]["clientId"], made[1]["authorizations"][0]["clientId"]);
    let projects = found(&mut local, "/projects")["projects"].clone();
    assert_eq!(projects.as_array().unwrap()[1..], made, "in the order in which they were created");
    assert_eq!(found(&mut local, &format!("/projects/{}", made[1]["id"].as_str().unwrap())), made[1]);
}

#[test]
pub fn a_project_can_be_renamed_and_nothing_else() {
    let mut local = Local::new();
    assert_eq!(done(&mut local, "PATCH", "/projects/demo-project", &json!({ "name": "Home" }))["name"], "Home");
    assert_eq!(found(&mut local, "/projects/demo-project")["name"], "Home");
    for (body, expected) in [
        (json!({}), refusal(400, "field_missing", "name")),
        (json!({ "name": 1 }), refusal(400, "field_invalid", "name")),
        (json!({ "name": " Home" }), refusal(400, "field_invalid", "name")),
        (json!({ "name": "Home", "id": "other" }), refusal(400, "field_fixed", "id")),
        (json!({ "name": "Home", "colour": "red" }), refusal(400, "field_unknown", "colour")),
        (json!(["Home"]), refusal(400, "json_invalid", "")),
    ] {
        assert_eq!(refused(&mut local, "PATCH", "/projects/demo-project", &body), expected, "{body}");
    }
    assert_eq!(
        refused(&mut local, "PATCH", "/projects/other", &json!({ "name": "Home" })),
        refusal(404, "project_unknown", "")
    );
}

#[test]
pub fn each_kind_can_be_added_with_its_own_fields_and_gets_a_working_key() {
    let mut local = Local::new();
    let other = done(&mut local, "POST", "/projects", &json!({ "name": "Other" }))["id"].clone();
    for given in [
        android(),
        json!({ "kind": "app", "platform": "ios", "bundleIdentifier": "com.example.second", "applicationName": "Ü" }),
        json!({ "kind": "wechat_mini_program", "wechatAppId": "wx0123456789abcdef", "name": "Mini" }),
        json!({ "kind": "third_party", "thirdPartyProject": other, "name": "Partner", "description": "Theirs" }),
    ] {
        let added = done(&mut local, "POST", OWN, &given);
        for (name, value) in given.as_object().unwrap() {
            let expected = if name == "sha1" { json!(SHA1.to_uppercase()) } else { value.clone() };
            assert_eq!(added[name], expected, "{name}");
        }
        let default = given.get("applicationName").unwrap_or(&given["name"]);
        assert_eq!(&added["name"], default, "an app authorization is called like its app");
        assert_eq!(found(&mut local, &format!("{OWN}/{}", added["id"].as_str().unwrap())), added);
        let keys = (added["clientId"].as_str().unwrap(), added["secret"].as_str().unwrap());
        assert!(local.get(keys, "eu", "/v1.0/token?grant_type=1", None).is_ok());
    }
    let kinds: Vec<Value> =
        found(&mut local, OWN)["authorizations"].as_array().unwrap().iter().map(|own| own["kind"].clone()).collect();
    assert_eq!(kinds, ["cloud", "app", "app", "app", "wechat_mini_program", "third_party"]);
}

#[test]
fn what_is_missing_wrong_or_of_another_kind_is_refused() {
    let mut local = Local::new();
    let ios = json!({ "kind": "app", "platform": "ios", "bundleIdentifier": "com.example", "applicationName": "Home" });
    let wechat = json!({ "kind": "wechat_mini_program", "wechatAppId": "wx0123456789abcdef", "name": "Mini" });
    let third = json!({ "kind": "third_party", "thirdPartyProject": "demo-project", "name": "Partner" });
    for (given, changed, id, field) in [
        (&android(), json!({ "kind": null }), "field_missing", "kind"),
        (&android(), json!({ "kind": "web" }), "field_invalid", "kind"),
        (&android(), json!({ "platform": null }), "field_missing", "platform"),
        (&android(), json!({ "platform": "windows" }), "field_invalid", "platform"),
        (&android(), json!({ "sha1": null }), "field_missing", "sha1"),
        (&android(), json!({ "sha1": SHA1.replace(':', "") }), "field_invalid", "sha1"),
        (&android(), json!({ "applicationId": null }), "field_missing", "applicationId"),
        (&android(), json!({ "applicationId": "com" }), "field_invalid", "applicationId"),
        (&android(), json!({ "applicationName": null }), "field_missing", "applicationName"),
        (&android(), json!({ "applicationName": "wx0123456789abcdef" }), "field_invalid", "applicationName"),
        (&android(), json!({ "name": "" }), "field_invalid", "name"),
        (&android(), json!({ "description": "a".repeat(256) }), "field_invalid", "description"),
        (&android(), json!({ "description": 1 }), "field_invalid", "description"),
        (&android(), json!({ "bundleIdentifier": "com.example" }), "field_of_another_kind", "bundleIdentifier"),
        (&android(), json!({ "clientId": "mine" }), "field_unknown", "clientId"),
        (&ios, json!({ "bundleIdentifier": "com.exa_mple" }), "field_invalid", "bundleIdentifier"),
        (&ios, json!({ "bundleIdentifier": null }), "field_missing", "bundleIdentifier"),
        (&ios, json!({ "sha1": SHA1 }), "field_of_another_kind", "sha1"),
        (&wechat, json!({ "wechatAppId": "wx01" }), "field_invalid", "wechatAppId"),
        (&wechat, json!({ "name": null }), "field_missing", "name"),
        (&wechat, json!({ "platform": "ios" }), "field_of_another_kind", "platform"),
        (&wechat, json!({ "applicationName": "Home" }), "field_of_another_kind", "applicationName"),
        (&third, json!({}), "third_party_project_own", "thirdPartyProject"),
        (&third, json!({ "thirdPartyProject": "nobody" }), "third_party_project_unknown", "thirdPartyProject"),
        (&third, json!({ "thirdPartyProject": null }), "field_missing", "thirdPartyProject"),
    ] {
        let body = with(given, &changed);
        assert_eq!(refused(&mut local, "POST", OWN, &body), refusal(400, id, field), "{body}");
    }
    assert_eq!(
        refused(&mut local, "POST", "/projects/nobody/authorizations", &android()),
        refusal(404, "project_unknown", "")
    );
}

#[test]
fn a_cloud_authorization_cannot_be_added() {
    let body = json!({ "kind": "cloud", "name": "Another" });
    assert_eq!(refused(&mut Local::new(), "POST", OWN, &body), refusal(409, "cloud_authorization_exists", "kind"));
}

#[test]
fn no_authorization_can_be_deleted() {
    let mut local = Local::new();
    for id in ["demo-cloud", "demo-app"] {
        let outcome = refused(&mut local, "DELETE", &format!("{OWN}/{id}"), &json!({}));
        assert_eq!(outcome, refusal(409, "authorization_undeletable", ""), "{id}");
    }
    let outcome = refused(&mut local, "DELETE", &format!("{OWN}/other"), &json!({}));
    assert_eq!(outcome, refusal(404, "authorization_unknown", ""));
}

#[test]
pub fn name_description_and_own_fields_can_be_edited_and_key_and_kind_cannot() {
    let mut local = Local::new();
    let app = format!("{OWN}/demo-app");
    let before = found(&mut local, &app);
    let changed = json!({
        "name": "App", "description": "", "sha1": SHA1, "applicationId": "com.example.new", "applicationName": "Home",
    });
    let after = done(&mut local, "PATCH", &app, &changed);
    assert_eq!(after, with(&with(&before, &changed), &json!({ "sha1": SHA1.to_uppercase() })));
    assert_eq!(found(&mut local, &app), after);
    assert_eq!(done(&mut local, "PATCH", &app, &json!({})), after, "what is not given stays");

    let cloud = format!("{OWN}/demo-cloud");
    let edited = done(&mut local, "PATCH", &cloud, &json!({ "name": "Ours", "description": "Keep it" }));
    assert_eq!((&edited["name"], &edited["description"]), (&json!("Ours"), &json!("Keep it")));
    for (path, body, id, field) in [
        (&app, json!({ "clientId": "mine" }), "field_fixed", "clientId"),
        (&app, json!({ "secret": "mine" }), "field_fixed", "secret"),
        (&app, json!({ "id": "mine" }), "field_fixed", "id"),
        (&app, json!({ "kind": "cloud" }), "field_fixed", "kind"),
        (&app, json!({ "platform": "ios" }), "field_fixed", "platform"),
        (&app, json!({ "project": "other" }), "field_fixed", "project"),
        (&app, json!({ "number": 7 }), "field_unknown", "number"),
        (&app, json!({ "bundleIdentifier": "com.example" }), "field_of_another_kind", "bundleIdentifier"),
        (&app, json!({ "applicationId": "com" }), "field_invalid", "applicationId"),
        (&app, json!({ "name": null }), "field_invalid", "name"),
        (&cloud, json!({ "applicationName": "Home" }), "field_of_another_kind", "applicationName"),
    ] {
        assert_eq!(refused(&mut local, "PATCH", path, &body), refusal(400, id, field), "{body}");
    }
    assert_eq!(console(&mut local, "GET", &format!("{OWN}/other"), &json!({})).0, 404);
}

#[test]
fn an_authorization_is_found_in_its_own_project_only() {
    let mut local = Local::new();
    let other = done(&mut local, "POST", "/projects", &json!({ "name": "Other" }))["id"].clone();
    let path = format!("/projects/{}/authorizations/demo-app", other.as_str().unwrap());
    for method in ["GET", "PATCH", "DELETE"] {
        assert_eq!(refused(&mut local, method, &path, &json!({})), refusal(404, "authorization_unknown", ""));
    }
}
