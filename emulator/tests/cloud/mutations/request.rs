//! A request that a test can take apart and put together again.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use tuya_auth::sign::{PathEncoding, Received, Request as ToSign, is_token_path, string_to_sign};
use tuya_auth_emulator::{Answer, Cloud, Request};

use crate::local::{APP, CLOUD};

#[derive(Clone, Debug)]
pub struct Sendable {
    pub method: String,
    pub target: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    pub now: u64,
}

impl Sendable {
    /// What a cloud makes of it; the rows of the change are not applied.
    pub fn ask(&self, cloud: &Cloud, entropy: u64) -> (Answer, Vec<tuya_auth_emulator::Row>) {
        let mut bytes = [0; 64];
        bytes[..8].copy_from_slice(&entropy.to_be_bytes());
        cloud.handle(&Request {
            method: &self.method,
            target: &self.target,
            headers: &self.headers,
            body: &self.body,
            now: self.now,
            entropy: &bytes,
        })
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The method and the path without what differs from call to call: one kind of request.
    pub fn kind(&self) -> String {
        let path = self.target.split('?').next().unwrap();
        let is_id = |part: &str| part.len() > 9 && part.contains(|character: char| character.is_ascii_digit());
        let segments = path.split('/').map(|part| if is_id(part) { "…" } else { part });
        format!("{} {}", self.method, segments.collect::<Vec<_>>().join("/"))
    }

    /// Signs it as its client would, so that what was changed gets past the sign. Left alone when that cannot be.
    pub fn signed_again(mut self) -> Self {
        let secret = self.header("client_id").and_then(|id| [APP, CLOUD].into_iter().find(|(own, _)| *own == id));
        let base = self.target.get(1..).and_then(|rest| rest.find('/')).unwrap_or_default();
        let (Some((_, secret)), Some(target)) = (secret, self.target.get(base + 1..)) else { return self };
        let headers: Vec<(&str, &str)> =
            self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let received = Received { method: &self.method, target, headers: &headers, body: &self.body };
        let (Ok(signed_headers), Ok(body)) = (received.signed_headers(), received.signed_body()) else { return self };
        let request = ToSign { method: &self.method, url: target, signed_headers: &signed_headers, body };
        let Ok(string_to_sign) = string_to_sign(&request, PathEncoding::AsWritten) else { return self };
        let part = |name| received.header(name).unwrap_or_default();
        let token = if is_token_path(target.split('?').next().unwrap()) { "" } else { part("access_token") };
        let text = [part("client_id"), token, part("t"), part("nonce"), part("identifier"), &string_to_sign].concat();
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
        mac.update(text.as_bytes());
        let sign = hex::encode_upper(mac.finalize().into_bytes());
        if let Some((_, value)) = self.headers.iter_mut().find(|(name, _)| name.eq_ignore_ascii_case("sign")) {
            *value = sign;
        }
        self
    }
}
