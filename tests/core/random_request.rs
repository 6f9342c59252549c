//! Random requests that any HTTP client could send, each out of a number of its own.

use fastrand::Rng;
use tuya_auth::sign::{Algorithm, Body, PathEncoding, Request, Signer, SignerOptions, Stamp};
use tuya_auth::{ClientId, Error, Secret};

/// A request and everything that signs it.
#[derive(Debug)]
pub struct RandomRequest {
    pub client_id: String,
    pub secret: String,
    pub identifier: Option<String>,
    pub algorithm: Algorithm,
    pub path_encoding: PathEncoding,
    pub allow_repeated_keys: bool,
    pub method: String,
    pub url: String,
    /// Path and query, as the server will see them.
    pub target: String,
    pub signed_headers: Vec<(String, String)>,
    pub body: Sent,
    pub access_token: Option<String>,
    pub t: u64,
    pub nonce: String,
}

/// A body as it is sent.
#[derive(Debug)]
pub enum Sent {
    Nothing,
    Bytes(Vec<u8>),
    Form(String),
}

const ORIGINS: [&str; 4] =
    ["https://openapi.tuyaeu.com", "https://openapi-ueaz.tuyaus.com:443", "http://127.0.0.1:8787", "HTTP://[::1]"];
const METHODS: [&str; 8] = ["GET", "POST", "PUT", "DELETE", "PATCH", "get", "Post", "M-SEARCH"];
/// What may stand in a path as it is, beside letters and digits (RFC 3986, section 3.3).
const PATH_MARKS: &str = "-._~!$&'()*+,;=:@";
/// What a query may hold as it is; other than in a path, clients escape some of these on the way.
const QUERY_MARKS: &str = "-._~!$'()*,;:@/?|[]{}\"<>`^ =é中\u{ffff}😀";
/// Texts in which programs tend to err.
const HARD: [&str; 14] =
    ["", " ", "a b", "a+b", "%", "%41", "&=?#/", "\\", "\r\n", "\0", "ünï", "\u{fffd}", "\u{ffff}", "𝒯😀"];
const KEYS: [&str; 10] = ["", "a", "A", "aa", "a b", "code", "é", "\u{ffff}", "😀", "b&c=d"];

impl RandomRequest {
    /// The request of this number, the same on every machine.
    pub fn new(seed: u64) -> Self {
        let mut rng = Rng::with_seed(seed);
        let rng = &mut rng;
        let (url, target) = url(rng);
        let is_token_call = target.starts_with("/v1.0/token");
        Self {
            client_id: graphic(rng, 1..40),
            // The block of SHA-256 is 64 bytes: a longer key is hashed first.
            secret: graphic(rng, 1..140),
            identifier: rng.bool().then(|| graphic(rng, 1..60)),
            algorithm: if rng.u8(..8) == 0 { Algorithm::Legacy } else { Algorithm::Current },
            path_encoding: if rng.bool() { PathEncoding::AsWritten } else { PathEncoding::Decoded },
            allow_repeated_keys: rng.u8(..4) != 0,
            method: rng.choice(METHODS).unwrap().to_owned(),
            url,
            target,
            signed_headers: signed_headers(rng),
            body: body(rng),
            access_token: (!is_token_call && rng.bool()).then(|| graphic(rng, 1..200)),
            t: rng.u64(1_000_000_000_000..10_000_000_000_000),
            nonce: if rng.u8(..4) == 0 { String::new() } else { graphic(rng, 1..50) },
        }
    }

    /// A signer as this request needs it.
    pub fn signer(&self) -> Signer {
        let options = SignerOptions {
            algorithm: self.algorithm,
            path: self.path_encoding,
            allow_repeated_keys: self.allow_repeated_keys,
            identifier: self.identifier.clone(),
        };
        Signer::new(&ClientId::new(&self.client_id).unwrap(), &Secret::new(&self.secret).unwrap(), options).unwrap()
    }

    /// What the core makes of it: the sign and the string to sign.
    pub fn sign(&self) -> Result<(String, String), Error> {
        let headers: Vec<(&str, &str)> =
            self.signed_headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let body = match &self.body {
            Sent::Nothing => Body::Bytes(&[]),
            Sent::Bytes(bytes) => Body::Bytes(bytes),
            Sent::Form(form) => Body::Form(form),
        };
        let request = Request { method: &self.method, url: &self.url, signed_headers: &headers, body };
        let (signer, stamp) = (self.signer(), Stamp { t: self.t, nonce: &self.nonce });
        Ok((signer.sign(&request, self.access_token.as_deref(), &stamp)?, signer.string_to_sign(&request)?))
    }
}

/// Printable ASCII without spaces, as keys, tokens and nonces are.
fn graphic(rng: &mut Rng, lengths: core::ops::Range<usize>) -> String {
    let length = rng.usize(lengths);
    (0..length).map(|_| char::from(rng.u8(b'!'..=b'~'))).collect()
}

