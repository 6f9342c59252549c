//! A project's OAuth 2.0 configuration: login authorization for an app, and a callback URL per data center.

use tuya_auth::authorize::check_redirect_uri;

use super::{
    authorizations,
    fields::Kind,
    formats, projects,
    refused::{Reason, Refused},
};
use crate::{
    state::{Oauth, Project, Work},
    turn::Turn,
};

/// The longest callback URL, in bytes.
const LONGEST_CALLBACK: usize = 2048;

/// Replaces the configuration. Authorization pages that are open feel it at once.
pub(crate) fn configure(turn: &mut Turn<'_>, project: &str, oauth: Oauth) -> Result<Project, Refused> {
    let strict = turn.strict;
    store(&mut turn.work, strict, project, oauth)
}

/// Checks a configuration and stores it.
pub(crate) fn store(work: &mut Work<'_>, strict: bool, project: &str, oauth: Oauth) -> Result<Project, Refused> {
    let project = projects::find(work, project)?;
    check_authorization(work, &project.id, &oauth)?;
    check_callbacks(strict, &oauth)?;
    let project = Project { oauth, ..project };
    work.put(&[&project.id], &project)?;
    Ok(project)
}

fn check_authorization(work: &Work<'_>, project: &str, oauth: &Oauth) -> Result<(), Refused> {
    let refused = |reason, sentence: &str| Err(Refused::new(reason, sentence).of("authorizationId"));
    let Some(id) = &oauth.authorization_id else {
        return if oauth.enabled {
            refused(Reason::OauthAuthorizationMissing, "Login authorization needs the key of an app authorization.")
        } else {
            Ok(())
        };
    };
    match authorizations::list(work, project)?.iter().find(|authorization| authorization.id == *id) {
        None => refused(Reason::OauthAuthorizationUnknown, "The project has no authorization with this id."),
        Some(other) if !Kind::of(other).is_app() => {
            refused(Reason::OauthAuthorizationNotApp, "OAuth 2.0 takes the key of an app authorization only.")
        }
        Some(_) => Ok(()),
    }
}

fn check_callbacks(strict: bool, oauth: &Oauth) -> Result<(), Refused> {
    let refused = |reason, sentence: &str, data_center: &str| {
        Err(Refused::new(reason, sentence).of(&format!("callbacks.{data_center}")))
    };
    for (data_center, callback) in &oauth.callbacks {
        formats::data_center("callbacks", data_center)?;
        if callback.len() > LONGEST_CALLBACK || check_redirect_uri(callback, false).is_err() {
            let sentence = "A callback URL is https, or http on loopback, without a fragment, and at most 2048 bytes.";
            return refused(Reason::CallbackInvalid, sentence, data_center);
        }
        if strict && oauth.callbacks.iter().any(|(other, url)| other < data_center && url == callback) {
            let sentence = "Each data center has a callback URL of its own: the code works in the user's only.";
            return refused(Reason::CallbackRepeated, sentence, data_center);
        }
    }
    if oauth.enabled && oauth.callbacks.is_empty() {
        let sentence = "Login authorization needs a callback URL for one data center at least.";
        return Err(Refused::new(Reason::OauthCallbackMissing, sentence).of("callbacks"));
    }
    Ok(())
}
