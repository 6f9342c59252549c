//! The console's pages about accounts, devices, data sources and permission packages: what they set is what tokens
//! reach.

use serde_json::json;
use tuya_auth::sign::SignerOptions;

use crate::browser::{self, code_for};
use crate::local::{ANN, APP, BO, CLOUD, Outcome, header, refused, signed, text};
use crate::visitor::{Console, Page};

const DEMO: &str = "/console/projects/demo-project";

/// What a token of simple mode gets for that path in a data center.
fn simple(console: &mut Console, data_center: &str, path: &str) -> Outcome {
    let grant = console.local.get(CLOUD, data_center, "/v1.0/token?grant_type=1", None).unwrap();
    console.local.get(CLOUD, data_center, path, Some(&text(&grant, "access_token")))
}

fn devices_of(uid: &str) -> String {
    format!("/v1.0/users/{uid}/devices")
}

fn denied() -> Outcome {
    refused(1106, "permission deny")
}

/// Presses the only button that removes something from that page.
fn remove(console: &mut Console, page: &Page) -> Page {
    let form = page.form(&format!("{DEMO}/devices/sources/remove"));
    console.visitor.send(&mut console.local, &form)
}

#[test]
pub fn an_account_is_linked_and_unlinked() {
    let mut console = Console::new();
    assert_eq!(simple(&mut console, "eu", &devices_of(BO)), denied());
    let page = console.open(&format!("{DEMO}/devices/link"));
    let bo = format!("eu/{BO}");
    assert!(page.body.contains("bo@example.com · Central Europe (eu)"));
    let page = console.fill(&page, &format!("{DEMO}/devices/link"), &[("uid", &bo)]);
    assert!(page.body.contains("Added.") && page.body.contains("bo@example.com"), "{}", page.body);
    assert!(simple(&mut console, "eu", &devices_of(BO)).is_ok());

    let again = console.open(&format!("{DEMO}/devices/link"));
    let again = console.fill(&again, &format!("{DEMO}/devices/link"), &[("uid", "eu/nobody")]);
    assert_eq!((again.status, again.shown("field-uid-wrong").is_empty()), (400, false));

    let forms = page.forms(&format!("{DEMO}/devices/sources/remove"));
    let form = forms.iter().find(|form| form.value("id") == BO).unwrap();
    let page = console.visitor.send(&mut console.local, form);
    assert!(page.body.contains("Removed.") && page.target.starts_with(&format!("{DEMO}/devices?")));
    assert_eq!(simple(&mut console, "eu", &devices_of(BO)), denied());
    assert!(simple(&mut console, "us", &devices_of(ANN)).is_ok(), "the other one stays linked");
}

#[test]
pub fn products_apps_and_mini_programs_are_data_sources() {
    let mut console = Console::new();
    for (kind, link, field, value, reached) in [
        ("product", "Add Product", "productId", "demo0product0dj", "/v1.0/devices/vdevo170000000000003".to_owned()),
        ("app", "Add App", "app", "Demo Home", devices_of(BO)),
    ] {
        let page = console.open(&format!("{DEMO}/devices/sources"));
        let page = console.follow(&page, link);
        let action = format!("{DEMO}/devices/sources/{kind}");
        let again = console.fill(&page, &action, &[(field, "not / one\u{7}")]);
        assert_eq!(again.status, 400, "{kind}");
        assert!(!again.shown(&format!("field-{field}-wrong")).is_empty(), "{kind}");
        assert_eq!(simple(&mut console, "eu", &reached), denied(), "{kind}");
        let page = console.fill(&again, &action, &[(field, value)]);
        assert!(page.body.contains("Added."), "{}", page.body);
        assert!(simple(&mut console, "eu", &reached).is_ok(), "{kind}");
        assert!(remove(&mut console, &page).body.contains("Removed."));
        assert_eq!(simple(&mut console, "eu", &reached), denied(), "{kind}");
    }
    let page = console.open(&format!("{DEMO}/devices/sources/mini_program"));
    let page = console.fill(&page, &page.target, &[("app", "wx0123456789abcdef")]);
    assert!(page.body.contains("wx0123456789abcdef"));
}

