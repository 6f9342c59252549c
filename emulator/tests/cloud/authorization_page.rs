//! The authorization page: who may open it, what it shows, and where it sends the browser.

use tuya_auth_emulator::Answer;

use crate::browser::{ANN, BO, Browser, STATE, callback, header_of, login_target};
use crate::local::{APP, CLOUD, Local, header};

#[test]
pub fn confirming_gives_a_code_and_the_state_to_the_callback() {
    let location = Browser::default().decide(&mut Local::new(), "us", ANN, "confirm");
    let (address, query) = location.split_once('?').unwrap();
    assert_eq!(address, callback("us"));
    let (code, state) = query.split_once('&').unwrap();
    assert_eq!(code.strip_prefix("code=").unwrap().len(), 32);
    assert_eq!(state, format!("state={STATE}"));
}

#[test]
pub fn refusing_gives_access_denied_and_the_state_to_the_callback() {
    let location = Browser::default().decide(&mut Local::new(), "us", ANN, "refuse");
    assert_eq!(location, format!("{}?error=access_denied&state={STATE}", callback("us")));
}

#[test]
fn the_page_names_the_app_the_project_and_the_account() {
    let mut local = Local::new();
    let mut browser = Browser::default();
    let login = browser.open(&mut local, "us");
    assert!(login.body.contains("Log in to Demo Home"));
    let (_, consent) = browser.log_in(&mut local, "us", ANN);
    for shown in ["Demo project", "Demo Home", "ann@example.com", "control your devices", "localhost:8788"] {
        assert!(consent.body.contains(shown), "{shown} is not shown");
    }
}

#[test]
fn every_answer_forbids_frames_caches_and_referrers() {
    let mut local = Local::new();
    let page = Browser::default().open(&mut local, "us");
    let stopped = local.send("GET", "/us/d/login", &[], b"");
    for answer in [page, stopped] {
        assert_eq!(header_of(&answer, "x-frame-options").unwrap(), "DENY");
        assert_eq!(header_of(&answer, "cache-control").unwrap(), "no-store");
        assert_eq!(header_of(&answer, "referrer-policy").unwrap(), "no-referrer");
        assert!(header_of(&answer, "content-security-policy").unwrap().contains("frame-ancestors 'none'"));
    }
}

#[test]
fn a_link_that_is_wrong_stops_at_a_page_and_redirects_nowhere() {
    let mut local = Local::new();
    let own = callback("us");
    let long = "s".repeat(513);
    for (target, sentence) in [
        ("/us/d/login".to_owned(), "no client_id"),
        (login_target("us", "nobody", &own, STATE), "No authorization"),
        (login_target("us", CLOUD.0, &own, STATE), "not the one of the project"),
        (login_target("us", APP.0, "https://evil.example/", STATE), "not exactly the callback"),
        (login_target("us", APP.0, &format!("{own}/"), STATE), "not exactly the callback"),
        (login_target("us", APP.0, &callback("eu"), STATE), "not exactly the callback"),
        (login_target("us", APP.0, "", STATE), "no redirect_uri"),
        (login_target("us", APP.0, &own, ""), "no state"),
        (login_target("us", APP.0, &own, &long), "longer than 512"),
        (format!("{}&state=again", login_target("us", APP.0, &own, STATE)), "repeated"),
        (format!("{}&x=%zz", login_target("us", APP.0, &own, STATE)), "cannot be decoded"),
        (format!("{}&response_type=token", login_target("us", APP.0, &own, STATE)), "response_type"),
    ] {
        stops(&local.send("GET", &target, &[], b""), sentence);
    }
}

fn stops(answer: &Answer, sentence: &str) {
    assert!((400..500).contains(&answer.status), "{} for {sentence}", answer.status);
    assert_eq!(header_of(answer, "location"), None);
    assert!(answer.body.contains(sentence), "{sentence} is not in {}", answer.body);
}

#[test]
fn a_project_can_disable_login_or_leave_a_callback_out() {
    let mut local = Local::new();
    let target = login_target("us", APP.0, &callback("us"), STATE);
    let row = local.cloud.snapshot().into_iter().find(|row| row.key.starts_with("project/")).unwrap();
    let mut edit = |from: &str, to: &str| {
        let mut row = row.clone();
        row.value = row.value.map(|text| text.replace(from, to));
        local.cloud.apply(&[row]);
        local.send("GET", &target, &[], b"")
    };
    stops(&edit("\"enabled\":true", "\"enabled\":false"), "not enabled");
    stops(&edit("\"us\":", "\"elsewhere\":"), "no callback URL for Western America (us)");
}

