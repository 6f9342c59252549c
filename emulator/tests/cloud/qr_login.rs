//! Login by QR code: one browser shows the code, another one is the phone that scans it.

use serde_json::{Value, json};
use tuya_auth_emulator::Answer;

use crate::browser::{self, BO, Browser, callback, header_of};
use crate::developer::done;
use crate::local::{ANN, APP, Local, text};

const ORIGIN: &str = "http://localhost:8787";

/// The first page: its browser, what it shows, and the addresses on it.
struct Screen {
    browser: Browser,
    page: Answer,
    id: String,
}

impl Screen {
    /// Begins a login and goes over to the code.
    fn open(local: &mut Local) -> Self {
        let mut browser = Browser::default();
        let login = browser.open(local, "us");
        let page = browser.get(local, &format!("/us/d/{}", attribute(&login, "href=\"qr?", "qr?")));
        assert_eq!(page.status, 200, "{}", page.body);
        let id = attribute(&page, "name=\"login\" value=\"", "");
        Self { browser, page, id }
    }

    /// Where the code leads, without the origin.
    fn link(&self) -> String {
        attribute(&self.page, &format!("href=\"{ORIGIN}"), "")
    }

    fn status(&mut self, local: &mut Local) -> Value {
        status(local, &mut self.browser, &self.id)
    }

    fn state(&mut self, local: &mut Local) -> String {
        text(&self.status(local), "state")
    }

    fn press(&mut self, local: &mut Local, action: &str) -> Answer {
        let page = self.page.clone();
        self.browser.submit(local, "/us/d/qr", &page, &[("action", action)])
    }
}

fn status(local: &mut Local, browser: &mut Browser, id: &str) -> Value {
    serde_json::from_str(&browser.get(local, &format!("/us/d/status?login={id}")).body).unwrap()
}

/// What stands between `start` and the next quote, behind `prefix`.
fn attribute(page: &Answer, start: &str, prefix: &str) -> String {
    let (_, rest) = page.body.split_once(start).unwrap_or_else(|| panic!("no {start} in {}", page.body));
    format!("{prefix}{}", rest.split('"').next().unwrap())
}

/// Scans and logs in on the phone: the page that asks.
fn scan(local: &mut Local, phone: &mut Browser, link: &str) -> Answer {
    let login = phone.get(local, link);
    assert_eq!(login.status, 200, "{}", login.body);
    let fields = [("action", "log_in"), ("account", browser::ANN.0), ("password", browser::ANN.1)];
    phone.submit_and_follow(local, "/us/d/scan", &login, &fields)
}

fn confirm(local: &mut Local, phone: &mut Browser, question: &Answer) -> Answer {
    phone.submit(local, "/us/d/scan", question, &[("action", "confirm")])
}

fn stops(answer: &Answer, status: u16, sentence: &str) {
    assert_eq!(answer.status, status, "{sentence}: {}", answer.body);
    assert_eq!(header_of(answer, "location"), None);
    assert!(answer.body.contains(sentence), "{sentence} is not in {}", answer.body);
}

#[test]
pub fn a_phone_confirms_and_the_first_page_goes_on_to_a_code_of_the_phones_account() {
    let mut local = Local::new();
    let mut screen = Screen::open(&mut local);
    let waiting = json!({ "state": "waiting", "text": "Waiting for your phone." });
    assert_eq!(screen.status(&mut local), waiting);

    let mut phone = Browser::default();
    let question = scan(&mut local, &mut phone, &screen.link());
    let scanned = json!({ "state": "scanned", "text": "Scanned. Confirm on your phone." });
    assert_eq!(screen.status(&mut local), scanned);
    for shown in ["Demo Home", "Demo project", browser::ANN.0, "Western America (us)", "localhost:8788"] {
        assert!(question.body.contains(shown), "{shown} is not shown");
    }
    assert!(confirm(&mut local, &mut phone, &question).body.contains("Login confirmed"));
    assert_eq!(screen.state(&mut local), "confirmed");

    let sent = screen.press(&mut local, "continue");
    let location = header_of(&sent, "location").unwrap();
    let consent = screen.browser.get(&mut local, &location);
    assert!(consent.body.contains(browser::ANN.0), "{}", consent.body);
    let sent = screen.browser.submit(&mut local, "/us/d/consent", &consent, &[("decision", "confirm")]);
    let location = header_of(&sent, "location").unwrap();
    let code = location.strip_prefix(&format!("{}?code=", callback("us"))).unwrap().split('&').next().unwrap();
    let grant = local.get(APP, "us", &format!("/v1.0/token?grant_type=2&code={code}"), None).unwrap();
    assert_eq!(text(&grant, "uid"), ANN);
}

