//! Every method and path of `OpenAPI`, in one table. `docs/emulator.md` lists the same.

use serde_json::Value;
use tuya_auth::{DataCenter, encoding::decode_path};

use super::{
    call::Call, caller, commands, devices, lists, login, reach::Reach, refusal::Refusal, specification, token,
};
use crate::{state::Authorization, turn::Turn};

/// What answers a call.
enum Answers {
    /// Needs no token.
    Signed(fn(&mut Call<'_, '_>) -> Result<Value, Refusal>),
    /// Needs one, and reaches what the token reaches.
    WithToken(fn(&mut Call<'_, '_>, &Reach<'_>) -> Result<Value, Refusal>),
}

use Answers::{Signed, WithToken};

/// Method, path and what answers. Braces stand for one segment that is not empty; the first line that fits counts.
const ROUTES: &[(&str, &str, Answers)] = &[
    ("GET", "/v1.0/token", Signed(token::grant)),
    ("GET", "/v1.0/token/{refresh_token}", Signed(token::refresh)),
    ("POST", "/v1.0/iot-01/associated-users/actions/authorized-login", Signed(login::authorized)),
    ("GET", "/v1.0/users/{uid}/devices", WithToken(devices::of_user)),
    ("GET", "/v1.0/iot-01/associated-users/devices", WithToken(lists::of_associated_users)),
    ("GET", "/v1.0/devices", WithToken(lists::numbered)),
    ("GET", "/v1.0/devices/", WithToken(lists::numbered)),
    ("GET", "/v1.0/devices/status", WithToken(devices::statuses)),
    ("GET", "/v1.0/devices/factory-infos", WithToken(devices::factory_infos)),
    ("GET", "/v1.0/devices/{device_id}", WithToken(devices::one)),
    ("GET", "/v1.0/devices/{device_id}/status", WithToken(devices::status)),
    ("POST", "/v1.0/devices/{device_id}/commands", WithToken(commands::send)),
    ("GET", "/v1.0/devices/{device_id}/functions", WithToken(specification::functions)),
    ("GET", "/v1.0/devices/{device_id}/specifications", WithToken(specification::whole)),
    ("GET", "/v1.1/devices/{device_id}/specifications", WithToken(specification::numbered)),
    ("GET", "/v1.0/iot-03/devices", WithToken(lists::of_project)),
    ("GET", "/v1.2/iot-03/devices", WithToken(lists::of_source)),
    ("GET", "/v1.3/iot-03/devices", WithToken(lists::of_source)),
    ("GET", "/v1.0/iot-03/devices/status", WithToken(devices::statuses)),
    ("GET", "/v1.0/iot-03/devices/factory-infos", WithToken(devices::factory_infos)),
    ("GET", "/v1.0/iot-03/devices/{device_id}", WithToken(devices::one_of_project)),
    ("GET", "/v1.0/iot-03/devices/{device_id}/status", WithToken(devices::status)),
    ("POST", "/v1.0/iot-03/devices/{device_id}/commands", WithToken(commands::send)),
    ("GET", "/v1.0/iot-03/devices/{device_id}/functions", WithToken(specification::functions)),
    ("GET", "/v1.0/iot-03/devices/{device_id}/specification", WithToken(specification::whole)),
];

/// Answers a call whose sign was right. `segments` is the path below the data center's base, as it was sent.
pub(super) fn answer(
    turn: &mut Turn<'_>,
    data_center: DataCenter,
    authorization: &Authorization,
    segments: &[&str],
) -> Result<Value, Refusal> {
    let segments: Vec<String> =
        segments.iter().map(|segment| decode_path(segment)).collect::<Result<_, _>>().map_err(|_| Refusal::PATH)?;
    let method = turn.request.method;
    let found = ROUTES.iter().filter(|(own, ..)| *own == method);
    let (named, answers) = found
        .into_iter()
        .find_map(|(_, path, answers)| named_in(path, &segments).map(|named| (named, answers)))
        .ok_or(Refusal::PATH)?;
    let call = &mut Call { turn, data_center, authorization, named };
    match answers {
        Signed(answer) => answer(call),
        WithToken(answer) => {
            let token = caller::token_of(call.turn, data_center, authorization)?;
            let reach = Reach::of(call.turn, data_center, authorization, &token)?;
            answer(call, &reach)
        }
    }
}

/// What stands for the braces, when the path is of that form.
fn named_in(path: &str, segments: &[String]) -> Option<Vec<String>> {
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    if parts.len() != segments.len() {
        return None;
    }
    let mut named = Vec::new();
    for (part, segment) in parts.into_iter().zip(segments) {
        if part.starts_with('{') {
            if segment.is_empty() {
                return None;
            }
            named.push(segment.clone());
        } else if part != segment {
            return None;
        }
    }
    Some(named)
}

#[cfg(test)]
mod tests {
    use super::ROUTES;

    #[test]
    fn the_documents_list_every_route() {
        let documented = include_str!("../../../docs/emulator.md");
        for (method, path, _) in ROUTES {
            assert!(documented.contains(&format!("`{method} {path}`")), "{method} {path}");
        }
    }
}
