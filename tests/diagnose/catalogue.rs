//! The mistakes behind wrong signs: of real clients, and of a careless client that makes each mistake and each pair of
//! mistakes on random requests.

use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::{Digest, Sha256};
use tuya_auth::sign::diagnose::{Diagnosis, HMAC_LIMIT, Meant, Mistake, Suspect, diagnose, diagnose_within};
use tuya_auth::sign::{Received, SignerOptions};
use tuya_auth::{ClientId, Secret};

use crate::careless::{Careless, Random};

fn hmac(key: &[u8], text: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(text.as_bytes());
    hex::encode_upper(mac.finalize().into_bytes())
}

/// How often each mistake has to show. A browser's tests run unoptimised, and a page that is silent for half a minute
/// counts as dead.
const SHOWN: usize = if cfg!(target_arch = "wasm32") { 1 } else { 5 };
/// One pair of how many is made.
const SHARE: usize = if cfg!(target_arch = "wasm32") { 16 } else { 1 };

/// Diagnoses what a careless client sent.
fn diagnosis(client: &Careless, sign: &str) -> Diagnosis {
    diagnosis_within(client, sign, HMAC_LIMIT)
}

fn diagnosis_within(client: &Careless, sign: &str, most: u32) -> Diagnosis {
    let (headers, meant) = (client.headers(), client.meant());
    let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let meant: Vec<Meant<'_>> = meant.iter().map(|(key, value)| Meant { key, value: value.as_deref() }).collect();
    let others = [Secret::new("quite-another").unwrap(), Secret::new(&client.other_secret).unwrap()];
    let suspect = Suspect {
        client_id: &ClientId::new(&client.client_id).unwrap(),
        secret: &Secret::new(&client.secret).unwrap(),
        other_secrets: &others,
        options: &SignerOptions::default(),
        received: Received {
            method: &client.method,
            target: &client.target(),
            headers: &headers,
            body: client.body.as_bytes(),
        },
        sign,
        meant: &meant,
        meant_nonce: Some(&client.nonce),
    };
    diagnose_within(&suspect, most).unwrap()
}

/// The sign that the client computes when it makes these mistakes.
fn sign(client: &Careless, mistakes: &[Mistake]) -> String {
    let (key, text) = client.signed(mistakes, |bytes| hex::encode(Sha256::digest(bytes)));
    let sign = hmac(key.as_bytes(), &text);
    if mistakes.contains(&Mistake::LowerCaseSign) { sign.to_lowercase() } else { sign }
}

/// Whether the mistakes show: none of them can be left out without changing the sign.
fn all_show(client: &Careless, mistakes: &[Mistake]) -> bool {
    let whole = sign(client, mistakes);
    (0..mistakes.len()).all(|at| {
        let mut fewer = mistakes.to_vec();
        fewer.remove(at);
        sign(client, &fewer) != whole
    })
}

/// Mistakes that this client can make: the reverse algorithm belongs to another kind of project.
fn makeable() -> Vec<Mistake> {
    let reverse = [Mistake::CurrentAlgorithm, Mistake::PathAsWritten];
    Mistake::ALL.iter().copied().filter(|mistake| !reverse.contains(mistake)).collect()
}

/// Asserts that the diagnosis of these mistakes names them; tells whether they showed.
fn assert_named(client: &Careless, mistakes: &[Mistake]) -> bool {
    if !all_show(client, mistakes) {
        return false;
    }
    let found = diagnosis(client, &sign(client, mistakes));
    let mut expected = mistakes.to_vec();
    expected.sort_unstable();
    let named = found.matches.iter().any(|found| found.mistakes == expected);
    assert!(!found.correct && named, "{expected:?} taken for {:?}\n{client:#?}", found.matches);
    assert!(found.hmacs <= HMAC_LIMIT);
    true
}

test! {
    fn each_mistake_is_named() {
        let mut random = Random::new(1);
        for mistake in makeable() {
            let tries = (0..60).filter(|_| assert_named(&Careless::new(&mut random), &[mistake]));
            let shown = tries.take(SHOWN).count();
            assert!(shown == SHOWN, "{mistake:?} showed {shown} times");
        }
    }
}

