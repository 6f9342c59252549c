//! The authorization page in English and Chinese, and names from outside in its HTML.

use serde_json::{Value, json};
use tuya_auth_emulator::Answer;

use crate::browser::{ANN, Browser, STATE, callback, header_of, login_target};
use crate::local::{APP, Local};

const ENGLISH: &str = "Log in to Demo Home";
const CHINESE: &str = "登录 Demo Home";

fn login(local: &mut Local, browser: &mut Browser, more: &str) -> Answer {
    browser.get(local, &format!("{}{more}", login_target("us", APP.0, &callback("us"), STATE)))
}

#[test]
fn a_page_speaks_the_language_that_the_browser_prefers() {
    let mut local = Local::new();
    for (accept, heading, tag) in [
        ("en-GB,en;q=0.9,zh;q=0.8", ENGLISH, "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", CHINESE, "zh-Hans"),
        ("en;q=0.2, zh-TW;q=0.7", CHINESE, "zh-Hans"),
        ("fr", ENGLISH, "en"),
    ] {
        let page = login(&mut local, &mut Browser::speaking(accept), "");
        assert!(page.body.contains(&format!("<html lang=\"{tag}\">")), "{accept}");
        assert!(page.body.contains(heading), "{accept}");
        assert_eq!(header_of(&page, "content-language").unwrap(), tag);
    }
}

#[test]
pub fn a_choice_counts_more_than_the_preference_and_is_remembered() {
    let mut local = Local::new();
    let mut browser = Browser::speaking("en");
    let english = login(&mut local, &mut browser, "");
    let (_, rest) = english.body.split_once("<a href=\"login?").unwrap();
    let chosen = rest.split('"').next().unwrap().split('&').next().unwrap();
    let page = browser.get(&mut local, &format!("/us/d/login?{chosen}&lang=zh"));
    assert!(page.body.contains(CHINESE), "{}", page.body);
    let cookie = header_of(&page, "set-cookie").unwrap();
    assert_eq!(cookie, "tuya_lang=zh; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax");
    let sent = browser.submit_and_follow(&mut local, "/us/d/login", &page, &[("account", ANN.0), ("password", ANN.1)]);
    assert!(sent.body.contains("确认授权"), "the login goes on: {}", sent.body);
    assert!(login(&mut local, &mut browser, "&lang=en").body.contains(ENGLISH));
    assert!(login(&mut local, &mut browser, "").body.contains(ENGLISH));
}

#[test]
fn a_language_that_the_pages_do_not_speak_changes_nothing() {
    let mut local = Local::new();
    let page = login(&mut local, &mut Browser::speaking("zh"), "&lang=fr");
    assert!(page.body.contains(CHINESE));
    let cookies = page.headers.iter().filter(|(name, _)| name == "set-cookie").count();
    assert_eq!(cookies, 1, "the login's own");
}

#[test]
fn errors_are_told_in_chinese_under_the_same_verdict_and_can_be_read_in_english() {
    let mut local = Local::new();
    let own = callback("us");
    let mut browser = Browser::speaking("zh");
    for (target, sentence, verdict) in [
        ("/us/d/login".to_owned(), "链接中缺少参数 client_id", "parameter_missing"),
        (login_target("us", "nobody", &own, STATE), "没有任何授权使用此 client ID", "client_unknown"),
        (login_target("us", APP.0, "https://evil.example/", STATE), "美国西部（us）", "callback_mismatch"),
        ("/us/d/consent?login=0".to_owned(), "本次登录已结束", "login_over"),
        ("/us/d/scan?token=0".to_owned(), "二维码已被使用或已过期", "scan_over"),
    ] {
        let page = browser.get(&mut local, &target);
        assert!(page.body.contains(sentence), "{sentence} is not in {}", page.body);
        assert!(page.body.contains("role=\"alert\" tabindex=\"-1\" autofocus"), "the focus goes to the error");
        assert_eq!(local.last_record()["verdict"], verdict);
        let (path, query) = target.split_once('?').unwrap_or((&target, ""));
        let joint = if query.is_empty() { "" } else { "&" };
        let address = format!("?{query}{joint}lang=en");
        assert!(page.body.contains(&format!("href=\"{}\"", address.replace('&', "&amp;"))), "{}", page.body);
        let mut other = Browser::speaking("zh");
        let english = other.get(&mut local, &format!("{path}{address}"));
        assert!(english.body.contains("This does not work"), "{}", english.body);
        let back = format!("?{query}{joint}lang=zh").replace('&', "&amp;");
        assert!(english.body.contains(&format!("href=\"{back}\"")), "{}", english.body);
    }
    let page = login(&mut local, &mut browser, "");
    let wrong = browser.submit(&mut local, "/us/d/login", &page, &[("account", ANN.0), ("password", "x")]);
    assert!(wrong.body.contains("账号或密码错误。"), "{}", wrong.body);
}

#[test]
fn the_status_of_a_scan_speaks_the_pages_language() {
    let mut local = Local::new();
    let mut browser = Browser::speaking("zh");
    let page = login(&mut local, &mut browser, "");
    let (_, rest) = page.body.split_once("name=\"login\" value=\"").unwrap();
    let id = &rest[..32];
    assert!(browser.get(&mut local, &format!("/us/d/qr?login={id}")).body.contains("等待手机扫码。"));
    let status = browser.get(&mut local, &format!("/us/d/status?login={id}"));
    let status: Value = serde_json::from_str(&status.body).unwrap();
    assert_eq!(status, json!({ "state": "waiting", "text": "等待手机扫码。" }));
}

#[test]
fn names_from_outside_are_escaped_on_every_page() {
    for accept in ["en", "zh"] {
        let mut local = Local::new();
        let hostile = "\\\"'><script>alert(1)</script>"; // as it stands in JSON
        for mut row in local.cloud.snapshot() {
            row.value = row.value.map(|text| text.replace("Demo Home", hostile).replace("Demo project", hostile));
            local.cloud.apply(&[row]);
        }
        let mut browser = Browser::speaking(accept);
        let page = login(&mut local, &mut browser, "");
        let (_, rest) = page.body.split_once("name=\"login\" value=\"").unwrap();
        let id = rest[..32].to_owned();
        let qr = browser.get(&mut local, &format!("/us/d/qr?login={id}"));
        let (_, rest) = qr.body.split_once("href=\"http://localhost:8787").unwrap();
        let link = rest.split('"').next().unwrap().to_owned();
        let mut phone = Browser::speaking(accept);
        let phone_login = phone.get(&mut local, &link);
        let fields = [("action", "log_in"), ("account", ANN.0), ("password", ANN.1)];
        let question = phone.submit_and_follow(&mut local, "/us/d/scan", &phone_login, &fields);
        let consent = browser.submit_and_follow(&mut local, "/us/d/login", &page, &fields[1..]);
        for page in [page, qr, phone_login, question, consent] {
            assert_eq!(page.status, 200, "{}", page.body);
            assert!(page.body.contains("&lt;script&gt;alert(1)"), "the name is shown: {}", page.body);
            assert!(!page.body.contains("<script>"), "{}", page.body);
        }
    }
}
