//! Why a sign is wrong, for the journal: the mistakes that give that very sign, and what this cloud signs instead.

use tuya_auth::{
    credentials::{ClientId, Secret},
    sign::{
        Body, PathEncoding, Received, Request, SignerOptions,
        diagnose::{Match, Mistake, Suspect, diagnose_within},
        is_token_path, string_to_sign,
    },
};

use crate::{
    mask,
    state::{Authorization, SignDiagnosis, SignMatch},
    turn::Turn,
};

/// How many HMACs one wrong sign may cost: enough for every mistake by itself, and for the likely pairs.
const MOST_HMACS: u32 = 8_000;
/// The longest body that is looked at, in bytes.
const LONGEST_BODY: usize = 16 << 10;
/// The longest query and form together, in bytes: a search signs them again and again.
const LONGEST_PAIRS: usize = 1 << 10;
/// The most characters that are kept of a signed string.
const LONGEST_STRING: usize = 2048;
/// How many other authorizations of the cloud may have lent their secret.
const MOST_OTHERS: usize = 8;

/// The diagnosis of a request whose sign is not the one of these keys. `received` is what was verified.
pub(super) fn of(
    turn: &Turn<'_>,
    authorization: &Authorization,
    keys: (&ClientId, &Secret),
    received: &Received<'_>,
) -> Option<Box<SignDiagnosis>> {
    let form = if let Body::Form(form) = received.signed_body().ok()? { form } else { "" };
    if received.body.len() > LONGEST_BODY || turn.request.query().len() + form.len() > LONGEST_PAIRS {
        return None;
    }
    let (client_id, secret) = keys;
    let suspect = Suspect {
        client_id,
        secret,
        other_secrets: &other_secrets(turn, authorization),
        options: &SignerOptions::default(),
        received: Received { target: with_base(turn, received.target), ..*received },
        sign: received.header("sign")?,
        meant: &[],
        meant_nonce: None,
    };
    let matches = diagnose_within(&suspect, MOST_HMACS).ok()?.matches.iter().map(described).collect();
    let string_to_sign = shown_string_to_sign(received)?;
    let str = mask::capped(&signed_string(received, &string_to_sign), LONGEST_STRING);
    Some(Box::new(SignDiagnosis { matches, string_to_sign: mask::capped(&string_to_sign, LONGEST_STRING), str }))
}

fn described(found: &Match) -> SignMatch {
    let sentences =
        |of: fn(Mistake) -> &'static str| found.mistakes.iter().map(|mistake| of(*mistake)).collect::<Vec<_>>();
    SignMatch {
        mistakes: sentences(Mistake::name).into_iter().map(str::to_owned).collect(),
        description: sentences(Mistake::description).join(" "),
        fix: sentences(Mistake::fix).join(" "),
    }
}

/// The whole target, base included, where the search can tell the base from the path: a client may have signed both.
fn with_base<'a>(turn: &Turn<'a>, target: &'a str) -> &'a str {
    let versioned =
        target.strip_prefix("/v").is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()));
    if versioned { turn.request.target } else { target }
}

/// Secrets of other authorizations, those of the same project first. None when they cannot be read.
fn other_secrets(turn: &Turn<'_>, authorization: &Authorization) -> Vec<Secret> {
    let mut others = turn.work.list::<Authorization>(&[]).unwrap_or_default();
    others.retain(|(_, other)| other.client_id != authorization.client_id);
    others.sort_by_key(|(_, other)| other.project != authorization.project);
    others.iter().take(MOST_OTHERS).filter_map(|(_, other)| Secret::new(&other.secret).ok()).collect()
}

/// What this cloud signs of the request, secrets masked.
fn shown_string_to_sign(received: &Received<'_>) -> Option<String> {
    let named = received.signed_headers().ok()?;
    let headers: Vec<(&str, &str)> = named.iter().map(|(name, value)| (*name, mask::header(name, value))).collect();
    let body = received.signed_body().ok()?;
    let form = if let Body::Form(form) = body { Some(mask::pairs(form)) } else { None };
    let request = Request {
        method: received.method,
        url: &mask::target(received.target),
        signed_headers: &headers,
        body: form.as_deref().map_or(body, Body::Form),
    };
    string_to_sign(&request, PathEncoding::AsWritten).ok()
}

/// The whole string that the sign is made of (section 2), the access token in stars.
fn signed_string(received: &Received<'_>, string_to_sign: &str) -> String {
    let part = |name| received.header(name).unwrap_or_default();
    let path = received.target.split('?').next().unwrap_or_default();
    let token = if is_token_path(path) { String::new() } else { mask::token(part("access_token")) };
    [part("client_id"), &token, part("t"), part("nonce"), part("identifier"), string_to_sign].concat()
}
