//! A project's "Devices" tab: what the project's tokens reach.

use maud::{Markup, html};

use super::{
    form::Form,
    frame::{Area, Page},
    parts::{self, Tab},
    session::Visit,
};
use crate::{http::Answer, state::Project};

/// The tabs below the tab.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    LinkAppAccount,
    DataSources,
    Packages,
}

/// A page of the tab.
pub(super) fn page(project: &Project, here: Section, form: Option<&Form<'_>>, visit: &Visit, rest: &Markup) -> Answer {
    let base = format!("{}/devices", parts::project_path(&project.id));
    let sections = [
        (Section::LinkAppAccount, base.clone(), "Link App Account"),
        (Section::DataSources, format!("{base}/sources"), "Data Sources"),
        (Section::Packages, format!("{base}/packages"), "Permission Packages"),
    ];
    let name = sections.iter().find(|(section, ..)| *section == here).map_or("", |(_, _, name)| name);
    let title = format!("{name} · {}", project.name);
    let entries: Vec<_> =
        sections.into_iter().map(|(section, address, name)| (address, name, section == here)).collect();
    let main = html! {
        (parts::project_head(project, Tab::Devices))
        (parts::tab_list("subtabs", "Devices", &entries))
        (rest)
    };
    Page { status: form.map_or(200, Form::status), area: Area::Projects, title: &title, main }.answer(visit)
}