#[test]
pub fn a_missing_package_closes_its_data_sources() {
    let mut console = Console::new();
    let code = code_for(&mut console.local, "us", browser::ANN);
    let grant = console.local.get(APP, "us", &format!("/v1.0/token?grant_type=2&code={code}"), None).unwrap();
    let token = text(&grant, "access_token");
    assert!(console.local.get(APP, "us", &devices_of(ANN), Some(&token)).is_ok());

    let page = console.open(&format!("{DEMO}/devices/packages"));
    let form = page.form(&page.target);
    assert_eq!(["pid", "app", "user"].map(|name| form.value(name)), ["on"; 3]);
    let saved = console.visitor.send(&mut console.local, &form.ticked("user", false));
    assert_eq!(["pid", "app", "user"].map(|name| saved.form(&page.target).value(name).to_owned()), ["on", "on", ""]);
    assert_eq!(console.local.get(APP, "us", &devices_of(ANN), Some(&token)), denied());
    assert!(console.open(&format!("{DEMO}/devices")).body.contains("missing"));
    assert!(console.open(DEMO).body.contains("To do"));
}

#[test]
pub fn an_account_is_created_edited_and_deleted() {
    let mut console = Console::new();
    let page = console.open("/console/accounts");
    let page = console.follow(&page, "Create Account");
    assert!(page.body.contains("<option value=\"Demo Home\">"), "the apps that are known are offered");
    let fields = [("name", "cy/<x>?@example.com"), ("dataCenter", "in"), ("app", "Demo Home"), ("password", "")];
    let again = console.fill(&page, "/console/accounts/new", &fields);
    assert_eq!(again.status, 400);
    assert!(!again.shown("field-password-wrong").is_empty());
    assert_eq!(again.form("/console/accounts/new").value("dataCenter"), "in");
    let page = console.fill(&again, "/console/accounts/new", &[("password", "cy-password")]);
    assert!(page.body.contains("Created.") && !page.body.contains("<x>"), "{}", page.body);
    code_for(&mut console.local, "in", ("cy/<x>?@example.com", "cy-password"));
    let twice = console.fill(&again, "/console/accounts/new", &[("password", "other")]);
    assert_eq!((twice.status, twice.shown("field-name-wrong").is_empty()), (409, false));

    let edit = console.follow(&page, "Edit cy/<x>?@example.com");
    let saved = console.fill(&edit, &edit.target, &[("password", "another")]);
    assert!(saved.body.contains("Saved."), "{}", saved.body);
    code_for(&mut console.local, "in", ("cy/<x>?@example.com", "another"));

    let gone = console.fill(&edit, &format!("{}/delete", edit.target), &[]);
    assert!(gone.body.contains("Deleted.") && !gone.body.contains("cy/"));
    assert_eq!(console.visitor.open(&mut console.local, &edit.target).status, 404);
}

