//! What the paths below `/console/api` name, and the methods that each takes.

use super::{Done, authorizations, projects};
use crate::{console::refused::Refused, turn::Turn};

/// Something that can be asked for.
#[derive(Clone, Copy)]
pub(super) enum Resource<'a> {
    Projects,
    Project(&'a str),
    Oauth(&'a str),
    Packages(&'a str),
    Authorizations(&'a str),
    Authorization { project: &'a str, id: &'a str },
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
            _ => return None,
        })
    }

    /// The methods that it takes; `HEAD` goes with `GET`.
    pub(super) const fn methods(self) -> &'static [&'static str] {
        match self {
            Self::Projects | Self::Authorizations(_) => &["GET", "POST"],
            Self::Project(_) => &["GET", "PATCH"],
            Self::Oauth(_) | Self::Packages(_) => &["GET", "PUT"],
            Self::Authorization { .. } => &["GET", "PATCH", "DELETE"],
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
        }
    }
}
