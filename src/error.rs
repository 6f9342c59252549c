//! One error type for the whole crate, and the cloud's own codes as a table.
//!
//! Every error carries a [`Code`]. Its name ([`Code::name`]) is stable and is what a program should branch on;
//! its message and action are for people and may be reworded. No error ever holds a secret, a token or an
//! authorization code.

use alloc::boxed::Box;
use alloc::string::String;
use core::fmt;

/// Whose mistake an error is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// The caller passed something that can never work. In JavaScript: a `TypeError` with a `code`.
    Argument,
    /// The protocol went wrong: the cloud, the browser or the network. In JavaScript: a `TuyaAuthError`.
    Protocol,
}

/// What a [`Code`] says. The WebAssembly modules hand over numbers only and never reach it, so that they carry no
/// texts.
struct Description {
    name: &'static str,
    family: Family,
    retryable: bool,
    message: &'static str,
    action: Option<&'static str>,
}

macro_rules! codes {
    (@action) => { None };
    (@action $action:literal) => { Some($action) };
    (@retryable) => { false };
    (@retryable retryable) => { true };
    ($($family:ident { $($variant:ident $name:literal $($retryable:ident)?: $message:literal $(=> $action:literal)?,)* })*) => {
        /// Every error there is. Its place is the number that crosses the WebAssembly boundary, where JavaScript has the
        /// same tables: a caller's mistakes, then failures of the page's half, of the server's, of the handler.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum Code {
            $($(#[doc = concat!("`", $name, "`: ", $message)] $variant,)*)*
        }

        impl Code {
            /// All codes, in the order of the table.
            pub const ALL: &'static [Code] = &[$($(Code::$variant,)*)*];

            const fn description(self) -> Description {
                match self {
                    $($(Code::$variant => Description {
                        name: $name,
                        family: Family::$family,
                        retryable: codes!(@retryable $($retryable)?),
                        message: $message,
                        action: codes!(@action $($action)?),
                    },)*)*
                }
            }
        }
    };
}

codes! {
    Argument {
        InvalidArgument "invalid_argument": "an option has the wrong type or form",
        InvalidUrl "invalid_url": "the URL cannot be used",
        InsecureUrl "insecure_url": "the URL must be https, or http on loopback",
        RepeatedKey "repeated_key": "a query key appears twice; which value the cloud signs is not documented",
        BadEscape "bad_escape": "a percent-escape is malformed or does not decode to UTF-8",
        InvalidClientId "invalid_client_id": "the client ID is empty, or holds white space or a character outside printable ASCII",
        InvalidSecret "invalid_secret": "the client secret is empty, or holds white space or a character outside printable ASCII",
        InvalidHeader "invalid_header": "a header's name or value cannot be sent as it is",
        InvalidMethod "invalid_method": "the method is not an HTTP token",
        InvalidTime "invalid_time": "t is not a time in milliseconds (13 digits); seconds have 10",
        InvalidState "invalid_state": "state needs 22 or more base64url characters, a dot and the data center's code",
        InvalidDataCenter "invalid_data_center": "no such data center",
        ReservedParameter "reserved_parameter": "client_id, redirect_uri and state have options of their own",
        InvalidToken "invalid_token": "a token or code is empty, or holds a character that none has",
        InvalidNonce "invalid_nonce": "the nonce holds white space or a character outside printable ASCII",
        SignerFreed "signer_freed": "the signer was freed",
        InstanceLost "instance_lost": "the WebAssembly instance that this object belongs to has ended",
        UnsupportedRuntime "unsupported_runtime": "this runtime lacks something that the call needs",
    }
    Protocol {
        CallbackMalformed "callback_malformed": "the callback's parameters are repeated, too long or not decodable" => "Start the link again.",
        StateMissing "state_missing": "the callback carries no state" => "Start the link again from your own page.",
        StateMismatch "state_mismatch": "the callback's state is not the one this browser was given" => "Start the link again in this browser.",
        WrongDataCenter "wrong_data_center": "this belongs to another data center" => "Use the data center of the user's app account.",
        AccessDenied "access_denied": "the user refused" => "Ask again when the user wants to link.",
        AuthorizationError "authorization_error": "the authorization page answered with an error" => "Read the error in `cause`, then start the link again.",
        CodeMissing "code_missing": "the callback carries no authorization code" => "Start the link again.",
        InternalError "internal_error": "something failed that has no code of its own" => "Read the event that `onEvent` was given.",
        CodeInvalid "code_invalid": "the authorization code is wrong, spent, late or of another data center" => "Start the link again; a code works once, for five minutes, in its own data center.",
        SignInvalid "sign_invalid": "the cloud computed another sign" => "Find the cause with `npx tuya-auth diagnose` or `tuya-auth/debug`; retrying does not help.",
        ClockSkew "clock_skew": "t is more than five minutes away from the cloud's clock" => "Set the clock; t is in milliseconds.",
        ClientInvalid "client_invalid": "the cloud does not know this client ID" => "Check the client ID, and that the project is enabled in this data center.",
        SecretInvalid "secret_invalid": "the cloud refused the secret" => "Check the client secret.",
        TokenMissing "token_missing": "the call was sent without an access token" => "Send the access token.",
        TokenExpired "token_expired": "the access token has expired or was replaced" => "Refresh the token, then repeat the call once.",
        GrantInvalid "grant_invalid": "the cloud refused the grant type" => "Use grant type 1 or 2.",
        PermissionDenied "permission_denied": "this token may not do that" => "Check that the user or device is linked to the project, the permission package, and the data center.",
        ParameterInvalid "parameter_invalid": "the cloud refused a parameter" => "Read the cloud's message.",
        PathInvalid "path_invalid": "the cloud has no such path for this method" => "Check the method and the path.",
        RateLimited "rate_limited" retryable: "too many calls" => "Wait, then repeat.",
        Unavailable "unavailable" retryable: "the cloud could not answer" => "Wait, then repeat.",
        IpNotAllowed "ip_not_allowed": "this address is not on the project's allow-list" => "Add the address to the project's IP allow-list.",
        PlanUnavailable "plan_unavailable": "the project's cloud plan is missing, expired, overdue or used up" => "Renew the cloud plan in the console.",
        NotSubscribed "not_subscribed": "the project may not use this API" => "Subscribe the project to the API in the console.",
        CloudError "cloud_error": "the cloud refused the call" => "Read the cloud's own code and message in `tuya`.",
        MalformedResponse "malformed_response": "the answer is not what the cloud documents" => "Check that the address is the cloud's, and that no proxy changes answers.",
        UnexpectedRedirect "unexpected_redirect": "the cloud answered with a redirect, which is never followed" => "Check the OpenAPI address.",
        Timeout "timeout" retryable: "no answer in time" => "Repeat if the call may run twice.",
        NetworkError "network_error" retryable: "the cloud could not be reached" => "Check the network, then repeat.",
        LockTimeout "lock_timeout" retryable: "another refresh of this token did not end in time" => "Repeat.",
        RelinkRequired "relink_required": "the link has ended: the cloud refuses its refresh token" => "Ask the user to link the account again.",
        NotLinked "not_linked": "no tokens are stored for this user" => "Ask the user to link the account.",
        StoreFailed "store_failed" retryable: "the token store failed" => "Check the store, then repeat.",
        DecryptionFailed "decryption_failed": "a stored value cannot be opened" => "Add the key that it was sealed with to `encryptionKeys`.",
        SubjectMismatch "subject_mismatch": "this link is of another user of the application" => "Sign in as the user who began it, or start again.",
        SessionMissing "session_missing": "there is no session" => "Link an account first.",
        OriginMismatch "origin_mismatch": "the request comes from another origin" => "Call this route from the application's own origin.",
    }
}

impl Code {
    /// The stable name, such as `state_mismatch`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.description().name
    }

    /// The number that stands for the code at the WebAssembly boundary.
    #[must_use]
    pub const fn id(self) -> u8 {
        self as u8
    }

    /// Whose mistake it is.
    #[must_use]
    pub const fn family(self) -> Family {
        self.description().family
    }

    /// Whether the same call may succeed later without any change.
    #[must_use]
    pub const fn retryable(self) -> bool {
        self.description().retryable
    }

    /// What happened, for people.
    #[must_use]
    pub const fn message(self) -> &'static str {
        self.description().message
    }

    /// What the user of the library can do about it; every protocol failure has one.
    #[must_use]
    pub const fn action(self) -> Option<&'static str> {
        self.description().action
    }
}

