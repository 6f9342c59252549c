//! What the paths below `/console/api` name, and the methods that each takes.

use tuya_auth::DataCenter;

use super::{Done, accounts, authorizations, devices, projects, sources};
use crate::{
    console::{refused::Refused, sources::Source},
    turn::Turn,
};

/// Something that can be asked for.
pub(super) enum Resource<'a> {
    Projects,
    Project(&'a str),
    Oauth(&'a str),
    Packages(&'a str),
    Authorizations(&'a str),
    Authorization { project: &'a str, id: &'a str },
    Sources(&'a str),
    Source { project: &'a str, source: Source },
    Accounts,
    Account { data_center: DataCenter, name: &'a str },
    Devices,
    Device { data_center: DataCenter, id: &'a str },
}

impl<'a> Resource<'a> {
    /// What is at this path.
    pub(super) fn at(segments: &[&'a str]) -> Option<Self> {
        Some(match *segments {
            ["projects"] => Self::Projects,
            ["projects", project] => Self::Project(project),
            ["projects", project, "oauth"] => Self::Oauth(project),
            ["projects", project, "packages"] => Self::Packages(project),
            ["projects", project, "authorizations"] => Self::Authorizations(project),
            ["projects", project, "authorizations", id] => Self::Authorization { project, id },
            ["projects", project, "sources"] => Self::Sources(project),
            ["projects", project, "sources", ref source @ ..] => Self::Source { project, source: source_at(source)? },
            ["accounts"] => Self::Accounts,
            ["accounts", center, name] => Self::Account { data_center: DataCenter::from_code(center)?, name },
            ["devices"] => Self::Devices,
            ["devices", center, id] => Self::Device { data_center: DataCenter::from_code(center)?, id },
            _ => return None,
        })
    }

    /// The methods that it takes; `HEAD` goes with `GET`.
    pub(super) const fn methods(&self) -> &'static [&'static str] {
        match self {
            Self::Projects | Self::Authorizations(_) | Self::Sources(_) | Self::Accounts | Self::Devices => {
                &["GET", "POST"]
            }
            Self::Project(_) => &["GET", "PATCH"],
            Self::Oauth(_) | Self::Packages(_) => &["GET", "PUT"],
            Self::Authorization { .. } | Self::Account { .. } | Self::Device { .. } => &["GET", "PATCH", "DELETE"],
            Self::Source { .. } => &["DELETE"],
        }
    }

    /// Does what one of those methods says.
    pub(super) fn answer(self, turn: &mut Turn<'_>, method: &str) -> Result<Done, Refused> {
        match (self, method) {
            (Self::Projects, "GET") => projects::list(turn),
            (Self::Projects, _) => projects::create(turn),
            (Self::Project(id), "GET") => projects::view(turn, id),
            (Self::Project(id), _) => projects::rename(turn, id),
            (Self::Oauth(id), "GET") => projects::oauth(turn, id),
            (Self::Oauth(id), _) => projects::set_oauth(turn, id),
            (Self::Packages(id), "GET") => projects::packages(turn, id),
            (Self::Packages(id), _) => projects::set_packages(turn, id),
            (Self::Authorizations(project), "GET") => authorizations::list(turn, project),
            (Self::Authorizations(project), _) => authorizations::add(turn, project),
            (Self::Authorization { project, id }, "GET") => authorizations::view(turn, project, id),
            (Self::Authorization { project, id }, "PATCH") => authorizations::edit(turn, project, id),
            (Self::Authorization { project, id }, _) => authorizations::delete(turn, project, id),
            (Self::Sources(project), "GET") => sources::list(turn, project),
            (Self::Sources(project), _) => sources::add(turn, project),
            (Self::Source { project, source }, _) => sources::remove(turn, project, &source),
            (Self::Accounts, "GET") => accounts::list(turn),
            (Self::Accounts, _) => accounts::create(turn),
            (Self::Account { data_center, name }, "GET") => accounts::view(turn, data_center, name),
            (Self::Account { data_center, name }, "PATCH") => accounts::edit(turn, data_center, name),
            (Self::Account { data_center, name }, _) => accounts::delete(turn, data_center, name),
            (Self::Devices, "GET") => devices::list(turn),
            (Self::Devices, _) => devices::create(turn),
            (Self::Device { data_center, id }, "GET") => devices::view(turn, data_center, id),
            (Self::Device { data_center, id }, "PATCH") => devices::edit(turn, data_center, id),
            (Self::Device { data_center, id }, _) => devices::delete(turn, data_center, id),
        }
    }
}

fn source_at(segments: &[&str]) -> Option<Source> {
    Some(match *segments {
        ["product", id] => Source::Product(id.to_owned()),
        ["app", app] => Source::App(app.to_owned()),
        ["mini_program", app] => Source::MiniProgram(app.to_owned()),
        ["user", center, uid] => Source::User(DataCenter::from_code(center)?, uid.to_owned()),
        _ => return None,
    })
}
