//! One account, linked: everything between "log in" and "stored tokens" that is not a web server. Prints the address
//! to open, reads the address that the browser ended at, and prints the call that exchanges its code.
//!
//! ```text
//! cargo run --example link
//! ```
//!
//! Keys and page are those of the local cloud (`npx tuya-auth emulator`) unless `TUYA_CLIENT_ID` and
//! `TUYA_AUTHORIZATION_PAGE` say otherwise; the callback URL must be the one registered for the data center.

use std::env;
use std::error::Error;
use std::io;

use tuya_auth::ClientId;
use tuya_auth::authorize::{AuthorizationRequest, authorization_url, new_state};
use tuya_auth::callback::parse_callback;
use tuya_auth::encoding::Pairs;
use tuya_auth::token::Grant;

const DATA_CENTER: &str = "us";

fn main() -> Result<(), Box<dyn Error>> {
    let mut entropy = [0; 16];
    getrandom::fill(&mut entropy)?;
    let state = new_state(&entropy, DATA_CENTER)?;
    let url = authorization_url(&AuthorizationRequest {
        page: &variable("TUYA_AUTHORIZATION_PAGE", "http://127.0.0.1:8787/us/d/login"),
        client_id: &ClientId::new(&variable("TUYA_CLIENT_ID", "demo0app0client0id00"))?,
        redirect_uri: &variable("TUYA_REDIRECT_URI", "http://localhost:8788/auth/callback/us"),
        data_center: DATA_CENTER,
        state: &state,
        params: &Pairs::default(),
        allow_insecure: false,
    })?;
    println!("Open {url}\nlog in, and paste the address at which the browser ends:");

    let mut ended_at = String::new();
    if io::stdin().read_line(&mut ended_at)? == 0 {
        return Ok(());
    }
    let callback = parse_callback(ended_at.trim(), &state, Some(DATA_CENTER))?;
    println!("Exchange the code by a signed GET of {}", Grant::Code(&callback.code).path()?);
    Ok(())
}

fn variable(name: &str, default: &str) -> String {
    env::var(name).unwrap_or_else(|_| default.into())
}