test! {
    fn each_pair_of_mistakes_is_named() {
        let mut random = Random::new(2);
        let mistakes = makeable();
        let pairs = mistakes.iter().enumerate().flat_map(|(at, one)| mistakes[at + 1..].iter().map(|other| [*one, *other]));
        let is_named = |pair: &[Mistake; 2]| {
            let tries = (0..24).filter(|_| assert_named(&Careless::new(&mut random), pair));
            tries.take(2).count() > 0
        };
        let shown = pairs.step_by(SHARE).filter(is_named).count();
        // What is left out hides each other: the old algorithm signs neither query nor body, a call is one kind of call.
        assert!(shown >= 220 / SHARE, "{shown} pairs showed");
    }
}

test! {
    fn a_right_sign_is_called_right() {
        let mut random = Random::new(3);
        for _ in 0..100 {
            let client = Careless::new(&mut random);
            let found = diagnosis(&client, &sign(&client, &[]));
            assert!(found.correct && found.matches.is_empty() && found.hmacs == 1);
        }
    }
}

test! {
    fn a_sign_of_nowhere_has_no_cause_and_a_bounded_cost() {
        let mut random = Random::new(4);
        let mut most = 0;
        for _ in 0..20 {
            let client = Careless::new(&mut random);
            let found = diagnosis(&client, &"0".repeat(64));
            assert!(!found.correct && found.matches.is_empty());
            most = most.max(found.hmacs);
            for no_sign in ["", "AEIq", &"0".repeat(63), &"g".repeat(64)] {
                let found = diagnosis(&client, no_sign);
                assert_eq!((found.correct, found.matches.len(), found.hmacs), (false, 0, 0));
            }
        }
        assert!(most <= HMAC_LIMIT && most > 1000, "{most}");
    }
}

test! {
    fn a_limit_of_the_callers_own_is_kept_and_spent_on_single_mistakes_first() {
        let mut random = Random::new(5);
        for _ in 0..20 {
            let client = Careless::new(&mut random);
            assert_eq!(diagnosis_within(&client, &"0".repeat(64), 100).hmacs, 100);
            let found = diagnosis_within(&client, &sign(&client, &[Mistake::LegacyAlgorithm]), 100);
            assert_eq!(found.matches[0].mistakes, [Mistake::LegacyAlgorithm]);
        }
    }
}

/// Every wrong request that official clients really sent, with its cause.
const CAUSES: [(&str, &str, Mistake); 9] = [
    ("@tuya/tuya-connector-nodejs", "get_path_special", Mistake::PathDecoded),
    ("@tuya/tuya-connector-nodejs", "post_lower", Mistake::LowerCaseMethod),
    ("@tuya/tuya-connector-nodejs", "post_hdr", Mistake::HeadersNotSigned),
    ("@tuya/tuya-connector-nodejs", "refresh", Mistake::LegacyAlgorithm),
    ("tuya-connector-python", "get_query_path", Mistake::QueryUnsorted),
    ("tuya-connector-python", "get_null", Mistake::NullValue),
    ("tuya-connector-python", "get_list", Mistake::ListValue),
    ("tuya-connector-python", "get_path_special", Mistake::PathDecoded),
    ("tuya-connector-python", "post_empty", Mistake::EmptyBodySigned),
];

fn diagnose_peer(file: &Value, request: &Value, meant: &[Meant<'_>]) -> Diagnosis {
    let text = |key: &str| request[key].as_str().unwrap();
    let headers = request["headers"].as_object().unwrap();
    let headers: Vec<(&str, &str)> =
        headers.iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap())).collect();
    diagnose(&Suspect {
        client_id: &ClientId::new(file["client_id"].as_str().unwrap()).unwrap(),
        secret: &Secret::new(file["secret"].as_str().unwrap()).unwrap(),
        other_secrets: &[],
        options: &SignerOptions::default(),
        received: Received {
            method: text("method"),
            target: text("target"),
            headers: &headers,
            body: text("body").as_bytes(),
        },
        sign: request["headers"]["sign"].as_str().unwrap(),
        meant,
        meant_nonce: None,
    })
    .unwrap()
}

