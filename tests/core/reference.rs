//! A second implementation of `docs/protocol.md`, section 2, written as plainly as the section itself and sharing
//! nothing with the core: other crates decode and hash, and every stage is a new string.

use percent_encoding::percent_decode_str;
use tuya_auth::sign::{Algorithm, PathEncoding};

use crate::random_request::{RandomRequest, Sent};

/// The `sign` header.
pub fn sign(request: &RandomRequest) -> String {
    let RandomRequest { client_id, secret, t, nonce, .. } = request;
    let token = request.access_token.as_deref().unwrap_or("");
    let identifier = request.identifier.as_deref().unwrap_or("");
    let text = match request.algorithm {
        Algorithm::Legacy => format!("{client_id}{token}{t}"),
        Algorithm::Current => format!("{client_id}{token}{t}{nonce}{identifier}{}", string_to_sign(request)),
    };
    hex::encode_upper(hmac_sha256::HMAC::mac(text, secret))
}

/// METHOD, Content-SHA256, Headers and URL, a line feed between them.
pub fn string_to_sign(request: &RandomRequest) -> String {
    let method = request.method.to_uppercase();
    let hashed: &[u8] = match &request.body {
        Sent::Nothing | Sent::Form(_) => b"",
        Sent::Bytes(bytes) => bytes,
    };
    let content_sha256 = hex::encode(hmac_sha256::Hash::hash(hashed));
    let lines: Vec<String> = request.signed_headers.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
    format!("{method}\n{content_sha256}\n{}\n{}", lines.concat(), canonical_url(request))
}

/// The path, then the query's and the form's pairs, decoded and sorted by key.
fn canonical_url(request: &RandomRequest) -> String {
    let (path, query) = path_and_query(&request.url);
    let path = match request.path_encoding {
        PathEncoding::AsWritten => path.to_owned(),
        PathEncoding::Decoded => percent_decode_str(path).decode_utf8().unwrap().into_owned(),
    };
    let mut pairs = decoded_pairs(query);
    if let Sent::Form(form) = &request.body {
        pairs.extend(decoded_pairs(form));
    }
    pairs.sort_by(|(one, _), (other, _)| one.as_bytes().cmp(other.as_bytes()));
    let joined: Vec<String> = pairs.iter().map(|(key, value)| format!("{key}={value}")).collect();
    if joined.is_empty() { path } else { format!("{path}?{}", joined.join("&")) }
}

/// The keys that occur more than once in query and form.
pub fn repeated_keys(request: &RandomRequest) -> Vec<String> {
    let mut pairs = decoded_pairs(path_and_query(&request.url).1);
    if let Sent::Form(form) = &request.body {
        pairs.extend(decoded_pairs(form));
    }
    let keys: Vec<String> = pairs.into_iter().map(|(key, _)| key).collect();
    let count = |key: &String| keys.iter().filter(|other| *other == key).count();
    keys.iter().filter(|key| count(key) > 1).cloned().collect()
}

fn decoded_pairs(encoded: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(encoded.as_bytes()).into_owned().collect()
}

/// What an HTTP client puts into its request line, out of `scheme://host/path?query#fragment` or `/path?query`.
fn path_and_query(url: &str) -> (&str, &str) {
    let sent = url.split('#').next().unwrap();
    let after_host = match sent.split_once("://") {
        Some((scheme, rest)) if !scheme.contains(['/', '?']) => &rest[rest.find(['/', '?']).unwrap_or(rest.len())..],
        _ => sent,
    };
    match after_host.split_once('?') {
        Some(("", query)) => ("/", query),
        Some((path, query)) => (path, query),
        None if after_host.is_empty() => ("/", ""),
        None => (after_host, ""),
    }
}
