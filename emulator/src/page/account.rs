//! Who logs in: name and password of an app account, and the phone that remembers one.

use tuya_auth::DataCenter;

use super::client::Client;
use crate::{
    http::Parameters,
    random::fingerprint,
    state::{Account, Broken, Login, Phone, Scan, ScanStage, Who, Work},
    turn::Turn,
};

/// How many wrong passwords end a login or a scan.
pub(super) const MOST_FAILURES: u32 = 5;

/// Why name and password do not log in. They can be typed again.
pub(super) enum Mistake {
    PasswordWrong,
    /// The account lives in another data center.
    Elsewhere {
        home: DataCenter,
        here: DataCenter,
    },
    /// The account was registered in another app.
    OtherApp {
        own: String,
        asked: String,
    },
}

impl Mistake {
    /// The HTTP status, and the stable id for the journal.
    pub(super) fn verdict(&self) -> (u16, &'static str) {
        match self {
            Self::PasswordWrong => (401, "password_wrong"),
            Self::Elsewhere { .. } => (403, "account_of_another_data_center"),
            Self::OtherApp { .. } => (403, "account_of_another_app"),
        }
    }
}

/// The account that a form names with its right password. Whoever does not know the password learns nothing.
pub(super) fn check(
    turn: &Turn<'_>,
    here: DataCenter,
    client: &Client,
    fields: &Parameters,
) -> Result<Result<Who, Mistake>, Broken> {
    let name = fields.get("account").unwrap_or_default();
    let password = fingerprint(fields.get("password").unwrap_or_default());
    for home in [here].into_iter().chain(DataCenter::ALL) {
        let account: Option<Account> = turn.work.get(&[home.code(), name])?;
        let Some(account) = account.filter(|account| fingerprint(&account.password) == password) else { continue };
        return Ok(if home != here {
            Err(Mistake::Elsewhere { home, here })
        } else if account.app != client.app {
            Err(Mistake::OtherApp { own: account.app, asked: client.app.clone() })
        } else {
            Ok(Who { name: name.to_owned(), uid: account.uid })
        });
    }
    Ok(Err(Mistake::PasswordWrong))
}

/// The account that a phone is logged in to, if it still has that password and is one of the client's app.
pub(super) fn remembered(turn: &Turn<'_>, phone: &Phone, client: &Client) -> Result<Option<Who>, Broken> {
    let account: Option<Account> = turn.work.get(&[&phone.data_center, &phone.account])?;
    Ok(account
        .filter(|account| account.app == client.app && fingerprint(&account.password) == phone.password)
        .map(|account| Who { name: phone.account.clone(), uid: account.uid }))
}

/// Ends every login and scan of an account, and logs its phones out.
pub(crate) fn forget(work: &mut Work<'_>, data_center: DataCenter, who: &Who) -> Result<(), Broken> {
    let (center, is_own) = (data_center.code(), |other: &Who| other.uid == who.uid);
    work.forget(&[], |login: &Login| login.data_center == center && login.who.as_ref().is_some_and(is_own))?;
    work.forget(&[], |scan: &Scan| {
        scan.data_center == center && matches!(&scan.stage, ScanStage::Confirmed(other) if is_own(other))
    })?;
    work.forget(&[], |phone: &Phone| phone.data_center == center && phone.account == who.name)
}