#[test]
fn a_login_that_is_under_way_ends_when_the_project_disables_it() {
    let mut local = Local::new();
    let mut browser = Browser::default();
    let (target, page) = browser.log_in(&mut local, "us", ANN);
    let mut row = local.cloud.snapshot().into_iter().find(|row| row.key.starts_with("project/")).unwrap();
    row.value = row.value.map(|text| text.replace("\"enabled\":true", "\"enabled\":false"));
    local.cloud.apply(&[row]);
    stops(&browser.get(&mut local, &target), "not enabled");
    stops(&browser.submit(&mut local, "/us/d/consent", &page, &[("decision", "confirm")]), "not enabled");
}

#[test]
fn a_wrong_password_shows_the_form_again_until_five_were_wrong() {
    let mut local = Local::new();
    let mut browser = Browser::default();
    let mut page = browser.open(&mut local, "us");
    for _ in 0..4 {
        page = browser.submit(&mut local, "/us/d/login", &page, &[("account", ANN.0), ("password", "wrong")]);
        assert_eq!(page.status, 401);
        assert!(page.body.contains("Account or password is wrong"));
        assert!(page.body.contains("value=\"ann@example.com\""), "what was typed is kept");
        assert!(!page.body.contains("\"wrong\""), "the password is not");
    }
    let fifth = browser.submit(&mut local, "/us/d/login", &page, &[("account", ANN.0), ("password", "wrong")]);
    assert_eq!(fifth.status, 429);
    let right = browser.submit(&mut local, "/us/d/login", &page, &[("account", ANN.0), ("password", ANN.1)]);
    stops(&right, "This login is over");
}

#[test]
fn an_account_of_another_data_center_is_told_where_it_belongs() {
    let mut local = Local::new();
    let mut browser = Browser::default();
    let page = browser.open(&mut local, "us");
    let answer = browser.submit(&mut local, "/us/d/login", &page, &[("account", BO.0), ("password", BO.1)]);
    assert_eq!(answer.status, 403);
    assert!(answer.body.contains("belongs to the data center Central Europe (eu)"));
    let answer = browser.submit(&mut local, "/us/d/login", &page, &[("account", BO.0), ("password", "wrong")]);
    assert!(!answer.body.contains("Central Europe"), "without the password nothing is told");
}

#[test]
fn only_accounts_of_the_configured_app_log_in() {
    let mut local = Local::new();
    let mut row = local.cloud.snapshot().into_iter().find(|row| row.key.starts_with("account/us/")).unwrap();
    row.value = row.value.map(|text| text.replace("Demo Home", "Other Home"));
    local.cloud.apply(&[row]);
    let mut browser = Browser::default();
    let page = browser.open(&mut local, "us");
    let answer = browser.submit(&mut local, "/us/d/login", &page, &[("account", ANN.0), ("password", ANN.1)]);
    assert_eq!(answer.status, 403);
    assert!(answer.body.contains("registered in Other Home, and only accounts of Demo Home"), "{}", answer.body);
    assert_eq!(local.last_record()["verdict"], "account_of_another_app");
    let answer = browser.submit(&mut local, "/us/d/login", &page, &[("account", ANN.0), ("password", "wrong")]);
    assert!(!answer.body.contains("Other Home"), "without the password nothing is told");
}

#[test]
fn consent_tells_when_the_project_cannot_read_users() {
    let mut local = Local::new();
    let (_, consent) = Browser::default().log_in(&mut local, "us", ANN);
    assert!(!consent.body.contains("1106"), "{}", consent.body);
    let mut row = local.cloud.snapshot().into_iter().find(|row| row.key.starts_with("project/")).unwrap();
    row.value = row.value.map(|text| text.replace("\"user\":true", "\"user\":false"));
    local.cloud.apply(&[row]);
    let (_, consent) = Browser::default().log_in(&mut local, "us", ANN);
    assert!(consent.body.contains("does not have the user permission package"), "{}", consent.body);
}

#[test]
fn what_was_typed_is_escaped() {
    let mut local = Local::new();
    let mut browser = Browser::default();
    let page = browser.open(&mut local, "us");
    let fields = [("account", "\"><script>alert(1)</script>"), ("password", "x")];
    let answer = browser.submit(&mut local, "/us/d/login", &page, &fields);
    assert!(!answer.body.contains("<script>"));
}

