//! Mutations of a request: of bytes, escapes, parts and fields, and markup in each of them.

use fastrand::Rng;
use serde_json::{Value, json};
use tuya_auth::encoding::encode_component;

use super::request::Sendable;

/// What no page may ever have as the name of an element or an attribute.
pub const MARKER: &str = "zqx";

/// Texts that have come to mean something somewhere: markup, quotes, line ends, addresses, control characters.
const PAYLOADS: [&str; 28] = [
    "<zqx>",
    "<script>zqx</script>",
    "\"><zqx zqx=1>",
    "\" zqx=\"1",
    "' zqx='1",
    " zqx=1 onfocus=zqx autofocus ",
    "</title></textarea></style></script><zqx>",
    "--><zqx><!--",
    "<![CDATA[<zqx>]]>",
    "&lt;zqx&gt;&#60;zqx&#62;",
    "<img src=x onerror=zqx>",
    "javascript:zqx",
    "data:text/html,<zqx>",
    "\r\nset-cookie: zqx=1\r\n\r\n<zqx>",
    "\n<zqx>\n",
    "\0<zqx>\0",
    "null",
    "//zqx.example/",
    "https://zqx.example/",
    "/\\zqx.example",
    "\\\\zqx.example\\",
    "https://zqx@localhost:8788/auth/callback/us",
    "http://localhost:8788/auth/callback/us.zqx.example",
    "../../control/reset",
    "\u{202e}\u{2028}\u{feff}é\u{1f600}",
    "{{zqx}}${zqx}<%zqx%>",
    "-1",
    "99999999999999999999999",
];

/// Escapes that decoders fall for, and that have to be refused or kept apart.
const ESCAPES: [&str; 12] =
    ["%", "%z", "%zz", "%00", "%0d%0a", "%3Czqx%3E", "%22%20zqx=1", "%c0%af", "%ff", "%2f", "%252e", "+"];

/// The request with one to three changes.
pub fn mutated(rng: &mut Rng, start: &Sendable) -> Sendable {
    let mut request = start.clone();
    for _ in 0..rng.usize(1..=3) {
        mutate(rng, &mut request);
    }
    if rng.bool() { request.signed_again() } else { request }
}

/// The request with markup in one field of its body, and nothing else changed.
pub fn filled(rng: &mut Rng, start: &Sendable) -> Sendable {
    let mut request = start.clone();
    let payload = rng.choice(PAYLOADS).unwrap();
    if let Ok(mut value) = serde_json::from_slice::<Value>(&request.body) {
        let mut texts = Vec::new();
        collect_texts(&mut value, &mut texts);
        if let Some(text) = rng.choice(texts) {
            text.push_str(payload);
        }
        request.body = value.to_string().into_bytes();
    } else {
        let text = String::from_utf8_lossy(&request.body).into_owned();
        let mut pairs: Vec<String> = text.split('&').map(str::to_owned).collect();
        if let Some(pair) = rng.choice(&mut pairs) {
            pair.push_str(&encode_component(payload));
        }
        request.body = pairs.join("&").into_bytes();
    }
    request.signed_again()
}

fn collect_texts<'a>(value: &'a mut Value, texts: &mut Vec<&'a mut String>) {
    match value {
        Value::String(text) => texts.push(text),
        Value::Array(items) => items.iter_mut().for_each(|item| collect_texts(item, texts)),
        Value::Object(fields) => fields.values_mut().for_each(|field| collect_texts(field, texts)),
        _ => {}
    }
}

fn mutate(rng: &mut Rng, request: &mut Sendable) {
    match rng.usize(0..10) {
        0 => request.method = edited(rng, &request.method),
        1 => path(rng, request),
        2..4 => query(rng, request),
        4..6 => header(rng, request),
        6 => request.target = edited(rng, &request.target),
        _ => body(rng, request),
    }
}

fn path(rng: &mut Rng, request: &mut Sendable) {
    let (path, query) = split(&request.target, '?');
    let mut segments: Vec<String> = path.split('/').map(str::to_owned).collect();
    in_list(rng, &mut segments, |rng, segment| edited_part(rng, segment));
    request.target = format!("{}{query}", segments.join("/"));
}

fn query(rng: &mut Rng, request: &mut Sendable) {
    let (path, query) = split(&request.target, '?');
    request.target = format!("{path}?{}", edited_pairs(rng, query.trim_start_matches('?')));
}

fn header(rng: &mut Rng, request: &mut Sendable) {
    in_list(rng, &mut request.headers, |rng, (name, value)| {
        if rng.u8(0..4) == 0 { (edited(rng, name), value.clone()) } else { (name.clone(), edited(rng, value)) }
    });
}

