//! Who may use the console's JSON, and how.

use serde_json::{Value, json};
use tuya_auth_emulator::{Access, Answer, Cloud, Seed};

use crate::browser::header_of;
use crate::developer::{answer, found};
use crate::local::{Local, header};

const APP: &str = "/projects/demo-project/authorizations/demo-app";

/// Every path, with the methods that it takes.
const RESOURCES: [(&str, &[&str]); 12] = [
    ("/projects", &["GET", "POST"]),
    ("/projects/demo-project", &["GET", "PATCH"]),
    ("/projects/demo-project/oauth", &["GET", "PUT"]),
    ("/projects/demo-project/packages", &["GET", "PUT"]),
    ("/projects/demo-project/authorizations", &["GET", "POST"]),
    (APP, &["GET", "PATCH", "DELETE"]),
    ("/projects/demo-project/sources", &["GET", "POST"]),
    ("/projects/demo-project/sources/app/Demo%20Home", &["DELETE"]),
    ("/accounts", &["GET", "POST"]),
    ("/accounts/us/ann%40example.com", &["GET", "PATCH", "DELETE"]),
    ("/devices", &["GET", "POST"]),
    ("/devices/us/vdevo170000000000001", &["GET", "PATCH", "DELETE"]),
];

const METHODS: [&str; 8] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "get"];

fn send(local: &mut Local, method: &str, path: &str, headers: &[(String, String)], body: &[u8]) -> Answer {
    local.send(method, &format!("/console/api{path}"), headers, body)
}

fn error(answer: &Answer) -> String {
    let body: Value = serde_json::from_str(&answer.body).unwrap();
    body["error"].as_str().unwrap().to_owned()
}

#[test]
fn each_resource_takes_its_own_methods() {
    for (path, methods) in RESOURCES {
        for method in METHODS {
            let taken = methods.contains(&method) || (method == "HEAD" && methods.contains(&"GET"));
            let answer = answer(&mut Local::new(), method, path, &json!([]));
            assert_eq!(answer.status != 405, taken, "{method} {path}");
            if !taken && method != "HEAD" {
                let mut allowed = methods.join(", ");
                if methods.contains(&"GET") {
                    allowed.push_str(", HEAD");
                }
                assert_eq!((error(&answer), header_of(&answer, "allow")), ("method_invalid".to_owned(), Some(allowed)));
            }
        }
    }
}

#[test]
fn every_resource_is_documented_with_its_methods() {
    let documented = include_str!("../../../docs/console.md");
    let rows = documented.lines().filter_map(|line| line.strip_prefix("| `/")?.split_once("` | "));
    let rows: Vec<(Vec<&str>, Vec<&str>)> = rows
        .filter_map(|(path, rest)| Some((path.split('/').collect(), rest.split_once(" |")?.0.split(", ").collect())))
        .filter(|(_, methods): &(_, Vec<&str>)| methods.iter().all(|method| METHODS.contains(method)))
        .collect();
    let fits = |pattern: &[&str], path: &str| {
        let path: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        let same = |(own, other): (&&str, &&str)| own.starts_with(['{', '…']) || own == other;
        (path.len() == pattern.len() || pattern.ends_with(&["…"])) && pattern.iter().zip(&path).all(same)
    };
    for (path, methods) in RESOURCES {
        assert!(rows.iter().any(|(pattern, own)| fits(pattern, path) && own == methods), "{path} {methods:?}");
    }
    assert_eq!(rows.len(), RESOURCES.len(), "{rows:?}");
}

#[test]
fn reading_changes_nothing_and_head_is_get_without_a_body() {
    for (path, methods) in RESOURCES {
        if !methods.contains(&"GET") {
            continue;
        }
        let mut local = Local::new();
        let before = local.cloud.snapshot();
        let got = send(&mut local, "GET", path, &[], b"");
        let headed = send(&mut local, "HEAD", path, &[], b"");
        assert_eq!((got.status, got.headers, headed.body), (headed.status, headed.headers, String::new()), "{path}");
        assert!(!got.body.is_empty());
        assert_eq!(local.cloud.snapshot(), before, "{path}: not even the journal");
    }
}

#[test]
fn what_a_form_or_another_site_could_send_is_refused() {
    let body = br#"{"name":"Evil"}"#;
    let json = || header("content-type", "application/json");
    for (headers, status, id) in [
        (vec![], 415, "media_type_invalid"),
        (vec![header("content-type", "text/plain")], 415, "media_type_invalid"),
        (vec![header("content-type", "application/x-www-form-urlencoded")], 415, "media_type_invalid"),
        (vec![json(), header("origin", "http://localhost:8788")], 403, "origin_foreign"),
        (vec![json(), header("origin", "null")], 403, "origin_foreign"),
        (vec![json(), header("sec-fetch-site", "cross-site")], 403, "origin_foreign"),
        (vec![json(), header("sec-fetch-site", "same-site")], 403, "origin_foreign"),
    ] {
        let mut local = Local::new();
        let before = local.cloud.snapshot();
        for (path, methods) in RESOURCES {
            for method in methods.iter().filter(|method| **method != "GET") {
                let answer = send(&mut local, method, path, &headers, body);
                assert_eq!((answer.status, error(&answer).as_str()), (status, id), "{method} {path} {headers:?}");
            }
        }
        assert_eq!(local.cloud.snapshot(), before);
    }
    let foreign = [header("origin", "http://evil.example")];
    assert_eq!(send(&mut Local::new(), "GET", APP, &foreign, b"").status, 403, "secrets are not read from elsewhere");
    assert_eq!(send(&mut Local::new(), "GET", APP, &[header("host", "evil.example")], b"").status, 421);
    let own = [json(), header("origin", "http://localhost:8787")];
    assert_eq!(send(&mut Local::new(), "POST", "/projects", &own, body).status, 201);
}

