//! Why the cloud refuses a call, in its own codes and words (section 6).

use tuya_auth::{error::from_cloud, sign::Rejection};

use crate::state::{Broken, SignDiagnosis};

/// The code and message that go into the envelope.
pub(super) struct Refusal {
    pub(super) code: u32,
    pub(super) message: &'static str,
    /// For the journal only.
    pub(super) detail: Option<String>,
    /// Why the sign is wrong, for the journal too.
    pub(super) diagnosis: Option<Box<SignDiagnosis>>,
}

impl Refusal {
    pub(super) const SYSTEM: Self = Self::new(500, "system error,please contact the admin");
    pub(super) const TOKEN_MISSING: Self = Self::new(1002, "access_token is null");
    pub(super) const GRANT_TYPE: Self = Self::new(1003, "grant type invalid");
    pub(super) const SIGN: Self = Self::new(1004, "sign invalid");
    pub(super) const CLIENT: Self = Self::new(1005, "clientId invalid");
    pub(super) const CONTENT_TYPE: Self = Self::new(1006, "not support content type");
    pub(super) const TOKEN_EXPIRED: Self = Self::new(1010, "token is expired");
    /// The live cloud says this for a token that it does not know, or no longer knows.
    pub(super) const TOKEN_UNKNOWN: Self = Self::new(1010, "token invalid");
    /// A token of another data center, among other things.
    pub(super) const TOKEN_ELSEWHERE: Self = Self::new(28_841_107, "No permission. The data center is suspended.");
    pub(super) const TIME: Self = Self::new(1013, "request time is invalid");
    pub(super) const EMPTY: Self = Self::new(1100, "param is empty");
    pub(super) const RANGE: Self = Self::new(1101, "params range invalid");
    pub(super) const PERMISSION: Self = Self::new(1106, "permission deny");
    pub(super) const CODE: Self = Self::new(1107, "code invalid");
    pub(super) const PATH: Self = Self::new(1108, "uri path invalid");
    pub(super) const PARAMETER: Self = Self::new(1109, "param is illegal, please check it");
    pub(super) const OFFLINE: Self = Self::new(2001, "device is offline");
    pub(super) const COMMAND: Self = Self::new(2008, "command or value not support");

    const fn new(code: u32, message: &'static str) -> Self {
        Self { code, message, detail: None, diagnosis: None }
    }

    /// The same refusal, and what of the request it is about.
    pub(super) fn about(self, detail: &str) -> Self {
        Self { detail: Some(detail.to_owned()), ..self }
    }

    /// A refusal that a rule of test control asked for.
    pub(super) fn emulated(code: u32) -> Self {
        Self { detail: Some("rule".to_owned()), ..Self::new(code, "emulated failure") }
    }

    /// The name under which `tuya-auth` reports this code.
    pub(super) fn verdict(&self) -> &'static str {
        from_cloud(self.code).name()
    }
}

impl From<Rejection> for Refusal {
    fn from(rejection: Rejection) -> Self {
        let refusal = match rejection {
            Rejection::ClientId => Self::CLIENT,
            Rejection::Time | Rejection::ClockSkew => Self::TIME,
            Rejection::MissingHeader(_) | Rejection::SignMethod | Rejection::Sign | Rejection::Malformed(_) => {
                Self::SIGN
            }
        };
        Self { detail: rejection.to_error().detail().map(str::to_owned), ..refusal }
    }
}

impl From<Broken> for Refusal {
    fn from(_: Broken) -> Self {
        Self::SYSTEM
    }
}
