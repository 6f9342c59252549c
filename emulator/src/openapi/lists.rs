//! Lists of devices, page by page. What is out of reach is not in them.

use serde_json::{Value, json};

use super::{
    call::Call,
    devices::{device_ids, with_status, without_status},
    reach::Reach,
    refusal::Refusal,
};
use crate::{
    http::Parameters,
    state::{Account, Device},
    turn::Turn,
};

/// How many devices a page has, unless the call says otherwise.
const PAGE: usize = 20;
/// The most that it can have.
const LARGEST_PAGE: usize = 200;
/// The most devices that a list can be asked for by id.
const MOST_IDS: usize = 20;

/// `GET /v1.0/iot-01/associated-users/devices?last_row_key&size&start_update_time&end_update_time`.
pub(super) fn of_associated_users(call: &mut Call<'_, '_>, reach: &Reach<'_>) -> Result<Value, Refusal> {
    let query = call.query()?;
    let since = number(&query, "start_update_time")?.unwrap_or(0);
    let until = number(&query, "end_update_time")?.unwrap_or(u64::MAX);
    let mut devices = reach.check_any().and_then(|()| Ok(reach.devices(call.turn)?))?;
    devices.retain(|device| (since..=until).contains(&device.update_time));
    page_after(&query, "size", "devices", &devices, with_status)
}

/// `GET /v1.0/devices?device_ids&product_id&page_no&page_size`, pages by number from 1.
pub(super) fn numbered(call: &mut Call<'_, '_>, reach: &Reach<'_>) -> Result<Value, Refusal> {
    let query = call.query()?;
    let devices = matching(call.turn, reach, &query)?;
    let size = size_of(&query, "page_size")?;
    let page = number(&query, "page_no")?.unwrap_or(1);
    let skipped = page.checked_sub(1).and_then(|before| usize::try_from(before).ok()).ok_or(Refusal::RANGE)?;
    let skipped = skipped.saturating_mul(size);
    let shown: Vec<Value> = devices.iter().skip(skipped).take(size).map(with_status).collect();
    let has_more = skipped.saturating_add(shown.len()) < devices.len();
    Ok(json!({ "devices": shown, "total": devices.len(), "has_more": has_more }))
}

/// `GET /v1.0/iot-03/devices?device_ids&product_id&category&name&last_row_key&page_size`.
pub(super) fn of_project(call: &mut Call<'_, '_>, reach: &Reach<'_>) -> Result<Value, Refusal> {
    let query = call.query()?;
    let devices = matching(call.turn, reach, &query)?;
    page_after(&query, "page_size", "devices", &devices, without_status)
}

/// `GET /v1.2/iot-03/devices` and `/v1.3/…`, the same by source: `source_type` and `source_id`.
pub(super) fn of_source(call: &mut Call<'_, '_>, reach: &Reach<'_>) -> Result<Value, Refusal> {
    let query = call.query()?;
    let mut devices = matching(call.turn, reach, &query)?;
    retain_source(call, reach, &query, &mut devices)?;
    page_after(&query, "page_size", "list", &devices, without_status)
}

/// Leaves the devices of the source that the query names. Assets, which are the default, are not emulated: they
/// have no devices.
fn retain_source(
    call: &Call<'_, '_>,
    reach: &Reach<'_>,
    query: &Parameters,
    devices: &mut Vec<Device>,
) -> Result<(), Refusal> {
    let id = || query.get("source_id").ok_or(Refusal::EMPTY);
    match query.get("source_type") {
        None | Some("asset") => devices.clear(),
        Some("tuyaUser") => {
            let uid = id()?;
            devices.retain(|device| device.uid == uid);
            if devices.is_empty() && !reach.has_user(call.turn, uid)? {
                return Err(Refusal::PERMISSION);
            }
        }
        Some("homeApp") => {
            let app = id()?;
            let accounts = call.turn.work.list::<Account>(&[call.data_center.code()])?;
            let registered = |uid: &str| accounts.iter().any(|(_, account)| account.app == app && account.uid == uid);
            devices.retain(|device| registered(&device.uid));
        }
        Some("product") => {
            let product = id()?;
            devices.retain(|device| device.product_id == product);
        }
        Some(_) => return Err(Refusal::PARAMETER),
    }
    Ok(())
}

/// The devices within reach that are what the query asks for.
fn matching(turn: &Turn<'_>, reach: &Reach<'_>, query: &Parameters) -> Result<Vec<Device>, Refusal> {
    reach.check_any()?;
    let ids = query.get("device_ids").map(|given| device_ids(given, MOST_IDS)).transpose()?;
    let is = |name: &str, value: &str| query.get(name).is_none_or(|wanted| wanted == value);
    let mut devices = reach.devices(turn)?;
    devices.retain(|device| {
        ids.as_ref().is_none_or(|ids| ids.contains(&device.id.as_str()))
            && is("product_id", &device.product_id)
            && is("category", &device.category)
            && is("name", &device.name)
    });
    Ok(devices)
}

/// The page after `last_row_key`, which names the last device of the page before it. `devices` are in the order of
/// ids, so that a page begins where the last one ended even when devices came or went in between.
fn page_after(
    query: &Parameters,
    size: &str,
    list: &str,
    devices: &[Device],
    show: impl Fn(&Device) -> Value,
) -> Result<Value, Refusal> {
    let size = size_of(query, size)?;
    let after = match query.get("last_row_key") {
        None => String::new(),
        Some(key) => hex::decode(key).ok().and_then(|bytes| String::from_utf8(bytes).ok()).ok_or(Refusal::PARAMETER)?,
    };
    let rest: Vec<&Device> = devices.iter().filter(|device| device.id > after).collect();
    let shown: Vec<&Device> = rest.iter().take(size).copied().collect();
    let row_key = shown.last().map_or_else(String::new, |device| hex::encode_upper(&device.id));
    let shown: Vec<Value> = shown.iter().map(|device| show(device)).collect();
    Ok(json!({
        "has_more": shown.len() < rest.len(), list: shown, "last_row_key": row_key, "total": devices.len(),
    }))
}

fn size_of(query: &Parameters, name: &str) -> Result<usize, Refusal> {
    let size = number(query, name)?.map_or(Some(PAGE), |size| usize::try_from(size).ok());
    size.filter(|size| (1..=LARGEST_PAGE).contains(size)).ok_or(Refusal::RANGE)
}

/// A whole number of the query.
fn number(query: &Parameters, name: &str) -> Result<Option<u64>, Refusal> {
    query.get(name).map(|text| text.parse().map_err(|_| Refusal::PARAMETER)).transpose()
}
