//! Devices: list, create, delete; what they report, and whether they are online.

use maud::{Markup, html};
use tuya_auth::DataCenter;

use super::{
    form::{Field, Form, Problem},
    frame::{Area, Page},
    parts, points,
    session::Visit,
    stop::Stop,
};
use crate::{
    console::{
        Reason, Refused, accounts,
        devices::{self, Changes, Entry},
    },
    http::{Answer, Parameters},
    turn::Turn,
};

const ACCOUNT: Field<'_> = Field { name: "uid", label: "App account", hint: "Whose device it is.", required: true };
const NAME: Field<'_> = Field { name: "name", label: "Name", hint: "", required: true };
const CATEGORY: Field<'_> =
    Field { name: "category", label: "Category", hint: "Such as dj for a light, cz for a socket.", required: true };
const PRODUCT_ID: Field<'_> = Field { name: "product_id", label: "Product ID (PID)", hint: "", required: true };
const PRODUCT_NAME: Field<'_> = Field { name: "product_name", label: "Product name", hint: "", required: true };
const TIME_ZONE: Field<'_> = Field { name: "time_zone", label: "Time zone", hint: "Such as +01:00.", required: true };
const SUB: Field<'_> = Field { name: "sub", label: "Behind a gateway", hint: "", required: false };
const ONLINE: Field<'_> = Field { name: "online", label: "Online", hint: "", required: false };
const STATUS: Field<'_> = Field {
    name: "status",
    label: "Data points",
    hint: "Optional. One a line: code = value. A value is true, false, a number, or text in quotes.",
    required: false,
};

/// `GET /console/devices`
pub(super) fn list(turn: &Turn<'_>, visit: &Visit) -> Result<Answer, Stop> {
    let devices = devices::list(&turn.work)?;
    let accounts = accounts::list(&turn.work)?;
    let main = html! {
        div.head {
            h1 { "All devices" }
            a.button.primary href="/console/devices/new" { "Create Device" }
        }
        p.lead { "The devices of all accounts, in all data centers. What a device reports is what OpenAPI tells; set it \
            here, as the device itself would." }
        @if devices.is_empty() { p { "There is no device yet." } }
        ul.cards { @for entry in &devices { (card(&accounts, entry)) } }
    };
    Ok(Page { status: 200, area: Area::Devices, title: "All devices", main }.answer(visit))
}

fn card(accounts: &[accounts::Entry], entry: &Entry) -> Markup {
    let Entry { data_center, device } = entry;
    html! {
        li.card {
            div.head { h2 { (device.name) } (online_badge(device.online)) }
            dl {
                dt { "App account" }
                dd { (owner(accounts, entry)) }
                dt { "Data center" }
                dd { (parts::place(*data_center)) }
                dt { "Status" }
                dd { @for point in &device.status { code.point { (point.code) " = " (point.value) } } }
            }
            a.button href=(path(*data_center, &device.id)) { "Open" span.only-heard { " " (device.name) } }
        }
    }
}

/// `GET /console/devices/{data center}/{id}`
pub(super) fn show(turn: &Turn<'_>, visit: &Visit, data_center: &str, id: &str) -> Result<Answer, Stop> {
    let entry = devices::find(&turn.work, parts::data_center(data_center)?, id)?;
    let mut stored = vec![
        (NAME.name.to_owned(), entry.device.name.clone()),
        (ONLINE.name.to_owned(), on(entry.device.online).to_owned()),
    ];
    stored.extend(entry.device.status.iter().map(points::stored));
    let stored = stored.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    page(turn, &entry, &Form::stored(visit, stored))
}

/// `POST /console/devices/{data center}/{id}`
pub(super) fn save(
    turn: &mut Turn<'_>,
    visit: &Visit,
    (data_center, id): (&str, &str),
    fields: &Parameters,
) -> Result<Answer, Stop> {
    let data_center = parts::data_center(data_center)?;
    let entry = devices::find(&turn.work, data_center, id)?;
    let outcome = points::sent(&entry.device.status, fields).and_then(|status| {
        let name = Some(fields.get(NAME.name).unwrap_or_default().to_owned());
        devices::edit(turn, data_center, id, Changes { name, online: Some(fields.get(ONLINE.name).is_some()), status })
    });
    match outcome {
        Ok(_) => Ok(Answer::see_other(format!("{}?done=saved", path(data_center, id)))),
        Err(refused) => page(turn, &entry, &Form::refused(visit, fields, &Problem::of(refused)?)),
    }
}

/// `POST /console/devices/{data center}/{id}/delete`
pub(super) fn delete(turn: &mut Turn<'_>, data_center: &str, id: &str) -> Result<Answer, Stop> {
    devices::delete(turn, parts::data_center(data_center)?, id)?;
    Ok(Answer::see_other("/console/devices?done=deleted"))
}

