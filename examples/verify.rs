//! A server's side: takes a signed request apart and says which rule it breaks, if any.
//!
//! ```text
//! cargo run --example verify
//! ```

use std::error::Error;

use tuya_auth::sign::{Body, Received, Rejection, Request, SIGN_METHOD, Signer, SignerOptions, Stamp};
use tuya_auth::{ClientId, Secret};

const NOW: u64 = 1_700_000_000_000;
const TARGET: &str = "/v1.0/devices/d1/commands";
const BODY: &str = r#"{"commands":[{"code":"switch","value":true}]}"#;

fn main() -> Result<(), Box<dyn Error>> {
    let (client_id, secret) = (ClientId::new("client0id")?, Secret::new("client0secret")?);
    let signer = Signer::new(&client_id, &secret, SignerOptions::default())?;
    let request = Request { method: "POST", url: TARGET, signed_headers: &[], body: Body::Bytes(BODY.as_bytes()) };
    let sign = signer.sign(&request, Some("access0token"), &Stamp { t: NOW, nonce: "n0nce" })?;

    let arrives = |sign: &str, body: &str, now: u64| {
        let headers = [
            ("client_id", client_id.as_str()),
            ("access_token", "access0token"),
            ("t", &NOW.to_string()),
            ("nonce", "n0nce"),
            ("sign_method", SIGN_METHOD),
            ("sign", sign),
            ("content-type", "application/json"),
        ];
        signer.verify(&Received { method: "POST", target: TARGET, headers: &headers, body: body.as_bytes() }, now)
    };

    say("as it was signed", &arrives(&sign, BODY, NOW));
    say("with other white space in its body", &arrives(&sign, &BODY.replace(':', ": "), NOW));
    say("with its sign in lower case", &arrives(&sign.to_lowercase(), BODY, NOW));
    say("six minutes late", &arrives(&sign, BODY, NOW + 360_000));
    Ok(())
}

fn say(how: &str, verdict: &Result<(), Rejection>) {
    match verdict {
        Ok(()) => println!("{how}: accepted"),
        Err(rejection) => println!("{how}: refused, {}", rejection.to_error()),
    }
}