#[test]
fn the_login_goes_on_once_and_under_a_new_id() {
    let mut local = Local::new();
    let mut screen = Screen::open(&mut local);
    let mut phone = Browser::default();
    let question = scan(&mut local, &mut phone, &screen.link());
    confirm(&mut local, &mut phone, &question);
    let sent = screen.press(&mut local, "continue");
    let location = header_of(&sent, "location").unwrap();
    let id = location.strip_prefix("/us/d/consent?login=").unwrap();
    assert_ne!(id, screen.id);
    stops(&screen.press(&mut local, "continue"), 400, "This login is over");
    assert_eq!(screen.status(&mut local), json!({ "error": "login_over" }));
    let passed = status(&mut local, &mut screen.browser, id);
    assert_eq!(passed, json!({ "error": "login_over" }), "a login that passed has no code");
    let left = local.cloud.snapshot();
    assert!(left.iter().all(|row| !row.key.starts_with("scan/")), "the scan is gone");
}

#[test]
fn nothing_passes_before_the_phone_confirms() {
    let mut local = Local::new();
    let mut screen = Screen::open(&mut local);
    let link = screen.link();
    let back = format!("/us/d/qr?login={}", screen.id);
    assert_eq!(header_of(&screen.press(&mut local, "continue"), "location").unwrap(), back);
    let mut phone = Browser::default();
    let question = scan(&mut local, &mut phone, &link);
    assert_eq!(header_of(&screen.press(&mut local, "continue"), "location").unwrap(), back);
    let page = screen.browser.get(&mut local, &back);
    assert!(page.body.contains("data-state=\"scanned\""), "{}", page.body);

    let cancelled = phone.submit(&mut local, "/us/d/scan", &question, &[("action", "cancel")]);
    assert!(cancelled.body.contains("Login cancelled"));
    assert_eq!(screen.state(&mut local), "cancelled");
    assert_eq!(header_of(&screen.press(&mut local, "continue"), "location").unwrap(), back);
    let page = screen.browser.get(&mut local, &back);
    assert!(page.body.contains("data-state=\"cancelled\""), "{}", page.body);
    stops(&confirm(&mut local, &mut phone, &question), 400, "This code was used");
}

#[test]
fn only_the_browser_that_began_the_login_can_follow_it() {
    let mut local = Local::new();
    let mut screen = Screen::open(&mut local);
    let mut phone = Browser::default();
    let question = scan(&mut local, &mut phone, &screen.link());
    confirm(&mut local, &mut phone, &question);
    let mut attacker = Browser::default();
    attacker.open(&mut local, "us");
    for mut other in [attacker, phone, Browser::default()] {
        let refused = status(&mut local, &mut other, &screen.id);
        assert_eq!(refused, json!({ "error": "login_of_another_browser" }));
        assert_eq!(local.last_record()["verdict"], "login_of_another_browser");
        let page = other.get(&mut local, &format!("/us/d/qr?login={}", screen.id));
        stops(&page, 403, "not begun in this browser");
        for action in ["continue", "renew"] {
            let sent = other.submit(&mut local, "/us/d/qr", &screen.page, &[("action", action)]);
            stops(&sent, 403, "not begun in this browser");
        }
    }
    assert_eq!(screen.state(&mut local), "confirmed");
    assert_eq!(screen.press(&mut local, "continue").status, 303);
}

#[test]
fn the_link_gives_its_holder_nothing_of_the_first_browsers_login() {
    let mut local = Local::new();
    let screen = Screen::open(&mut local);
    let token = screen.link().strip_prefix("/us/d/scan?token=").unwrap().to_owned();
    assert_eq!(token.len(), 32);
    assert_ne!(token, screen.id);
    let mut holder = screen.browser.clone();
    stops(&holder.get(&mut local, &format!("/us/d/qr?login={token}")), 400, "This login is over");
    let page = Browser::default().get(&mut local, &screen.link());
    assert!(!page.body.contains(&screen.id), "the phone's page does not know the login");
}

