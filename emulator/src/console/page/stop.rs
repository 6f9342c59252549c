//! Why a page cannot be shown, or a form is not taken at all.

use crate::{console::Refused, state::Broken};

/// The end of a request that has no page to show.
pub(super) struct Stop {
    pub(super) status: u16,
    /// A stable id of the reason, which the page shows.
    pub(super) reason: &'static str,
    pub(super) sentence: String,
}

impl Stop {
    pub(super) fn new(status: u16, reason: &'static str, sentence: impl Into<String>) -> Self {
        Self { status, reason, sentence: sentence.into() }
    }

    /// For an address that leads nowhere.
    pub(super) fn not_found() -> Self {
        Self::new(404, "path_invalid", "There is no such page, or what it was about is gone.")
    }
}

impl From<Broken> for Stop {
    fn from(_: Broken) -> Self {
        Self::new(500, "unavailable", "This cloud cannot read its own state.")
    }
}

impl From<Refused> for Stop {
    fn from(refused: Refused) -> Self {
        Self::new(refused.reason.status(), refused.reason.id(), refused.sentence)
    }
}
