//! Codes, tokens and their lives.

use crate::browser::{self, code_for};
use crate::local::{ANN, APP, CLOUD, Local, Outcome, refused, text};

const SIMPLE: &str = "/v1.0/token?grant_type=1";

fn exchange(local: &mut Local, data_center: &str, code: &str) -> Outcome {
    local.get(APP, data_center, &format!("/v1.0/token?grant_type=2&code={code}"), None)
}

fn refresh(local: &mut Local, token: &str) -> Outcome {
    local.get(APP, "us", &format!("/v1.0/token/{token}"), None)
}

fn devices(local: &mut Local, token: &str) -> Outcome {
    local.get(APP, "us", &format!("/v1.0/users/{ANN}/devices"), Some(token))
}

#[test]
fn a_code_works_once() {
    let mut local = Local::new();
    let code = code_for(&mut local, "us", browser::ANN);
    let grant = exchange(&mut local, "us", &code).unwrap();
    assert_eq!(grant["expire_time"], 7200);
    assert_eq!(text(&grant, "access_token").len(), 32);
    assert_eq!(exchange(&mut local, "us", &code), refused(1107, "code invalid"));
}

#[test]
fn a_code_works_for_five_minutes() {
    let mut local = Local::new();
    let code = code_for(&mut local, "us", browser::ANN);
    local.now += 299_999;
    let late = code_for(&mut local, "us", browser::ANN);
    assert!(exchange(&mut local, "us", &code).is_ok());
    local.now += 300_000;
    assert_eq!(exchange(&mut local, "us", &late), refused(1107, "code invalid"));
}

#[test]
fn a_code_works_in_its_data_center_and_for_its_client() {
    let mut local = Local::new();
    let code = code_for(&mut local, "us", browser::ANN);
    assert_eq!(exchange(&mut local, "eu", &code), refused(1107, "code invalid"));
    let path = format!("/v1.0/token?grant_type=2&code={code}");
    assert_eq!(local.get(CLOUD, "us", &path, None), refused(1107, "code invalid"));
    assert!(exchange(&mut local, "us", &code).is_ok(), "what others tried does not use it up");
}

#[test]
fn grant_types_and_parameters_are_checked() {
    let mut local = Local::new();
    for (path, expected) in [
        ("/v1.0/token", refused(1003, "grant type invalid")),
        ("/v1.0/token?grant_type=3", refused(1003, "grant type invalid")),
        ("/v1.0/token?grant_type=2", refused(1109, "param is illegal, please check it")),
        ("/v1.0/token?grant_type=2&code=unknown", refused(1107, "code invalid")),
    ] {
        assert_eq!(local.get(APP, "us", path, None), expected, "{path}");
    }
}

#[test]
pub fn a_refresh_ends_both_old_tokens_at_once() {
    let mut local = Local::new();
    let code = code_for(&mut local, "us", browser::ANN);
    let old = exchange(&mut local, "us", &code).unwrap();
    let new = refresh(&mut local, &text(&old, "refresh_token")).unwrap();
    assert_eq!(text(&new, "uid"), ANN);
    assert_eq!(new["expire_time"], 7200);
    assert_eq!(devices(&mut local, &text(&old, "access_token")), refused(1010, "token invalid"));
    assert_eq!(refresh(&mut local, &text(&old, "refresh_token")), refused(1010, "token invalid"));
    assert!(devices(&mut local, &text(&new, "access_token")).is_ok());
}

#[test]
fn a_refresh_token_is_its_clients_and_outlives_the_access_token() {
    let mut local = Local::new();
    let code = code_for(&mut local, "us", browser::ANN);
    let old = exchange(&mut local, "us", &code).unwrap();
    local.now += 7_199_999;
    assert!(devices(&mut local, &text(&old, "access_token")).is_ok());
    local.now += 1;
    assert_eq!(devices(&mut local, &text(&old, "access_token")), refused(1010, "token is expired"));
    local.now += 31_536_000_000;
    let path = format!("/v1.0/token/{}", text(&old, "refresh_token"));
    assert_eq!(local.get(CLOUD, "us", &path, None), refused(1010, "token invalid"));
    let elsewhere = refused(28_841_107, "No permission. The data center is suspended.");
    assert_eq!(local.get(APP, "eu", &path, None), elsewhere);
    assert!(refresh(&mut local, &text(&old, "refresh_token")).is_ok());
}

#[test]
pub fn simple_mode_repeats_a_live_token_with_the_life_that_remains() {
    let mut local = Local::new();
    let first = local.get(CLOUD, "us", SIMPLE, None).unwrap();
    local.now += 1_500;
    let again = local.get(CLOUD, "us", SIMPLE, None).unwrap();
    assert_eq!(text(&first, "access_token"), text(&again, "access_token"));
    assert_eq!(again["expire_time"], 7198);
    let elsewhere = local.get(CLOUD, "eu", SIMPLE, None).unwrap();
    assert_ne!(text(&first, "access_token"), text(&elsewhere, "access_token"));
    local.now += 7_200_000;
    let next = local.get(CLOUD, "us", SIMPLE, None).unwrap();
    assert_ne!(text(&first, "access_token"), text(&next, "access_token"));
    let path = format!("/v1.0/token/{}", text(&first, "refresh_token"));
    assert_eq!(local.get(CLOUD, "us", &path, None), refused(1010, "token invalid"));
}

#[test]
fn simple_mode_repeats_the_token_that_a_refresh_made() {
    let mut local = Local::new();
    let first = local.get(CLOUD, "us", SIMPLE, None).unwrap();
    let path = format!("/v1.0/token/{}", text(&first, "refresh_token"));
    let next = local.get(CLOUD, "us", &path, None).unwrap();
    assert_ne!(text(&first, "access_token"), text(&next, "access_token"));
    let again = local.get(CLOUD, "us", SIMPLE, None).unwrap();
    assert_eq!(text(&next, "access_token"), text(&again, "access_token"));
}

#[test]
fn what_is_over_is_forgotten() {
    let mut local = Local::new();
    let count = |local: &Local| local.cloud.snapshot().iter().filter(|row| !row.key.starts_with("request/")).count();
    let code = code_for(&mut local, "us", browser::ANN);
    let mut token = text(&exchange(&mut local, "us", &code).unwrap(), "refresh_token");
    let before = count(&local);
    for _ in 0..3 {
        token = text(&refresh(&mut local, &token).unwrap(), "refresh_token");
    }
    assert_eq!(count(&local), before, "a refresh adds nothing");
    for _ in 0..3 {
        browser::Browser::default().open(&mut local, "us");
        code_for(&mut local, "us", browser::ANN);
        local.now += 600_000;
    }
    assert_eq!(count(&local), before + 2, "one login and one code are left, to be dropped by the next");
}

#[test]
fn a_refused_call_stores_nothing_but_its_record() {
    let mut local = Local::new();
    let before = local.cloud.snapshot().len();
    assert!(exchange(&mut local, "us", "unknown").is_err());
    let added: Vec<_> = local.cloud.snapshot().into_iter().skip_while(|row| !row.key.starts_with("request/")).collect();
    assert_eq!(local.cloud.snapshot().len(), before + 1);
    assert!(added[0].key.starts_with("request/"));
}
