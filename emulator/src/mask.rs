//! What of a request may be shown: everything but its secrets.

use tuya_auth::encoding::{decode_pairs, decode_path, encode_component};

/// What stands in place of a secret.
const MASK: &str = "***";
/// The parameters whose values are secret; those whose names hold one of [`SECRET_WORDS`] are too.
const SECRET_PARAMETERS: [&str; 3] = ["code", "state", "login"];
const SECRET_WORDS: [&str; 5] = ["token", "secret", "password", "cookie", "authorization"];

/// A target: refresh tokens stand in the path after `token`, codes and states in the query.
pub(crate) fn target(target: &str) -> String {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut after_token = false;
    let path: Vec<&str> = path
        .split('/')
        .map(|segment| {
            let shown = if after_token && !segment.is_empty() { MASK } else { segment };
            after_token |= decode_path(segment).is_ok_and(|segment| segment == "token");
            shown
        })
        .collect();
    let query = pairs(query);
    let separator = if query.is_empty() { "" } else { "?" };
    format!("{}{separator}{query}", path.join("/"))
}

/// A query or a form. One that cannot be decoded is left out, since nobody can tell what it holds.
pub(crate) fn pairs(encoded: &str) -> String {
    match decode_pairs(encoded) {
        Ok(pairs) => pairs.iter().map(pair).collect::<Vec<_>>().join("&"),
        Err(_) => "…".to_owned(),
    }
}

fn pair((name, value): &(String, String)) -> String {
    let secret = SECRET_PARAMETERS.contains(&name.as_str()) || is_secret(name);
    let value = if secret { MASK.to_owned() } else { encode_component(value) };
    format!("{}={value}", encode_component(name))
}

/// The value of a header field.
pub(crate) fn header<'a>(name: &str, value: &'a str) -> &'a str {
    if is_secret(name) || name.eq_ignore_ascii_case("sign") { MASK } else { value }
}

/// An access token: its length in stars, so that a string that it stands in keeps its shape.
pub(crate) fn token(token: &str) -> String {
    "*".repeat(token.len())
}

fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    SECRET_WORDS.iter().any(|word| name.contains(word))
}

/// The text's beginning.
pub(crate) fn capped(text: &str, most_characters: usize) -> String {
    text.chars().take(most_characters).collect()
}

#[cfg(test)]
mod tests {
    use super::{header, target};

    #[test]
    fn tokens_codes_and_states_are_masked() {
        for (sent, shown) in [
            ("/us/v1.0/token/5ecret", "/us/v1.0/token/***"),
            ("/us/v1.0/tok%65n/5ecret", "/us/v1.0/tok%65n/***"),
            ("/us/v1.0/token?grant_type=2&code=5ecret", "/us/v1.0/token?grant_type=2&code=***"),
            ("/us/v1.0/token?c%6fde=5ecret", "/us/v1.0/token?code=***"),
            ("/us/d/login?client_id=a&state=5ecret", "/us/d/login?client_id=a&state=***"),
            ("/us/v1.0/a?Access_Token=5ecret&form_token=5ecret", "/us/v1.0/a?Access_Token=***&form_token=***"),
            ("/us/v1.0/token?code=5ecret%zz", "/us/v1.0/token?…"),
        ] {
            assert_eq!(target(sent), shown);
        }
        assert_eq!((header("Sign", "5ecret"), header("access_token", "5ecret")), ("***", "***"));
    }

    #[test]
    fn what_is_no_secret_stays() {
        let shown = "/us/v1.0/users/az1/devices?a=b";
        assert_eq!(target(shown), shown);
        assert_eq!(header("signature-headers", "a:b"), "a:b");
    }
}
