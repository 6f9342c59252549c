//! The kinds of rows. Times are ms since the epoch, lifetimes ms.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Expiring, Record};

macro_rules! table {
    ($record:ty, $name:literal) => {
        impl Record for $record {
            const TABLE: &'static str = $name;
        }
    };
}

macro_rules! expiring {
    ($($record:ty),+) => {
        $(impl Expiring for $record {
            fn expires_at(&self) -> u64 {
                self.expires_at
            }
        })+
    };
}

expiring!(Login, Scan, Phone, Code);

/// How strict this cloud is; one row, `settings`.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Settings {
    /// Whether only what documents allow passes; see `docs/emulator.md` for what else does otherwise.
    pub(crate) strict: bool,
}
table!(Settings, "settings");

/// How far the cloud's clock runs ahead of the caller's; one row, `clock`.
#[derive(Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Clock {
    pub(crate) ahead: u64,
}
table!(Clock, "clock");

/// A cloud project (section 1). Key: id.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Project {
    pub(crate) id: String,
    /// How many projects there were before it.
    pub(crate) number: usize,
    pub(crate) name: String,
    /// The developer's uid, which tokens of simple mode carry.
    pub(crate) uid: String,
    pub(crate) oauth: Oauth,
    pub(crate) packages: Packages,
}
table!(Project, "project");

/// Which permission packages a project has (section 1).
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Packages {
    /// For the products that are data sources of the project.
    pub(crate) pid: bool,
    /// For its mobile apps and `WeChat` mini programs.
    pub(crate) app: bool,
    /// For its linked users, and for users who authorized on the web page.
    pub(crate) user: bool,
}

/// A project's OAuth 2.0 configuration (section 1).
#[derive(Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Oauth {
    pub(crate) enabled: bool,
    /// The app authorization whose key opens the authorization page; there is one whenever that is enabled.
    pub(crate) authorization_id: Option<String>,
    /// One callback URL per data center's code.
    pub(crate) callbacks: BTreeMap<String, String>,
}

/// A pair of keys of a project. Key: client ID.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Authorization {
    pub(crate) id: String,
    pub(crate) project: String,
    /// How many authorizations the project had before it.
    pub(crate) number: usize,
    /// The name of an [`AuthorizationKind`](tuya_auth::credentials::AuthorizationKind).
    pub(crate) kind: String,
    /// `ios` or `android`, of an app.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) platform: Option<String>,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) client_id: String,
    pub(crate) secret: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) bundle_identifier: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) sha1: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) application_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) application_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) wechat_app_id: Option<String>,
    /// The id of the project that a third-party authorization is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) third_party_project: Option<String>,
}
table!(Authorization, "authorization");

impl Authorization {
    /// What an app signs as `identifier` (section 2): on iOS its bundle identifier, on Android the SHA1 of its
    /// certificate and its application ID, one after the other.
    pub(crate) fn identifier(&self) -> Option<String> {
        match (&self.bundle_identifier, &self.sha1, &self.application_id) {
            (Some(bundle_identifier), ..) => Some(bundle_identifier.clone()),
            (None, Some(sha1), Some(application_id)) => Some(format!("{sha1}{application_id}")),
            _ => None,
        }
    }
}

/// An app account of one data center. Key: data center, name.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Account {
    pub(crate) uid: String,
    /// Where it was registered: the application name of an app, or the app id of a `WeChat` mini program.
    pub(crate) app: String,
    pub(crate) password: String,
}
table!(Account, "account");

/// A user who is linked to a project, a data source of simple mode. Key: project, data center, uid.
#[derive(Serialize, Deserialize)]
pub(crate) struct Link {}
table!(Link, "link");

/// A product that is a data source of a project. Key: project, product ID.
#[derive(Serialize, Deserialize)]
pub(crate) struct ProductSource {}
table!(ProductSource, "product_source");

/// An app or a `WeChat` mini program that is a data source of a project. Key: project, the `app` of its accounts.
#[derive(Serialize, Deserialize)]
pub(crate) struct AppSource {}
table!(AppSource, "app_source");

/// A device, in the very shape in which `OpenAPI` gives it. Key: data center, id.
#[derive(Serialize, Deserialize)]
pub(crate) struct Device {
    pub(crate) id: String,
    pub(crate) uid: String,
    pub(crate) name: String,
    pub(crate) category: String,
    pub(crate) product_id: String,
    pub(crate) product_name: String,
    pub(crate) local_key: String,
    pub(crate) online: bool,
    pub(crate) sub: bool,
    pub(crate) time_zone: String,
    /// Seconds since the epoch, unlike every other time of the cloud.
    pub(crate) active_time: u64,
    pub(crate) create_time: u64,
    pub(crate) update_time: u64,
    pub(crate) status: Vec<Point>,
}
table!(Device, "device");

/// A data point of a device.
#[derive(Serialize, Deserialize)]
pub(crate) struct Point {
    pub(crate) code: String,
    pub(crate) value: serde_json::Value,
}