fn page(turn: &Turn<'_>, entry: &Entry, form: &Form<'_>) -> Result<Answer, Stop> {
    let Entry { data_center, device } = entry;
    let path = path(*data_center, &device.id);
    let main = html! {
        p.trail { a href="/console/devices" { "All devices" } }
        div.head { h1 { (device.name) } (online_badge(device.online)) }
        section.card {
            h2 { "Device" }
            dl {
                dt { "Device ID" }
                dd { (parts::copyable("device-id", "device ID", &device.id)) }
                dt { "App account" }
                dd { (owner(&accounts::list(&turn.work)?, entry)) }
                dt { "Data center" }
                dd { (parts::place(*data_center)) }
                dt { "Product" }
                dd { (device.product_name) " (category " (device.category) ")" }
                dt { "Product ID (PID)" }
                dd { (parts::copyable("product-id", "product ID", &device.product_id)) }
            }
        }
        form.card method="post" action=(path) {
            h2 { "Set" }
            (form.start())
            (form.text(NAME))
            (form.check(ONLINE))
            fieldset {
                legend id="field-status" tabindex="-1" { (STATUS.label) }
                (form.wrong(STATUS))
                (points::inputs(&device.status, form))
            }
            div.actions { button.primary type="submit" { "Save" } }
        }
        (parts::deletion(form.visit, &path, "device", "No account has it any more, and no call finds it."))
    };
    Ok(Page { status: form.status(), area: Area::Devices, title: &device.name, main }.answer(form.visit))
}

/// `GET /console/devices/new`
pub(super) fn new(turn: &Turn<'_>, visit: &Visit) -> Result<Answer, Stop> {
    let light = vec![
        (NAME.name, "Light"),
        (CATEGORY.name, "dj"),
        (PRODUCT_ID.name, "demo0product0dj"),
        (PRODUCT_NAME.name, "Demo dj"),
        (TIME_ZONE.name, "+00:00"),
        (ONLINE.name, "on"),
        (STATUS.name, "switch_led = true\nbright_value = 255"),
    ];
    new_page(turn, &Form::stored(visit, light))
}

/// `POST /console/devices/new`
pub(super) fn create(turn: &mut Turn<'_>, visit: &Visit, fields: &Parameters) -> Result<Answer, Stop> {
    match new_device(fields).and_then(|new| devices::create(turn, new)) {
        Ok(entry) => Ok(Answer::see_other(format!("{}?done=created", path(entry.data_center, &entry.device.id)))),
        Err(refused) => new_page(turn, &Form::refused(visit, fields, &Problem::of(refused)?)),
    }
}

fn new_device(fields: &Parameters) -> Result<devices::New, Refused> {
    let text = |field: Field<'_>| fields.get(field.name).unwrap_or_default().to_owned();
    let (data_center, uid) = parts::chosen_account(&text(ACCOUNT))
        .ok_or_else(|| Refused::new(Reason::UserUnknown, "Choose an account.").of(ACCOUNT.name))?;
    Ok(devices::New {
        data_center,
        uid,
        name: text(NAME),
        category: text(CATEGORY),
        product_id: text(PRODUCT_ID),
        product_name: text(PRODUCT_NAME),
        online: fields.get(ONLINE.name).is_some(),
        sub: fields.get(SUB.name).is_some(),
        time_zone: text(TIME_ZONE),
        status: points::lines(STATUS.name, &text(STATUS))?,
    })
}

fn new_page(turn: &Turn<'_>, form: &Form<'_>) -> Result<Answer, Stop> {
    let main = html! {
        p.trail { a href="/console/devices" { "All devices" } }
        h1 { "Create Device" }
        form.card method="post" action="/console/devices/new" {
            (form.start())
            (form.choice(ACCOUNT, &parts::account_choices(turn)?))
            (form.text(NAME))
            (form.text(CATEGORY))
            (form.text(PRODUCT_ID))
            (form.text(PRODUCT_NAME))
            (form.text(TIME_ZONE))
            (form.lines(STATUS))
            (form.check(ONLINE))
            (form.check(SUB))
            div.actions {
                button.primary type="submit" { "Create" }
                a href="/console/devices" { "Cancel" }
            }
        }
    };
    Ok(Page { status: form.status(), area: Area::Devices, title: "Create Device", main }.answer(form.visit))
}

/// The name of the account that has the device, else its uid.
fn owner<'a>(accounts: &'a [accounts::Entry], entry: &'a Entry) -> &'a str {
    let is_own =
        |other: &&accounts::Entry| other.data_center == entry.data_center && other.account.uid == entry.device.uid;
    accounts.iter().find(is_own).map_or(&entry.device.uid, |owner| &owner.name)
}

fn online_badge(online: bool) -> Markup {
    html! { @if online { span.badge.good { "Online" } } @else { span.badge { "Offline" } } }
}

const fn on(is_on: bool) -> &'static str {
    if is_on { "on" } else { "" }
}

fn path(data_center: DataCenter, id: &str) -> String {
    format!("/console/devices/{}/{id}", data_center.code())
}
