//! The console's pages: every step of the documents, by hand.

use crate::browser::{self, Browser, header_of, login_target};
use crate::local::{APP, text};
use crate::visitor::{Console, Filled};

const SHA1: &str = "de:30:DE:30:de:30:DE:30:de:30:DE:30:de:30:DE:30:de:30:DE:30";

#[test]
pub fn a_project_is_created_with_its_cloud_authorization() {
    let mut console = Console::new();
    let project = console.project("Tom & Jerry's <b>");
    assert!(project.body.contains("Tom &amp; Jerry's &lt;b&gt;"));
    assert!(!project.body.contains("<b>"));
    let page = console.follow(&project, "Authorization");
    let keys = Console::keys(&page);
    assert!(console.accepts(&keys));
    assert!(!page.body.contains("Add Authorization"), "the documents: there is no such button on this page");
    let edit = console.follow(&page, "Edit Cloud authorization");
    let action = edit.target.clone();
    assert_eq!(edit.form(&action).names(), ["name", "description"]);
    let page = console.fill(&edit, &action, &[("name", "My cloud"), ("description", "Reads devices")]);
    assert!(page.body.contains("Saved.") && page.body.contains("My cloud") && page.body.contains("Reads devices"));
    assert_eq!(Console::keys(&page), keys, "keys stay");
}

