//! Signs a request and prints it as a curl command:
//!
//! ```text
//! cargo run --example sign -- GET '/v1.0/token?grant_type=1'
//! cargo run --example sign -- POST /v1.0/devices/d1/commands '{"commands":[]}' | sh
//! ```
//!
//! Keys come from `TUYA_CLIENT_ID` and `TUYA_CLIENT_SECRET`, the token of business calls from `TUYA_ACCESS_TOKEN` and
//! the cloud's address from `TUYA_OPENAPI`; without them, keys and address are those of the local cloud, which
//! `npx tuya-auth emulator` starts.

use std::env;
use std::error::Error;
use std::time::{SystemTime, UNIX_EPOCH};

use tuya_auth::encoding::uuid;
use tuya_auth::sign::{Body, Request, SIGN_METHOD, Signer, SignerOptions, Stamp};
use tuya_auth::{ClientId, Secret};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let method = arguments.next().unwrap_or_else(|| "GET".into());
    let path = arguments.next().unwrap_or_else(|| "/v1.0/token?grant_type=1".into());
    let body = arguments.next().unwrap_or_default();
    let openapi = variable("TUYA_OPENAPI", "http://127.0.0.1:8787/us");
    let access_token = env::var("TUYA_ACCESS_TOKEN").ok();

    let client_id = ClientId::new(&variable("TUYA_CLIENT_ID", "demo0cloud0client0id"))?;
    let secret = Secret::new(&variable("TUYA_CLIENT_SECRET", "demo0cloud0secret00000000000001x"))?;
    let signer = Signer::new(&client_id, &secret, SignerOptions::default())?;

    let t = u64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis())?;
    let nonce = fresh_nonce()?;
    let request = Request { method: &method, url: &path, signed_headers: &[], body: Body::Bytes(body.as_bytes()) };
    let sign = signer.sign(&request, access_token.as_deref(), &Stamp { t, nonce: &nonce })?;

    println!("curl --request {} {} \\", quoted(&method), quoted(&(openapi + &path)));
    for (name, value) in [("client_id", client_id.as_str()), ("sign_method", SIGN_METHOD), ("nonce", &nonce)] {
        println!("  --header {} \\", quoted(&format!("{name}: {value}")));
    }
    if let Some(token) = &access_token {
        println!("  --header {} \\", quoted(&format!("access_token: {token}")));
    }
    if !body.is_empty() {
        println!("  --header 'Content-Type: application/json' --data-raw {} \\", quoted(&body));
    }
    println!("  --header 't: {t}' --header 'sign: {sign}'");
    Ok(())
}

/// The core draws no random numbers: its caller does.
fn fresh_nonce() -> Result<String, getrandom::Error> {
    let mut entropy = [0; 16];
    getrandom::fill(&mut entropy)?;
    Ok(uuid(entropy))
}

fn variable(name: &str, default: &str) -> String {
    env::var(name).unwrap_or_else(|_| default.into())
}

/// One word for a shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