#[test]
pub fn a_device_is_created_set_and_deleted() {
    let mut console = Console::new();
    let page = console.open("/console/devices/new");
    let ann = format!("us/{ANN}");
    let fields = [("uid", ann.as_str()), ("name", "Stairs"), ("status", "switch_led = true\nmode: \"white\"")];
    let again = console.fill(&page, "/console/devices/new", &fields);
    assert_eq!(again.status, 400);
    assert!(again.shown("field-status-wrong").contains("mode: \"white\""), "{}", again.body);
    let status = "switch_led = true\n\nmode = \"white\"\nlevel = 7\n";
    let form = again.form("/console/devices/new").with("status", status).ticked("online", false);
    let page = console.visitor.send(&mut console.local, &form);
    assert!(page.body.contains("Created.") && page.body.contains("Offline"), "{}", page.body);
    let path = format!("/v1.0/devices/{}", page.shown("device-id"));
    let device = simple(&mut console, "us", &path).unwrap();
    let point = |code: &str, value: serde_json::Value| json!({ "code": code, "value": value });
    let status = [point("switch_led", json!(true)), point("mode", json!("white")), point("level", json!(7))];
    assert_eq!((&device["online"], &device["status"]), (&json!(false), &json!(status)));

    let action = page.target.split('?').next().unwrap().to_owned();
    let form = page.form(&action);
    assert_eq!(form.names(), ["name", "status.switch_led", "status.mode", "status.level", "online"]);
    let wrong = console.visitor.send(&mut console.local, &form.clone().with("status.level", "seven"));
    assert_eq!((wrong.status, wrong.form(&action).value("status.level")), (400, "seven"));
    assert!(!wrong.shown("field-status.level-wrong").is_empty());
    let form = form.with("status.level", "8.5").with("status.mode", "true").ticked("online", true);
    let page = console.visitor.send(&mut console.local, &form.ticked("status.switch_led", false));
    assert!(page.body.contains("Saved."), "{}", page.body);
    let device = simple(&mut console, "us", &path).unwrap();
    let status = [point("switch_led", json!(false)), point("mode", json!("true")), point("level", json!(8.5))];
    assert_eq!((&device["online"], &device["status"]), (&json!(true), &json!(status)), "each keeps its type");

    let long = page.form(&action).with("status.mode", &"x".repeat(1025));
    let wrong = console.visitor.send(&mut console.local, &long);
    assert_eq!((wrong.status, wrong.shown("field-status-wrong").is_empty()), (400, false));

    let gone = console.fill(&page, &format!("{action}/delete"), &[]);
    assert!(gone.body.contains("Deleted.") && !gone.body.contains("Stairs"));
    assert_eq!(console.visitor.open(&mut console.local, &action).status, 404);
}

#[test]
pub fn the_requests_are_shown_with_their_verdicts() {
    let mut console = Console::new();
    assert!(console.open("/console/requests").body.contains("Nothing was asked yet"));
    code_for(&mut console.local, "us", browser::ANN);
    let target = "/us/v1.0/devices/%3Cscript%3E?code=5ecret";
    console.local.send("GET", target, &[header("client_id", "<script>")], b"");
    let page = console.open("/console/requests");
    assert_eq!(page.ids("request-").len(), 5, "the login's four, and this one");
    let newest = page.body.split("<li class=\"request\"").nth(1).unwrap();
    assert!(newest.contains("client_invalid") && newest.contains("code 1005"), "{newest}");
    assert!(!page.body.contains("<script>") && !page.body.contains("5ecret"));
}

#[test]
pub fn a_wrong_sign_is_explained() {
    let mut console = Console::new();
    let path = "/v1.0/token?grant_type=1";
    let mut headers = signed(CLOUD, path, None, console.local.now, SignerOptions::default());
    for (name, value) in &mut headers {
        if name == "sign" {
            *value = value.to_lowercase();
        }
    }
    assert_eq!(console.local.call("us", path, &headers), refused(1004, "sign invalid"));
    let page = console.open("/console/requests");
    assert!(
        page.body.contains("<strong>Why: </strong>") && page.body.contains("<strong>Fix: </strong>"),
        "{}",
        page.body
    );
    assert!(page.body.contains("What this cloud signs") && page.body.contains("/v1.0/token?grant_type=1</pre>"));
    headers.retain(|(name, _)| name != "sign");
    headers.push(header("sign", &"0".repeat(64)));
    assert_eq!(console.local.call("us", path, &headers), refused(1004, "sign invalid"));
    assert!(console.open("/console/requests").body.contains("No known mistake gives this sign"));
    assert!(!console.open("/console/requests").body.contains(CLOUD.1));
}
