//! What holds for every answer, whatever was asked.

use html5gum::{HtmlString, Token, Tokenizer};
use serde_json::Value;
use tuya_auth_emulator::{Answer, Cloud};

use super::mutate::MARKER;

/// The cloud's own origins, whatever port its `Host` names.
const OWN: [&str; 3] = ["http://localhost", "http://127.0.0.1", "http://[::1]"];

/// Checks an answer of that cloud; gives what is wrong with it.
pub fn check(cloud: &Cloud, answer: &Answer) -> Result<(), String> {
    if !(200..500).contains(&answer.status) {
        return Err(format!("status {}", answer.status));
    }
    let mut media_type = "";
    for (name, value) in &answer.headers {
        if !name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-') {
            return Err(format!("header name {name:?}"));
        }
        if value.chars().any(char::is_control) {
            return Err(format!("{name}: {value:?}"));
        }
        match name.as_str() {
            "location" if !may_lead_to(cloud, value) => return Err(format!("location: {value:?}")),
            "content-type" => media_type = value,
            _ => {}
        }
    }
    match media_type.split(';').next() {
        Some("text/html") => check_html(&answer.body),
        Some("application/json") => check_json(&answer.body),
        Some("text/plain" | "text/css" | "text/javascript") => Ok(()),
        _ => Err(format!("content-type {media_type:?}")),
    }
}

/// A path of the cloud's own, or a callback that is registered, with a query of ours.
fn may_lead_to(cloud: &Cloud, location: &str) -> bool {
    is_own_path(location)
        || callbacks(cloud).iter().any(|callback| {
            location.strip_prefix(callback.as_str()).is_some_and(|rest| {
                ["code=", "error="].iter().any(|name| rest.get(1..).is_some_and(|query| query.starts_with(name)))
                    && rest.starts_with(['?', '&'])
            })
        })
}

fn callbacks(cloud: &Cloud) -> Vec<String> {
    let projects = cloud.snapshot().into_iter().filter(|row| row.key.starts_with("project/"));
    projects
        .filter_map(|row| serde_json::from_str::<Value>(&row.value?).ok())
        .flat_map(|project| project["oauth"]["callbacks"].as_object().cloned().unwrap_or_default())
        .filter_map(|(_, url)| url.as_str().map(str::to_owned))
        .collect()
}

fn is_own_path(address: &str) -> bool {
    address.starts_with('/') && !address.starts_with("//") && !address.contains('\\')
}

fn check_json(body: &str) -> Result<(), String> {
    let parsed: Value = serde_json::from_str(body).map_err(|error| format!("{error} in {body}"))?;
    if parsed["code"] == 500 { Err(format!("a row that cannot be read: {body}")) } else { Ok(()) }
}

/// Takes a page apart as browsers do: no element, attribute or address in it may come from the request.
fn check_html(page: &str) -> Result<(), String> {
    let mut in_script = false;
    for Ok(token) in Tokenizer::new(page) {
        match token {
            Token::StartTag(tag) => {
                let name = text(&tag.name);
                in_script = matches!(name.as_str(), "script" | "style");
                if !is_name(&name) {
                    return Err(format!("<{name}>"));
                }
                for (attribute, value) in &tag.attributes {
                    check_attribute(&name, &text(attribute), &text(value))?;
                }
            }
            Token::EndTag(tag) if !is_name(&text(&tag.name)) => return Err(format!("</{}>", text(&tag.name))),
            Token::EndTag(_) => in_script = false,
            Token::String(inline) if in_script => return Err(format!("inline {:?}", text(&inline))),
            Token::Comment(comment) => return Err(format!("<!--{}-->", text(&comment))),
            _ => {}
        }
    }
    Ok(())
}

fn check_attribute(element: &str, name: &str, value: &str) -> Result<(), String> {
    let wrong = || Err(format!("<{element} {name}={value:?}>"));
    if !is_name(name) || name.starts_with("on") || name == "style" {
        return wrong();
    }
    let is_address = match name {
        "href" | "src" | "action" | "formaction" => Some(value),
        "content" if element == "meta" => value.split_once("url=").map(|(_, address)| address),
        _ => None,
    };
    if is_address.is_some_and(|address| !is_own_address(address)) { wrong() } else { Ok(()) }
}

/// Own names of elements and attributes: nobody's marker is part of them.
fn is_name(name: &str) -> bool {
    !name.contains(MARKER) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// A path, an address relative to the page, or one at an origin of the cloud's own.
fn is_own_address(address: &str) -> bool {
    let at_own_origin = OWN.iter().filter_map(|own| address.strip_prefix(own)).any(|rest| {
        let rest =
            rest.strip_prefix(':').map_or(rest, |port| port.trim_start_matches(|digit: char| digit.is_ascii_digit()));
        rest.starts_with('/')
    });
    let first = address.split(['/', '?', '#']).next().unwrap_or_default();
    at_own_origin || is_own_path(address) || (!address.starts_with(['/', '\\']) && !first.contains(':'))
}

fn text(bytes: &HtmlString) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