/// A field of a form or of JSON, or the bytes.
fn body(rng: &mut Rng, request: &mut Sendable) {
    let media_type = request.header("content-type").unwrap_or_default();
    let (is_form, is_json) = (media_type.contains("form"), media_type.contains("json"));
    let text = String::from_utf8_lossy(&request.body).into_owned();
    let parsed = serde_json::from_slice::<Value>(&request.body).ok().filter(|_| is_json);
    request.body = match (rng.u8(0..6), parsed) {
        (0, _) => bytes(rng, &request.body),
        (_, Some(mut value)) => {
            json_field(rng, &mut value);
            value.to_string().into_bytes()
        }
        (1, _) => edited(rng, &text).into_bytes(),
        _ if is_form => edited_pairs(rng, &text).into_bytes(),
        _ => edited(rng, &text).into_bytes(),
    };
}

/// Changes one place in a JSON value: a leaf, a key or a whole branch.
fn json_field(rng: &mut Rng, value: &mut Value) {
    let deeper = rng.u8(0..4) != 0;
    match value {
        Value::Object(fields) if deeper && !fields.is_empty() => {
            let key = fields.keys().nth(rng.usize(0..fields.len())).unwrap().clone();
            match rng.u8(0..8) {
                0 => drop(fields.remove(&key)),
                1 => drop(fields.insert(edited(rng, &key), Value::Null)),
                _ => json_field(rng, fields.get_mut(&key).unwrap()),
            }
        }
        Value::Array(items) if deeper && !items.is_empty() => {
            let at = rng.usize(0..items.len());
            json_field(rng, &mut items[at]);
        }
        _ => *value = json_value(rng, value),
    }
}

fn json_value(rng: &mut Rng, value: &Value) -> Value {
    let text = value.as_str().unwrap_or_default();
    match rng.u8(0..12) {
        0 => Value::Null,
        1 => json!(rng.bool()),
        2 => json!(rng.i64(..)),
        3 => json!(rng.f64() * 1e300),
        4 => json!([value, value]),
        5 => json!({ text: value }),
        6 => (0..200).fold(json!("deep"), |inner, _| json!([inner])),
        7 => json!([]),
        _ => json!(edited(rng, text)),
    }
}

/// Pairs of a query or a form, of which one is changed, doubled, dropped or moved.
fn edited_pairs(rng: &mut Rng, pairs: &str) -> String {
    let mut pairs: Vec<String> = pairs.split('&').map(str::to_owned).collect();
    in_list(rng, &mut pairs, |rng, pair| {
        let (name, value) = split(pair, '=');
        if rng.u8(0..6) == 0 {
            format!("{}{value}", edited_part(rng, name))
        } else {
            format!("{name}={}", edited_part(rng, value.trim_start_matches('=')))
        }
    });
    pairs.join("&")
}

/// Changes, doubles, drops, swaps or moves one item of a list.
fn in_list<T: Clone>(rng: &mut Rng, items: &mut Vec<T>, change: impl FnOnce(&mut Rng, &T) -> T) {
    if items.is_empty() {
        return;
    }
    let (at, other) = (rng.usize(0..items.len()), rng.usize(0..items.len()));
    match rng.u8(0..10) {
        0 => items.insert(other, items[at].clone()),
        1 => drop(items.remove(at)),
        2 => items.swap(at, other),
        _ => items[at] = change(rng, &items[at]),
    }
}

/// A part of a target or a form: what is put in is mostly encoded, so that it arrives.
fn edited_part(rng: &mut Rng, part: &str) -> String {
    match rng.u8(0..8) {
        0 => edited(rng, part),
        1 => format!("{part}{}", rng.choice(ESCAPES).unwrap()),
        2 => part.replace('%', "%25"),
        3..5 => format!("{part}{}", encode_component(rng.choice(PAYLOADS).unwrap())),
        _ => encode_component(rng.choice(PAYLOADS).unwrap()),
    }
}

/// A text with something done to it.
fn edited(rng: &mut Rng, text: &str) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    match rng.u8(0..14) {
        0 => characters.clear(),
        1 => {
            let character = rng.char(..);
            characters.insert(rng.usize(0..=text.chars().count()), character);
        }
        2 => in_list(rng, &mut characters, |rng, _| rng.char('\0'..'\u{100}')),
        3 => characters.truncate(rng.usize(0..=text.chars().count())),
        4 => characters.reverse(),
        5 => return text.repeat(rng.usize(2..40)),
        6 if rng.u8(0..8) == 0 => return "a".repeat(40_000),
        7 => return text.to_uppercase(),
        8..11 => return format!("{text}{}", rng.choice(PAYLOADS).unwrap()),
        _ => return (*rng.choice(PAYLOADS).unwrap()).to_owned(),
    }
    characters.into_iter().collect()
}

/// Bytes with one flipped, dropped, doubled or added, or too many of them.
fn bytes(rng: &mut Rng, bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    match rng.u8(0..40) {
        0 => bytes.resize((1 << 20) + 1, b'a'),
        1..20 => bytes.insert(rng.usize(0..=bytes.len()), rng.u8(..)),
        _ => in_list(rng, &mut bytes, |rng, byte| byte ^ (1 << rng.u8(0..8))),
    }
    bytes
}

/// The text before a character, and the rest with it.
fn split(text: &str, at: char) -> (&str, &str) {
    text.split_at(text.find(at).unwrap_or(text.len()))
}
