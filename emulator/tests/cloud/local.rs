//! A cloud on a clock of its own, and a client that signs with the core's signer.

use std::cell::RefCell;

use serde_json::Value;
use tuya_auth::credentials::{ClientId, Secret};
use tuya_auth::sign::{Body, Request as ToSign, Signer, SignerOptions, Stamp};
use tuya_auth_emulator::{Answer, Cloud, Request, Row, Seed};

pub const CLOUD: (&str, &str) = ("demo0cloud0client0id", "demo0cloud0secret00000000000001x");
pub const APP: (&str, &str) = ("demo0app0client0id00", "demo0app0secret0000000000000001x");
pub const ANN: &str = "az1700000000000Ann01";
pub const BO: &str = "eu1700000000000Bo001";

/// A cloud whose time and entropy a test decides.
pub struct Local {
    pub cloud: Cloud,
    pub now: u64,
    turns: u8,
}

/// A request as it was sent, with the cloud as it was then, and the answer.
pub struct Sent {
    pub cloud: Cloud,
    pub method: String,
    pub target: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    pub now: u64,
    pub answer: Answer,
}

thread_local! {
    static RECORDING: RefCell<Option<Vec<Sent>>> = const { RefCell::new(None) };
}

/// What every cloud of this thread was sent while `walk` ran.
pub fn recorded(walk: fn()) -> Vec<Sent> {
    RECORDING.set(Some(Vec::new()));
    walk();
    RECORDING.take().unwrap()
}

fn record(cloud: &Cloud, request: &Request<'_>, answer: &Answer) {
    RECORDING.with_borrow_mut(|recording| {
        if let Some(sent) = recording {
            sent.push(Sent {
                cloud: cloud.clone(),
                method: request.method.to_owned(),
                target: request.target.to_owned(),
                headers: request.headers.to_vec(),
                body: request.body.to_vec(),
                now: request.now,
                answer: answer.clone(),
            });
        }
    });
}

/// What a call came to: `Ok` the result, `Err` code and message.
pub type Outcome = Result<Value, (u64, String)>;

impl Local {
    pub fn new() -> Self {
        Self::of(&Seed::default())
    }

    pub fn of(seed: &Seed) -> Self {
        Self { cloud: Cloud::new(seed).unwrap(), now: 1_760_000_000_000, turns: 0 }
    }

    /// One turn: handled, stored, applied. A request without a `Host` gets one.
    pub fn send(&mut self, method: &str, target: &str, headers: &[(String, String)], body: &[u8]) -> Answer {
        self.turns = self.turns.wrapping_add(1);
        let entropy = [self.turns; 64];
        let mut headers = headers.to_vec();
        if !headers.iter().any(|(name, _)| name == "host") {
            headers.push(header("host", "localhost:8787"));
        }
        let request = Request { method, target, headers: &headers, body, now: self.now, entropy: &entropy };
        let (answer, rows) = self.cloud.handle(&request);
        record(&self.cloud, &request, &answer);
        self.cloud.apply(&rows);
        answer
    }

    /// A signed GET with no body.
    pub fn get(&mut self, keys: (&str, &str), data_center: &str, path: &str, token: Option<&str>) -> Outcome {
        let headers = signed(keys, path, token, self.now, SignerOptions::default());
        self.call(data_center, path, &headers)
    }

    /// A signed POST of JSON.
    pub fn post(
        &mut self,
        keys: (&str, &str),
        data_center: &str,
        path: &str,
        body: &str,
        token: Option<&str>,
    ) -> Outcome {
        let mut headers =
            signed_request(keys, "POST", path, body.as_bytes(), token, self.now, SignerOptions::default());
        headers.push(header("content-type", "application/json"));
        outcome(&self.send("POST", &format!("/{data_center}{path}"), &headers, body.as_bytes()))
    }

    /// A GET with these headers.
    pub fn call(&mut self, data_center: &str, path: &str, headers: &[(String, String)]) -> Outcome {
        outcome(&self.send("GET", &format!("/{data_center}{path}"), headers, b""))
    }

    /// A simple-mode token of the cloud authorization.
    pub fn token(&mut self, data_center: &str) -> String {
        text(&self.get(CLOUD, data_center, "/v1.0/token?grant_type=1", None).unwrap(), "access_token")
    }

    /// Changes the stored row with that key, as somebody would who edits the storage.
    pub fn edit(&mut self, key: &str, change: impl FnOnce(&mut Value)) {
        let row = self.cloud.snapshot().into_iter().find(|row| row.key == key).unwrap();
        let mut value = serde_json::from_str(&row.value.unwrap()).unwrap();
        change(&mut value);
        self.put(key, &value);
    }

    /// Stores a row.
    pub fn put(&mut self, key: &str, value: &Value) {
        self.cloud.apply(&[Row { key: key.to_owned(), value: Some(value.to_string()) }]);
    }

    /// The value of the last request's record.
    pub fn last_record(&mut self) -> Value {
        let answer = self.send("GET", "/control/requests", &[header("host", "127.0.0.1:8787")], b"");
        let body: Value = serde_json::from_str(&answer.body).unwrap();
        body["requests"].as_array().unwrap().last().unwrap().clone()
    }
}

pub fn header(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

/// The headers of a signed GET.
pub fn signed(
    keys: (&str, &str),
    path: &str,
    token: Option<&str>,
    t: u64,
    options: SignerOptions,
) -> Vec<(String, String)> {
    signed_request(keys, "GET", path, b"", token, t, options)
}

/// The headers of any signed request.
pub fn signed_request(
    (client_id, secret): (&str, &str),
    method: &str,
    path: &str,
    body: &[u8],
    token: Option<&str>,
    t: u64,
    options: SignerOptions,
) -> Vec<(String, String)> {
    let signer = Signer::new(&ClientId::new(client_id).unwrap(), &Secret::new(secret).unwrap(), options).unwrap();
    let request = ToSign { method, url: path, signed_headers: &[], body: Body::Bytes(body) };
    let sign = signer.sign(&request, token, &Stamp { t, nonce: "n0nce" }).unwrap();
    let mut headers = vec![
        header("client_id", client_id),
        header("sign", &sign),
        header("t", &t.to_string()),
        header("sign_method", "HMAC-SHA256"),
        header("nonce", "n0nce"),
    ];
    headers.extend(token.map(|token| header("access_token", token)));
    headers.extend(signer.identifier().map(|identifier| header("identifier", identifier)));
    headers
}

pub fn outcome(answer: &Answer) -> Outcome {
    assert_eq!(answer.status, 200, "{}", answer.body);
    let body: Value = serde_json::from_str(&answer.body).unwrap();
    assert!(body["t"].is_u64());
    assert_eq!(body["tid"].as_str().map(str::len), Some(32));
    if body["success"].as_bool().unwrap() {
        Ok(body["result"].clone())
    } else {
        Err((body["code"].as_u64().unwrap(), body["msg"].as_str().unwrap().to_owned()))
    }
}

/// What a refused call comes to.
pub fn refused(code: u64, message: &str) -> Outcome {
    Err((code, message.to_owned()))
}

/// A string of a result.
pub fn text(result: &Value, name: &str) -> String {
    result[name].as_str().unwrap().to_owned()
}
