//! Two service calls: a user's devices, and one device.

use serde_json::{Value, json};
use tuya_auth::DataCenter;

use super::{reach::Reach, refusal::Refusal};
use crate::{
    state::{Authorization, Device, Token},
    turn::Turn,
};

/// `GET /v1.0/users/{uid}/devices`.
pub(super) fn of_user(
    turn: &Turn<'_>,
    data_center: DataCenter,
    authorization: &Authorization,
    token: &Token,
    uid: &str,
) -> Result<Value, Refusal> {
    let reach = Reach::of(turn, data_center, authorization, token)?;
    let owned = turn.work.list::<Device>(&[data_center.code()])?.into_iter().map(|(_, device)| device);
    let owned: Vec<Device> = owned.filter(|device| device.uid == uid).collect();
    let known = reach.has_user(turn, uid)?;
    let seen: Vec<Value> =
        owned.iter().filter(|device| known || reach.has_product(device)).map(|device| json!(device)).collect();
    if known || !seen.is_empty() { Ok(seen.into()) } else { Err(Refusal::PERMISSION) }
}

/// `GET /v1.0/devices/{id}`. A device that does not exist is refused like one of somebody else.
pub(super) fn one(
    turn: &Turn<'_>,
    data_center: DataCenter,
    authorization: &Authorization,
    token: &Token,
    id: &str,
) -> Result<Value, Refusal> {
    let device: Device = turn.work.get(&[data_center.code(), id])?.ok_or(Refusal::PERMISSION)?;
    Reach::of(turn, data_center, authorization, token)?.check(turn, &device)?;
    Ok(json!(device))
}
