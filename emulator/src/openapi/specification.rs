//! What a device can be told, and what it tells: every data point of the emulator's devices is both.

use serde_json::{Value, json};

use super::{call::Call, data_point::Kind, reach::Reach, refusal::Refusal};
use crate::state::{Device, Point};

/// `GET /v1.0/devices/{device_id}/functions`, also under `iot-03`.
pub(super) fn functions(call: &mut Call<'_, '_>, reach: &Reach<'_>) -> Result<Value, Refusal> {
    let device = reach.device(call.turn, call.name())?;
    let functions = each(
        &device,
        |_, point, kind, values| json!({ "code": point.code, "name": point.code, "desc": point.code, "type": kind, "values": values }),
    );
    Ok(json!({ "category": device.category, "functions": functions }))
}

/// `GET /v1.0/devices/{device_id}/specifications`, under `iot-03` `…/specification`.
pub(super) fn whole(call: &mut Call<'_, '_>, reach: &Reach<'_>) -> Result<Value, Refusal> {
    let device = reach.device(call.turn, call.name())?;
    let points = each(&device, |_, point, kind, values| json!({ "code": point.code, "type": kind, "values": values }));
    Ok(json!({ "category": device.category, "functions": points, "status": points }))
}

/// `GET /v1.1/devices/{device_id}/specifications`: with the number of each data point, which is its place here.
pub(super) fn numbered(call: &mut Call<'_, '_>, reach: &Reach<'_>) -> Result<Value, Refusal> {
    let device = reach.device(call.turn, call.name())?;
    let points = each(
        &device,
        |number, point, kind, values| json!({ "code": point.code, "dp_id": number, "type": kind, "values": values }),
    );
    Ok(json!({ "category": device.category, "functions": points, "status": points }))
}

fn each(device: &Device, show: impl Fn(usize, &Point, &str, &str) -> Value) -> Vec<Value> {
    let points = device.status.iter().enumerate();
    points
        .map(|(at, point)| {
            let (kind, values) = Kind::of(&device.category, point).described();
            show(at + 1, point, kind, &values)
        })
        .collect()
}
