//! Why the console refuses: a stable id, a sentence for people, and the field that it is about.

use crate::state::Broken;

macro_rules! reasons {
    ($($name:ident = $id:literal, $status:literal;)*) => {
        /// Why something is refused. `docs/console.md` lists them all.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Reason { $($name,)* }

        impl Reason {
            /// All of them.
            #[cfg(test)]
            pub(crate) const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The stable id.
            pub(crate) const fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            /// The HTTP status.
            pub(crate) const fn status(self) -> u16 {
                match self { $(Self::$name => $status,)* }
            }
        }
    };
}

reasons! {
    OriginForeign = "origin_foreign", 403;
    TokenInvalid = "token_invalid", 401;
    MediaTypeInvalid = "media_type_invalid", 415;
    PathInvalid = "path_invalid", 404;
    MethodInvalid = "method_invalid", 405;
    JsonInvalid = "json_invalid", 400;
    FieldMissing = "field_missing", 400;
    FieldInvalid = "field_invalid", 400;
    FieldUnknown = "field_unknown", 400;
    FieldFixed = "field_fixed", 400;
    FieldOfAnotherKind = "field_of_another_kind", 400;
    ThirdPartyProjectUnknown = "third_party_project_unknown", 400;
    ThirdPartyProjectOwn = "third_party_project_own", 400;
    OauthAuthorizationMissing = "oauth_authorization_missing", 400;
    OauthAuthorizationUnknown = "oauth_authorization_unknown", 400;
    OauthAuthorizationNotApp = "oauth_authorization_not_app", 400;
    OauthCallbackMissing = "oauth_callback_missing", 400;
    CallbackInvalid = "callback_invalid", 400;
    CallbackRepeated = "callback_repeated", 400;
    DataCenterUnknown = "data_center_unknown", 400;
    UserUnknown = "user_unknown", 400;
    ProjectUnknown = "project_unknown", 404;
    AuthorizationUnknown = "authorization_unknown", 404;
    SourceUnknown = "source_unknown", 404;
    AccountUnknown = "account_unknown", 404;
    DeviceUnknown = "device_unknown", 404;
    AccountExists = "account_exists", 409;
    CloudAuthorizationExists = "cloud_authorization_exists", 409;
    AuthorizationUndeletable = "authorization_undeletable", 409;
    Unavailable = "unavailable", 500;
}

/// Something that the console does not do. An operation that is refused has changed nothing, except that after
/// [`Reason::Unavailable`] the caller forgets the turn's changes.
#[derive(Debug)]
pub(crate) struct Refused {
    pub(crate) reason: Reason,
    /// What is wrong, for people; never a secret.
    pub(crate) sentence: String,
    /// The field of the input that is wrong, by its name in JSON.
    pub(crate) field: Option<String>,
}

impl Refused {
    pub(crate) fn new(reason: Reason, sentence: impl Into<String>) -> Self {
        Self { reason, sentence: sentence.into(), field: None }
    }

    /// The same refusal, about that field.
    pub(crate) fn of(self, field: &str) -> Self {
        Self { field: Some(field.to_owned()), ..self }
    }

    /// A required field is not there.
    pub(crate) fn missing(field: &str) -> Self {
        Self::new(Reason::FieldMissing, format!("{field} is missing.")).of(field)
    }

    /// A field is not what it has to be.
    pub(crate) fn invalid(field: &str, expected: &str) -> Self {
        Self::new(Reason::FieldInvalid, format!("{field} must be {expected}.")).of(field)
    }
}

impl From<Broken> for Refused {
    fn from(_: Broken) -> Self {
        Self::new(Reason::Unavailable, "This cloud cannot read its own state.")
    }
}

#[cfg(test)]
mod tests {
    use super::Reason;

    #[test]
    fn every_reason_is_documented_with_its_status() {
        let documented = include_str!("../../../docs/console.md");
        for reason in Reason::ALL {
            let row = format!("| `{}` | {} |", reason.id(), reason.status());
            assert!(documented.contains(&row), "{row}");
        }
        let json = documented.split_once("\n## Pages").map_or(documented, |(json, _)| json);
        let is_row = |line: &&str| line.starts_with("| `") && (line.contains("` | 4") || line.contains("` | 5"));
        let rows = json.lines().filter(is_row);
        assert_eq!(rows.count(), Reason::ALL.len());
    }
}
