//! Requests that two official clients really sent, as a server receives them.

use serde_json::Value;
use tuya_auth::sign::{Algorithm, PathEncoding, Received, Rejection, Signer, SignerOptions};
use tuya_auth::{ClientId, Secret};

/// The file, parsed.
fn file() -> Value {
    serde_json::from_str(include_str!("../vectors/peers.json")).unwrap()
}

fn signer(file: &Value, options: SignerOptions) -> Signer {
    let client_id = ClientId::new(file["client_id"].as_str().unwrap()).unwrap();
    let secret = Secret::new(file["secret"].as_str().unwrap()).unwrap();
    Signer::new(&client_id, &secret, options).unwrap()
}

/// Verifies at the time at which the request was made.
fn verify(signer: &Signer, request: &Value) -> Result<(), Rejection> {
    let headers: Vec<(&str, &str)> = request["headers"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str().unwrap()))
        .collect();
    let received = Received {
        method: request["method"].as_str().unwrap(),
        target: request["target"].as_str().unwrap(),
        headers: &headers,
        body: request["body"].as_str().unwrap().as_bytes(),
    };
    signer.verify(&received, request["headers"]["t"].as_str().unwrap().parse().unwrap())
}

fn holds(request: &Value, key: &str, form: &str) -> bool {
    request[key].as_array().unwrap().iter().any(|known| known == form)
}

test! {
    fn what_is_canonical_verifies_and_nothing_else_does() {
        let file = file();
        let signer = signer(&file, SignerOptions::default());
        let (mut accepted, mut refused) = (0, 0);
        for request in file["requests"].as_array().unwrap() {
            let named = format!("{} {}", request["peer"], request["case"]);
            if request["doc_canonical_ok"] == true {
                assert_eq!(verify(&signer, request), Ok(()), "{named}");
                accepted += 1;
            } else {
                assert_eq!(verify(&signer, request), Err(Rejection::Sign), "{named}");
                refused += 1;
            }
        }
        assert_eq!((accepted, refused), (21, 9));
    }
}

test! {
    fn a_path_that_was_signed_decoded_verifies_by_option() {
        let file = file();
        let signer = signer(&file, SignerOptions { path: PathEncoding::Decoded, ..SignerOptions::default() });
        let requests = file["requests"].as_array().unwrap();
        let decoded: Vec<&Value> = requests.iter().filter(|request| request["case"] == "get_path_special").collect();
        assert_eq!(decoded.len(), 2);
        for request in decoded {
            assert!(holds(request, "url_forms", "sorted_decoded_decpath"));
            assert_eq!(verify(&signer, request), Ok(()));
        }
    }
}

test! {
    fn the_node_clients_refresh_verifies_by_the_legacy_algorithm() {
        let file = file();
        let signer = signer(&file, SignerOptions { algorithm: Algorithm::Legacy, ..SignerOptions::default() });
        let requests = file["requests"].as_array().unwrap();
        let legacy: Vec<&Value> = requests.iter().filter(|request| request["old_algorithm"] == true).collect();
        assert_eq!(legacy.len(), 1);
        assert_eq!(verify(&signer, legacy[0]), Ok(()));
    }
}
