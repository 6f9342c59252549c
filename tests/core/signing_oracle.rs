//! Random requests against the reference: as many as a native run can afford.

use tuya_auth::Code;
use tuya_auth::sign::{Algorithm, Received, Rejection};

use crate::random_request::{RandomRequest, Sent};
use crate::reference;

const REQUESTS: u64 = 120_000;

/// The number of the first request. A run with another is `TUYA_TEST_SEED=… cargo test --test core signing_oracle`;
/// so is a run that begins with a request that failed.
fn first_seed() -> u64 {
    std::env::var("TUYA_TEST_SEED").map_or(0, |seed| seed.parse().unwrap())
}

#[test]
fn random_requests_sign_as_the_reference_does_and_verify() {
    let (mut signed, mut refused) = (0, 0);
    for seed in first_seed()..first_seed() + REQUESTS {
        let request = RandomRequest::new(seed);
        match request.sign() {
            Ok((sign, string_to_sign)) => {
                assert_agrees(&request, &sign, &string_to_sign, seed);
                assert_verifies(&request, &sign, seed);
                signed += 1;
            }
            Err(error) => {
                assert_eq!(error.code(), Code::RepeatedKey, "TUYA_TEST_SEED={seed}: {error} in {request:?}");
                assert!(!request.allow_repeated_keys, "TUYA_TEST_SEED={seed}: {request:?}");
                let named = error.detail().unwrap().to_owned();
                assert!(reference::repeated_keys(&request).contains(&named), "TUYA_TEST_SEED={seed}: {named:?}");
                refused += 1;
            }
        }
    }
    assert!(signed >= 100_000 && refused > 0, "{signed} signed, {refused} refused for a repeated key");
}

fn assert_agrees(request: &RandomRequest, sign: &str, string_to_sign: &str, seed: u64) {
    assert!(
        request.allow_repeated_keys || reference::repeated_keys(request).is_empty(),
        "TUYA_TEST_SEED={seed}: {request:?}"
    );
    if request.algorithm == Algorithm::Current {
        assert_eq!(string_to_sign, reference::string_to_sign(request), "TUYA_TEST_SEED={seed}: {request:?}");
    }
    assert_eq!(sign, reference::sign(request), "TUYA_TEST_SEED={seed}: {request:?}");
}

/// As a server that was sent the request, and as one that was sent it with another digit in its sign.
fn assert_verifies(request: &RandomRequest, sign: &str, seed: u64) {
    let (path, query) = reference::path_and_query(&request.url);
    let target = if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") };
    let body = match &request.body {
        Sent::Nothing => &[][..],
        Sent::Bytes(bytes) => bytes,
        Sent::Form(form) => form.as_bytes(),
    };
    let verify = |sign: &str| {
        let headers = request.headers(sign);
        let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let received = Received { method: &request.method, target: &target, headers: &headers, body };
        request.signer().verify(&received, request.t)
    };
    assert_eq!(verify(sign), Ok(()), "TUYA_TEST_SEED={seed}: {request:?}");
    let at = usize::try_from(seed % 64).unwrap();
    let other = if sign.as_bytes()[at] == b'0' { "1" } else { "0" };
    let forged = [&sign[..at], other, &sign[at + 1..]].concat();
    assert_eq!(verify(&forged), Err(Rejection::Sign), "TUYA_TEST_SEED={seed}: {request:?}");
}
