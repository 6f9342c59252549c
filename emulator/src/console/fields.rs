//! The kinds of authorization, and the fields that each kind has (section 1).

use std::collections::BTreeMap;

use tuya_auth::credentials::AuthorizationKind;

use super::{
    formats,
    refused::{Reason, Refused},
};
use crate::state::{Authorization, Project, Work};

/// A kind of authorization, as far as its fields differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Made with the project.
    Cloud,
    /// For an iOS app.
    Ios,
    /// For an Android app.
    Android,
    /// For a `WeChat` mini program.
    WechatMiniProgram,
    /// For another project.
    ThirdParty,
}

impl Kind {
    /// All of them.
    pub(crate) const ALL: [Self; 5] =
        [Self::Cloud, Self::Ios, Self::Android, Self::WechatMiniProgram, Self::ThirdParty];

    /// The kind with these names in JSON.
    pub(crate) fn from_names(kind: &str, platform: Option<&str>) -> Result<Self, Refused> {
        let of_kind = |candidate: &Self| candidate.authorization_kind().name() == kind;
        let mut candidates = Self::ALL.into_iter().filter(of_kind);
        match candidates.clone().find(|candidate| candidate.platform() == platform) {
            Some(found) => Ok(found),
            None => Err(match (candidates.next().map(Self::platform), platform) {
                (None, _) => Refused::invalid("kind", "app, wechat_mini_program or third_party"),
                (Some(None), _) => {
                    let sentence = "Only app authorizations have a platform.";
                    Refused::new(Reason::FieldOfAnotherKind, sentence).of("platform")
                }
                (Some(Some(_)), None) => Refused::missing("platform"),
                (Some(Some(_)), Some(_)) => Refused::invalid("platform", "ios or android"),
            }),
        }
    }

    /// The kind of a stored authorization; a kind that this version does not know counts as cloud.
    pub(crate) fn of(authorization: &Authorization) -> Self {
        Self::from_names(&authorization.kind, authorization.platform.as_deref()).unwrap_or(Self::Cloud)
    }

    pub(crate) const fn authorization_kind(self) -> AuthorizationKind {
        match self {
            Self::Cloud => AuthorizationKind::Cloud,
            Self::Ios | Self::Android => AuthorizationKind::App,
            Self::WechatMiniProgram => AuthorizationKind::WechatMiniProgram,
            Self::ThirdParty => AuthorizationKind::ThirdParty,
        }
    }

    /// Whether it is one that OAuth 2.0 takes.
    pub(crate) const fn is_app(self) -> bool {
        matches!(self, Self::Ios | Self::Android)
    }

    /// `ios` or `android`, of an app.
    pub(crate) const fn platform(self) -> Option<&'static str> {
        match self {
            Self::Ios => Some("ios"),
            Self::Android => Some("android"),
            _ => None,
        }
    }

    /// The fields that are given for it and can be edited, in the order in which the console asks for them.
    pub(crate) const fn fields(self) -> &'static [Field] {
        match self {
            Self::Cloud => &[Field::Name, Field::Description],
            Self::Ios => &[Field::BundleIdentifier, Field::ApplicationName, Field::Name, Field::Description],
            Self::Android => {
                &[Field::Sha1, Field::ApplicationId, Field::ApplicationName, Field::Name, Field::Description]
            }
            Self::WechatMiniProgram => &[Field::WechatAppId, Field::Name, Field::Description],
            Self::ThirdParty => &[Field::ThirdPartyProject, Field::Name, Field::Description],
        }
    }

    /// Whether an authorization of this kind cannot be without that field. The name of an app authorization is the
    /// application's unless another is given.
    pub(crate) const fn requires(self, field: Field) -> bool {
        match field {
            Field::Description => false,
            Field::Name => !self.is_app(),
            _ => true,
        }
    }
}

/// A field that is given for an authorization.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Field {
    /// What the authorization is called.
    Name,
    /// What it is for.
    Description,
    /// Of an iOS app.
    BundleIdentifier,
    /// The fingerprint of an Android app's certificate.
    Sha1,
    /// Of an Android app.
    ApplicationId,
    /// The app's name. Accounts that were registered in this app carry it.
    ApplicationName,
    /// Of a `WeChat` mini program.
    WechatAppId,
    /// The id of the project that gets the authorization.
    ThirdPartyProject,
}

