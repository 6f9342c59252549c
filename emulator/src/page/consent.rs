//! The consent page, and the way back to the callback.

use tuya_auth::{DataCenter, encoding::encode_component};

use super::{Stop, client, html, see_other, transaction};
use crate::{
    http::Parameters,
    route::Reply,
    state::{Code, Login, Who},
    turn::Turn,
};

/// How long a code can be exchanged, in ms.
const CODE_LIFETIME: u64 = 300_000;

/// `GET /{data center}/d/consent?login=…`: shows what is asked.
pub(super) fn show(turn: &mut Turn<'_>, data_center: DataCenter) -> Result<Reply, Stop> {
    let query = Parameters::parse(turn.request.query());
    let id = query.as_ref().and_then(|query| query.get("login")).unwrap_or_default();
    let login = transaction::find(turn, data_center, id)?;
    let who = who(&login)?;
    let form = html::Consent {
        data_center,
        client: &client::of(turn, data_center, &login)?,
        account: &who.name,
        callback: &login.redirect_uri,
        id,
        form_token: &login.form_token,
    };
    Ok(Reply::new(form.page(turn.request), "ok").by(login.client_id))
}

/// `POST /{data center}/d/consent`: ends the login, and sends the browser to the callback with a code or with
/// `access_denied` (RFC 6749 sections 4.1.2 and 4.1.2.1).
pub(super) fn decide(turn: &mut Turn<'_>, data_center: DataCenter) -> Result<Reply, Stop> {
    let transaction::Submitted { id, login, fields } = transaction::submitted(turn, data_center)?;
    let who = who(&login)?;
    let confirmed = match fields.get("decision") {
        Some("confirm") => true,
        Some("refuse") => false,
        _ => return Err(Stop::FormMalformed),
    };
    client::of(turn, data_center, &login)?;
    turn.work.remove::<Login>(&[&id]);
    let mut answer = if confirmed {
        let code = new_code(turn, data_center, &login, &who)?;
        vec![("code", code)]
    } else {
        vec![("error", "access_denied".to_owned())]
    };
    answer.extend(login.state.map(|state| ("state", state)));
    let location = with_query(login.redirect_uri, &answer);
    Ok(see_other(location).by(login.client_id))
}

fn who(login: &Login) -> Result<Who, Stop> {
    login.who.clone().ok_or(Stop::LoginMissing)
}

/// Stores a code and gives it. Codes that are over are forgotten on the way.
fn new_code(turn: &mut Turn<'_>, data_center: DataCenter, login: &Login, who: &Who) -> Result<String, Stop> {
    turn.work.forget_over::<Code>(turn.now)?;
    let code = turn.random.id();
    let grant = Code {
        client_id: login.client_id.clone(),
        uid: who.uid.clone(),
        expires_at: turn.now.saturating_add(CODE_LIFETIME),
    };
    turn.work.put(&[data_center.code(), &code], &grant)?;
    Ok(code)
}

/// Adds parameters to a URL that has no fragment and may have a query, which is kept (RFC 6749 section 3.1.2).
fn with_query(mut url: String, parameters: &[(&str, String)]) -> String {
    for (name, value) in parameters {
        url.push(if url.contains('?') { '&' } else { '?' });
        url.push_str(name);
        url.push('=');
        url.push_str(&encode_component(value));
    }
    url
}
