//! What holds for any input.

use proptest::prelude::*;
use serde_json::Value;
use tuya_auth::encoding::encode_component;
use tuya_auth::sign::SignerOptions;
use tuya_auth_emulator::{Cloud, Request, Seed};

use crate::browser::{self, code_for};
use crate::local::{ANN, APP, BO, CLOUD, Local, header, refused, signed, text};

const LOGIN: &str = "/v1.0/iot-01/associated-users/actions/authorized-login";

const DATA_CENTERS: [&str; 7] = ["cn", "us", "ueaz", "eu", "weaz", "in", "sg"];

/// Targets that reach into every part of the cloud, and anything at all.
fn target() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("us".to_owned()),
        Just("v1.0".to_owned()),
        Just("token".to_owned()),
        Just("d".to_owned()),
        Just("login".to_owned()),
        Just("consent".to_owned()),
        Just("qr".to_owned()),
        Just("scan".to_owned()),
        Just("status".to_owned()),
        Just("control".to_owned()),
        Just("advance".to_owned()),
        Just("console/api/projects".to_owned()),
        Just("console/api/accounts".to_owned()),
        "[a-z%.~/?&=+é\u{0}-]{0,8}",
    ];
    prop_oneof![
        "\\PC{0,40}",
        (prop::collection::vec(part, 0..6), "[a-z_=&%0-9]{0,40}")
            .prop_map(|(parts, query)| format!("/{}?{query}", parts.join("/"))),
    ]
}

fn headers() -> impl Strategy<Value = Vec<(String, String)>> {
    let name = prop_oneof![
        Just("client_id".to_owned()),
        Just("sign".to_owned()),
        Just("t".to_owned()),
        Just("sign_method".to_owned()),
        Just("access_token".to_owned()),
        Just("Signature-Headers".to_owned()),
        Just("content-type".to_owned()),
        Just("cookie".to_owned()),
        Just("host".to_owned()),
        "\\PC{0,10}",
    ];
    let value = prop_oneof![
        Just(APP.0.to_owned()),
        Just("HMAC-SHA256".to_owned()),
        Just("1760000000000".to_owned()),
        Just("application/json".to_owned()),
        Just("application/x-www-form-urlencoded".to_owned()),
        Just("localhost".to_owned()),
        "\\PC{0,40}",
    ];
    prop::collection::vec((name, value), 0..12)
}

/// Any JSON, and what commands and logins are made of.
fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        Just("switch_led".into()),
        Just("bright_value".into()),
        Just("ann@example.com".into()),
        Just("Demo Home".into()),
        "\\PC{0,8}".prop_map(Value::from),
    ];
    let name = prop_oneof![
        Just("commands".to_owned()),
        Just("code".to_owned()),
        Just("value".to_owned()),
        Just("username".to_owned()),
        Just("password".to_owned()),
        Just("country_code".to_owned()),
        Just("schema".to_owned()),
        "\\PC{0,4}",
    ];
    leaf.prop_recursive(3, 16, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::hash_map(name.clone(), inner, 0..5)
                .prop_map(|members| members.into_iter().collect::<serde_json::Map<_, _>>().into()),
        ]
    })
}

/// A query of the names that lists know, with any values.
fn query() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec![
        "size",
        "page_size",
        "page_no",
        "last_row_key",
        "device_ids",
        "source_type",
        "source_id",
        "category",
        "name",
        "start_update_time",
    ]);
    let value = prop_oneof![
        "[0-9]{1,20}",
        "[0-9A-F]{0,12}",
        "\\PC{0,6}",
        Just("vdevo170000000000001,vdevo170000000000002".to_owned()),
        Just("tuyaUser".to_owned()),
        Just("product".to_owned()),
        Just("homeApp".to_owned()),
        Just(ANN.to_owned()),
    ];
    prop::collection::btree_map(name, value, 0..4).prop_map(|pairs| {
        pairs.iter().map(|(name, value)| format!("{name}={}", encode_component(value))).collect::<Vec<_>>().join("&")
    })
}

/// What a call that is signed well may be refused with.
const REFUSALS: [u64; 7] = [1100, 1101, 1106, 1108, 1109, 2001, 2008];

