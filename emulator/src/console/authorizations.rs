//! A project's authorizations: list, view, add, edit. There is no way to remove one.

use super::{
    fields::{self, Field, Fields, Kind},
    projects,
    refused::{Reason, Refused},
};
use crate::{
    random::Random,
    state::{Authorization, Work},
    turn::Turn,
};

/// The characters of a client ID.
const CLIENT_ID_LENGTH: usize = 20;
/// The characters of a client secret.
const SECRET_LENGTH: usize = 32;

/// The authorizations of a project that exists, the cloud authorization first, then as they were added.
pub(crate) fn list(work: &Work<'_>, project: &str) -> Result<Vec<Authorization>, Refused> {
    projects::find(work, project)?;
    of_project(work, project)
}

/// An authorization of that project, with its key.
pub(crate) fn find(work: &Work<'_>, project: &str, id: &str) -> Result<Authorization, Refused> {
    list(work, project)?
        .into_iter()
        .find(|authorization| authorization.id == id)
        .ok_or_else(|| Refused::new(Reason::AuthorizationUnknown, "The project has no authorization with this id."))
}

/// Adds an authorization of any kind but cloud, under a new key.
pub(crate) fn add(turn: &mut Turn<'_>, project: &str, kind: Kind, fields: &Fields) -> Result<Authorization, Refused> {
    projects::find(&turn.work, project)?;
    if kind == Kind::Cloud {
        let sentence = "The cloud authorization is made with the project, which has exactly one.";
        return Err(Refused::new(Reason::CloudAuthorizationExists, sentence).of("kind"));
    }
    let keys = Keys::draw(&turn.work, &mut turn.random)?;
    store(&mut turn.work, project, kind, keys, fields)
}

/// Changes the fields that are given, which must be the kind's own. Key, kind and project stay for ever.
pub(crate) fn edit(turn: &mut Turn<'_>, project: &str, id: &str, fields: &Fields) -> Result<Authorization, Refused> {
    let mut authorization = find(&turn.work, project, id)?;
    for (field, value) in fields::checked(&turn.work, project, Kind::of(&authorization), fields)? {
        field.set(&mut authorization, value);
    }
    turn.work.put(&[&authorization.client_id], &authorization)?;
    Ok(authorization)
}

/// Refuses to remove an authorization: "an added authorization cannot be deleted" (section 1).
pub(crate) fn delete(work: &Work<'_>, project: &str, id: &str) -> Refused {
    find(work, project, id).map_or_else(
        |refused| refused,
        |_| Refused::new(Reason::AuthorizationUndeletable, "An authorization cannot be deleted."),
    )
}

/// An authorization's id, client ID and secret.
pub(crate) struct Keys {
    pub(crate) id: String,
    pub(crate) client_id: String,
    pub(crate) secret: String,
}

impl Keys {
    /// New ones, which no other authorization has.
    pub(super) fn draw(work: &Work<'_>, random: &mut Random<'_>) -> Result<Self, Refused> {
        let others: Vec<Authorization> = all(work)?;
        let id = random.unlike(CLIENT_ID_LENGTH, |id| others.iter().any(|other| other.id == *id));
        let client_id = random.unlike(CLIENT_ID_LENGTH, |id| others.iter().any(|other| other.client_id == *id));
        Ok(Self { id, client_id, secret: random.alphanumeric(SECRET_LENGTH) })
    }
}

/// Checks the fields of a new authorization and stores it. The project need not be stored yet.
pub(crate) fn store(
    work: &mut Work<'_>,
    project: &str,
    kind: Kind,
    keys: Keys,
    given: &Fields,
) -> Result<Authorization, Refused> {
    let given = fields::checked(work, project, kind, given)?;
    if let Some(missing) = kind.fields().iter().find(|field| kind.requires(**field) && !given.contains_key(field)) {
        return Err(Refused::missing(missing.name()));
    }
    let Keys { id, client_id, secret } = keys;
    let mut authorization = Authorization {
        id,
        project: project.to_owned(),
        number: of_project(work, project)?.len(),
        kind: kind.authorization_kind().name().to_owned(),
        platform: kind.platform().map(str::to_owned),
        name: given.get(&Field::ApplicationName).cloned().unwrap_or_default(),
        description: String::new(),
        client_id,
        secret,
        bundle_identifier: None,
        sha1: None,
        application_id: None,
        application_name: None,
        wechat_app_id: None,
        third_party_project: None,
    };
    for (field, value) in given {
        field.set(&mut authorization, value);
    }
    work.put(&[&authorization.client_id], &authorization)?;
    Ok(authorization)
}

fn of_project(work: &Work<'_>, project: &str) -> Result<Vec<Authorization>, Refused> {
    let mut own: Vec<Authorization> =
        all(work)?.into_iter().filter(|authorization| authorization.project == project).collect();
    own.sort_by_key(|authorization| authorization.number);
    Ok(own)
}

fn all(work: &Work<'_>) -> Result<Vec<Authorization>, Refused> {
    Ok(work.list::<Authorization>(&[])?.into_iter().map(|(_, authorization)| authorization).collect())
}
