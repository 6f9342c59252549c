//! The seven data centers, as data (`docs/protocol.md`, section 5).

use crate::error::{Code, Error};
use crate::text::WORD;

/// A data center of the Tuya cloud. An account lives in one, and its codes and tokens work in that one only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DataCenter {
    /// China.
    China,
    /// Western America.
    WesternAmerica,
    /// Eastern America.
    EasternAmerica,
    /// Central Europe.
    CentralEurope,
    /// Western Europe.
    WesternEurope,
    /// India.
    India,
    /// Singapore.
    Singapore,
}

impl DataCenter {
    /// All of them, in the order of the documents.
    pub const ALL: [Self; 7] = [
        Self::China,
        Self::WesternAmerica,
        Self::EasternAmerica,
        Self::CentralEurope,
        Self::WesternEurope,
        Self::India,
        Self::Singapore,
    ];

    /// The code that options, states and callback paths use, such as `us`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::China => "cn",
            Self::WesternAmerica => "us",
            Self::EasternAmerica => "ueaz",
            Self::CentralEurope => "eu",
            Self::WesternEurope => "weaz",
            Self::India => "in",
            Self::Singapore => "sg",
        }
    }

    /// The documents' name, such as `Western America`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::China => "China",
            Self::WesternAmerica => "Western America",
            Self::EasternAmerica => "Eastern America",
            Self::CentralEurope => "Central Europe",
            Self::WesternEurope => "Western Europe",
            Self::India => "India",
            Self::Singapore => "Singapore",
        }
    }

    /// The base URL of its `OpenAPI`, without a trailing slash.
    #[must_use]
    pub const fn openapi(self) -> &'static str {
        match self {
            Self::China => "https://openapi.tuyacn.com",
            Self::WesternAmerica => "https://openapi.tuyaus.com",
            Self::EasternAmerica => "https://openapi-ueaz.tuyaus.com",
            Self::CentralEurope => "https://openapi.tuyaeu.com",
            Self::WesternEurope => "https://openapi-weaz.tuyaeu.com",
            Self::India => "https://openapi.tuyain.com",
            Self::Singapore => "https://openapi-sg.iotbing.com",
        }
    }

    /// The data center with this code.
    ///
    /// ```
    /// use tuya_auth::DataCenter;
    ///
    /// assert_eq!(DataCenter::from_code("weaz").map(DataCenter::openapi), Some("https://openapi-weaz.tuyaeu.com"));
    /// assert_eq!(DataCenter::from_code("mars"), None);
    /// ```
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|data_center| data_center.code() == code)
    }
}

/// Whether `code` can name a data center: one of the seven, or a private one that a caller gives an address for.
///
/// # Errors
/// [`Code::InvalidDataCenter`] unless it is 1 to 32 characters of `A-Z a-z 0-9 _ -`.
pub fn check_code(code: &str) -> Result<(), Error> {
    if code.is_empty() || code.len() > 32 || !WORD.holds_all(code) {
        return Err(Code::InvalidDataCenter.into());
    }
    Ok(())
}
