//! App accounts: who can log in to an app, in which data center.

use std::collections::BTreeSet;

use maud::{Markup, html};
use tuya_auth::{DataCenter, encoding::encode_component};

use super::{
    form::{Field, Form, Problem},
    frame::{Area, Page},
    parts,
    session::Visit,
    stop::Stop,
};
use crate::{
    console::{
        Reason, Refused,
        accounts::{self, Entry},
        devices,
    },
    http::{Answer, Parameters},
    state::Authorization,
    turn::Turn,
};

const NAME: Field<'_> = Field {
    name: "name",
    label: "Account",
    hint: "What its user types: an email address, a phone number, or what you like.",
    required: true,
};

const DATA_CENTER: Field<'_> = Field {
    name: "dataCenter",
    label: "Data center",
    hint: "Where the account lives. It can log in, and its tokens are good, nowhere else.",
    required: true,
};

const APP: Field<'_> = Field {
    name: "app",
    label: "App",
    hint: "Where it was registered: the application name of an app, or the app ID of a WeChat mini program.",
    required: true,
};

const PASSWORD: Field<'_> = Field {
    name: "password",
    label: "Password",
    hint: "The list of accounts shows it, so use one that opens nothing else.",
    required: true,
};

/// `GET /console/accounts`
pub(super) fn list(turn: &Turn<'_>, visit: &Visit) -> Result<Answer, Stop> {
    let devices = devices::list(&turn.work)?;
    let has = |entry: &Entry| {
        let is_own =
            |other: &&devices::Entry| other.data_center == entry.data_center && other.device.uid == entry.account.uid;
        devices.iter().filter(is_own).count()
    };
    let accounts = accounts::list(&turn.work)?;
    let main = html! {
        div.head {
            h1 { "App accounts" }
            a.button.primary href="/console/accounts/new" { "Create Account" }
        }
        p.lead { "Who can log in on the authorization page. An account belongs to one app and lives in one data \
            center." }
        @if accounts.is_empty() { p { "There is no account yet." } }
        ul.cards { @for entry in &accounts { (card(entry, has(entry))) } }
    };
    Ok(Page { status: 200, area: Area::Accounts, title: "App accounts", main }.answer(visit))
}

fn card(entry: &Entry, devices: usize) -> Markup {
    let Entry { data_center, name, account } = entry;
    let id = format!("{}-{}", data_center.code(), account.uid);
    html! {
        li.card {
            h2 { (name) }
            dl {
                dt { "Data center" }
                dd { (parts::place(*data_center)) }
                dt { "App" }
                dd { (account.app) }
                dt { "Devices" }
                dd { (devices) }
                dt { "uid" }
                dd { (parts::copyable(&format!("uid-{id}"), "uid", &account.uid)) }
                dt { "Password" }
                dd { (parts::secret(&format!("password-{id}"), "password", &account.password)) }
            }
            a.button href=(path(*data_center, name)) { "Edit" span.only-heard { " " (name) } }
        }
    }
}

/// `GET /console/accounts/new`
pub(super) fn new(turn: &Turn<'_>, visit: &Visit) -> Result<Answer, Stop> {
    new_page(turn, &Form::empty(visit))
}

/// `POST /console/accounts/new`
pub(super) fn create(turn: &mut Turn<'_>, visit: &Visit, fields: &Parameters) -> Result<Answer, Stop> {
    let text = |field: Field<'_>| fields.get(field.name).unwrap_or_default();
    let outcome = DataCenter::from_code(text(DATA_CENTER))
        .ok_or_else(|| Refused::new(Reason::DataCenterUnknown, "Choose a data center.").of(DATA_CENTER.name))
        .and_then(|data_center| {
            let new = accounts::New { data_center, name: text(NAME), password: text(PASSWORD), app: text(APP) };
            accounts::create(turn, &new)
        });
    match outcome {
        Ok(_) => Ok(Answer::see_other("/console/accounts?done=created")),
        Err(refused) => new_page(turn, &Form::refused(visit, fields, &Problem::of(refused)?)),
    }
}

