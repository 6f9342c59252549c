//! The three token calls (section 4).

use serde_json::{Value, json};
use tuya_auth::DataCenter;

use super::{call::Call, caller, refusal::Refusal};
use crate::{
    state::{Authorization, Broken, Code, Project, Refresh, Simple, Token, Work},
    turn::Turn,
};

/// How long an access token lives, in ms.
const LIFETIME: u64 = 7_200_000;

/// `GET /v1.0/token?grant_type=…`.
pub(super) fn grant(call: &mut Call<'_, '_>) -> Result<Value, Refusal> {
    let query = call.query()?;
    let Call { turn, data_center, authorization, .. } = call;
    match query.get("grant_type") {
        Some("1") => simple(turn, *data_center, authorization),
        Some("2") => by_code(turn, *data_center, authorization, query.get("code").ok_or(Refusal::PARAMETER)?),
        _ => Err(Refusal::GRANT_TYPE),
    }
}

/// `GET /v1.0/token/{refresh_token}`: both old tokens die, and new ones take their place.
pub(super) fn refresh(call: &mut Call<'_, '_>) -> Result<Value, Refusal> {
    let (data_center, authorization) = (call.data_center, call.authorization);
    let (code, refresh_token) = (data_center.code(), call.name().to_owned());
    let turn = &mut *call.turn;
    let refresh: Refresh = match turn.work.get(&[code, &refresh_token])? {
        Some(refresh) => refresh,
        None => return Err(caller::unknown::<Refresh>(turn, &refresh_token)?),
    };
    let token: Token = turn.work.get(&[code, &refresh.access_token])?.ok_or(Refusal::TOKEN_UNKNOWN)?;
    if token.client_id != authorization.client_id {
        return Err(Refusal::TOKEN_UNKNOWN);
    }
    end(turn, data_center, &refresh.access_token, &token);
    issue(turn, data_center, authorization, token.uid, token.simple)
}

/// Simple mode. While the client's token lives, it is given again with the life that remains.
fn simple(turn: &mut Turn<'_>, data_center: DataCenter, authorization: &Authorization) -> Result<Value, Refusal> {
    let code = data_center.code();
    if let Some(Simple { access_token }) = turn.work.get(&[code, &authorization.client_id])?
        && let Some(token) = turn.work.get::<Token>(&[code, &access_token])?
    {
        if token.expires_at > turn.now && !token.revoked {
            return Ok(result(&access_token, &token, turn.now));
        }
        end(turn, data_center, &access_token, &token);
    }
    let project: Project = turn.work.get(&[&authorization.project])?.ok_or(Refusal::SYSTEM)?;
    issue(turn, data_center, authorization, project.uid, true)
}

/// Code mode. A code works once, for its own client, in its own data center, before it expires.
fn by_code(
    turn: &mut Turn<'_>,
    data_center: DataCenter,
    authorization: &Authorization,
    code: &str,
) -> Result<Value, Refusal> {
    let key = [data_center.code(), code];
    let grant: Code = turn.work.get(&key)?.ok_or(Refusal::CODE)?;
    if grant.client_id != authorization.client_id || grant.expires_at <= turn.now {
        return Err(Refusal::CODE);
    }
    turn.work.remove::<Code>(&key);
    issue(turn, data_center, authorization, grant.uid, false)
}

/// A new token set: of simple mode, or of that user.
pub(super) fn issue(
    turn: &mut Turn<'_>,
    data_center: DataCenter,
    authorization: &Authorization,
    uid: String,
    simple: bool,
) -> Result<Value, Refusal> {
    let code = data_center.code();
    let access_token = turn.random.id();
    let token = Token {
        refresh: turn.random.id(),
        client_id: authorization.client_id.clone(),
        uid,
        simple,
        expires_at: turn.now.saturating_add(LIFETIME),
        revoked: false,
    };
    turn.work.put(&[code, &access_token], &token)?;
    turn.work.put(&[code, &token.refresh], &Refresh { access_token: access_token.clone() })?;
    if simple {
        turn.work.put(&[code, &authorization.client_id], &Simple { access_token: access_token.clone() })?;
    }
    Ok(result(&access_token, &token, turn.now))
}

/// Ends every token and code of code mode that a user of that data center gave.
pub(crate) fn forget_user(work: &mut Work<'_>, data_center: DataCenter, uid: &str) -> Result<(), Broken> {
    let center = data_center.code();
    for (key, token) in work.list::<Token>(&[center])? {
        if token.uid == uid && !token.simple {
            work.remove::<Refresh>(&[center, &token.refresh]);
            work.remove_key(key);
        }
    }
    work.forget(&[center], |code: &Code| code.uid == uid)
}

fn end(turn: &mut Turn<'_>, data_center: DataCenter, access_token: &str, token: &Token) {
    turn.work.remove::<Token>(&[data_center.code(), access_token]);
    turn.work.remove::<Refresh>(&[data_center.code(), &token.refresh]);
}

/// `expire_time` is in whole seconds, rounded down so that a client never counts on more than there is.
fn result(access_token: &str, token: &Token, now: u64) -> Value {
    json!({
        "access_token": access_token,
        "refresh_token": token.refresh,
        "expire_time": token.expires_at.saturating_sub(now) / 1000,
        "uid": token.uid,
    })
}
