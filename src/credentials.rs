//! Client ID and client secret, and the kinds of authorization that they come from.

use alloc::borrow::ToOwned;
use alloc::string::String;
use core::fmt;

use zeroize::Zeroizing;

use crate::error::{Code, Error};
use crate::text::GRAPHIC;

/// The kinds of authorization a cloud project has; each one is a pair of client ID and secret
/// (`docs/protocol.md`, section 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AuthorizationKind {
    /// Made with the project, exactly one of it.
    Cloud,
    /// For a mobile app. OAuth 2.0 takes the keys of this kind only.
    App,
    /// For a `WeChat` mini program.
    WechatMiniProgram,
    /// For another project.
    ThirdParty,
}

impl AuthorizationKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Cloud, Self::App, Self::WechatMiniProgram, Self::ThirdParty];

    /// The kind with that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The name in the console's JSON, such as `wechat_mini_program`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cloud => "cloud",
            Self::App => "app",
            Self::WechatMiniProgram => "wechat_mini_program",
            Self::ThirdParty => "third_party",
        }
    }
}

/// A client ID: public, travels in the `client_id` header and in the authorization URL.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ClientId(String);

impl ClientId {
    /// Takes a client ID.
    ///
    /// # Errors
    /// [`Code::InvalidClientId`] when it is empty or holds anything but printable ASCII without spaces: such a
    /// value comes from a wrong paste, and the cloud would answer with "sign invalid".
    pub fn new(value: &str) -> Result<Self, Error> {
        check(value, Code::InvalidClientId).map(|()| Self(value.to_owned()))
    }

    /// The client ID as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A client secret: the HMAC key. It is wiped when dropped, and neither printed nor compared.
///
/// ```
/// use tuya_auth::{Code, Secret};
///
/// let secret = Secret::new("client0secret")?;
/// assert_eq!(format!("{secret:?}"), "Secret(…)");
/// assert_eq!(Secret::new("client0secret\n").unwrap_err().code(), Code::InvalidSecret);
/// # Ok::<(), tuya_auth::Error>(())
/// ```
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes a client secret.
    ///
    /// # Errors
    /// [`Code::InvalidSecret`] when it is empty or holds anything but printable ASCII without spaces.
    pub fn new(value: &str) -> Result<Self, Error> {
        check(value, Code::InvalidSecret).map(|()| Self(Zeroizing::new(value.to_owned())))
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

fn check(value: &str, code: Code) -> Result<(), Error> {
    if value.is_empty() || !GRAPHIC.holds_all(value) {
        return Err(code.into());
    }
    Ok(())
}