/// A URL, and path and query of it.
fn url(rng: &mut Rng) -> (String, String) {
    let origin = if rng.bool() { rng.choice(ORIGINS).unwrap() } else { "" };
    let path = match rng.u8(..12) {
        0 => "/v1.0/token".to_owned(),
        1 => "/v1.0/token/refresh0token".to_owned(),
        2 if !origin.is_empty() => String::new(),
        3 => "/".to_owned(),
        _ => path(rng),
    };
    let query = match rng.u8(..8) {
        0 => String::new(),
        1 => "?".to_owned(),
        _ => format!("?{}", pairs(rng, QUERY_MARKS)),
    };
    // URL parsers strip spaces at the end.
    let query = query.trim_end_matches(' ');
    // Everything behind the mark stays with the client.
    let fragment = if rng.u8(..8) == 0 { "#x?y=1/#" } else { "" };
    let slash = if path.is_empty() { "/" } else { "" };
    (format!("{origin}{path}{query}{fragment}"), format!("{slash}{path}{query}"))
}

fn path(rng: &mut Rng) -> String {
    let segments: Vec<String> = (0..rng.usize(1..6)).map(|_| segment(rng)).collect();
    format!("/{}", segments.join("/"))
}

/// A segment that is neither a dot segment nor, so that no path begins with two slashes, empty.
fn segment(rng: &mut Rng) -> String {
    let plain = match rng.u8(..4) {
        0 => rng.choice(["v1.0", "devices", "...", ".a", "*", "a:b"]).unwrap().to_owned(),
        1 => rng.choice(HARD).unwrap().to_owned(),
        _ => text(rng),
    };
    let segment = encoded(rng, &plain, PATH_MARKS, false);
    if plain.is_empty() || plain == "." || plain == ".." { "s".to_owned() } else { segment }
}

/// Pairs as some program encodes them, with the irregularities that decoders must bear.
fn pairs(rng: &mut Rng, marks: &str) -> String {
    let mut written: Vec<String> = Vec::new();
    for _ in 0..rng.usize(0..7) {
        let key = if rng.u8(..3) == 0 { text(rng) } else { rng.choice(KEYS).unwrap().to_owned() };
        let value = if rng.bool() { text(rng) } else { rng.choice(HARD).unwrap().to_owned() };
        let key = encoded(rng, &key, marks, true).replace('=', "%3d");
        let value = encoded(rng, &value, marks, true);
        let without_mark = value.is_empty() && rng.bool();
        written.push(if without_mark { key } else { format!("{key}={value}") });
        if rng.u8(..10) == 0 {
            written.push(String::new());
        }
    }
    written.join("&")
}

/// Characters of every length in UTF-8 and UTF-16, marks and controls.
fn text(rng: &mut Rng) -> String {
    let length = rng.usize(0..12);
    (0..length)
        .map(|_| match rng.u8(..8) {
            0 => rng.char('\0'..='\u{7f}'),
            1 => rng.char('\u{80}'..='\u{7ff}'),
            2 => rng.char('\u{800}'..='\u{ffff}'),
            3 => rng.char('\u{10000}'..='\u{10ffff}'),
            _ => rng.alphanumeric(),
        })
        .collect()
}

/// Escapes what must be escaped, by chance some more, in digits of either case; a form's space may be a plus.
fn encoded(rng: &mut Rng, text: &str, marks: &str, is_form: bool) -> String {
    let mut written = String::new();
    let mut bytes = [0; 4];
    for character in text.chars() {
        let may_stand = character.is_ascii_alphanumeric() || marks.contains(character);
        if is_form && character == ' ' && rng.bool() {
            written.push('+');
        } else if may_stand && rng.u8(..8) != 0 {
            written.push(character);
        } else {
            for byte in character.encode_utf8(&mut bytes).bytes() {
                let escape = format!("%{byte:02X}");
                written += &if rng.bool() { escape } else { escape.to_lowercase() };
            }
        }
    }
    written
}

/// Up to four, in the caller's order and the caller's case.
fn signed_headers(rng: &mut Rng) -> Vec<(String, String)> {
    let mut names = ["area_id", "Call-ID", "x-A", "X!#$%&'*+-.^_`|~9", "lang"];
    rng.shuffle(&mut names);
    let count = rng.usize(0..5);
    names.into_iter().take(count).map(|name| (name.to_owned(), header_value(rng))).collect()
}

fn header_value(rng: &mut Rng) -> String {
    match rng.u8(..4) {
        0 => String::new(),
        1 => "29a33e8796834b1efa6".to_owned(),
        2 => "a \t:b,  c=\"d\"; ~".to_owned(),
        _ => graphic(rng, 1..80),
    }
}

fn body(rng: &mut Rng) -> Sent {
    match rng.u8(..6) {
        0 | 1 => Sent::Nothing,
        2 => Sent::Bytes(Vec::new()),
        3 => Sent::Bytes(format!("{{\"commands\":[{{\"code\":\"{}\",\"value\":true}}]}}", text(rng)).into_bytes()),
        4 => {
            let length = rng.usize(..300);
            Sent::Bytes(core::iter::repeat_with(|| rng.u8(..)).take(length).collect())
        }
        _ => Sent::Form(pairs(rng, "-._*!'()~")),
    }
}
