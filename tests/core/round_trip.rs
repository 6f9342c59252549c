//! The way of a signed request to a server that verifies it.

use tuya_auth::sign::{Received, Rejection};

use crate::random_request::{RandomRequest, Sent};

/// A server that was sent the request accepts it, and refuses it with one digit of its sign changed.
pub fn assert_verifies(request: &RandomRequest, sign: &str) {
    assert_eq!(received(request, sign), Ok(()), "{request:?}");
    let at = sign.bytes().map(usize::from).sum::<usize>() % sign.len();
    let other = if sign.as_bytes()[at] == b'0' { "1" } else { "0" };
    let forged = [&sign[..at], other, &sign[at + 1..]].concat();
    assert_eq!(received(request, &forged), Err(Rejection::Sign), "{request:?}");
}

fn received(request: &RandomRequest, sign: &str) -> Result<(), Rejection> {
    let headers = headers(request, sign);
    let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let body = match &request.body {
        Sent::Nothing => &[][..],
        Sent::Bytes(bytes) => bytes,
        Sent::Form(form) => form.as_bytes(),
    };
    let received = Received { method: &request.method, target: &request.target, headers: &headers, body };
    request.signer().verify(&received, request.t)
}

/// The headers that travel, their names in one case or another.
fn headers(request: &RandomRequest, sign: &str) -> Vec<(String, String)> {
    let names: Vec<&str> = request.signed_headers.iter().map(|(name, _)| name.as_str()).collect();
    let mut headers = vec![
        ("client_id".to_owned(), request.client_id.clone()),
        ("Sign_Method".to_owned(), "HMAC-SHA256".to_owned()),
        ("t".to_owned(), request.t.to_string()),
        ("SIGN".to_owned(), sign.to_owned()),
        ("Nonce".to_owned(), request.nonce.clone()),
        ("Signature-Headers".to_owned(), names.join(":")),
    ];
    if request.target.starts_with("/v1.0/token") {
        headers.push(("Access_Token".to_owned(), "no part of token calls".to_owned()));
    }
    headers.extend(request.access_token.iter().map(|token| ("access_token".to_owned(), token.clone())));
    headers.extend(request.identifier.iter().map(|identifier| ("identifier".to_owned(), identifier.clone())));
    headers.extend(request.signed_headers.iter().map(|(name, value)| (name.to_uppercase(), value.clone())));
    if let Sent::Form(_) = request.body {
        headers.push(("content-type".to_owned(), "application/x-www-form-urlencoded;charset=UTF-8".to_owned()));
    }
    headers
}
