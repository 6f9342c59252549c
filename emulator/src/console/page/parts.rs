//! Pieces that several pages show.

use maud::{Markup, html};
use tuya_auth::DataCenter;

use super::{frame, session::Visit, stop::Stop};
use crate::{
    console::accounts::{self, Entry},
    state::Project,
    turn::Turn,
};

/// The tabs of a project.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tab {
    Overview,
    Authorization,
    Devices,
}

/// What stands at the top of a project's pages: its name, and the tabs.
pub(super) fn project_head(project: &Project, here: Tab) -> Markup {
    let base = project_path(&project.id);
    let tabs = [
        (Tab::Overview, base.clone(), "Overview"),
        (Tab::Authorization, format!("{base}/authorization/cloud"), "Authorization"),
        (Tab::Devices, format!("{base}/devices"), "Devices"),
    ];
    let entries: Vec<_> = tabs.into_iter().map(|(tab, address, name)| (address, name, tab == here)).collect();
    html! {
        p.trail { a href="/console" { "My Cloud Projects" } }
        h1 { (project.name) }
        (tab_list("tabs", "Project", &entries))
    }
}

/// A row of links of which one is the page that is shown.
pub(super) fn tab_list(class: &str, label: &str, entries: &[(String, &str, bool)]) -> Markup {
    html! {
        nav class=(class) aria-label=(label) {
            ul {
                @for (address, name, here) in entries {
                    li { a href=(address) aria-current=[here.then_some("page")] { (name) } }
                }
            }
        }
    }
}

/// The path of a project's first page.
pub(super) fn project_path(id: &str) -> String {
    format!("/console/projects/{id}")
}

/// A value with a button that copies it. `id` is unique on the page.
pub(super) fn copyable(id: &str, name: &str, value: &str) -> Markup {
    html! {
        span.key {
            code id=(id) { (value) }
            (copy_button(id, name))
        }
    }
}

/// A secret with a button that copies it, hidden until somebody opens it.
pub(super) fn secret(id: &str, name: &str, value: &str) -> Markup {
    html! {
        details {
            summary { "Show" span.only-heard { " the " (name) } }
            (copyable(id, name, value))
        }
    }
}

/// The button that copies what the element with that id shows. Without scripts there is none.
pub(super) fn copy_button(id: &str, name: &str) -> Markup {
    html! {
        button.copy type="button" data-copy=(id) hidden { "Copy" span.only-heard { " the " (name) } }
    }
}

/// Deletes something, after a second thought: what goes with it stands beside the button.
pub(super) fn deletion(visit: &Visit, path: &str, what: &str, consequence: &str) -> Markup {
    html! {
        details.card {
            summary { "Delete this " (what) "…" }
            p { (consequence) }
            form method="post" action={ (path) "/delete" } {
                (frame::form_token(visit))
                button.danger type="submit" { "Delete " (what) }
            }
        }
    }
}

/// What is on or off, in a word.
pub(super) fn on_off(on: bool) -> Markup {
    html! { @if on { span.badge.good { "Enabled" } } @else { span.badge { "Not enabled" } } }
}

/// A data center's name and code.
pub(super) fn place(data_center: DataCenter) -> String {
    format!("{} ({})", data_center.name(), data_center.code())
}

/// The data centers to choose from.
pub(super) fn data_centers() -> Vec<(String, String)> {
    DataCenter::ALL.into_iter().map(|each| (each.code().to_owned(), place(each))).collect()
}

/// The data center with that code, which came out of an address or a choice.
pub(super) fn data_center(code: &str) -> Result<DataCenter, Stop> {
    DataCenter::from_code(code).ok_or_else(Stop::not_found)
}

/// The accounts to choose from: data center and uid, as [`chosen_account`] reads them.
pub(super) fn account_choices(turn: &Turn<'_>) -> Result<Vec<(String, String)>, Stop> {
    let choice = |Entry { data_center, name, account }: Entry| {
        (format!("{}/{}", data_center.code(), account.uid), format!("{name} · {}", place(data_center)))
    };
    Ok(accounts::list(&turn.work)?.into_iter().map(choice).collect())
}

/// The data center and uid that were chosen.
pub(super) fn chosen_account(value: &str) -> Option<(DataCenter, String)> {
    let (data_center, uid) = value.split_once('/')?;
    Some((DataCenter::from_code(data_center)?, uid.to_owned()))
}
