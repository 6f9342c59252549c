//! Devices one by one: a user's, their details, their status.

use serde_json::{Value, json};

use super::{call::Call, reach::Reach, refusal::Refusal};
use crate::state::Device;

/// `GET /v1.0/users/{uid}/devices`.
pub(super) fn of_user(call: &mut Call<'_, '_>, reach: &Reach<'_>) -> Result<Value, Refusal> {
    let uid = call.name();
    let seen: Vec<Value> =
        reach.devices(call.turn)?.iter().filter(|device| device.uid == uid).map(with_status).collect();
    if seen.is_empty() && !reach.has_user(call.turn, uid)? { Err(Refusal::PERMISSION) } else { Ok(seen.into()) }
}

/// `GET /v1.0/devices/{device_id}`.
pub(super) fn one(call: &mut Call<'_, '_>, reach: &Reach<'_>) -> Result<Value, Refusal> {
    Ok(with_status(&reach.device(call.turn, call.name())?))
}

/// `GET /v1.0/iot-03/devices/{device_id}`.
pub(super) fn one_of_project(call: &mut Call<'_, '_>, reach: &Reach<'_>) -> Result<Value, Refusal> {
    Ok(without_status(&reach.device(call.turn, call.name())?))
}

/// `GET /v1.0/devices/{device_id}/status`, also under `iot-03`.
pub(super) fn status(call: &mut Call<'_, '_>, reach: &Reach<'_>) -> Result<Value, Refusal> {
    Ok(json!(reach.device(call.turn, call.name())?.status))
}

/// `GET /v1.0/devices/status?device_ids=…`, also under `iot-03`: at most 20 devices.
pub(super) fn statuses(call: &mut Call<'_, '_>, reach: &Reach<'_>) -> Result<Value, Refusal> {
    each(call, reach, 20, |device| json!({ "id": device.id, "status": device.status }))
}

/// `GET /v1.0/devices/factory-infos?device_ids=…`, also under `iot-03`: at most 50 devices.
pub(super) fn factory_infos(call: &mut Call<'_, '_>, reach: &Reach<'_>) -> Result<Value, Refusal> {
    each(call, reach, 50, |device| json!({ "id": device.id, "uuid": device.id, "sn": "", "mac": "" }))
}

/// The ids that a query names, separated by commas.
pub(super) fn device_ids(given: &str, most: usize) -> Result<Vec<&str>, Refusal> {
    let ids: Vec<&str> = given.split(',').collect();
    if ids.len() <= most { Ok(ids) } else { Err(Refusal::RANGE) }
}

/// The devices that the query names, each of which must be within reach.
fn each(
    call: &Call<'_, '_>,
    reach: &Reach<'_>,
    most: usize,
    show: impl Fn(&Device) -> Value,
) -> Result<Value, Refusal> {
    let query = call.query()?;
    let ids = device_ids(query.get("device_ids").ok_or(Refusal::EMPTY)?, most)?;
    let shown: Result<Vec<Value>, Refusal> =
        ids.into_iter().map(|id| reach.device(call.turn, id).map(|device| show(&device))).collect();
    Ok(shown?.into())
}

/// A device as the calls of one's own devices show it: what is stored, and what documents name beside it.
pub(super) fn with_status(device: &Device) -> Value {
    let mut shown = json!(device);
    if let Some(shown) = shown.as_object_mut() {
        let uuid = ("uuid", device.id.as_str()); // a virtual device's are the same
        for (name, value) in [uuid, ("icon", ""), ("ip", ""), ("lat", ""), ("lon", ""), ("model", "")] {
            shown.insert(name.to_owned(), value.into());
        }
        shown.insert("biz_type".to_owned(), 0.into());
    }
    shown
}

/// A device as the calls of a project's devices show it.
pub(super) fn without_status(device: &Device) -> Value {
    let mut shown = with_status(device);
    if let Some(shown) = shown.as_object_mut() {
        shown.remove("status");
        shown.remove("biz_type");
        shown.insert("asset_id".to_owned(), "".into());
    }
    shown
}
