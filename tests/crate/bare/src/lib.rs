//! Compiles for a microcontroller, where there is no std to be found.
#![no_std]

extern crate alloc;

use alloc::string::String;

use tuya_auth::Error;
use tuya_auth::callback::parse_callback;
use tuya_auth::sign::{Body, Request, Sign, Signer, Stamp};
use tuya_auth::token::Grant;

/// From what came back to the token call: its path and its sign.
///
/// # Errors
/// The callback's, the grant's and the signer's.
pub fn exchange(signer: &Signer, callback: &str, state: &str, stamp: &Stamp<'_>) -> Result<(String, Sign), Error> {
    let code = parse_callback(callback, state, None)?.code;
    let path = Grant::Code(&code).path()?;
    let request = Request { method: "GET", url: &path, signed_headers: &[], body: Body::Bytes(&[]) };
    let sign = signer.sign(&request, None, stamp)?;
    Ok((path, sign))
}
