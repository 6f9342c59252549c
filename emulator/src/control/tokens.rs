//! Tokens that end before their time: expired, or revoked.

use serde::Deserialize;
use serde_json::{Value, json};
use tuya_auth::DataCenter;

use super::{Refused, body};
use crate::{
    state::{Broken, Refresh, Token},
    turn::Turn,
};

/// Which token sets a call is about; all that are given must hold.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Which {
    uid: Option<String>,
    client_id: Option<String>,
    data_center: Option<String>,
    /// Which token of a set is revoked; both unless given.
    what: Option<What>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum What {
    Access,
    Refresh,
    Both,
}

/// Lets access tokens expire now. Refresh tokens live on.
pub(super) fn expire(turn: &mut Turn<'_>) -> Result<Value, Refused> {
    const EXPECTED: &str = "Send {uid?, clientId?, dataCenter?}.";
    let which: Which = body(turn, EXPECTED)?;
    if which.what.is_some() || !which.is_usable() {
        return Err(Refused::Status(400, EXPECTED));
    }
    let mut expired = 0;
    for Set { key, token, .. } in sets(turn, &which)? {
        if token.expires_at > turn.now && !token.revoked {
            turn.work.put_key(key, &Token { expires_at: turn.now, ..token })?;
            expired += 1;
        }
    }
    Ok(json!({ "expired": expired }))
}

/// Makes tokens unknown to the cloud, as an end of the user's consent does.
pub(super) fn revoke(turn: &mut Turn<'_>) -> Result<Value, Refused> {
    const EXPECTED: &str =
        "Send {uid?, clientId?, dataCenter?, what?}, what being \"access\", \"refresh\" or \"both\".";
    let which: Which = body(turn, EXPECTED)?;
    if !which.is_usable() {
        return Err(Refused::Status(400, EXPECTED));
    }
    let (mut access, mut refresh) = (0, 0);
    for Set { key, data_center, token } in sets(turn, &which)? {
        let own = [data_center.as_str(), token.refresh.as_str()];
        if which.what != Some(What::Access) && turn.work.get::<Refresh>(&own)?.is_some() {
            turn.work.remove::<Refresh>(&own);
            refresh += 1;
        }
        if which.what != Some(What::Refresh) && !token.revoked {
            turn.work.put_key(key, &Token { revoked: true, ..token })?;
            access += 1;
        }
    }
    Ok(json!({ "accessTokens": access, "refreshTokens": refresh }))
}

/// A token set.
struct Set {
    key: String,
    data_center: String,
    token: Token,
}

fn sets(turn: &Turn<'_>, which: &Which) -> Result<Vec<Set>, Broken> {
    let is_meant = |wanted: &Option<String>, own: &str| wanted.as_ref().is_none_or(|wanted| wanted == own);
    let all = turn.work.list::<Token>(&[])?.into_iter().map(|(key, token)| {
        let data_center = key.split('/').nth(1).unwrap_or_default().to_owned();
        Set { key, data_center, token }
    });
    let meant = all.filter(|Set { data_center, token, .. }| {
        is_meant(&which.uid, &token.uid)
            && is_meant(&which.client_id, &token.client_id)
            && is_meant(&which.data_center, data_center)
    });
    Ok(meant.collect())
}

impl Which {
    fn is_usable(&self) -> bool {
        self.data_center.as_deref().is_none_or(|code| DataCenter::from_code(code).is_some())
    }
}
