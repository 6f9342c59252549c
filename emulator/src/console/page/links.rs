//! "Devices → Link App Account" of a project: OAuth 2.0.

use super::{
    devices_tab::{self, Section},
    oauth,
    session::Visit,
    stop::Stop,
};
use crate::{console::projects, http::Answer, turn::Turn};

/// `GET /console/projects/{id}/devices`
pub(super) fn show(turn: &Turn<'_>, visit: &Visit, project: &str) -> Result<Answer, Stop> {
    let project = projects::find(&turn.work, project)?;
    let rest = oauth::summary(turn, &project)?;
    Ok(devices_tab::page(&project, Section::LinkAppAccount, None, visit, &rest))
}