/// The cloud's own codes with the [`Code`] that each stands for (`docs/protocol.md`, section 6).
/// A code that is not in the table is [`Code::CloudError`].
pub const CLOUD_CODES: &[(u32, Code)] = &[
    (500, Code::Unavailable),
    (1001, Code::SecretInvalid),
    (1002, Code::TokenMissing),
    (1003, Code::GrantInvalid),
    (1004, Code::SignInvalid),
    (1005, Code::ClientInvalid),
    (1010, Code::TokenExpired),
    (1011, Code::TokenExpired),
    (1012, Code::TokenExpired),
    (1013, Code::ClockSkew),
    (1100, Code::ParameterInvalid),
    (1101, Code::ParameterInvalid),
    (1102, Code::ParameterInvalid),
    (1103, Code::ParameterInvalid),
    (1104, Code::ParameterInvalid),
    (1105, Code::ParameterInvalid),
    (1106, Code::PermissionDenied),
    (1107, Code::CodeInvalid),
    (1108, Code::PathInvalid),
    (1109, Code::ParameterInvalid),
    (1110, Code::RateLimited),
    (1111, Code::RateLimited),
    (1112, Code::RateLimited),
    (1113, Code::RateLimited),
    (1114, Code::IpNotAllowed),
    (1199, Code::RateLimited),
    (1400, Code::TokenExpired),
    (2007, Code::WrongDataCenter),
    (2009, Code::ClientInvalid),
    (28_841_001, Code::PlanUnavailable),
    (28_841_002, Code::PlanUnavailable),
    (28_841_003, Code::PlanUnavailable),
    (28_841_004, Code::PlanUnavailable),
    (28_841_101, Code::NotSubscribed),
    (28_841_102, Code::NotSubscribed),
    (28_841_103, Code::NotSubscribed),
    (28_841_104, Code::NotSubscribed),
    (28_841_105, Code::NotSubscribed),
    (28_841_106, Code::NotSubscribed),
    (28_841_107, Code::WrongDataCenter),
];

