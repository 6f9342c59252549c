//! App accounts: who can log in to an app, in which data center.

use tuya_auth::DataCenter;

use super::{
    formats, projects,
    refused::{Reason, Refused},
};
use crate::{
    openapi, page,
    state::{Account, Device, Link, Who, Work},
    turn::Turn,
};

/// The longest password, in characters.
const LONGEST_PASSWORD: usize = 128;
/// The random characters at the end of a uid.
const UID_SUFFIX_LENGTH: usize = 5;

/// An account, with where it is and what its user types.
pub(crate) struct Entry {
    pub(crate) data_center: DataCenter,
    pub(crate) name: String,
    pub(crate) account: Account,
}

/// All accounts, by data center and name.
pub(crate) fn list(work: &Work<'_>) -> Result<Vec<Entry>, Refused> {
    let mut entries = Vec::new();
    for data_center in DataCenter::ALL {
        entries.extend(of_data_center(work, data_center)?);
    }
    Ok(entries)
}

fn of_data_center(work: &Work<'_>, data_center: DataCenter) -> Result<impl Iterator<Item = Entry>, Refused> {
    let names = work.names::<Account>(&[data_center.code()])?.into_iter();
    let accounts = work.list::<Account>(&[data_center.code()])?.into_iter();
    Ok(names.zip(accounts).map(move |(name, (_, account))| Entry { data_center, name, account }))
}

/// The account with that name.
pub(crate) fn find(work: &Work<'_>, data_center: DataCenter, name: &str) -> Result<Entry, Refused> {
    match work.get(&[data_center.code(), name])? {
        Some(account) => Ok(Entry { data_center, name: name.to_owned(), account }),
        None => Err(Refused::new(Reason::AccountUnknown, "The data center has no account with this name.")),
    }
}

/// The account with that uid, which another thing refers to.
pub(super) fn with_uid(work: &Work<'_>, data_center: DataCenter, uid: &str) -> Result<Entry, Refused> {
    let found = of_data_center(work, data_center)?.find(|entry| entry.account.uid == uid);
    let sentence = "No account of this data center has this uid.";
    found.ok_or_else(|| Refused::new(Reason::UserUnknown, sentence).of("uid"))
}

/// An account that is about to be.
pub(crate) struct New<'a> {
    pub(crate) data_center: DataCenter,
    /// What its user types: an email address, a phone number, or what one likes.
    pub(crate) name: &'a str,
    pub(crate) password: &'a str,
    /// Where it is registered: the application name of an app, or the app id of a `WeChat` mini program.
    pub(crate) app: &'a str,
}

/// Creates an account with a new uid in the data center's style. Names are unique in a data center.
pub(crate) fn create(turn: &mut Turn<'_>, new: &New<'_>) -> Result<Entry, Refused> {
    let start = format!("{}{:013}", uid_prefix(new.data_center), turn.now);
    let others: Vec<Entry> = of_data_center(&turn.work, new.data_center)?.collect();
    let is_taken = |suffix: &String| others.iter().any(|other| other.account.uid == format!("{start}{suffix}"));
    let suffix = turn.random.unlike(UID_SUFFIX_LENGTH, is_taken);
    store(&mut turn.work, new, format!("{start}{suffix}"))
}

/// Checks a new account and stores it under that uid.
pub(crate) fn store(work: &mut Work<'_>, new: &New<'_>, uid: String) -> Result<Entry, Refused> {
    let name = formats::path_name("name", new.name)?;
    if work.get::<Account>(&[new.data_center.code(), &name])?.is_some() {
        let sentence = "The data center has an account with this name.";
        return Err(Refused::new(Reason::AccountExists, sentence).of("name"));
    }
    let account = Account { uid, app: checked_app(new.app)?, password: checked_password(new.password)? };
    put(work, Entry { data_center: new.data_center, name, account })
}

/// Gives an account another password, or says that it is of another app.
pub(crate) fn edit(
    turn: &mut Turn<'_>,
    data_center: DataCenter,
    name: &str,
    password: Option<&str>,
    app: Option<&str>,
) -> Result<Entry, Refused> {
    let mut entry = find(&turn.work, data_center, name)?;
    if let Some(password) = password {
        entry.account.password = checked_password(password)?;
    }
    if let Some(app) = app {
        entry.account.app = checked_app(app)?;
    }
    put(&mut turn.work, entry)
}

/// Deletes an account with its devices. Its tokens and codes die, its open logins end, and no project has it as a
/// data source any more.
pub(crate) fn delete(turn: &mut Turn<'_>, data_center: DataCenter, name: &str) -> Result<(), Refused> {
    let uid = find(&turn.work, data_center, name)?.account.uid;
    let center = data_center.code();
    openapi::forget_user(&mut turn.work, data_center, &uid)?;
    turn.work.forget(&[center], |device: &Device| device.uid == uid)?;
    for project in projects::list(&turn.work)? {
        turn.work.remove::<Link>(&[&project.id, center, &uid]);
    }
    turn.work.remove::<Account>(&[center, name]);
    page::forget_account(&mut turn.work, data_center, &Who { name: name.to_owned(), uid })?;
    Ok(())
}

fn put(work: &mut Work<'_>, entry: Entry) -> Result<Entry, Refused> {
    work.put(&[entry.data_center.code(), &entry.name], &entry.account)?;
    Ok(entry)
}

fn checked_app(app: &str) -> Result<String, Refused> {
    if formats::is_wechat_app_id(app) { Ok(app.to_owned()) } else { formats::application_name("app", app) }
}

fn checked_password(password: &str) -> Result<String, Refused> {
    let fits = (1..=LONGEST_PASSWORD).contains(&password.chars().count()) && !password.chars().any(char::is_control);
    let expected = "1 to 128 characters without control characters";
    if fits { Ok(password.to_owned()) } else { Err(Refused::invalid("password", expected)) }
}

/// How the uids of a data center begin (section 5).
const fn uid_prefix(data_center: DataCenter) -> &'static str {
    match data_center {
        DataCenter::China => "ay",
        DataCenter::WesternAmerica => "az",
        DataCenter::EasternAmerica => "ue",
        DataCenter::CentralEurope => "eu",
        DataCenter::WesternEurope => "we",
        DataCenter::India => "in",
        DataCenter::Singapore => "sg",
    }
}
