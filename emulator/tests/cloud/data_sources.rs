//! Data sources and permission packages: the whole table of section 1 of docs/protocol.md.

use serde_json::{Value, json};

use crate::browser::{self, code_for};
use crate::developer::{console, done, found, refusal, refused};
use crate::local::{ANN, APP, BO, CLOUD, Local, refused as refused_with, text};

const SOURCES: &str = "/projects/demo-project/sources";
const PACKAGES: &str = "/projects/demo-project/packages";
const WECHAT: &str = "wx0123456789abcdef";
const LAMP: &str = "vdevo170000000000001";
const PLUG: &str = "vdevo170000000000002";

/// What makes Ann, or her lamp, a data source; each with the package that opens it, and whether it is all of Ann's.
fn sources() -> [(Value, &'static str, bool); 4] {
    [
        (json!({ "kind": "product", "productId": "demo0product0dj" }), "pid", false),
        (json!({ "kind": "app", "app": "Demo Home" }), "app", true),
        (json!({ "kind": "mini_program", "app": WECHAT }), "app", true),
        (json!({ "kind": "user", "dataCenter": "us", "uid": ANN }), "user", true),
    ]
}

/// Every set of packages.
fn packages() -> impl Iterator<Item = Value> {
    (0..8).map(|bits| json!({ "pid": bits & 1 != 0, "app": bits & 2 != 0, "user": bits & 4 != 0 }))
}

/// A cloud whose project has no data source, and Ann's devices.
fn bare() -> Local {
    let mut local = Local::new();
    done(&mut local, "DELETE", &format!("{SOURCES}/user/us/{ANN}"), &json!({}));
    local
}

/// Checks what a token reads of Ann: the ids of the devices that it sees, each way of asking alike.
fn assert_reads(local: &mut Local, keys: (&str, &str), token: &str, expected: &[&str], what: &str) {
    let list = local.get(keys, "us", &format!("/v1.0/users/{ANN}/devices"), Some(token));
    if expected.is_empty() {
        assert_eq!(list, refused_with(1106, "permission deny"), "{what}");
    } else {
        let ids: Vec<String> = list.unwrap().as_array().unwrap().iter().map(|device| text(device, "id")).collect();
        assert_eq!(ids, expected, "{what}");
    }
    for id in [LAMP, PLUG] {
        let one = local.get(keys, "us", &format!("/v1.0/devices/{id}"), Some(token));
        if expected.contains(&id) {
            assert_eq!(text(&one.unwrap(), "id"), id, "{what}");
        } else {
            assert_eq!(one, refused_with(1106, "permission deny"), "{what}");
        }
    }
}

#[test]
fn simple_mode_reads_each_data_source_by_its_own_package() {
    for (source, package, whole) in sources() {
        let mut local = bare();
        if source["app"] == WECHAT {
            done(&mut local, "PATCH", "/accounts/us/ann@example.com", &json!({ "app": WECHAT }));
        }
        let token = text(&local.get(CLOUD, "us", "/v1.0/token?grant_type=1", None).unwrap(), "access_token");
        assert_reads(&mut local, CLOUD, &token, &[], "no data source");
        assert_eq!(done(&mut local, "POST", SOURCES, &source), source);
        for packages in packages() {
            assert_eq!(done(&mut local, "PUT", PACKAGES, &packages), packages);
            let all: &[&str] = if whole { &[LAMP, PLUG] } else { &[LAMP] };
            let expected = if packages[package] == true { all } else { &[] };
            assert_reads(&mut local, CLOUD, &token, expected, &format!("{source} with {packages}"));
        }
    }
}

#[test]
fn code_mode_reads_the_user_who_authorized_by_the_user_package_and_nothing_else() {
    for others in [false, true] {
        let mut local = bare();
        if others {
            for (source, ..) in sources() {
                done(&mut local, "POST", SOURCES, &source);
            }
            done(&mut local, "POST", SOURCES, &json!({ "kind": "user", "dataCenter": "eu", "uid": BO }));
        }
        let code = code_for(&mut local, "eu", browser::BO);
        let grant = local.get(APP, "eu", &format!("/v1.0/token?grant_type=2&code={code}"), None).unwrap();
        let of_bo = text(&grant, "access_token");
        let code = code_for(&mut local, "us", browser::ANN);
        let grant = local.get(APP, "us", &format!("/v1.0/token?grant_type=2&code={code}"), None).unwrap();
        let of_ann = text(&grant, "access_token");
        for packages in packages() {
            done(&mut local, "PUT", PACKAGES, &packages);
            let expected: &[&str] = if packages["user"] == true { &[LAMP, PLUG] } else { &[] };
            assert_reads(&mut local, APP, &of_ann, expected, &format!("{packages}, {others}"));
            let of_another = local.get(APP, "eu", &format!("/v1.0/users/{ANN}/devices"), Some(&of_bo));
            assert_eq!(of_another, refused_with(1106, "permission deny"));
        }
    }
}

#[test]
fn a_data_source_belongs_to_one_project_and_one_data_center() {
    let mut local = bare();
    let other = done(&mut local, "POST", "/projects", &json!({ "name": "Other" }));
    let sources = format!("/projects/{}/sources", other["id"].as_str().unwrap());
    done(&mut local, "POST", &sources, &json!({ "kind": "user", "dataCenter": "us", "uid": ANN }));
    let keys = &other["authorizations"][0];
    let keys = (keys["clientId"].as_str().unwrap(), keys["secret"].as_str().unwrap());
    let token = text(&local.get(keys, "us", "/v1.0/token?grant_type=1", None).unwrap(), "access_token");
    assert_reads(&mut local, keys, &token, &[LAMP, PLUG], "its own");
    let token = text(&local.get(CLOUD, "us", "/v1.0/token?grant_type=1", None).unwrap(), "access_token");
    assert_reads(&mut local, CLOUD, &token, &[], "of another project");
    let token = text(&local.get(keys, "eu", "/v1.0/token?grant_type=1", None).unwrap(), "access_token");
    let elsewhere = local.get(keys, "eu", &format!("/v1.0/users/{ANN}/devices"), Some(&token));
    assert_eq!(elsewhere, refused_with(1106, "permission deny"), "of another data center");
}

#[test]
pub fn data_sources_are_listed_added_once_and_removed() {
    let mut local = bare();
    assert_eq!(found(&mut local, SOURCES), json!({ "sources": [] }));
    let all: Vec<Value> = sources().into_iter().map(|(source, ..)| source).collect();
    for source in all.iter().chain(&all) {
        done(&mut local, "POST", SOURCES, source);
    }
    assert_eq!(found(&mut local, SOURCES), json!({ "sources": all }));
    for path in
        ["product/demo0product0dj", "app/Demo%20Home", &format!("mini_program/{WECHAT}"), &format!("user/us/{ANN}")]
    {
        let path = format!("{SOURCES}/{path}");
        assert_eq!(done(&mut local, "DELETE", &path, &json!({})), json!({}));
        assert_eq!(refused(&mut local, "DELETE", &path, &json!({})), refusal(404, "source_unknown", ""), "{path}");
    }
    assert_eq!(found(&mut local, SOURCES), json!({ "sources": [] }));
}

#[test]
fn data_sources_and_packages_of_another_form_are_refused() {
    let mut local = bare();
    for (body, id, field) in [
        (json!({}), "field_missing", "kind"),
        (json!({ "kind": "device" }), "field_invalid", "kind"),
        (json!({ "kind": "product" }), "field_missing", "productId"),
        (json!({ "kind": "product", "productId": "a b" }), "field_invalid", "productId"),
        (json!({ "kind": "app", "app": "" }), "field_invalid", "app"),
        (json!({ "kind": "app", "app": WECHAT }), "field_invalid", "app"),
        (json!({ "kind": "app", "app": "Home", "uid": ANN }), "field_unknown", "uid"),
        (json!({ "kind": "mini_program", "app": "Demo Home" }), "field_invalid", "app"),
        (json!({ "kind": "user", "uid": ANN }), "field_missing", "dataCenter"),
        (json!({ "kind": "user", "dataCenter": "mars", "uid": ANN }), "data_center_unknown", "dataCenter"),
        (json!({ "kind": "user", "dataCenter": "us", "uid": BO }), "user_unknown", "uid"),
    ] {
        assert_eq!(refused(&mut local, "POST", SOURCES, &body), refusal(400, id, field), "{body}");
    }
    for (body, id, field) in [
        (json!({ "pid": true, "app": true }), "field_missing", "user"),
        (json!({ "pid": true, "app": true, "user": 1 }), "field_invalid", "user"),
        (json!({ "pid": true, "app": true, "user": true, "all": true }), "field_unknown", "all"),
    ] {
        assert_eq!(refused(&mut local, "PUT", PACKAGES, &body), refusal(400, id, field), "{body}");
    }
    for path in ["/projects/other/sources", "/projects/other/packages"] {
        assert_eq!(console(&mut local, "GET", path, &json!({})).0, 404);
    }
}