#[test]
fn a_token_opens_the_console_when_there_is_one() {
    let mut local = Local::new();
    let token = Some("0pen-sesame".to_owned());
    local.cloud = Cloud::new(&Seed::default()).unwrap().with_access(Access { hosts: Vec::new(), token });
    for (path, _) in RESOURCES {
        for shown in [None, Some("Bearer wrong"), Some("0pen-sesame")] {
            let headers: Vec<_> = shown.map(|shown| header("authorization", shown)).into_iter().collect();
            let answer = send(&mut local, "GET", path, &headers, b"");
            assert_eq!((answer.status, error(&answer).as_str()), (401, "token_invalid"), "{path} {shown:?}");
        }
    }
    let shown = [header("authorization", "Bearer 0pen-sesame")];
    assert_eq!(send(&mut local, "GET", "/projects", &shown, b"").status, 200);
}

#[test]
fn what_is_not_there_is_told_in_json() {
    let mut local = Local::new();
    for path in [
        "",
        "/",
        "/nothing",
        "/projects/",
        "/projects/demo-project/",
        "/projects/demo-project/secrets",
        "/projects/demo-project/authorizations/demo-app/secret",
        "/projects/demo-project/sources/app",
        "/projects/demo-project/sources/user/mars/uid",
        "/accounts/us",
        "/accounts/mars/ann@example.com",
        "/devices/us/a/b",
        "/projects/%zz",
        "/projects/%ff",
    ] {
        let answer = send(&mut local, "GET", path, &[], b"");
        assert_eq!(answer.status, 404, "{path}");
        assert!(["path_invalid", "project_unknown"].contains(&error(&answer).as_str()), "{path}");
    }
}

#[test]
fn a_body_that_is_no_json_object_is_refused() {
    let headers = [header("content-type", "application/json; charset=utf-8")];
    for body in [&b""[..], b"{", b"[]", b"null", b"\"name\"", b"{\"name\":\"a\"}}", b"\xff", &[b'['; 10_000]] {
        for (path, methods) in RESOURCES {
            for method in methods.iter().filter(|method| !matches!(**method, "GET" | "DELETE")) {
                let answer = send(&mut Local::new(), method, path, &headers, body);
                assert_eq!((answer.status, error(&answer).as_str()), (400, "json_invalid"), "{method} {path} {body:?}");
            }
        }
    }
}

#[test]
fn the_console_is_not_journalled_and_its_answers_are_not_kept() {
    let mut local = Local::new();
    local.send("GET", "/us/v1.0/nothing", &[], b"");
    let answer = answer(&mut local, "GET", APP, &json!({}));
    assert_eq!(local.last_record()["target"], "/us/v1.0/nothing");
    assert_eq!(header_of(&answer, "cache-control").as_deref(), Some("no-store"));
    assert_eq!(header_of(&answer, "content-type").as_deref(), Some("application/json; charset=utf-8"));
}

#[test]
fn what_the_console_changes_outlives_a_restart() {
    let mut local = Local::new();
    answer(&mut local, "POST", "/projects", &json!({ "name": "Second" }));
    let before = found(&mut local, "/projects");
    local.cloud = Cloud::restore(&local.cloud.snapshot());
    assert_eq!(found(&mut local, "/projects"), before);
}

#[test]
fn state_that_cannot_be_read_is_told_and_not_changed() {
    let mut local = Local::new();
    let mut row = local.cloud.snapshot().into_iter().find(|row| row.key.starts_with("project/")).unwrap();
    row.value = Some("{".to_owned());
    local.cloud.apply(&[row]);
    let before = local.cloud.snapshot();
    for (method, path, body) in [
        ("GET", "/projects", json!({})),
        ("POST", "/projects", json!({ "name": "Second" })),
        ("PATCH", "/projects/demo-project", json!({ "name": "Second" })),
        ("DELETE", "/accounts/us/ann@example.com", json!({})),
    ] {
        let answer = answer(&mut local, method, path, &body);
        assert_eq!((answer.status, error(&answer).as_str()), (500, "unavailable"), "{method} {path}");
        assert_eq!(local.cloud.snapshot(), before, "{method} {path}");
    }
}
