//! Every intermediate of a sign, and nothing secret.

use serde_json::Value;
use tuya_auth::sign::explain::explain;
use tuya_auth::sign::{Algorithm, Body, Request, Signer, SignerOptions, Stamp};
use tuya_auth::{ClientId, Secret};

test! {
    fn every_stage_of_the_vectors_is_shown() {
        let file: Value = serde_json::from_str(include_str!("../vectors/signing.json")).unwrap();
        for vector in file["vectors"].as_array().unwrap() {
            let text = |key: &str| vector[key].as_str().unwrap_or_default();
            let current = vector["algorithm"] == "new";
            let algorithm = if current { Algorithm::Current } else { Algorithm::Legacy };
            let options = SignerOptions { algorithm, ..SignerOptions::default() };
            let signer = Signer::new(&ClientId::new(text("client_id")).unwrap(), &Secret::new(text("secret")).unwrap(), options).unwrap();
            let pairs: Vec<(&str, &str)> = match vector["signature_headers"].as_array() {
                Some(pairs) => pairs.iter().map(|pair| (pair[0].as_str().unwrap(), pair[1].as_str().unwrap())).collect(),
                None => Vec::new(),
            };
            let request = Request {
                method: if current { text("method") } else { "GET" },
                url: if current { text("url") } else { "/v1.0/x" },
                signed_headers: &pairs,
                body: Body::Bytes(text("body").as_bytes()),
            };
            let stamp = Stamp { t: text("t").parse().unwrap(), nonce: text("nonce") };
            let shown = explain(&signer, &request, vector["access_token"].as_str(), &stamp).unwrap();
            let token = text("access_token");
            assert_eq!(shown.sign(), text("sign"));
            assert_eq!(shown.signed_string(), text("str").replacen(token, &"*".repeat(token.len()), usize::from(!token.is_empty())));
            if current {
                assert_eq!(shown.content_sha256(), text("content_sha256"));
                assert_eq!(shown.string_to_sign(), text("string_to_sign"));
                assert_eq!(shown.canonical_url(), text("url"));
                assert_eq!(shown.signed_headers().lines().count(), pairs.len());
            }
            for hidden in [text("secret"), token] {
                assert!(hidden.is_empty() || !format!("{shown:?}").contains(hidden));
            }
            assert!(shown.text().contains(text("sign")) && shown.text().contains("str = client_id"));
        }
    }
}
