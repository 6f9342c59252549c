//! "Devices → Link App Account → Configure OAuth 2.0 Authorization" of a project.

use std::collections::BTreeMap;

use maud::{Markup, html};
use tuya_auth::{DataCenter, credentials::AuthorizationKind, encoding::encode_component};

use super::{
    devices_tab::{self, Section},
    form::{Field, Form, Problem},
    parts,
    session::Visit,
    stop::Stop,
};
use crate::{
    console::{authorizations, oauth, projects},
    http::{Answer, Parameters},
    state::{Authorization, Oauth, Project},
    turn::Turn,
};

const ENABLED: Field<'_> = Field {
    name: "enabled",
    label: "Enable login authorization",
    hint: "Off, the authorization page stops, and nobody new can be linked. Tokens that are out stay good.",
    required: false,
};

const AUTHORIZATION: Field<'_> = Field {
    name: "authorizationId",
    label: "App authorization",
    hint: "Its client ID opens the authorization page, and its users log in to this app. The keys of other kinds are \
           not taken.",
    required: false,
};

/// All callback URLs together.
const CALLBACKS: Field<'_> = Field { name: "callbacks", label: "Callback URLs", hint: "", required: false };

/// The configuration as the project has it, with the addresses that follow from it.
pub(super) fn summary(turn: &Turn<'_>, project: &Project) -> Result<Markup, Stop> {
    let candidates = candidates(turn, &project.id)?;
    let chosen = candidates.iter().find(|each| project.oauth.authorization_id.as_ref() == Some(&each.id));
    let configure = format!("{}/devices/oauth", parts::project_path(&project.id));
    Ok(html! {
        section.card {
            div.head {
                h2 { "OAuth 2.0 Authorization" }
                (parts::on_off(project.oauth.enabled))
            }
            p { "Users open the authorization page, log in to the app and consent. The page then sends a code to your \
                callback URL, and your server exchanges it for a token of that user." }
            @if let Some(chosen) = chosen {
                dl {
                    dt { "App" }
                    dd { (app_name(chosen)) }
                    dt { "Client ID" }
                    dd { (parts::copyable("oauth-client-id", "client ID", &chosen.client_id)) }
                }
            }
            a.button.primary href=(configure) { "Configure OAuth 2.0 Authorization" }
        }
        @if let Some(chosen) = chosen.filter(|_| project.oauth.enabled) { (addresses(turn, project, chosen)) }
    })
}

/// The authorization page's address of each data center that has a callback URL.
fn addresses(turn: &Turn<'_>, project: &Project, chosen: &Authorization) -> Markup {
    let configured = DataCenter::ALL.into_iter().filter_map(|data_center| {
        let callback = project.oauth.callbacks.get(data_center.code())?;
        Some((data_center, callback, address(turn, data_center, chosen, callback)))
    });
    html! {
        section.card {
            h2 { "Authorization page" }
            p { "Send users here, to the data center that their account lives in. Put a value of your own, random and \
                fresh for each login, in place of YOUR_STATE, and check that it comes back." }
            ul.list.stacked {
                @for (data_center, callback, address) in configured {
                    @let id = format!("address-{}", data_center.code());
                    li {
                        div.head {
                            h3 { (parts::place(data_center)) }
                            (parts::copy_button(&id, &format!("address of {}", data_center.name())))
                        }
                        code.address id=(id) { (address) }
                        p.fine { "Sends the code to " (callback) }
                    }
                }
            }
        }
    }
}

fn address(turn: &Turn<'_>, data_center: DataCenter, chosen: &Authorization, callback: &str) -> String {
    format!(
        "{}/{}/d/login?client_id={}&redirect_uri={}&state=YOUR_STATE",
        turn.request.origin(),
        data_center.code(),
        encode_component(&chosen.client_id),
        encode_component(callback)
    )
}