#[test]
fn a_link_works_for_the_phone_that_opened_it_first() {
    let mut local = Local::new();
    let screen = Screen::open(&mut local);
    let link = screen.link();
    let (mut phone, mut other) = (Browser::default(), Browser::default());
    let login = phone.get(&mut local, &link);
    stops(&other.get(&mut local, &link), 403, "scanned by another phone");
    let fields = [("action", "log_in"), ("account", BO.0), ("password", BO.1)];
    stops(&other.submit(&mut local, "/us/d/scan", &login, &fields), 403, "scanned by another phone");
    assert_eq!(phone.get(&mut local, &link).status, 200, "the phone may load its page again");

    let question = scan(&mut local, &mut phone, &link);
    stops(&other.submit(&mut local, "/us/d/scan", &question, &[("action", "confirm")]), 403, "another phone");
    confirm(&mut local, &mut phone, &question);
    for browser in [&mut phone, &mut other] {
        stops(&browser.get(&mut local, &link), 400, "This code was used");
    }
    stops(&confirm(&mut local, &mut phone, &question), 400, "This code was used");
    assert_eq!(local.last_record()["verdict"], "scan_over");
}

#[test]
pub fn a_code_expires_and_a_fresh_one_takes_its_place() {
    let mut local = Local::new();
    let mut screen = Screen::open(&mut local);
    let old = screen.link();
    local.now += 179_999;
    assert_eq!(screen.state(&mut local), "waiting");
    local.now += 1;
    assert_eq!(screen.state(&mut local), "expired");
    stops(&Browser::default().get(&mut local, &old), 400, "it is too old");
    let address = format!("/us/d/qr?login={}", screen.id);
    let page = screen.browser.get(&mut local, &address);
    assert!(page.body.contains("data-state=\"expired\""), "looking again makes no new code: {}", page.body);

    let location = header_of(&screen.press(&mut local, "renew"), "location").unwrap();
    screen.page = screen.browser.get(&mut local, &location);
    assert_eq!(screen.state(&mut local), "waiting");
    assert_ne!(screen.link(), old);
    stops(&Browser::default().get(&mut local, &old), 400, "This code was used");
    let mut phone = Browser::default();
    let question = scan(&mut local, &mut phone, &screen.link());
    confirm(&mut local, &mut phone, &question);
    assert_eq!(screen.state(&mut local), "confirmed");

    screen.press(&mut local, "renew");
    assert_eq!(screen.state(&mut local), "waiting", "a confirmation goes with its code");
    assert_eq!(local.cloud.snapshot().iter().filter(|row| row.key.starts_with("scan/")).count(), 1);
}

#[test]
fn a_phone_that_scanned_has_three_minutes_of_its_own_but_no_longer_than_the_login() {
    let mut local = Local::new();
    let mut screen = Screen::open(&mut local);
    local.now += 170_000;
    let mut phone = Browser::default();
    let question = scan(&mut local, &mut phone, &screen.link());
    local.now += 179_999;
    assert_eq!(screen.state(&mut local), "scanned");
    local.now += 1;
    assert_eq!(screen.state(&mut local), "expired");
    stops(&confirm(&mut local, &mut phone, &question), 400, "it is too old");

    local.now += 240_000; // The login has ten seconds left.
    screen.press(&mut local, "renew");
    let address = format!("/us/d/qr?login={}", screen.id);
    screen.page = screen.browser.get(&mut local, &address);
    let question = phone.get(&mut local, &screen.link());
    local.now += 10_000;
    stops(&confirm(&mut local, &mut phone, &question), 400, "it is too old");
    assert_eq!(screen.status(&mut local), json!({ "error": "login_over" }));
}

#[test]
fn a_confirmation_that_nobody_fetched_expires() {
    let mut local = Local::new();
    let mut screen = Screen::open(&mut local);
    let mut phone = Browser::default();
    let question = scan(&mut local, &mut phone, &screen.link());
    confirm(&mut local, &mut phone, &question);
    local.now += 180_000;
    assert_eq!(screen.state(&mut local), "expired");
    let back = format!("/us/d/qr?login={}", screen.id);
    assert_eq!(header_of(&screen.press(&mut local, "continue"), "location").unwrap(), back);
}

