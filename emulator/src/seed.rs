//! The state that a new cloud starts with. Its keys and passwords are fixed and public: they are documented in
//! `docs/emulator.md`, so that examples can be pasted, and open nothing but an emulator.

use std::fmt;

use serde::Deserialize;
use serde_json::json;
use tuya_auth::{DataCenter, authorize::check_redirect_uri, credentials::AuthorizationKind};

use crate::state::{
    Account, Authorization, Broken, Device, Link, Oauth, Packages, Point, Project, Row, Rows, Settings, Work,
};

const PROJECT: &str = "demo-project";
const APP_AUTHORIZATION: &str = "demo-app";
/// The app that the accounts were registered in.
const APP: &str = "Demo Home";
const ANN: &str = "az1700000000000Ann01";
const BO: &str = "eu1700000000000Bo001";
/// When the seed's devices were added, in seconds since the epoch.
const DEVICES_SINCE: u64 = 1_700_000_000;

/// What of the default seed can be chosen.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Seed {
    /// The origin of the callback URLs that are registered: `{origin}/auth/callback/{data center}`.
    pub callback_origin: String,
    /// Whether only what documents allow passes.
    pub strict: bool,
}

impl Default for Seed {
    fn default() -> Self {
        Self { callback_origin: "http://localhost:8788".to_owned(), strict: true }
    }
}

/// A seed that cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeedError {
    /// The callback origin is not `https://host`, or `http://` on loopback, without anything after host and port.
    CallbackOrigin,
    /// The rows could not be written.
    Rows,
}

impl fmt::Display for SeedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CallbackOrigin => {
                "callbackOrigin must be an origin: https://host, or http:// on loopback, with nothing after the port"
            }
            Self::Rows => "the seed's rows could not be written",
        })
    }
}

impl std::error::Error for SeedError {}

impl From<Broken> for SeedError {
    fn from(_: Broken) -> Self {
        Self::Rows
    }
}

impl Seed {
    /// The rows of a new cloud.
    pub(crate) fn rows(&self) -> Result<Vec<Row>, SeedError> {
        let none = Rows::new();
        let mut work = Work::new(&none);
        work.put(&[], &Settings { strict: self.strict })?;
        work.put(&[PROJECT], &self.project()?)?;
        for authorization in authorizations() {
            work.put(&[&authorization.client_id], &authorization)?;
        }
        for (data_center, name, uid, password) in [
            (DataCenter::WesternAmerica, "ann@example.com", ANN, "ann-demo-password"),
            (DataCenter::CentralEurope, "bo@example.com", BO, "bo-demo-password"),
        ] {
            let account = Account { uid: uid.to_owned(), app: APP.to_owned(), password: password.to_owned() };
            work.put(&[data_center.code(), name], &account)?;
        }
        work.put(&[PROJECT, DataCenter::WesternAmerica.code(), ANN], &Link {})?;
        for (data_center, device) in devices() {
            work.put(&[data_center.code(), &device.id], &device)?;
        }
        Ok(work.into_rows())
    }

    fn project(&self) -> Result<Project, SeedError> {
        let (_, host) = self.callback_origin.split_once("://").ok_or(SeedError::CallbackOrigin)?;
        if host.is_empty() || host.contains(['/', '?', '#', '@']) {
            return Err(SeedError::CallbackOrigin);
        }
        let callbacks = DataCenter::ALL.into_iter().map(|data_center| {
            let callback = format!("{}/auth/callback/{}", self.callback_origin, data_center.code());
            check_redirect_uri(&callback, false).map_err(|_| SeedError::CallbackOrigin)?;
            Ok((data_center.code().to_owned(), callback))
        });
        Ok(Project {
            id: PROJECT.to_owned(),
            name: "Demo project".to_owned(),
            uid: "bay1700000000000Dev1".to_owned(),
            oauth: Oauth {
                enabled: true,
                authorization_id: APP_AUTHORIZATION.to_owned(),
                callbacks: callbacks.collect::<Result<_, SeedError>>()?,
            },
            packages: Packages { pid: true, app: true, user: true },
        })
    }
}

fn authorizations() -> [Authorization; 2] {
    let cloud = Authorization {
        id: "demo-cloud".to_owned(),
        project: PROJECT.to_owned(),
        kind: AuthorizationKind::Cloud.name().to_owned(),
        platform: None,
        name: "Cloud authorization".to_owned(),
        description: "Made with the project".to_owned(),
        client_id: "demo0cloud0client0id".to_owned(),
        secret: "demo0cloud0secret00000000000001x".to_owned(),
        bundle_identifier: None,
        sha1: None,
        application_id: None,
        application_name: None,
        wechat_app_id: None,
        third_party_project: None,
    };
    let app = Authorization {
        id: APP_AUTHORIZATION.to_owned(),
        project: PROJECT.to_owned(),
        kind: AuthorizationKind::App.name().to_owned(),
        platform: Some("android".to_owned()),
        name: "App authorization".to_owned(),
        description: "The app whose accounts can be linked".to_owned(),
        client_id: "demo0app0client0id00".to_owned(),
        secret: "demo0app0secret0000000000000001x".to_owned(),
        bundle_identifier: None,
        sha1: Some("DE:30:DE:30:DE:30:DE:30:DE:30:DE:30:DE:30:DE:30:DE:30:DE:30".to_owned()),
        application_id: Some("com.example.demo".to_owned()),
        application_name: Some(APP.to_owned()),
        wechat_app_id: None,
        third_party_project: None,
    };
    [cloud, app]
}

fn devices() -> [(DataCenter, Device); 4] {
    let lamp = || vec![point("switch_led", json!(true)), point("bright_value", json!(255))];
    let plug = || vec![point("switch_1", json!(false)), point("countdown_1", json!(0))];
    [
        (DataCenter::WesternAmerica, device("vdevo170000000000001", ANN, "Ann's lamp", "dj", lamp())),
        (DataCenter::WesternAmerica, device("vdevo170000000000002", ANN, "Ann's plug", "cz", plug())),
        (DataCenter::CentralEurope, device("vdevo170000000000003", BO, "Bo's lamp", "dj", lamp())),
        (DataCenter::CentralEurope, device("vdevo170000000000004", BO, "Bo's plug", "cz", plug())),
    ]
}

fn device(id: &str, uid: &str, name: &str, category: &str, status: Vec<Point>) -> Device {
    Device {
        id: id.to_owned(),
        uid: uid.to_owned(),
        name: name.to_owned(),
        category: category.to_owned(),
        product_id: format!("demo0product0{category}"),
        product_name: format!("Demo {category}"),
        local_key: format!("local-{}", id.get(id.len() - 10..).unwrap_or_default()),
        online: true,
        sub: false,
        time_zone: "+01:00".to_owned(),
        active_time: DEVICES_SINCE,
        create_time: DEVICES_SINCE,
        update_time: DEVICES_SINCE,
        status,
    }
}

fn point(code: &str, value: serde_json::Value) -> Point {
    Point { code: code.to_owned(), value }
}
