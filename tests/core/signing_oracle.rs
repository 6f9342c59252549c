//! Random requests against the reference: as many as a native run can afford.

use tuya_auth::Code;
use tuya_auth::sign::Algorithm;

use crate::random_request::RandomRequest;
use crate::reference;
use crate::round_trip::assert_verifies;

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
                assert_verifies(&request, &sign);
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
