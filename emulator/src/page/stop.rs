//! Why the page goes no further.

use tuya_auth::DataCenter;

use super::html;
use crate::{route::Reply, state::Broken, turn::Turn};

/// Why the page goes no further. It never sends the browser anywhere: until client and callback are known to
/// belong together, an address in the query is just what somebody wrote into a link.
#[derive(Clone, Copy)]
pub(super) enum Stop {
    PathInvalid,
    QueryMalformed,
    ParameterMissing(&'static str),
    ResponseTypeInvalid,
    StateTooLong,
    ClientUnknown,
    /// The authorization is there and its project is not.
    ProjectUnknown,
    ClientNotConfigured,
    LoginDisabled,
    CallbackMissing(DataCenter),
    CallbackMismatch(DataCenter),
    FormMalformed,
    FormTokenInvalid,
    LoginOver,
    /// Somebody logged in already; the consent page is next.
    LoginPassed,
    LoginMissing,
    LoginOfAnotherBrowser,
    TooManyPasswords,
    ScanOver,
    ScanOfAnotherPhone,
    Unavailable,
}

impl Stop {
    /// The HTTP status, and the stable id for the journal.
    pub(super) fn verdict(self) -> (u16, &'static str) {
        match self {
            Self::PathInvalid => (404, "path_invalid"),
            Self::QueryMalformed => (400, "query_malformed"),
            Self::ParameterMissing(_) => (400, "parameter_missing"),
            Self::ResponseTypeInvalid => (400, "response_type_invalid"),
            Self::StateTooLong => (400, "state_too_long"),
            Self::ClientUnknown | Self::ProjectUnknown => (400, "client_unknown"),
            Self::ClientNotConfigured => (403, "client_not_configured"),
            Self::LoginDisabled => (403, "login_disabled"),
            Self::CallbackMissing(_) => (400, "callback_missing"),
            Self::CallbackMismatch(_) => (400, "callback_mismatch"),
            Self::FormMalformed => (400, "form_malformed"),
            Self::FormTokenInvalid => (403, "form_token_invalid"),
            Self::LoginOver | Self::LoginPassed => (400, "login_over"),
            Self::LoginMissing => (400, "login_missing"),
            Self::LoginOfAnotherBrowser => (403, "login_of_another_browser"),
            Self::TooManyPasswords => (429, "too_many_passwords"),
            Self::ScanOver => (400, "scan_over"),
            Self::ScanOfAnotherPhone => (403, "scan_of_another_phone"),
            Self::Unavailable => (500, "unavailable"),
        }
    }

    /// The page that says so.
    pub(super) fn reply(self, turn: &mut Turn<'_>) -> Reply {
        if matches!(self, Self::Unavailable) {
            turn.work.discard();
        }
        let (status, verdict) = self.verdict();
        Reply::new(html::stopped(turn.request, status, self), verdict)
    }
}

impl From<Broken> for Stop {
    fn from(_: Broken) -> Self {
        Self::Unavailable
    }
}