#[test]
fn a_login_belongs_to_the_browser_that_began_it() {
    let mut local = Local::new();
    let mut victim = Browser::default();
    let (target, page) = victim.log_in(&mut local, "us", ANN);
    let mut attacker = Browser::default();
    attacker.open(&mut local, "us");
    for mut other in [attacker, Browser::default()] {
        stops(&other.get(&mut local, &target), "not begun in this browser");
        let sent = other.submit(&mut local, "/us/d/consent", &page, &[("decision", "confirm")]);
        stops(&sent, "not begun in this browser");
    }
}

#[test]
fn a_form_needs_the_token_of_its_page() {
    let mut local = Local::new();
    let mut browser = Browser::default();
    let first = browser.open(&mut local, "us");
    let mut forged = browser.open(&mut local, "us");
    let token = |page: &Answer| page.body.split_once("form_token\" value=\"").unwrap().1[..32].to_owned();
    forged.body = forged.body.replace(&token(&forged), &token(&first));
    let sent = browser.submit(&mut local, "/us/d/login", &forged, &[("account", ANN.0), ("password", ANN.1)]);
    stops(&sent, "not made by the page");
}

#[test]
fn each_step_works_once() {
    let mut local = Local::new();
    let mut browser = Browser::default();
    let login = browser.open(&mut local, "us");
    let password = [("account", ANN.0), ("password", ANN.1)];
    let sent = browser.submit(&mut local, "/us/d/login", &login, &password);
    stops(&browser.submit(&mut local, "/us/d/login", &login, &password), "This login is over");
    stops(&browser.submit(&mut local, "/us/d/consent", &login, &[("decision", "confirm")]), "This login is over");

    let consent = browser.get(&mut local, &header_of(&sent, "location").unwrap());
    stops(&browser.submit(&mut local, "/us/d/login", &consent, &password), "logged in here already");
    stops(&browser.submit(&mut local, "/us/d/consent", &consent, &[("decision", "perhaps")]), "cannot be read");
    stops(&browser.submit(&mut local, "/eu/d/consent", &consent, &[("decision", "confirm")]), "This login is over");
    let confirmed = browser.submit(&mut local, "/us/d/consent", &consent, &[("decision", "confirm")]);
    assert_eq!(confirmed.status, 303);
    stops(&browser.submit(&mut local, "/us/d/consent", &consent, &[("decision", "confirm")]), "This login is over");
}

#[test]
fn consent_needs_a_password_first_and_a_login_ends_after_ten_minutes() {
    let mut local = Local::new();
    let mut browser = Browser::default();
    let login = browser.open(&mut local, "us");
    stops(&browser.submit(&mut local, "/us/d/consent", &login, &[("decision", "confirm")]), "Log in first");
    local.now += 600_000;
    let sent = browser.submit(&mut local, "/us/d/login", &login, &[("account", ANN.0), ("password", ANN.1)]);
    stops(&sent, "This login is over");
}

#[test]
fn several_tabs_of_one_browser_log_in() {
    let mut local = Local::new();
    let mut browser = Browser::default();
    let (_, first) = browser.log_in(&mut local, "us", ANN);
    let (_, second) = browser.log_in(&mut local, "us", ANN);
    for page in [first, second] {
        let sent = browser.submit(&mut local, "/us/d/consent", &page, &[("decision", "confirm")]);
        assert_eq!(sent.status, 303, "{}", sent.body);
    }
}

#[test]
fn only_forms_are_read() {
    let mut local = Local::new();
    let json = [header("content-type", "application/json")];
    stops(&local.send("POST", "/us/d/login", &json, b"{}"), "cannot be read");
    let form = [header("content-type", "application/x-www-form-urlencoded")];
    stops(&local.send("POST", "/us/d/login", &form, b"\xff"), "cannot be read");
    assert_eq!(local.send("DELETE", "/us/d/login", &[], b"").status, 405);
    assert_eq!(local.send("GET", "/us/d/elsewhere", &[], b"").status, 404);
}

#[test]
fn a_form_of_very_many_fields_is_read_without_delay() {
    let fields: Vec<String> = (0..130_000).map(|number| format!("{number:x}=")).collect();
    let form = [header("content-type", "application/x-www-form-urlencoded")];
    let mut local = Local::new();
    stops(&local.send("POST", "/us/d/login", &form, fields.join("&").as_bytes()), "cannot be read");
    let one = format!("{}&login={}", fields.join("&"), "0".repeat(32));
    stops(&local.send("POST", "/us/d/login", &form, one.as_bytes()), "This login is over");
}