/// A login under way on the authorization page. Key: a random id, which changes when the password was right.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Login {
    pub(crate) data_center: String,
    pub(crate) client_id: String,
    pub(crate) redirect_uri: String,
    pub(crate) state: Option<String>,
    /// The SHA-256 of the browser's cookie, in hex.
    pub(crate) browser: String,
    /// What the page's form must carry.
    pub(crate) form_token: String,
    pub(crate) expires_at: u64,
    /// How many passwords were wrong.
    pub(crate) failures: u32,
    /// The token of the code that was shown last to be scanned.
    pub(crate) scan: Option<String>,
    /// Who logged in; the consent page is next.
    pub(crate) who: Option<Who>,
}
table!(Login, "login");

/// A code on the login page that a phone may scan. Key: a random token, which the code's link carries.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Scan {
    pub(crate) data_center: String,
    /// The id of the login that shows it.
    pub(crate) login: String,
    /// The SHA-256 of the cookie of the phone that opened the link first, in hex.
    pub(crate) phone: Option<String>,
    /// What the phone page's forms must carry.
    pub(crate) form_token: String,
    /// How many passwords were wrong on the phone.
    pub(crate) failures: u32,
    pub(crate) stage: ScanStage,
    pub(crate) expires_at: u64,
}
table!(Scan, "scan");

/// How far a scan is.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ScanStage {
    Waiting,
    Scanned,
    Confirmed(Who),
    Cancelled,
}

/// A phone that is logged in to an app. Key: the SHA-256 of its cookie, in hex.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Phone {
    pub(crate) data_center: String,
    /// The account's name.
    pub(crate) account: String,
    /// The SHA-256 of the password that it logged in with, in hex: a new password logs the phone out.
    pub(crate) password: String,
    pub(crate) expires_at: u64,
}
table!(Phone, "phone");

/// The account of a login whose password was right.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Who {
    pub(crate) name: String,
    pub(crate) uid: String,
}

/// An authorization code that nobody has exchanged. Key: data center, code.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Code {
    pub(crate) client_id: String,
    pub(crate) uid: String,
    pub(crate) expires_at: u64,
}
table!(Code, "code");

/// A live token set. Key: data center, access token.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Token {
    /// The refresh token.
    pub(crate) refresh: String,
    pub(crate) client_id: String,
    pub(crate) uid: String,
    /// Whether it is of simple mode, so that its data are the project's.
    pub(crate) simple: bool,
    pub(crate) expires_at: u64,
    /// Whether test control ended it before its time; its refresh token may live on.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) revoked: bool,
}
table!(Token, "token");

/// Which token set a refresh token belongs to. Key: data center, refresh token.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Refresh {
    pub(crate) access_token: String,
}
table!(Refresh, "refresh");

/// The one token set of simple mode that a client has. Key: data center, client ID.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Simple {
    pub(crate) access_token: String,
}
table!(Simple, "simple");

/// What goes wrong on purpose, and for which requests. Key: its number, twelve digits.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Fault {
    /// The method that it is for; any unless given.
    pub(crate) method: Option<String>,
    /// How the path begins, without the data center; any unless given.
    pub(crate) path: Option<String>,
    /// The code of the data center that it is for; any unless given.
    pub(crate) data_center: Option<String>,
    /// The code of the cloud's that is answered, and nothing is done.
    pub(crate) code: Option<u32>,
    /// The HTTP status that is answered, and nothing is done.
    pub(crate) status: Option<u16>,
    /// How long the answer is kept back, in ms.
    pub(crate) delay_ms: Option<u32>,
    /// What happens to the answer's body.
    pub(crate) body: Option<FaultyBody>,
    /// For how many more requests; one unless given.
    #[serde(default = "once")]
    pub(crate) times: u32,
}
table!(Fault, "fault");

const fn once() -> u32 {
    1
}

/// What can happen to a body on the way.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FaultyBody {
    /// The connection breaks half-way.
    Cut,
    /// The second half is missing, and nothing says so.
    Corrupt,
}

/// One request of the past, without secrets. Key: its number, twelve digits.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RequestRecord {
    pub(crate) method: String,
    /// The target; tokens, codes and states are masked.
    pub(crate) target: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) client_id: Option<String>,
    pub(crate) status: u16,
    /// The cloud's error code (section 6).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) code: Option<u32>,
    /// `ok`, or the id of the reason why it was refused: the name of an error code, or of a page's refusal.
    pub(crate) verdict: String,
    /// What of the request the verdict is about, such as the header that is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) detail: Option<String>,
    /// Why the sign is wrong, when it differs from this cloud's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) diagnosis: Option<Box<SignDiagnosis>>,
    /// When, by the cloud's clock.
    pub(crate) at: u64,
}
table!(RequestRecord, "request");

/// Why a sign is wrong (section 7). It holds no secret, no token and no sign.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SignDiagnosis {
    /// The explanations with the fewest mistakes, each of which gives the very sign; none when nothing known does.
    pub(crate) matches: Vec<SignMatch>,
    /// What this cloud takes as the string to sign; what is secret in it is masked.
    pub(crate) string_to_sign: String,
    /// The whole string that this cloud signs; the access token in stars.
    pub(crate) str: String,
}

/// Mistakes that together give a sign.
#[derive(Serialize, Deserialize)]
pub(crate) struct SignMatch {
    /// The names of [`Mistake`](tuya_auth::sign::diagnose::Mistake)s, most likely first.
    pub(crate) mistakes: Vec<String>,
    /// What was done, a sentence for each.
    pub(crate) description: String,
    /// What to do instead, a sentence for each.
    pub(crate) fix: String,
}
