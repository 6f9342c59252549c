//! What a token may read: the data sources of its mode, each by the permission package that opens it (section 1).

use std::collections::BTreeMap;

use tuya_auth::DataCenter;

use super::refusal::Refusal;
use crate::{
    state::{Account, AppSource, Authorization, Broken, Device, Link, Packages, ProductSource, Project, Token},
    turn::Turn,
};

/// What a token reaches in a data center.
pub(super) struct Reach<'a> {
    data_center: DataCenter,
    project: &'a str,
    packages: Packages,
    /// The user who authorized on the web page; `None` in simple mode.
    authorized: Option<&'a str>,
    /// The products that are data sources of simple mode.
    products: Vec<String>,
}

impl<'a> Reach<'a> {
    pub(super) fn of(
        turn: &Turn<'_>,
        data_center: DataCenter,
        authorization: &'a Authorization,
        token: &'a Token,
    ) -> Result<Self, Refusal> {
        let project: Project = turn.work.get(&[&authorization.project])?.ok_or(Refusal::SYSTEM)?;
        let products = if token.simple && project.packages.pid {
            turn.work.names::<ProductSource>(&[&project.id])?
        } else {
            Vec::new()
        };
        Ok(Self {
            data_center,
            project: &authorization.project,
            packages: project.packages,
            authorized: (!token.simple).then_some(token.uid.as_str()),
            products,
        })
    }

    /// Whether all devices of that user are within reach.
    pub(super) fn has_user(&self, turn: &Turn<'_>, uid: &str) -> Result<bool, Broken> {
        if let Some(authorized) = self.authorized {
            return Ok(self.packages.user && authorized == uid);
        }
        let center = self.data_center.code();
        if self.packages.user && turn.work.get::<Link>(&[self.project, center, uid])?.is_some() {
            return Ok(true);
        }
        if !self.packages.app {
            return Ok(false);
        }
        let accounts = turn.work.list::<Account>(&[center])?;
        let Some((_, account)) = accounts.into_iter().find(|(_, account)| account.uid == uid) else {
            return Ok(false);
        };
        Ok(turn.work.get::<AppSource>(&[self.project, &account.app])?.is_some())
    }

    /// Whether the device's product is within reach, whoever has the device.
    pub(super) fn has_product(&self, device: &Device) -> bool {
        self.products.contains(&device.product_id)
    }

    /// Refuses whoever reaches nothing at all: no package of the project's opens any data source of the token's mode.
    pub(super) fn check_any(&self) -> Result<(), Refusal> {
        let Packages { pid, app, user } = self.packages;
        let any = if self.authorized.is_some() { user } else { pid || app || user };
        if any { Ok(()) } else { Err(Refusal::PERMISSION) }
    }

    /// Every device within reach, in the order of ids.
    pub(super) fn devices(&self, turn: &Turn<'_>) -> Result<Vec<Device>, Broken> {
        let mut known = BTreeMap::new();
        let mut devices = Vec::new();
        for (_, device) in turn.work.list::<Device>(&[self.data_center.code()])? {
            if !known.contains_key(&device.uid) {
                known.insert(device.uid.clone(), self.has_user(turn, &device.uid)?);
            }
            if known.get(&device.uid) == Some(&true) || self.has_product(&device) {
                devices.push(device);
            }
        }
        devices.sort_by(|one, other| one.id.cmp(&other.id));
        Ok(devices)
    }

    /// The device of that id. One that does not exist is refused like one of somebody else.
    pub(super) fn device(&self, turn: &Turn<'_>, id: &str) -> Result<Device, Refusal> {
        let device: Device = turn.work.get(&[self.data_center.code(), id])?.ok_or(Refusal::PERMISSION)?;
        self.check(turn, &device)?;
        Ok(device)
    }

    /// Refuses a device that is out of reach.
    fn check(&self, turn: &Turn<'_>, device: &Device) -> Result<(), Refusal> {
        if self.has_product(device) || self.has_user(turn, &device.uid)? { Ok(()) } else { Err(Refusal::PERMISSION) }
    }
}
