//! Who asks: the app authorization of a project's OAuth 2.0 configuration, and its callback.

use tuya_auth::{DataCenter, credentials::AuthorizationKind};

use super::Stop;
use crate::{
    state::{Authorization, Login, Project},
    turn::Turn,
};

/// A client that may ask for consent.
pub(super) struct Client {
    /// The app whose accounts can log in: the application name of the authorization.
    pub(super) app: String,
    pub(super) project: String,
    /// Whether the project has the user permission package, without which a token of code mode reads nothing.
    pub(super) reads_users: bool,
}

/// Checks that the client of a login may still use the page.
pub(super) fn of(turn: &Turn<'_>, data_center: DataCenter, login: &Login) -> Result<Client, Stop> {
    check(turn, data_center, &login.client_id, &login.redirect_uri)
}

/// Checks that this client may use the page of this data center with exactly this callback (section 1, RFC 9700
/// section 2.1).
pub(super) fn check(
    turn: &Turn<'_>,
    data_center: DataCenter,
    client_id: &str,
    redirect_uri: &str,
) -> Result<Client, Stop> {
    let authorization: Authorization = turn.work.get(&[client_id])?.ok_or(Stop::ClientUnknown)?;
    let project: Project = turn.work.get(&[&authorization.project])?.ok_or(Stop::ProjectUnknown)?;
    if authorization.kind != AuthorizationKind::App.name() || Some(authorization.id) != project.oauth.authorization_id {
        return Err(Stop::ClientNotConfigured);
    }
    if !project.oauth.enabled {
        return Err(Stop::LoginDisabled);
    }
    match project.oauth.callbacks.get(data_center.code()) {
        None => Err(Stop::CallbackMissing(data_center)),
        Some(callback) if callback != redirect_uri => Err(Stop::CallbackMismatch(data_center)),
        Some(_) => Ok(Client {
            app: authorization.application_name.unwrap_or(authorization.name),
            project: project.name,
            reads_users: project.packages.user,
        }),
    }
}
