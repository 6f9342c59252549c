//! Why a sign is wrong: which mistakes of the catalogue produce that very sign.
//!
//! The signed string is a row of parts, and a mistake gives a part another form. Combinations of up to three mistakes
//! are signed, fewest first, until some reproduce the given sign; nothing is guessed, since no other string has the
//! same HMAC.

mod forms;
mod four;
mod json;
mod key;
mod lists;
mod mistake;
mod parts;
mod query;
mod search;
mod trials;

use alloc::vec::Vec;

pub use mistake::Mistake;
pub use search::HMAC_LIMIT;

use super::SignerOptions;
use super::verify::Received;
use crate::credentials::{ClientId, Secret};
use crate::error::Error;

/// A query value that the caller meant to send, where the wire may not show it.
#[derive(Debug, Clone, Copy)]
pub struct Meant<'a> {
    /// The key.
    pub key: &'a str,
    /// One item of a list, the items in their order; `None` for a null.
    pub value: Option<&'a str>,
}

/// A request with a sign that somebody computed.
#[derive(Debug, Clone, Copy)]
pub struct Suspect<'a> {
    /// The client ID.
    pub client_id: &'a ClientId,
    /// Its secret.
    pub secret: &'a Secret,
    /// Secrets that may have been used in its place.
    pub other_secrets: &'a [Secret],
    /// How the request should have been signed.
    pub options: &'a SignerOptions,
    /// The request as it was sent: `t`, nonce, access token and the names of signed headers come from its headers.
    /// The target may have a base path before the API's version.
    pub received: Received<'a>,
    /// The sign, in hex.
    pub sign: &'a str,
    /// Query values as they were meant.
    pub meant: &'a [Meant<'a>],
    /// The nonce that was meant, when none was sent.
    pub meant_nonce: Option<&'a str>,
}

/// Mistakes that together produce the given sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// One to three mistakes, most likely first.
    pub mistakes: Vec<Mistake>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    /// The sign is the right one; if the cloud refuses it all the same, the keys are not that project's.
    pub correct: bool,
    /// The explanations with the fewest mistakes, most likely first. They all give the same signed string, or strings
    /// that cannot be told apart; none when no combination gives the sign, or when it is not 64 hex digits.
    pub matches: Vec<Match>,
    /// How many HMACs were computed: never more than [`HMAC_LIMIT`] or the caller's own limit.
    pub hmacs: u32,
}

/// Finds the mistakes behind a sign.
///
/// # Errors
/// The request cannot be brought into canonical form: `bad_escape`, `invalid_url`, `invalid_header`.
pub fn diagnose(suspect: &Suspect<'_>) -> Result<Diagnosis, Error> {
    diagnose_within(suspect, HMAC_LIMIT)
}

/// The same for a server that has no time for every combination: computes `most` HMACs at most, and then has seen
/// those with the fewest mistakes.
///
/// # Errors
/// Those of [`diagnose`].
pub fn diagnose_within(suspect: &Suspect<'_>, most: u32) -> Result<Diagnosis, Error> {
    search::search(suspect, most.min(HMAC_LIMIT))
}