/// The [`Code`] for a code of the cloud's.
#[must_use]
pub fn from_cloud(code: u32) -> Code {
    CLOUD_CODES.iter().find(|(known, _)| *known == code).map_or(Code::CloudError, |(_, ours)| *ours)
}

/// What went wrong, and where.
///
/// ```
/// use tuya_auth::error::{Code, Family, from_cloud};
/// use tuya_auth::{ClientId, Error};
///
/// let error: Error = ClientId::new("with space").unwrap_err();
/// assert_eq!(error.code().name(), "invalid_client_id");
/// assert_eq!(error.code().family(), Family::Argument);
/// assert_eq!(from_cloud(1010), Code::TokenExpired);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error(Box<Inner>); // a pointer, so that a result without a value is one word

#[derive(Debug, Clone, PartialEq, Eq)]
struct Inner {
    code: Code,
    detail: Option<Box<str>>,
}

impl Error {
    /// An error that names the offending part: an option or a parameter, never its secret value.
    #[must_use]
    #[cold]
    #[inline(never)]
    pub fn new(code: Code, detail: &str) -> Self {
        Self(Box::new(Inner { code, detail: Some(detail.into()) }))
    }

    /// What kind of error it is.
    #[must_use]
    pub const fn code(&self) -> Code {
        self.0.code
    }

    /// The part that is at fault, such as `redirect_uri`. For [`Code::AccessDenied`] and
    /// [`Code::AuthorizationError`] it is what the page said: `error`, a line feed and `error_description`, both
    /// capped in length and not to be trusted.
    #[must_use]
    pub fn detail(&self) -> Option<&str> {
        self.0.detail.as_deref()
    }

    /// The number and the detail in one string, as they cross the WebAssembly boundary: `"42"` or `"3 page"`.
    #[must_use]
    pub fn to_wire(&self) -> String {
        let mut wire = String::new();
        crate::encoding::push_decimal(&mut wire, u64::from(self.code().id()));
        if let Some(detail) = self.detail() {
            wire.push(' ');
            wire.push_str(detail);
        }
        wire
    }
}

impl From<Code> for Error {
    #[cold]
    #[inline(never)]
    fn from(code: Code) -> Self {
        Self(Box::new(Inner { code, detail: None }))
    }
}

impl fmt::Display for Error {
    /// The name, the message and the part at fault, in which control characters are escaped: a query's key may hold a
    /// line break. What a page said stays out: it is data, not text of ours.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code().name(), self.code().message())?;
        match (self.detail(), self.code()) {
            (None, _) | (_, Code::AccessDenied | Code::AuthorizationError) => Ok(()),
            (Some(detail), _) => write!(f, " ({})", detail.escape_debug()),
        }
    }
}

impl core::error::Error for Error {}
