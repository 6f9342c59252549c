//! Commands to devices.

use serde::Deserialize;
use serde_json::Value;

use super::{call::Call, data_point::Kind, reach::Reach, refusal::Refusal};

#[derive(Deserialize)]
struct Commands {
    commands: Option<Vec<Command>>,
}

#[derive(Deserialize)]
struct Command {
    code: String,
    value: Value,
}

/// `POST /v1.0/devices/{device_id}/commands`, also under `iot-03`. The device obeys at once: either all of the
/// commands or, when one cannot be, none.
pub(super) fn send(call: &mut Call<'_, '_>, reach: &Reach<'_>) -> Result<Value, Refusal> {
    let mut device = reach.device(call.turn, call.name())?;
    let commands = call.json::<Commands>()?.commands.filter(|commands| !commands.is_empty()).ok_or(Refusal::EMPTY)?;
    if !device.online {
        return Err(Refusal::OFFLINE);
    }
    for Command { code, value } in commands {
        let category = &device.category;
        let refused = || Refusal::COMMAND.about("code or value");
        let point = device.status.iter_mut().find(|point| point.code == code).ok_or_else(refused)?;
        let kind = Kind::of(category, point);
        if !kind.takes(&value) {
            return Err(refused());
        }
        point.value = kind.reported(value);
    }
    device.update_time = call.turn.now / 1000;
    call.turn.work.put(&[call.data_center.code(), &device.id], &device)?;
    Ok(true.into())
}