fn new_page(turn: &Turn<'_>, form: &Form<'_>) -> Result<Answer, Stop> {
    let main = html! {
        p.trail { a href="/console/accounts" { "App accounts" } }
        h1 { "Create Account" }
        form.card method="post" action="/console/accounts/new" {
            (form.start())
            (form.text(NAME))
            (form.choice(DATA_CENTER, &parts::data_centers()))
            (form.suggested(APP, &known_apps(turn)?))
            (form.text(PASSWORD))
            p.fine { "Its uid is made with it, and begins as those of its data center do." }
            div.actions {
                button.primary type="submit" { "Create" }
                a href="/console/accounts" { "Cancel" }
            }
        }
    };
    Ok(Page { status: form.status(), area: Area::Accounts, title: "Create Account", main }.answer(form.visit))
}

/// `GET /console/accounts/{data center}/{name}`
pub(super) fn edit(turn: &Turn<'_>, visit: &Visit, data_center: &str, name: &str) -> Result<Answer, Stop> {
    let entry = accounts::find(&turn.work, parts::data_center(data_center)?, name)?;
    let stored = vec![(APP.name, entry.account.app.as_str()), (PASSWORD.name, &entry.account.password)];
    edit_page(turn, &entry, &Form::stored(visit, stored))
}

/// `POST /console/accounts/{data center}/{name}`
pub(super) fn save(
    turn: &mut Turn<'_>,
    visit: &Visit,
    (data_center, name): (&str, &str),
    fields: &Parameters,
) -> Result<Answer, Stop> {
    let data_center = parts::data_center(data_center)?;
    let text = |field: Field<'_>| Some(fields.get(field.name).unwrap_or_default());
    match accounts::edit(turn, data_center, name, text(PASSWORD), text(APP)) {
        Ok(_) => Ok(Answer::see_other("/console/accounts?done=saved")),
        Err(refused) => {
            let problem = Problem::of(refused)?;
            let entry = accounts::find(&turn.work, data_center, name)?;
            edit_page(turn, &entry, &Form::refused(visit, fields, &problem))
        }
    }
}

/// `POST /console/accounts/{data center}/{name}/delete`
pub(super) fn delete(turn: &mut Turn<'_>, data_center: &str, name: &str) -> Result<Answer, Stop> {
    accounts::delete(turn, parts::data_center(data_center)?, name)?;
    Ok(Answer::see_other("/console/accounts?done=deleted"))
}

fn edit_page(turn: &Turn<'_>, entry: &Entry, form: &Form<'_>) -> Result<Answer, Stop> {
    let path = path(entry.data_center, &entry.name);
    let main = html! {
        p.trail { a href="/console/accounts" { "App accounts" } }
        h1 { (entry.name) }
        p.fine { (parts::place(entry.data_center)) " · uid " code { (entry.account.uid) } }
        form.card method="post" action=(path) {
            (form.start())
            (form.suggested(APP, &known_apps(turn)?))
            (form.text(PASSWORD))
            div.actions {
                button.primary type="submit" { "Save" }
                a href="/console/accounts" { "Cancel" }
            }
        }
        (parts::deletion(
            form.visit,
            &path,
            "account",
            "The account's devices go with it, its tokens and codes end at once, and no project has it as a data \
             source any more.",
        ))
    };
    Ok(Page { status: form.status(), area: Area::Accounts, title: &entry.name, main }.answer(form.visit))
}

/// The apps and mini programs that projects have authorizations for, and those that accounts are of.
fn known_apps(turn: &Turn<'_>) -> Result<Vec<String>, Stop> {
    let mut apps: BTreeSet<String> = accounts::list(&turn.work)?.into_iter().map(|entry| entry.account.app).collect();
    let authorizations = turn.work.list::<Authorization>(&[])?.into_iter();
    apps.extend(authorizations.filter_map(|(_, each)| each.application_name.or(each.wechat_app_id)));
    Ok(apps.into_iter().collect())
}

fn path(data_center: DataCenter, name: &str) -> String {
    format!("/console/accounts/{}/{}", data_center.code(), encode_component(name))
}