test! {
    fn every_wrong_request_of_real_clients_has_its_true_cause() {
        let file: Value = serde_json::from_str(include_str!("../vectors/peers.json")).unwrap();
        let mut causes = 0;
        for request in file["requests"].as_array().unwrap() {
            let meant = match request["case"].as_str() {
                Some("get_null") => &[Meant { key: "x", value: None }][..],
                _ => &[],
            };
            let found = diagnose_peer(&file, request, meant);
            let peer = request["peer"].as_str().unwrap();
            let known = CAUSES.iter().find(|(name, case, _)| peer.starts_with(name) && request["case"] == *case);
            match known {
                None => assert!(found.correct, "{peer} {}", request["case"]),
                Some((_, case, mistake)) => {
                    assert_eq!(found.matches.len(), 1, "{peer} {case}: {found:?}");
                    assert_eq!(found.matches[0].mistakes, [*mistake], "{peer} {case}");
                    causes += 1;
                }
            }
        }
        assert_eq!(causes, CAUSES.len());
    }
}

test! {
    fn the_negative_vector_lacks_a_line_feed() {
        let file: Value = serde_json::from_str(include_str!("../vectors/signing.json")).unwrap();
        let vector = file["vectors"].as_array().unwrap().iter().find(|vector| vector["id"] == "doc-business-get").unwrap();
        let text = |key: &str| vector[key].as_str().unwrap();
        let headers = [
            ("t", text("t")), ("nonce", text("nonce")), ("access_token", text("access_token")),
            ("Signature-Headers", "area_id:call_id"), ("area_id", "29a33e8796834b1efa6"), ("call_id", "8afdb70ab2ed11eb85290242ac130003"),
        ];
        let found = diagnose(&Suspect {
            client_id: &ClientId::new(text("client_id")).unwrap(),
            secret: &Secret::new(text("secret")).unwrap(),
            other_secrets: &[],
            options: &SignerOptions::default(),
            received: Received { method: "GET", target: text("url"), headers: &headers, body: b"" },
            sign: file["negative"][0]["sign"].as_str().unwrap(),
            meant: &[],
            meant_nonce: None,
        });
        assert_eq!(found.unwrap().matches[0].mistakes, [Mistake::HeadersWithoutLastNewline]);
    }
}

test! {
    fn projects_of_the_old_algorithm_and_decoded_paths_have_the_reverse_mistakes() {
        use tuya_auth::sign::{Algorithm, PathEncoding};
        let mut random = Random::new(5);
        let client = Careless { path: "/v1.0/a%20b".into(), token_call: false, form: false, ..Careless::new(&mut random) };
        let headers = client.headers();
        let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let client_id = ClientId::new(&client.client_id).unwrap();
        let secret = Secret::new(&client.secret).unwrap();
        for (options, expected) in [
            (SignerOptions { algorithm: Algorithm::Legacy, ..SignerOptions::default() }, Mistake::CurrentAlgorithm),
            (SignerOptions { path: PathEncoding::Decoded, ..SignerOptions::default() }, Mistake::PathAsWritten),
        ] {
            let found = diagnose(&Suspect {
                client_id: &client_id,
                secret: &secret,
                other_secrets: &[],
                options: &options,
                received: Received { method: &client.method, target: &client.target(), headers: &headers, body: client.body.as_bytes() },
                sign: &sign(&client, &[]),
                meant: &[],
                meant_nonce: None,
            });
            assert_eq!(found.unwrap().matches[0].mistakes, [expected]);
        }
    }
}

test! {
    fn seconds_in_string_and_header_are_named() {
        let client = Careless { t: "1700000000".into(), ..Careless::new(&mut Random::new(6)) };
        let found = diagnosis(&client, &sign(&client, &[]));
        assert_eq!(found.matches[0].mistakes, [Mistake::TimeInSeconds]);
    }
}

test! {
    fn mistakes_have_unique_names_and_sentences() {
        let names: std::collections::HashSet<&str> = Mistake::ALL.iter().map(|mistake| mistake.name()).collect();
        assert_eq!(names.len(), Mistake::ALL.len());
        for mistake in Mistake::ALL {
            assert!(mistake.description().ends_with('.') && mistake.fix().ends_with('.'), "{mistake:?}");
        }
    }
}
