//! A developer at the console, who sends JSON.

use serde_json::{Value, json};
use tuya_auth_emulator::Answer;

use crate::local::{Local, header};

/// One call of `/console/api`: status and body.
pub fn console(local: &mut Local, method: &str, path: &str, body: &Value) -> (u16, Value) {
    let answer = answer(local, method, path, body);
    (answer.status, serde_json::from_str(&answer.body).unwrap())
}

/// The whole answer of one call.
pub fn answer(local: &mut Local, method: &str, path: &str, body: &Value) -> Answer {
    let json = [header("content-type", "application/json")];
    local.send(method, &format!("/console/api{path}"), &json, body.to_string().as_bytes())
}

/// What a GET finds.
pub fn found(local: &mut Local, path: &str) -> Value {
    let (status, body) = console(local, "GET", path, &json!({}));
    assert_eq!(status, 200, "{path}: {body}");
    body
}

/// What a change that works gives.
pub fn done(local: &mut Local, method: &str, path: &str, body: &Value) -> Value {
    let (status, answer) = console(local, method, path, body);
    assert_eq!(status, if method == "POST" { 201 } else { 200 }, "{method} {path} {body}: {answer}");
    answer
}

/// Status, id and field of a call that is refused, and that nothing has changed.
pub fn refused(local: &mut Local, method: &str, path: &str, body: &Value) -> (u16, String, Option<String>) {
    let before = local.cloud.snapshot();
    let (status, answer) = console(local, method, path, body);
    assert!((400..500).contains(&status), "{method} {path} {body}: {answer}");
    assert_eq!(local.cloud.snapshot(), before, "{method} {path} {body}");
    assert!(answer["message"].as_str().unwrap().ends_with(['.', '…']), "{answer}");
    (status, answer["error"].as_str().unwrap().to_owned(), answer["field"].as_str().map(str::to_owned))
}

/// A refusal as a test expects it; no field when it is empty.
pub fn refusal(status: u16, id: &str, field: &str) -> (u16, String, Option<String>) {
    (status, id.to_owned(), (!field.is_empty()).then(|| field.to_owned()))
}