proptest! {
    #[test]
    fn a_signed_post_of_any_json_is_done_or_refused_in_the_clouds_words(body in json(), login in any::<bool>()) {
        let mut local = Local::new();
        let token = local.token("us");
        let path = if login { LOGIN } else { "/v1.0/devices/vdevo170000000000001/commands" };
        let kinds = |local: &mut Local| {
            let status = local.get(CLOUD, "us", "/v1.0/devices/vdevo170000000000001/status", Some(&token)).unwrap();
            let kind = |at: usize| (status[at]["value"].is_boolean(), status[at]["value"].is_u64());
            (kind(0), kind(1))
        };
        let before = kinds(&mut local);
        let wrapped = [body.clone(), serde_json::json!({ "commands": body })];
        for body in wrapped {
            match local.post(CLOUD, "us", path, &body.to_string(), (!login).then_some(token.as_str())) {
                Ok(_) => prop_assert!(!login, "nobody guesses a password: {body}"),
                Err((code, _)) => prop_assert!(REFUSALS.contains(&code), "{code}: {body}"),
            }
        }
        prop_assert_eq!(kinds(&mut local), before, "a device keeps the kinds of its values");
    }

    #[test]
    fn a_signed_list_of_any_query_is_given_or_refused_in_the_clouds_words(query in query(), which in 0_usize..6) {
        let mut local = Local::new();
        local.edit("device/us/vdevo170000000000002", |plug| plug["uid"] = BO.into());
        let token = local.token("us");
        let path = [
            "/v1.0/iot-01/associated-users/devices", "/v1.0/devices", "/v1.0/iot-03/devices", "/v1.3/iot-03/devices",
            "/v1.0/devices/status", "/v1.0/devices/factory-infos",
        ][which];
        let target = if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") };
        match local.get(CLOUD, "us", &target, Some(&token)) {
            Ok(result) => prop_assert!(!result.to_string().contains(BO), "what is not linked stays unseen: {target}"),
            Err((code, _)) => prop_assert!(REFUSALS.contains(&code), "{code}: {target}"),
        }
    }

    #[test]
    fn no_request_panics_and_each_gets_an_answer(
        method in prop_oneof![Just("GET".to_owned()), Just("POST".to_owned()), "\\PC{0,8}"],
        target in target(),
        headers in headers(),
        body in prop::collection::vec(any::<u8>(), 0..200),
        now in any::<u64>(),
        entropy in any::<[u8; 32]>(),
    ) {
        let mut cloud = Cloud::new(&Seed::default()).unwrap();
        let mut wide = [0; 64];
        wide[..32].copy_from_slice(&entropy);
        let request =
            Request { method: &method, target: &target, headers: &headers, body: &body, now, entropy: &wide };
        let before = cloud.snapshot();
        let (answer, rows) = cloud.handle(&request);
        prop_assert!((200..600).contains(&answer.status));
        prop_assert_eq!(cloud.snapshot(), before, "handling applies nothing");
        cloud.apply(&rows);
        prop_assert!(cloud.snapshot().iter().all(|row| serde_json::from_str::<Value>(row.value.as_deref().unwrap()).is_ok()));
    }

    #[test]
    fn a_secret_with_one_bit_flipped_is_refused(byte in 0_usize..32, bit in 0_u32..7) {
        let mut secret = APP.1.as_bytes().to_vec();
        secret[byte] ^= 1 << bit;
        let secret = String::from_utf8(secret).unwrap();
        prop_assume!(secret.bytes().all(|byte| byte.is_ascii_graphic()));
        let path = "/v1.0/token?grant_type=1";
        prop_assert_eq!(Local::new().get((APP.0, &secret), "us", path, None), refused(1004, "sign invalid"));
    }

    #[test]
    fn tokens_of_one_data_center_work_in_no_other(home in 0_usize..7, other in 0_usize..7) {
        prop_assume!(home != other);
        let (home, other) = (DATA_CENTERS[home], DATA_CENTERS[other]);
        let mut local = Local::new();
        let grant = local.get(CLOUD, home, "/v1.0/token?grant_type=1", None).unwrap();
        let elsewhere = refused(28_841_107, "No permission. The data center is suspended.");
        let path = format!("/v1.0/users/{ANN}/devices");
        prop_assert_eq!(local.get(CLOUD, other, &path, Some(&text(&grant, "access_token"))), elsewhere.clone());
        prop_assert_eq!(local.get(CLOUD, other, &format!("/v1.0/token/{}", text(&grant, "refresh_token")), None), elsewhere);
    }

    #[test]
    fn a_code_is_accepted_at_most_once(tries in prop::collection::vec((0_usize..7, any::<bool>(), 0_u64..90_000), 1..12)) {
        let mut local = Local::new();
        let code = code_for(&mut local, "us", browser::ANN);
        let path = format!("/v1.0/token?grant_type=2&code={code}");
        let mut accepted = 0;
        for (data_center, own, wait) in tries {
            local.now += wait;
            let keys = if own { APP } else { CLOUD };
            accepted += u32::from(local.get(keys, DATA_CENTERS[data_center], &path, None).is_ok());
        }
        prop_assert!(accepted <= 1);
    }

    #[test]
    fn a_signed_request_that_is_changed_on_the_way_is_refused(extra in "[a-z]{1,8}=[a-z]{0,8}", nonce in "[a-z]{1,8}") {
        let mut local = Local::new();
        let path = "/v1.0/token?grant_type=1";
        let mut headers = signed(APP, path, None, local.now, SignerOptions::default());
        prop_assert_eq!(local.call("us", &format!("{path}&{extra}"), &headers), refused(1004, "sign invalid"));
        headers.retain(|(name, _)| name != "nonce");
        headers.push(header("nonce", &nonce));
        prop_assert_eq!(local.call("us", path, &headers), refused(1004, "sign invalid"));
    }
}

#[test]
fn what_is_too_large_is_refused() {
    let mut local = Local::new();
    let long = format!("/us/{}", "a".repeat(8 << 10));
    assert_eq!(local.send("GET", &long, &[], b"").status, 414);
    assert_eq!(local.send("POST", "/us/d/login", &[], &vec![0; (1 << 20) + 1]).status, 413);
    let many: Vec<_> = (0..101).map(|at| header(&format!("h{at}"), "")).collect();
    assert_eq!(local.send("GET", "/us/d/login", &many, b"").status, 431);
    assert_eq!(local.send("GET", "/us/d/login", &[header("h", &"a".repeat(32 << 10))], b"").status, 431);
    assert_eq!(local.last_record()["verdict"], "too_large");
}