#[test]
pub fn a_phone_stays_logged_in_until_it_logs_out_or_the_password_changes() {
    let mut local = Local::new();
    let mut phone = Browser::default();
    let screen = Screen::open(&mut local);
    let question = scan(&mut local, &mut phone, &screen.link());
    confirm(&mut local, &mut phone, &question);

    let link = Screen::open(&mut local).link();
    let question = phone.get(&mut local, &link);
    assert!(question.body.contains("Log in on the other screen?"), "{}", question.body);
    let login = phone.submit_and_follow(&mut local, "/us/d/scan", &question, &[("action", "log_out")]);
    assert!(login.body.contains("name=\"password\""), "{}", login.body);
    stops(&confirm(&mut local, &mut phone, &login), 400, "Log in first");

    let link = Screen::open(&mut local).link();
    scan(&mut local, &mut phone, &link);
    let mut row = local.cloud.snapshot().into_iter().find(|row| row.key.starts_with("account/us/")).unwrap();
    row.value = row.value.map(|text| text.replace(browser::ANN.1, "another-password"));
    local.cloud.apply(&[row]);
    let link = Screen::open(&mut local).link();
    let login = phone.get(&mut local, &link);
    assert!(login.body.contains("name=\"password\""), "{}", login.body);
}

#[test]
fn a_deleted_account_leaves_no_phone_and_no_confirmation_behind() {
    let mut local = Local::new();
    let mut screen = Screen::open(&mut local);
    let mut phone = Browser::default();
    let question = scan(&mut local, &mut phone, &screen.link());
    confirm(&mut local, &mut phone, &question);
    done(&mut local, "DELETE", "/accounts/us/ann@example.com", &json!({}));
    assert_eq!(screen.state(&mut local), "expired");
    let back = format!("/us/d/qr?login={}", screen.id);
    assert_eq!(header_of(&screen.press(&mut local, "continue"), "location").unwrap(), back);

    let (name, password) = browser::ANN;
    let again = json!({ "dataCenter": "us", "name": name, "password": password, "app": "Demo Home" });
    done(&mut local, "POST", "/accounts", &again);
    let link = Screen::open(&mut local).link();
    let login = phone.get(&mut local, &link);
    assert!(login.body.contains("name=\"password\""), "another person's: {}", login.body);
}

#[test]
fn a_phone_is_logged_in_to_one_app_and_one_data_center() {
    let mut local = Local::new();
    let mut phone = Browser::default();
    let link = Screen::open(&mut local).link();
    scan(&mut local, &mut phone, &link);

    let mut browser = Browser::default();
    let login = browser.open(&mut local, "eu");
    let page = browser.get(&mut local, &format!("/eu/d/{}", attribute(&login, "href=\"qr?", "qr?")));
    let page = phone.clone().get(&mut local, &attribute(&page, &format!("href=\"{ORIGIN}"), ""));
    assert!(page.body.contains("name=\"password\""), "an account of us is none of eu: {}", page.body);

    let mut row = local.cloud.snapshot().into_iter().find(|row| row.key.starts_with("account/us/")).unwrap();
    row.value = row.value.map(|text| text.replace("Demo Home", "Other Home"));
    local.cloud.apply(&[row]);
    let link = Screen::open(&mut local).link();
    let page = phone.get(&mut local, &link);
    assert!(page.body.contains("name=\"password\""), "nor one of another app: {}", page.body);
}

#[test]
fn a_phone_stays_logged_in_for_thirty_days() {
    let mut local = Local::new();
    let mut phone = Browser::default();
    let link = Screen::open(&mut local).link();
    scan(&mut local, &mut phone, &link);
    for (days, asked) in [(29, "Log in on the other screen?"), (1, "name=\"password\"")] {
        local.now += days * 86_400_000;
        let link = Screen::open(&mut local).link();
        let page = phone.get(&mut local, &link);
        assert!(page.body.contains(asked), "after {days} more days: {}", page.body);
    }
}

#[test]
fn the_phone_checks_passwords_as_the_login_page_does() {
    let mut local = Local::new();
    let mut screen = Screen::open(&mut local);
    let mut phone = Browser::default();
    let mut page = phone.get(&mut local, &screen.link());
    let mut attempt = |local: &mut Local, account: &str, password: &str| {
        let fields = [("action", "log_in"), ("account", account), ("password", password)];
        page = phone.submit(local, "/us/d/scan", &page, &fields);
        (page.clone(), local.last_record()["verdict"].as_str().unwrap().to_owned())
    };
    let (page, verdict) = attempt(&mut local, BO.0, BO.1);
    assert_eq!((page.status, verdict.as_str()), (403, "account_of_another_data_center"));
    for _ in 0..3 {
        let (page, verdict) = attempt(&mut local, browser::ANN.0, "wrong");
        assert_eq!((page.status, verdict.as_str()), (401, "password_wrong"));
        assert!(page.body.contains("value=\"ann@example.com\""), "what was typed is kept");
    }
    let (page, verdict) = attempt(&mut local, browser::ANN.0, "wrong");
    assert_eq!((page.status, verdict.as_str()), (429, "too_many_passwords"));
    assert_eq!(screen.state(&mut local), "expired");
}

