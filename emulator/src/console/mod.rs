//! The platform's console: projects, their authorizations, OAuth 2.0, and what else a developer sets (section 1).
//!
//! Each module is what can be done with one thing, the same for `/console/api` and for the console's pages. An
//! operation reads the turn's state, checks what it is given, and writes; or it says in a [`Refused`] why not.

pub(crate) mod accounts;
mod api;
pub(crate) mod authorizations;
pub(crate) mod devices;
pub(crate) mod fields;
mod formats;
pub(crate) mod oauth;
mod page;
pub(crate) mod projects;
mod refused;
pub(crate) mod sources;

pub(crate) use refused::{Reason, Refused};

use crate::{http::Answer, turn::Turn};

/// Answers `/console/{segments}`.
pub(crate) fn answer(turn: &mut Turn<'_>, segments: &[&str]) -> Answer {
    match segments {
        ["api", rest @ ..] => api::answer(turn, rest),
        _ => page::answer(turn, segments),
    }
}
