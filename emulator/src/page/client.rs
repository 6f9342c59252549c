//! Who asks: the app authorization of a project's OAuth 2.0 configuration, and its callback.

use tuya_auth::{DataCenter, credentials::AuthorizationKind};

use super::Stop;
use crate::{
    state::{Authorization, Project},
    turn::Turn,
};

/// A client that may ask for consent.
pub(super) struct Client {
    pub(super) app: String,
    pub(super) project: String,
}

/// Checks that this client may use the page of this data center with exactly this callback (section 1, RFC 9700
/// section 2.1).
pub(super) fn check(
    turn: &Turn<'_>,
    data_center: DataCenter,
    client_id: &str,
    redirect_uri: &str,
) -> Result<Client, Stop> {
    let authorization: Authorization = turn
        .work
        .get(&[client_id])?
        .ok_or_else(|| Stop::new(400, "client_unknown", "No authorization has this client ID."))?;
    let project: Project = turn
        .work
        .get(&[&authorization.project])?
        .ok_or_else(|| Stop::new(400, "client_unknown", "The project of this client ID is gone."))?;
    if authorization.kind != AuthorizationKind::App.name() || Some(authorization.id) != project.oauth.authorization_id {
        return Err(Stop::new(
            403,
            "client_not_configured",
            "This client ID is not the one of the project's OAuth 2.0 configuration, which takes the key of an app \
             authorization.",
        ));
    }
    if !project.oauth.enabled {
        return Err(Stop::new(403, "login_disabled", "The project has not enabled login authorization."));
    }
    match project.oauth.callbacks.get(data_center.code()) {
        None => Err(Stop::new(
            400,
            "callback_missing",
            format!("The project has no callback URL for {} ({}).", data_center.name(), data_center.code()),
        )),
        Some(callback) if callback != redirect_uri => Err(Stop::new(
            400,
            "callback_mismatch",
            format!(
                "redirect_uri is not exactly the callback URL that the project has for {} ({}).",
                data_center.name(),
                data_center.code()
            ),
        )),
        Some(_) => {
            Ok(Client { app: authorization.application_name.unwrap_or(authorization.name), project: project.name })
        }
    }
}