#[test]
fn the_phones_forms_need_the_token_of_their_page() {
    let mut local = Local::new();
    let screen = Screen::open(&mut local);
    let mut phone = Browser::default();
    let question = scan(&mut local, &mut phone, &screen.link());
    for (field, status, sentence) in [
        (("form_token", "0123456789abcdef0123456789abcdef"), 403, "not made by the page"),
        (("token", "0123456789abcdef0123456789abcdef"), 400, "This code was used"),
        (("action", "perhaps"), 400, "cannot be read"),
    ] {
        let mut fields = vec![field];
        if field.0 != "action" {
            fields.push(("action", "confirm"));
        }
        stops(&phone.submit(&mut local, "/us/d/scan", &question, &fields), status, sentence);
    }
    stops(&phone.get(&mut local, "/us/d/scan"), 400, "no token");
    stops(&phone.get(&mut local, &screen.link().replace("/us/", "/eu/")), 400, "This code was used");
    assert!(confirm(&mut local, &mut phone, &question).body.contains("Login confirmed"));
}

#[test]
fn a_login_that_passed_by_password_ends_its_code() {
    let mut local = Local::new();
    let mut screen = Screen::open(&mut local);
    let link = screen.link();
    let mut phone = Browser::default();
    let question = scan(&mut local, &mut phone, &link);
    let login = screen.browser.get(&mut local, &format!("/us/d/login?login={}", screen.id));
    let password = [("account", browser::ANN.0), ("password", browser::ANN.1)];
    assert_eq!(screen.browser.submit(&mut local, "/us/d/login", &login, &password).status, 303);
    stops(&confirm(&mut local, &mut phone, &question), 400, "This code was used");
}

#[test]
fn a_project_that_disables_login_ends_the_scan_too() {
    let mut local = Local::new();
    let screen = Screen::open(&mut local);
    let mut phone = Browser::default();
    let question = scan(&mut local, &mut phone, &screen.link());
    let mut row = local.cloud.snapshot().into_iter().find(|row| row.key.starts_with("project/")).unwrap();
    row.value = row.value.map(|text| text.replace("\"enabled\":true", "\"enabled\":false"));
    local.cloud.apply(&[row]);
    stops(&confirm(&mut local, &mut phone, &question), 403, "not enabled");
    stops(&phone.get(&mut local, &screen.link()), 403, "not enabled");
}

#[test]
fn secrets_stay_in_their_browsers_and_out_of_the_journal() {
    let mut local = Local::new();
    let mut screen = Screen::open(&mut local);
    let link = screen.link();
    let mut phone = Browser::default();
    let page = phone.get(&mut local, &link);
    let cookie = header_of(&page, "set-cookie").unwrap();
    assert!(cookie.starts_with("tuya_phone="), "{cookie}");
    assert!(cookie.ends_with("; Path=/us/d; HttpOnly; SameSite=Lax; Max-Age=2592000"), "{cookie}");
    let secret = &cookie["tuya_phone=".len()..][..32];
    screen.state(&mut local);
    let rows: String = local.cloud.snapshot().iter().filter_map(|row| row.value.clone()).collect();
    assert!(!rows.contains(secret), "cookies are stored by their SHA-256");
    assert_eq!(local.last_record()["target"], "/us/d/scan?token=***", "polls that are well leave no record");
    assert_eq!(local.last_record()["clientId"], APP.0);
}

#[test]
fn the_pages_take_their_own_methods_only() {
    let mut local = Local::new();
    for (method, target, allow) in
        [("PUT", "/us/d/qr", "GET, POST"), ("HEAD", "/us/d/scan?token=0", "GET, POST"), ("POST", "/us/d/status", "GET")]
    {
        let answer = local.send(method, target, &[], b"");
        assert_eq!((answer.status, header_of(&answer, "allow").as_deref()), (405, Some(allow)));
    }
    let script = local.send("GET", "/qr.js", &[], b"");
    assert_eq!(header_of(&script, "content-type").unwrap(), "text/javascript; charset=utf-8");
}
