//! Two service calls: a user's devices, and one device.

use serde_json::{Value, json};
use tuya_auth::DataCenter;

use super::refusal::Refusal;
use crate::{
    state::{Authorization, Device, Link, Token},
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
    check_access(turn, data_center, authorization, token, uid)?;
    let devices = turn.work.list::<Device>(&[data_center.code()])?.into_iter().map(|(_, device)| device);
    Ok(devices.filter(|device| device.uid == uid).map(|device| json!(device)).collect())
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
    check_access(turn, data_center, authorization, token, &device.uid)?;
    Ok(json!(device))
}

/// A token of code mode reaches the user who consented, one of simple mode the users linked to the project
/// (section 1).
fn check_access(
    turn: &Turn<'_>,
    data_center: DataCenter,
    authorization: &Authorization,
    token: &Token,
    uid: &str,
) -> Result<(), Refusal> {
    let allowed = if token.simple {
        turn.work.get::<Link>(&[&authorization.project, data_center.code(), uid])?.is_some()
    } else {
        token.uid == uid
    };
    if allowed { Ok(()) } else { Err(Refusal::PERMISSION) }
}
