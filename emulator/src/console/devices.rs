//! Devices: whose they are, what they report, and whether they are online.

use std::collections::BTreeSet;

use serde_json::Value;
use tuya_auth::DataCenter;

use super::{
    accounts, formats,
    refused::{Reason, Refused},
};
use crate::{
    state::{Device, Point, Work},
    turn::Turn,
};

/// How many data points a device can have.
const MOST_POINTS: usize = 100;
/// The longest text that a data point can have, in characters.
pub(crate) const LONGEST_TEXT: usize = 1024;

/// A device, with the data center it is in.
pub(crate) struct Entry {
    pub(crate) data_center: DataCenter,
    pub(crate) device: Device,
}

/// All devices, by data center and id.
pub(crate) fn list(work: &Work<'_>) -> Result<Vec<Entry>, Refused> {
    let mut entries = Vec::new();
    for data_center in DataCenter::ALL {
        let devices = work.list::<Device>(&[data_center.code()])?.into_iter();
        entries.extend(devices.map(|(_, device)| Entry { data_center, device }));
    }
    Ok(entries)
}

/// The device with that id.
pub(crate) fn find(work: &Work<'_>, data_center: DataCenter, id: &str) -> Result<Entry, Refused> {
    match work.get(&[data_center.code(), id])? {
        Some(device) => Ok(Entry { data_center, device }),
        None => Err(Refused::new(Reason::DeviceUnknown, "The data center has no device with this id.")),
    }
}

/// A device that is about to be.
pub(crate) struct New {
    pub(crate) data_center: DataCenter,
    /// The uid of the account that has it.
    pub(crate) uid: String,
    pub(crate) name: String,
    /// Such as `dj`, a light.
    pub(crate) category: String,
    pub(crate) product_id: String,
    pub(crate) product_name: String,
    pub(crate) online: bool,
    /// Whether it is behind a gateway.
    pub(crate) sub: bool,
    /// Such as `+01:00`.
    pub(crate) time_zone: String,
    pub(crate) status: Vec<Point>,
}

/// Creates a device under a new id, with a new `local_key`.
pub(crate) fn create(turn: &mut Turn<'_>, new: New) -> Result<Entry, Refused> {
    let others: BTreeSet<String> = list(&turn.work)?.into_iter().map(|entry| entry.device.id).collect();
    let id = turn.random.unlike(20, |id| others.contains(&format!("bf{id}")));
    let now = turn.now / 1000;
    let device = Device {
        id: format!("bf{id}"),
        local_key: turn.random.alphanumeric(16),
        uid: new.uid,
        name: new.name,
        category: new.category,
        product_id: new.product_id,
        product_name: new.product_name,
        online: new.online,
        sub: new.sub,
        time_zone: new.time_zone,
        active_time: now,
        create_time: now,
        update_time: now,
        status: new.status,
    };
    store(&mut turn.work, Entry { data_center: new.data_center, device })
}

/// What can be changed of a device; `None` stays.
#[derive(Default)]
pub(crate) struct Changes {
    pub(crate) name: Option<String>,
    pub(crate) online: Option<bool>,
    /// Data points to set, or to add. The others stay.
    pub(crate) status: Vec<Point>,
}

/// Changes a device, as the device itself or its user would.
pub(crate) fn edit(turn: &mut Turn<'_>, data_center: DataCenter, id: &str, changes: Changes) -> Result<Entry, Refused> {
    let mut entry = find(&turn.work, data_center, id)?;
    check_points(&changes.status)?;
    let device = &mut entry.device;
    device.name = changes.name.unwrap_or_else(|| device.name.clone());
    device.online = changes.online.unwrap_or(device.online);
    device.update_time = turn.now / 1000;
    for point in changes.status {
        match device.status.iter_mut().find(|own| own.code == point.code) {
            Some(own) => own.value = point.value,
            None => device.status.push(point),
        }
    }
    store(&mut turn.work, entry)
}

/// Deletes a device.
pub(crate) fn delete(turn: &mut Turn<'_>, data_center: DataCenter, id: &str) -> Result<(), Refused> {
    find(&turn.work, data_center, id)?;
    turn.work.remove::<Device>(&[data_center.code(), id]);
    Ok(())
}

/// Checks a device and stores it.
pub(crate) fn store(work: &mut Work<'_>, entry: Entry) -> Result<Entry, Refused> {
    let Entry { data_center, device } = &entry;
    accounts::with_uid(work, *data_center, &device.uid)?;
    formats::name("name", &device.name)?;
    formats::category("category", &device.category)?;
    formats::product_id("product_id", &device.product_id)?;
    formats::name("product_name", &device.product_name)?;
    formats::time_zone("time_zone", &device.time_zone)?;
    check_points(&device.status)?;
    work.put(&[data_center.code(), &device.id], device)?;
    Ok(entry)
}

fn check_points(points: &[Point]) -> Result<(), Refused> {
    let codes: BTreeSet<&str> = points.iter().map(|point| point.code.as_str()).collect();
    if codes.len() < points.len() || points.len() > MOST_POINTS {
        return Err(Refused::invalid("status", "at most 100 data points, each with a code of its own"));
    }
    for point in points {
        formats::point_code("status", &point.code)?;
        let fits = match &point.value {
            Value::Bool(_) | Value::Number(_) => true,
            Value::String(text) => text.chars().count() <= LONGEST_TEXT,
            _ => false,
        };
        if !fits {
            let expected = "data points whose values are true, false, numbers, or strings of at most 1024 characters";
            return Err(Refused::invalid("status", expected));
        }
    }
    Ok(())
}