/// What is given for an authorization.
pub(crate) type Fields = BTreeMap<Field, String>;

impl Field {
    /// All of them.
    pub(crate) const ALL: [Self; 8] = [
        Self::Name,
        Self::Description,
        Self::BundleIdentifier,
        Self::Sha1,
        Self::ApplicationId,
        Self::ApplicationName,
        Self::WechatAppId,
        Self::ThirdPartyProject,
    ];

    /// The name in the console's JSON.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Description => "description",
            Self::BundleIdentifier => "bundleIdentifier",
            Self::Sha1 => "sha1",
            Self::ApplicationId => "applicationId",
            Self::ApplicationName => "applicationName",
            Self::WechatAppId => "wechatAppId",
            Self::ThirdPartyProject => "thirdPartyProject",
        }
    }

    /// The field's value in an authorization.
    pub(crate) fn value(self, authorization: &Authorization) -> Option<&str> {
        match self {
            Self::Name => Some(&authorization.name),
            Self::Description => Some(&authorization.description),
            Self::BundleIdentifier => authorization.bundle_identifier.as_deref(),
            Self::Sha1 => authorization.sha1.as_deref(),
            Self::ApplicationId => authorization.application_id.as_deref(),
            Self::ApplicationName => authorization.application_name.as_deref(),
            Self::WechatAppId => authorization.wechat_app_id.as_deref(),
            Self::ThirdPartyProject => authorization.third_party_project.as_deref(),
        }
    }

    pub(super) fn set(self, authorization: &mut Authorization, value: String) {
        match self {
            Self::Name => authorization.name = value,
            Self::Description => authorization.description = value,
            Self::BundleIdentifier => authorization.bundle_identifier = Some(value),
            Self::Sha1 => authorization.sha1 = Some(value),
            Self::ApplicationId => authorization.application_id = Some(value),
            Self::ApplicationName => authorization.application_name = Some(value),
            Self::WechatAppId => authorization.wechat_app_id = Some(value),
            Self::ThirdPartyProject => authorization.third_party_project = Some(value),
        }
    }

    /// The value as it is stored in an authorization of that project.
    fn check(self, work: &Work<'_>, project: &str, value: &str) -> Result<String, Refused> {
        let name = self.name();
        match self {
            Self::Name => formats::name(name, value),
            Self::Description => formats::description(name, value),
            Self::BundleIdentifier => formats::bundle_identifier(name, value),
            Self::Sha1 => formats::sha1(name, value),
            Self::ApplicationId => formats::application_id(name, value),
            Self::ApplicationName => formats::application_name(name, value),
            Self::WechatAppId => formats::wechat_app_id(name, value),
            Self::ThirdPartyProject => third_party_project(work, project, value),
        }
    }
}

/// The fields as they are stored, if that kind has them all.
pub(super) fn checked(work: &Work<'_>, project: &str, kind: Kind, fields: &Fields) -> Result<Fields, Refused> {
    let check = |(field, value): (&Field, &String)| {
        if kind.fields().contains(field) {
            Ok((*field, field.check(work, project, value)?))
        } else {
            let sentence = format!("An authorization of this kind has no {}.", field.name());
            Err(Refused::new(Reason::FieldOfAnotherKind, sentence).of(field.name()))
        }
    };
    fields.iter().map(check).collect()
}

fn third_party_project(work: &Work<'_>, project: &str, other: &str) -> Result<String, Refused> {
    let refused = |reason, sentence| Err(Refused::new(reason, sentence).of(Field::ThirdPartyProject.name()));
    if other == project {
        return refused(Reason::ThirdPartyProjectOwn, "A third-party authorization is for another project.");
    }
    if work.get::<Project>(&[other])?.is_none() {
        return refused(Reason::ThirdPartyProjectUnknown, "No project has the id in thirdPartyProject.");
    }
    Ok(other.to_owned())
}
