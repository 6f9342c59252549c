//! Seeds, snapshots and restarts.

use tuya_auth_emulator::{Cloud, Seed, SeedError};

use crate::browser::{self, code_for};
use crate::local::{APP, Local};

#[test]
fn callbacks_follow_the_seeds_origin() {
    let seed = Seed { callback_origin: "https://app.example:8443".to_owned(), ..Seed::default() };
    let cloud = Cloud::new(&seed).unwrap();
    let project = cloud.snapshot().into_iter().find(|row| row.key.starts_with("project/")).unwrap();
    assert!(project.value.unwrap().contains("\"https://app.example:8443/auth/callback/weaz\""));
}

#[test]
fn an_origin_that_cannot_be_one_is_refused() {
    for origin in
        ["", "localhost:8788", "http://app.example", "https://app.example/", "https://a@b", "https://a?b", "https://"]
    {
        let seed = Seed { callback_origin: origin.to_owned(), ..Seed::default() };
        assert_eq!(Cloud::new(&seed).unwrap_err(), SeedError::CallbackOrigin, "{origin}");
    }
}

#[test]
fn a_cloud_goes_on_from_its_snapshot() {
    let mut local = Local::new();
    let code = code_for(&mut local, "us", browser::ANN);
    local.cloud = Cloud::restore(&local.cloud.snapshot());
    assert!(local.get(APP, "us", &format!("/v1.0/token?grant_type=2&code={code}"), None).is_ok());
}

#[test]
fn every_key_and_account_is_documented() {
    let documented = include_str!("../../../docs/emulator.md");
    let rows = Cloud::new(&Seed::default()).unwrap().snapshot();
    let mut seen = 0;
    for row in rows {
        let value: serde_json::Value = serde_json::from_str(&row.value.unwrap()).unwrap();
        let shown: &[&str] = match row.key.split('/').next().unwrap() {
            "authorization" => &["clientId", "secret"],
            "account" => &["uid", "password"],
            _ => &[],
        };
        for name in shown {
            assert!(documented.contains(&format!("`{}`", value[name].as_str().unwrap())), "{name} of {}", row.key);
            seen += 1;
        }
    }
    assert_eq!(seen, 8);
}
