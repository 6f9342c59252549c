//! What the pages say of authorizations: names of kinds and fields, as the documents have them, and what each is for.

use tuya_auth::credentials::AuthorizationKind;

use crate::console::fields::{Field, Kind};

/// The platform of an app.
pub(super) fn platform(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Ios => Some("iOS"),
        Kind::Android => Some("Android"),
        _ => None,
    }
}

/// The title of a kind's page.
pub(super) fn title(kind: AuthorizationKind) -> &'static str {
    match kind {
        AuthorizationKind::Cloud => "Cloud Authorization",
        AuthorizationKind::App => "App Authorization",
        AuthorizationKind::WechatMiniProgram => "WeChat Mini Program Authorization",
        AuthorizationKind::ThirdParty => "Third-Party Authorization",
    }
}

/// The name of a kind's tab.
pub(super) fn short_title(kind: AuthorizationKind) -> &'static str {
    match kind {
        AuthorizationKind::Cloud => "Cloud",
        AuthorizationKind::App => "App",
        AuthorizationKind::WechatMiniProgram => "WeChat Mini Program",
        AuthorizationKind::ThirdParty => "Third-Party",
    }
}

/// What authorizations of a kind are for.
pub(super) fn effect(kind: AuthorizationKind) -> &'static str {
    match kind {
        AuthorizationKind::Cloud => {
            "Your own cloud signs with this key. It was made with the project, and there is exactly one. OAuth 2.0 \
             does not take it."
        }
        AuthorizationKind::App => {
            "For an iOS or Android app. OAuth 2.0 takes a key of this kind: it opens the authorization page, and \
             exchanges the code for a token."
        }
        AuthorizationKind::WechatMiniProgram => "For a WeChat mini program, with a key of its own.",
        AuthorizationKind::ThirdParty => {
            "For another cloud project, which calls with this key and reaches what this project reaches."
        }
    }
}

/// The label of a field, as the documents name it.
pub(super) fn label(kind: Kind, field: Field) -> &'static str {
    match field {
        Field::Name if kind == Kind::Cloud => "Authorization Name",
        Field::Name => "Name",
        Field::Description => "Description",
        Field::BundleIdentifier => "Bundle Identifier",
        Field::Sha1 => "SHA1",
        Field::ApplicationId => "Application ID",
        Field::ApplicationName => "Application Name",
        Field::WechatAppId => "Mini program's app ID",
        Field::ThirdPartyProject => "Third-party project ID",
    }
}

/// What to write into a field.
pub(super) fn hint(field: Field) -> &'static str {
    match field {
        Field::BundleIdentifier => "Such as com.example.home.",
        Field::Sha1 => "The fingerprint of the certificate that signs the app: 20 pairs of hex digits with colons.",
        Field::ApplicationId => "The package name, such as com.example.home.",
        Field::ApplicationName => "Accounts belong to an app by this name.",
        Field::WechatAppId => "wx and 16 hex digits.",
        Field::ThirdPartyProject => "The ID of the project that gets the authorization; its overview shows it.",
        Field::Name => "",
        Field::Description => "Optional.",
    }
}
