//! `authorized-login`: a user's token for the name and password of an app account (section 4).

use md5::{Digest, Md5};
use serde::Deserialize;
use serde_json::Value;
use tuya_auth::{DataCenter, calling_code};

use super::{call::Call, refusal::Refusal, token};
use crate::{
    random::fingerprint,
    state::{Account, Link, Project},
};

#[derive(Deserialize)]
struct Login {
    username: Option<String>,
    /// The MD5 of the password, in lower-case hex.
    password: Option<String>,
    country_code: Option<CountryCode>,
    /// The app that the account was registered in.
    schema: Option<String>,
}

/// Clients send either.
#[derive(Deserialize)]
#[serde(untagged)]
enum CountryCode {
    Number(u16),
    Text(String),
}

/// `POST /v1.0/iot-01/associated-users/actions/authorized-login`. A wrong password, an account of another app and one
/// that is not linked to the project are refused alike, so that nobody learns which accounts there are.
pub(super) fn authorized(call: &mut Call<'_, '_>) -> Result<Value, Refusal> {
    let login: Login = call.json()?;
    let given = |text: Option<String>| text.filter(|text| !text.is_empty()).ok_or(Refusal::EMPTY);
    let (name, password, schema) = (given(login.username)?, given(login.password)?, given(login.schema)?);
    let country = match login.country_code.ok_or(Refusal::EMPTY)? {
        CountryCode::Number(number) => number,
        CountryCode::Text(text) if text.is_empty() => return Err(Refusal::EMPTY),
        CountryCode::Text(text) => text.parse().map_err(|_| Refusal::PARAMETER)?,
    };
    for home in likely_homes(call.data_center, country) {
        let account: Option<Account> = call.turn.work.get(&[home.code(), &name])?;
        let fits = |account: &Account| account.app == schema && has_password(account, &password);
        if let Some(account) = account.filter(fits)
            && is_linked(call, home, &account.uid)?
        {
            return logged_in(call, home, account.uid);
        }
    }
    Err(Refusal::PERMISSION)
}

/// Every data center: the one that was asked, then the one that the country's accounts most likely have, then the rest.
fn likely_homes(asked: DataCenter, country: u16) -> impl Iterator<Item = DataCenter> {
    let likely = calling_code::data_center_for(country);
    let first = [Some(asked), likely.filter(|likely| *likely != asked)];
    let rest = DataCenter::ALL.into_iter().filter(move |home| *home != asked && Some(*home) != likely);
    first.into_iter().flatten().chain(rest)
}

fn has_password(account: &Account, sent: &str) -> bool {
    fingerprint(&hex::encode(Md5::digest(&account.password))) == fingerprint(sent)
}

/// Whether the user is linked to the project of the keys, and the package of users opens what is theirs.
fn is_linked(call: &Call<'_, '_>, home: DataCenter, uid: &str) -> Result<bool, Refusal> {
    let project = &call.authorization.project;
    let Project { packages, .. } = call.turn.work.get(&[project])?.ok_or(Refusal::SYSTEM)?;
    Ok(packages.user && call.turn.work.get::<Link>(&[project, home.code(), uid])?.is_some())
}

/// The token set is of the user's own data center, and `platform_url` is where to go on with it.
fn logged_in(call: &mut Call<'_, '_>, home: DataCenter, uid: String) -> Result<Value, Refusal> {
    let platform_url = format!("{}/{}", call.turn.request.origin(), home.code());
    let mut result = token::issue(call.turn, home, call.authorization, uid, false)?;
    if let Some(result) = result.as_object_mut() {
        result.insert("platform_url".to_owned(), platform_url.into());
    }
    Ok(result)
}
