//! Cloud projects: list, view, create, rename, and their permission packages.

use super::{
    authorizations::{self, Keys},
    fields::{Field, Fields, Kind},
    formats,
    refused::{Reason, Refused},
};
use crate::{
    state::{Oauth, Packages, Project, Work},
    turn::Turn,
};

/// The uid of the one developer that this cloud has; tokens of simple mode carry it.
pub(crate) const DEVELOPER: &str = "bay1700000000000Dev1";
/// The characters of a new project's id.
const ID_LENGTH: usize = 20;

/// All projects, as they were created.
pub(crate) fn list(work: &Work<'_>) -> Result<Vec<Project>, Refused> {
    let mut projects: Vec<Project> = work.list::<Project>(&[])?.into_iter().map(|(_, project)| project).collect();
    projects.sort_by_key(|project| project.number);
    Ok(projects)
}

/// The project with that id.
pub(crate) fn find(work: &Work<'_>, id: &str) -> Result<Project, Refused> {
    work.get(&[id])?.ok_or_else(|| Refused::new(Reason::ProjectUnknown, "No project has this id."))
}

/// Creates a project with its cloud authorization. It has every permission package, no data source, and OAuth 2.0 is
/// not enabled.
pub(crate) fn create(turn: &mut Turn<'_>, name: &str) -> Result<Project, Refused> {
    let others = list(&turn.work)?;
    let id = turn.random.unlike(ID_LENGTH, |id| others.iter().any(|other| other.id == *id));
    let keys = Keys::draw(&turn.work, &mut turn.random)?;
    store(&mut turn.work, New { id, name, keys, description: "" })
}

/// Gives a project another name.
pub(crate) fn rename(turn: &mut Turn<'_>, id: &str, name: &str) -> Result<Project, Refused> {
    let name = formats::name("name", name)?;
    update(turn, Project { name, ..find(&turn.work, id)? })
}

/// Sets which permission packages a project has. Tokens that are out feel it at once.
pub(crate) fn set_packages(turn: &mut Turn<'_>, id: &str, packages: Packages) -> Result<Project, Refused> {
    update(turn, Project { packages, ..find(&turn.work, id)? })
}

pub(super) fn update(turn: &mut Turn<'_>, project: Project) -> Result<Project, Refused> {
    turn.work.put(&[&project.id], &project)?;
    Ok(project)
}

/// A project that is about to be.
pub(crate) struct New<'a> {
    pub(crate) id: String,
    pub(crate) name: &'a str,
    /// The keys of its cloud authorization.
    pub(crate) keys: Keys,
    /// The description of its cloud authorization.
    pub(crate) description: &'a str,
}

/// Checks a new project and stores it with its cloud authorization.
pub(crate) fn store(work: &mut Work<'_>, new: New<'_>) -> Result<Project, Refused> {
    let project = Project {
        number: list(work)?.len(),
        name: formats::name("name", new.name)?,
        id: new.id,
        uid: DEVELOPER.to_owned(),
        oauth: Oauth::default(),
        packages: Packages { pid: true, app: true, user: true },
    };
    work.put(&[&project.id], &project)?;
    let fields = [(Field::Name, "Cloud authorization"), (Field::Description, new.description)];
    let fields: Fields = fields.into_iter().map(|(field, value)| (field, value.to_owned())).collect();
    authorizations::store(work, &project.id, Kind::Cloud, new.keys, &fields)?;
    Ok(project)
}
