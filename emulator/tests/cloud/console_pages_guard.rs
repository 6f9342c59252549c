//! Who may see the console's pages and use their forms.

use tuya_auth_emulator::{Access, Answer, Cloud, Seed};

use crate::browser::header_of;
use crate::local::{CLOUD, Local, header};
use crate::visitor::Visitor;

const NEW: &str = "/console/projects/new";
const TOKEN: &str = "0pen-sesame";

fn with_token(token: &str) -> Local {
    let mut local = Local::new();
    let access = Access { hosts: Vec::new(), token: Some(token.to_owned()) };
    local.cloud = Cloud::new(&Seed::default()).unwrap().with_access(access);
    local
}

fn names(local: &mut Local) -> String {
    Visitor::default().open(local, "/console").body
}

#[test]
fn every_page_is_guarded() {
    let mut local = Local::new();
    let mut visitor = Visitor::default();
    for target in [
        "/console",
        NEW,
        "/console/projects/demo-project/authorization/cloud",
        "/console/projects/demo-project/devices/oauth",
        "/console/requests",
        "/console/nothing",
        "/console/projects/nobody",
        "/console/script.js",
        "/console/style.css",
    ] {
        let answer = visitor.open(&mut local, target).answer;
        let of = |name: &str| header_of(&answer, name).unwrap_or_else(|| panic!("{target} has no {name}"));
        let policy = of("content-security-policy");
        for part in [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        ] {
            assert!(policy.split("; ").any(|own| own == part), "{target}: {part}");
        }
        assert!(!policy.contains("unsafe"));
        assert_eq!(of("x-frame-options"), "DENY");
        assert_eq!(of("referrer-policy"), "same-origin");
        assert_eq!(of("cache-control"), "no-store");
        assert_eq!(of("x-content-type-options"), "nosniff");
        let inline =
            answer.body.contains("<script>") || answer.body.contains(" style=") || answer.body.contains("<style");
        assert!(!inline, "{target}");
    }
}

#[test]
fn the_cookie_is_for_this_site_alone() {
    let mut local = Local::new();
    let answer = local.send("GET", "/console", &[], b"");
    let set_cookie = header_of(&answer, "set-cookie").unwrap();
    let (secret, attributes) = set_cookie.split_once("; ").unwrap();
    assert_eq!(attributes, "Path=/console; HttpOnly; SameSite=Strict");
    assert!(!answer.body.contains(secret.split_once('=').unwrap().1), "forms carry something derived");
    let again = local.send("GET", "/console", &[header("cookie", secret)], b"");
    assert_eq!(header_of(&again, "set-cookie"), None);
}

#[test]
fn a_form_counts_only_in_the_browser_that_it_was_made_for() {
    let mut local = Local::new();
    let mut visitor = Visitor::default();
    let form = visitor.open(&mut local, NEW).form(NEW).with("name", "Forged");
    let mut other = Visitor::default();
    other.open(&mut local, NEW);
    let mut stranger = Visitor::default();
    for sent in [other.post(&mut local, &form, &[]), stranger.post(&mut local, &form, &[])] {
        assert_eq!(sent.status, 403);
        assert!(sent.body.contains("form_token_invalid"));
    }
    let bare = form.clone().with("form_token", "");
    assert_eq!(visitor.post(&mut local, &bare, &[]).status, 403);
    assert!(!names(&mut local).contains("Forged"));
    assert_eq!(visitor.post(&mut local, &form, &[]).status, 303);
    assert!(names(&mut local).contains("Forged"));
}

#[test]
fn a_form_from_another_origin_is_refused() {
    let mut local = Local::new();
    let mut visitor = Visitor::default();
    let form = visitor.open(&mut local, NEW).form(NEW).with("name", "Forged");
    for foreign in [
        header("origin", "http://localhost:8788"),
        header("origin", "https://evil.example"),
        header("origin", "null"),
        header("sec-fetch-site", "cross-site"),
        header("sec-fetch-site", "same-site"),
    ] {
        let sent = visitor.post(&mut local, &form, std::slice::from_ref(&foreign));
        assert_eq!(sent.status, 403, "{foreign:?}");
        assert!(sent.body.contains("origin_foreign"));
    }
    assert!(!names(&mut local).contains("Forged"));
}

#[test]
fn what_is_no_form_is_refused() {
    let mut local = Local::new();
    let cookie = header("cookie", &visited(&mut local));
    let json = [cookie.clone(), header("content-type", "application/json")];
    assert_eq!(local.send("POST", NEW, &json, b"{\"name\":\"x\"}").status, 400);
    let form = [cookie.clone(), header("content-type", "application/x-www-form-urlencoded")];
    for body in [b"name=a&name=b".as_slice(), b"name=%zz", b"name=\xfe"] {
        assert_eq!(local.send("POST", NEW, &form, body).status, 400, "{body:?}");
    }
    assert_eq!(local.send("PUT", NEW, &[cookie], b"").status, 405);
}

