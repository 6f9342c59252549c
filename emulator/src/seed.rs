//! The state that a new cloud starts with. Its keys and passwords are fixed and public: they are documented in
//! `docs/emulator.md`, so that examples can be pasted, and open nothing but an emulator.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};
use serde_json::json;
use tuya_auth::DataCenter;

use crate::{
    console::{
        Reason, Refused, accounts,
        authorizations::{self, Keys},
        devices,
        fields::{Field, Kind},
        oauth, projects,
        sources::{self, Source},
    },
    state::{Broken, Device, Oauth, Point, Record, Row, Rows, Settings, Work},
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
#[derive(Clone, Debug, Serialize, Deserialize)]
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

/// One row, so that the cloud can be made new again.
impl Record for Seed {
    const TABLE: &'static str = "seed";
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

impl From<Refused> for SeedError {
    /// Of the seed, only the callback origin is chosen.
    fn from(refused: Refused) -> Self {
        if refused.reason == Reason::CallbackInvalid { Self::CallbackOrigin } else { Self::Rows }
    }
}

impl Seed {
    /// The rows of a new cloud, made as the console makes them.
    pub(crate) fn rows(&self) -> Result<Vec<Row>, SeedError> {
        let none = Rows::new();
        let mut work = Work::new(&none);
        work.put(&[], self)?;
        work.put(&[], &Settings { strict: self.strict })?;
        self.project(&mut work)?;
        for (data_center, name, uid, password) in [
            (DataCenter::WesternAmerica, "ann@example.com", ANN, "ann-demo-password"),
            (DataCenter::CentralEurope, "bo@example.com", BO, "bo-demo-password"),
        ] {
            let new = accounts::New { data_center, name, password, app: APP };
            accounts::store(&mut work, &new, uid.to_owned())?;
        }
        sources::store(&mut work, PROJECT, &Source::User(DataCenter::WesternAmerica, ANN.to_owned()))?;
        for (data_center, device) in devices() {
            devices::store(&mut work, devices::Entry { data_center, device })?;
        }
        Ok(work.into_rows())
    }

    fn project(&self, work: &mut Work<'_>) -> Result<(), SeedError> {
        let cloud = keys("demo-cloud", "demo0cloud0client0id", "demo0cloud0secret00000000000001x");
        let new = projects::New {
            id: PROJECT.to_owned(),
            name: "Demo project",
            keys: cloud,
            description: "Made with the project",
        };
        projects::store(work, new)?;
        let app = keys(APP_AUTHORIZATION, "demo0app0client0id00", "demo0app0secret0000000000000001x");
        let fields = [
            (Field::Name, "App authorization"),
            (Field::Description, "The app whose accounts can be linked"),
            (Field::Sha1, "DE:30:DE:30:DE:30:DE:30:DE:30:DE:30:DE:30:DE:30:DE:30:DE:30"),
            (Field::ApplicationId, "com.example.demo"),
            (Field::ApplicationName, APP),
        ];
        let fields = fields.into_iter().map(|(field, value)| (field, value.to_owned())).collect();
        authorizations::store(work, PROJECT, Kind::Android, app, &fields)?;
        let callbacks = self.callbacks()?;
        let oauth = Oauth { enabled: true, authorization_id: Some(APP_AUTHORIZATION.to_owned()), callbacks };
        oauth::store(work, self.strict, PROJECT, oauth)?;
        Ok(())
    }

    fn callbacks(&self) -> Result<BTreeMap<String, String>, SeedError> {
        let (_, host) = self.callback_origin.split_once("://").ok_or(SeedError::CallbackOrigin)?;
        if host.is_empty() || host.contains(['/', '?', '#', '@']) {
            return Err(SeedError::CallbackOrigin);
        }
        let callback = |code: &str| format!("{}/auth/callback/{code}", self.callback_origin);
        Ok(DataCenter::ALL.into_iter().map(|center| (center.code().to_owned(), callback(center.code()))).collect())
    }
}

fn keys(id: &str, client_id: &str, secret: &str) -> Keys {
    Keys { id: id.to_owned(), client_id: client_id.to_owned(), secret: secret.to_owned() }
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