#[test]
pub fn authorizations_of_every_kind_are_added_and_edited_with_the_fields_of_the_documents() {
    let mut console = Console::new();
    let other = console.project("Their project").shown("project-id");
    let project = console.project("Our project");
    let cases: [(&str, Option<&str>, Filled<'_>); 4] = [
        (
            "App",
            Some("iOS"),
            &[("bundleIdentifier", "com.example.ios"), ("applicationName", "Home for iOS"), ("description", "d1")],
        ),
        (
            "App",
            Some("Android"),
            &[
                ("sha1", SHA1),
                ("applicationId", "com.example.android"),
                ("applicationName", "Home for Android"),
                ("description", "d2"),
            ],
        ),
        (
            "WeChat Mini Program",
            None,
            &[("wechatAppId", "wx0123456789abcdef"), ("name", "Mini home"), ("description", "d3")],
        ),
        ("Third-Party", None, &[("thirdPartyProject", &other), ("name", "Partner"), ("description", "")]),
    ];
    let mut seen = vec![Console::keys(&console.open(&project.link("Authorization")))];
    for (kind, platform, fields) in cases {
        let tab = console.open(&project.link("Authorization"));
        let tab = console.follow(&tab, kind);
        let page = console.add(&tab, platform, fields);
        let keys = Console::keys(&page);
        assert!(console.accepts(&keys), "{kind}");
        assert!(!seen.contains(&keys), "{kind}");
        seen.push(keys.clone());
        assert!(page.body.contains("cannot be deleted"));

        let name = fields.iter().find(|(name, _)| matches!(*name, "applicationName" | "name")).unwrap();
        let edit = console.follow(&page, &format!("Edit {}", name.1));
        let form = edit.form(&edit.target);
        let expected: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
        assert_eq!(form.names(), expected, "{kind}");
        for (name, value) in fields {
            assert!(form.value(name).eq_ignore_ascii_case(value), "{kind} {name}");
        }
        let page = console.fill(&edit, &edit.target, &[("description", "said anew")]);
        assert!(page.body.contains("Saved.") && page.body.contains("said anew"), "{kind}");
        assert_eq!(Console::keys(&page), keys, "{kind}");
    }
}

#[test]
fn what_is_not_taken_is_said_at_the_field_and_stays_in_it() {
    let mut console = Console::new();
    let page = console.open("/console/projects/new");
    let again = console.fill(&page, "/console/projects/new", &[("name", " <i>padded ")]);
    assert_eq!((again.status, again.target.as_str()), (400, "/console/projects/new"));
    assert_eq!(again.form("/console/projects/new").value("name"), " <i>padded ");
    assert!(!again.body.contains("<i>"));
    assert!(again.shown("field-name-wrong").starts_with("Project name must be"), "{}", again.body);
    assert!(again.body.contains("aria-invalid=\"true\""));

    let page = console.open("/console/projects/demo-project/authorization/app/new?platform=android");
    let action = page.target.split('?').next().unwrap();
    let fields = [("sha1", "12:34"), ("applicationId", "com.example.a"), ("applicationName", "A")];
    let again = console.fill(&page, action, &fields);
    assert_eq!(again.status, 400);
    assert!(again.shown("field-sha1-wrong").starts_with("SHA1 must be"), "{}", again.body);
    assert_eq!(again.form(action).value("applicationId"), "com.example.a");
    assert_eq!(console.open("/console/projects/demo-project/authorization/app").ids("client-id-").len(), 1);
}

#[test]
pub fn oauth_is_configured_and_the_authorization_page_opens() {
    let mut console = Console::new();
    let project = console.project("Linked home");
    let devices = console.follow(&project, "Devices");
    let page = console.follow(&devices, "Configure OAuth 2.0 Authorization");
    assert!(page.body.contains("no app authorization yet"));
    let tab = console.open(&page.link("Authorization"));
    let tab = console.follow(&tab, "App");
    let fields = [("sha1", SHA1), ("applicationId", "com.example.demo"), ("applicationName", "Demo Home")];
    let keys = Console::keys(&console.add(&tab, Some("Android"), &fields));

    let page = console.follow(&devices, "Configure OAuth 2.0 Authorization");
    let action = page.target.clone();
    let id = page.body.split("<option value=\"").nth(2).unwrap().split('"').next().unwrap().to_owned();
    let form = page.form(&action).ticked("enabled", true).with("authorizationId", &id);
    assert_eq!(form.names().len(), 2 + 7, "enabled, app, and a callback URL per data center");
    let wrong = form.clone().with("callbacks.us", "http://example.com/callback");
    let again = console.visitor.send(&mut console.local, &wrong);
    assert_eq!(again.status, 400);
    assert!(again.shown("field-callbacks.us-wrong").contains("https"), "{}", again.body);
    assert_eq!(again.form(&action).value("callbacks.us"), "http://example.com/callback");
    assert_eq!(again.form(&action).value("enabled"), "on");

    let callback = "https://example.com/callback?from=tuya&dc=us";
    let done = console.visitor.send(&mut console.local, &form.with("callbacks.us", callback));
    assert!(done.body.contains("Saved.") && done.body.contains("Enabled"), "{}", done.body);
    assert_eq!(done.shown("oauth-client-id"), keys.0);
    assert_eq!(done.ids("address-"), ["us"], "only where there is a callback URL");

    let address = done.shown("address-us");
    let target = address.strip_prefix("http://localhost:8787").unwrap();
    assert_eq!(target, login_target("us", &keys.0, callback, "YOUR_STATE"));
    let mut browser = Browser::default();
    let login = browser.get(&mut console.local, target);
    assert_eq!(login.status, 200, "{}", login.body);
    let fields = [("account", browser::ANN.0), ("password", browser::ANN.1)];
    let sent = browser.submit(&mut console.local, "/us/d/login", &login, &fields);
    let consent = browser.get(&mut console.local, &header_of(&sent, "location").unwrap());
    let sent = browser.submit(&mut console.local, "/us/d/consent", &consent, &[("decision", "confirm")]);
    let location = header_of(&sent, "location").unwrap();
    let rest = location.strip_prefix(callback).and_then(|rest| rest.strip_prefix("&code=")).unwrap();
    let code = rest.strip_suffix("&state=YOUR_STATE").unwrap();
    let path = format!("/v1.0/token?grant_type=2&code={code}");
    let grant = console.local.get((&keys.0, &keys.1), "us", &path, None).unwrap();
    assert_eq!(text(&grant, "uid"), crate::local::ANN);
}

#[test]
fn login_authorization_is_switched_off() {
    let mut console = Console::new();
    let page = console.open("/console/projects/demo-project/devices/oauth");
    let form = page.form(&page.target);
    assert_eq!(form.value("callbacks.eu"), "http://localhost:8788/auth/callback/eu");
    let done = console.visitor.send(&mut console.local, &form.ticked("enabled", false));
    assert!(done.body.contains("Not enabled") && done.ids("address-").is_empty(), "{}", done.body);
    let target = login_target("us", APP.0, &browser::callback("us"), "s");
    assert_eq!(Browser::default().get(&mut console.local, &target).status, 403);
}