fn visited(local: &mut Local) -> String {
    let mut visitor = Visitor::default();
    visitor.open(local, NEW);
    visitor.cookie.unwrap()
}

#[test]
fn who_comes_from_another_site_keeps_the_session() {
    let mut local = Local::new();
    let target = "/console/projects/new?a=%22%3E%3Cb%3E";
    let answer = local.send("GET", target, &[header("sec-fetch-site", "cross-site")], b"");
    assert_eq!(answer.status, 200);
    assert_eq!(header_of(&answer, "set-cookie"), None, "the browser has a cookie that it kept back");
    assert!(answer.body.contains("http-equiv=\"refresh\"") && !answer.body.contains("<form"));
}

#[test]
pub fn pages_ask_for_the_token_when_there_is_one() {
    let mut local = with_token(TOKEN);
    let mut visitor = Visitor::default();
    for target in ["/console", "/console/projects/demo-project/authorization/cloud", "/console/requests"] {
        let page = visitor.open(&mut local, target);
        assert_eq!((page.status, page.target.as_str()), (200, "/console/login"));
        assert!(!page.body.contains("Demo project") && !page.body.contains(CLOUD.1));
    }
    let login = visitor.open(&mut local, "/console/login").form("/console/login");
    let mut create = login.clone();
    create.action = NEW.to_owned();
    create.fields.push(("name".to_owned(), "Forged".to_owned()));
    assert_eq!(visitor.post(&mut local, &create, &[]).status, 401);

    let wrong = visitor.send(&mut local, &login.clone().with("token", "gu3ss"));
    assert_eq!(wrong.status, 401);
    assert!(!wrong.body.contains("gu3ss"), "what was typed is a secret");
    let before = visitor.cookie.clone();
    let projects = visitor.send(&mut local, &login.with("token", TOKEN));
    assert!(projects.body.contains("Demo project") && !projects.body.contains("Forged"));
    assert_ne!(visitor.cookie, before, "a cookie that somebody else may know opens nothing");
    let mut old = Visitor { cookie: before };
    assert_eq!(old.open(&mut local, "/console").target, "/console/login");

    let left = visitor.send(&mut local, &projects.form("/console/logout"));
    assert_eq!(left.target, "/console/login");
    assert_eq!(visitor.open(&mut local, "/console").target, "/console/login");
}

#[test]
fn a_login_ends_with_its_token_or_after_twelve_hours() {
    let mut local = with_token(TOKEN);
    let mut visitor = Visitor::default();
    let login = visitor.open(&mut local, "/console").form("/console/login").with("token", TOKEN);
    visitor.send(&mut local, &login);
    local.now += 12 * 3_600_000 - 1;
    assert_eq!(visitor.open(&mut local, "/console").target, "/console");
    let rows = local.cloud.snapshot();
    let shown = format!("{rows:?}");
    let secret = visitor.cookie.clone().unwrap();
    assert!(!shown.contains(TOKEN) && !shown.contains(secret.split_once('=').unwrap().1));

    let access = Access { hosts: Vec::new(), token: Some("another".to_owned()) };
    let restored = std::mem::replace(&mut local.cloud, Cloud::restore(&rows).with_access(access));
    assert_eq!(visitor.open(&mut local, "/console").target, "/console/login", "the token is another one");
    local.cloud = restored;
    local.now += 1;
    assert_eq!(visitor.clone().open(&mut local, "/console").target, "/console/login");
}

#[test]
fn the_address_is_checked_like_everywhere() {
    let mut local = Local::new();
    let statuses: Vec<u16> = ["/console/projects/%zz", "/console/projects/%2e%2e", "/console/x/y/z", "/console//"]
        .map(|target| local.send("GET", target, &[], b""))
        .iter()
        .map(|answer: &Answer| answer.status)
        .collect();
    assert_eq!(statuses, [404; 4]);
    assert_eq!(local.send("GET", "/console", &[header("host", "evil.example")], b"").status, 421);
}

#[test]
fn the_root_leads_to_the_console_and_what_browsers_ask_by_themselves_is_no_request() {
    let mut local = Local::new();
    let root = local.send("GET", "/", &[], b"");
    assert_eq!((root.status, header_of(&root, "location")), (303, Some("/console".to_owned())));
    assert_eq!(local.send("GET", "/console/", &[], b"").status, 200);
    assert_eq!(local.send("GET", "/favicon.ico", &[], b"").status, 404);
    let requests = local.send("GET", "/control/requests", &[], b"");
    assert_eq!(requests.body, r#"{"requests":[]}"#);
}