/// `GET /console/projects/{id}/devices/oauth`
pub(super) fn show(turn: &Turn<'_>, visit: &Visit, project: &str) -> Result<Answer, Stop> {
    let project = projects::find(&turn.work, project)?;
    let names = DataCenter::ALL.map(callback_name);
    let mut stored = vec![
        (ENABLED.name, if project.oauth.enabled { "on" } else { "" }),
        (AUTHORIZATION.name, project.oauth.authorization_id.as_deref().unwrap_or_default()),
    ];
    for (name, data_center) in names.iter().zip(DataCenter::ALL) {
        let callback = project.oauth.callbacks.get(data_center.code());
        stored.push((name, callback.map_or("", String::as_str)));
    }
    page(turn, &project, &Form::stored(visit, stored))
}

/// `POST /console/projects/{id}/devices/oauth`
pub(super) fn save(turn: &mut Turn<'_>, visit: &Visit, project: &str, fields: &Parameters) -> Result<Answer, Stop> {
    let callbacks: BTreeMap<String, String> = DataCenter::ALL
        .into_iter()
        .filter_map(|each| Some((each.code().to_owned(), fields.get(&callback_name(each))?.to_owned())))
        .collect();
    let configuration = Oauth {
        enabled: fields.get(ENABLED.name).is_some(),
        authorization_id: fields.get(AUTHORIZATION.name).map(str::to_owned),
        callbacks,
    };
    match oauth::configure(turn, project, configuration) {
        Ok(_) => Ok(Answer::see_other(format!("{}/devices?done=saved", parts::project_path(project)))),
        Err(refused) => {
            let problem = Problem::of(refused)?;
            let project = projects::find(&turn.work, project)?;
            page(turn, &project, &Form::refused(visit, fields, &problem))
        }
    }
}

fn page(turn: &Turn<'_>, project: &Project, form: &Form<'_>) -> Result<Answer, Stop> {
    let candidates = candidates(turn, &project.id)?;
    let base = parts::project_path(&project.id);
    let none = (String::new(), "None".to_owned());
    let options: Vec<(String, String)> = [none]
        .into_iter()
        .chain(candidates.iter().map(|each| (each.id.clone(), format!("{} · {}", app_name(each), each.client_id))))
        .collect();
    let rest = html! {
        h2 { "Configure OAuth 2.0 Authorization" }
        @if candidates.is_empty() {
            p { "The project has no app authorization yet. "
                a href={ (base) "/authorization/app/new" } { "Add one" } " first." }
        }
        form.card method="post" action={ (base) "/devices/oauth" } {
            (form.start())
            (form.check(ENABLED))
            (form.choice(AUTHORIZATION, &options))
            fieldset {
                legend id="field-callbacks" tabindex="-1" { (CALLBACKS.label) }
                (form.wrong(CALLBACKS))
                p.hint { "One per data center, each with its own processing: a code works only in the data center of \
                    the user. https, or http on this machine. Users of a data center without one cannot be linked." }
                @for data_center in DataCenter::ALL {
                    (form.url(Field {
                        name: &callback_name(data_center),
                        label: &parts::place(data_center),
                        hint: "",
                        required: false,
                    }))
                }
            }
            div.actions {
                button.primary type="submit" { "OK" }
                a href={ (base) "/devices" } { "Cancel" }
            }
        }
    };
    Ok(devices_tab::page(project, Section::LinkAppAccount, Some(form), form.visit, &rest))
}

/// The authorizations that can be chosen: those of apps.
fn candidates(turn: &Turn<'_>, project: &str) -> Result<Vec<Authorization>, Stop> {
    let mut authorizations = authorizations::list(&turn.work, project)?;
    authorizations.retain(|authorization| authorization.kind == AuthorizationKind::App.name());
    Ok(authorizations)
}

fn callback_name(data_center: DataCenter) -> String {
    format!("callbacks.{}", data_center.code())
}

fn app_name(authorization: &Authorization) -> &str {
    authorization.application_name.as_deref().unwrap_or(&authorization.name)
}
