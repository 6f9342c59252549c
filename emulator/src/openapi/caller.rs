//! Who calls: the authorization whose keys signed, and the token that came along.

use tuya_auth::{
    DataCenter,
    credentials::{ClientId, Secret},
    sign::{Algorithm, PathEncoding, Received, Rejection, Signer, SignerOptions},
};

use super::{diagnosis, refusal::Refusal};
use crate::{
    state::{Authorization, Broken, Record, Token},
    turn::Turn,
};

/// The authorization whose client ID the request names and whose secret signed it. `target` is the request's own,
/// without the data center's base, which is never signed.
pub(super) fn authenticate(turn: &Turn<'_>, target: &str) -> Result<Authorization, Refusal> {
    let headers: Vec<(&str, &str)> =
        turn.request.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let received = Received { method: turn.request.method, target, headers: &headers, body: turn.request.body };
    let client_id = received.header("client_id").ok_or(Rejection::MissingHeader("client_id"))?;
    let authorization: Authorization = turn.work.get(&[client_id])?.ok_or(Refusal::CLIENT)?;
    let client_id = ClientId::new(&authorization.client_id).map_err(|_| Refusal::SYSTEM)?;
    let secret = Secret::new(&authorization.secret).map_err(|_| Refusal::SYSTEM)?;
    let signer = |options| Signer::new(&client_id, &secret, options).map_err(|_| Refusal::SYSTEM);
    let Err(rejection) = signer(SignerOptions::default())?.verify(&received, turn.now) else {
        return check_identifier(turn, &authorization, &received).map(|()| authorization);
    };
    for options in lenient().into_iter().filter(|_| !turn.strict) {
        if signer(options)?.verify(&received, turn.now).is_ok() {
            return Ok(authorization);
        }
    }
    let diagnosis = match rejection {
        Rejection::Sign => diagnosis::of(turn, &authorization, (&client_id, &secret), &received),
        _ => None,
    };
    Err(Refusal { diagnosis, ..rejection.into() })
}

/// Refuses a signed `identifier` that is not the app's own (section 2): a cloud that knows the app signs with that.
fn check_identifier(turn: &Turn<'_>, authorization: &Authorization, received: &Received<'_>) -> Result<(), Refusal> {
    match received.header("identifier") {
        Some(sent) if turn.strict && authorization.identifier().as_deref() != Some(sent) => {
            Err(Refusal::SIGN.about("identifier"))
        }
        _ => Ok(()),
    }
}

/// What else passes when the cloud is not strict: the ways in which documents leave room or older projects differ.
fn lenient() -> [SignerOptions; 2] {
    [
        SignerOptions { path: PathEncoding::Decoded, ..SignerOptions::default() },
        SignerOptions { algorithm: Algorithm::Legacy, ..SignerOptions::default() },
    ]
}

/// The live token of that data center and client that the request carries.
pub(super) fn token_of(
    turn: &Turn<'_>,
    data_center: DataCenter,
    authorization: &Authorization,
) -> Result<Token, Refusal> {
    let sent = turn.request.header("access_token").filter(|token| !token.is_empty()).ok_or(Refusal::TOKEN_MISSING)?;
    let Some(token) = turn.work.get::<Token>(&[data_center.code(), sent])? else {
        return Err(unknown::<Token>(turn, sent)?);
    };
    if token.client_id != authorization.client_id || token.revoked {
        Err(Refusal::TOKEN_UNKNOWN)
    } else if token.expires_at <= turn.now {
        Err(Refusal::TOKEN_EXPIRED)
    } else {
        Ok(token)
    }
}

/// Why a token is refused that this data center does not know: another one may (section 6).
pub(super) fn unknown<R: Record>(turn: &Turn<'_>, token: &str) -> Result<Refusal, Broken> {
    for data_center in DataCenter::ALL {
        if turn.work.get::<R>(&[data_center.code(), token])?.is_some() {
            return Ok(Refusal::TOKEN_ELSEWHERE);
        }
    }
    Ok(Refusal::TOKEN_UNKNOWN)
}
