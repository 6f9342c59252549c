//! The login page, by password.

use tuya_auth::DataCenter;

use super::{Stop, account, account::Mistake, client, client::Client, html, transaction};
use crate::{
    http::Parameters,
    random::fingerprint,
    route::Reply,
    state::{Login, Scan},
    turn::Turn,
};

/// The longest state that comes back unchanged, in bytes.
const LONGEST_STATE: usize = 512;

/// `GET /{data center}/d/login?client_id&redirect_uri&state` begins a login, `?login` shows it again.
pub(super) fn open(turn: &mut Turn<'_>, data_center: DataCenter) -> Result<Reply, Stop> {
    let query = Parameters::parse(turn.request.query()).ok_or(Stop::QueryMalformed)?;
    if query.get("login").is_some() {
        let (id, login) = transaction::named(turn, data_center)?;
        let client = client::of(turn, data_center, &login)?;
        return Ok(page(turn, data_center, &client, &id, &login, None));
    }
    let (login, client) = asked(turn, data_center, &query)?;
    let (secret, set_cookie) = transaction::browser(turn, data_center);
    let login = Login { browser: fingerprint(&secret), ..login };
    let id = transaction::begin(turn, &login)?;
    let mut reply = page(turn, data_center, &client, &id, &login, None);
    if let Some(set_cookie) = set_cookie {
        reply.answer = reply.answer.with("set-cookie", set_cookie);
    }
    Ok(reply)
}

/// The login that a link asks for, of no browser yet.
fn asked(turn: &mut Turn<'_>, data_center: DataCenter, query: &Parameters) -> Result<(Login, Client), Stop> {
    let required = |name| query.get(name).ok_or(Stop::ParameterMissing(name));
    let (client_id, redirect_uri) = (required("client_id")?, required("redirect_uri")?);
    let client = client::check(turn, data_center, client_id, redirect_uri)?;
    if query.get("response_type").is_some_and(|kind| kind != "code") {
        return Err(Stop::ResponseTypeInvalid);
    }
    let state = if turn.strict { Some(required("state")?) } else { query.get("state") };
    if state.is_some_and(|state| state.len() > LONGEST_STATE) {
        return Err(Stop::StateTooLong);
    }
    let login = Login {
        data_center: data_center.code().to_owned(),
        client_id: client_id.to_owned(),
        redirect_uri: redirect_uri.to_owned(),
        state: state.map(str::to_owned),
        browser: String::new(),
        form_token: turn.random.id(),
        expires_at: turn.now.saturating_add(transaction::LIFETIME),
        failures: 0,
        scan: None,
        who: None,
    };
    Ok((login, client))
}

/// `POST /{data center}/d/login`: checks name and password.
pub(super) fn submit(turn: &mut Turn<'_>, data_center: DataCenter) -> Result<Reply, Stop> {
    let transaction::Submitted { id, login, fields } = transaction::submitted(turn, data_center)?;
    let mut login = transaction::unpassed(login)?;
    let client = client::of(turn, data_center, &login)?;
    let mistake = match account::check(turn, data_center, &client, &fields)? {
        Ok(who) => return transaction::pass(turn, data_center, &id, login, who),
        Err(mistake) => mistake,
    };
    login.failures += 1;
    if login.failures >= account::MOST_FAILURES {
        turn.work.remove::<Login>(&[&id]);
        if let Some(token) = &login.scan {
            turn.work.remove::<Scan>(&[token]);
        }
        return Err(Stop::TooManyPasswords);
    }
    turn.work.put(&[&id], &login)?;
    let typed = fields.get("account").unwrap_or_default();
    Ok(page(turn, data_center, &client, &id, &login, Some((typed, &mistake))))
}

fn page(
    turn: &Turn<'_>,
    data_center: DataCenter,
    client: &Client,
    id: &str,
    login: &Login,
    wrong: Option<(&str, &Mistake)>,
) -> Reply {
    let (status, verdict) = wrong.map_or((200, "ok"), |(_, mistake)| mistake.verdict());
    let form = html::Login { data_center, app: &client.app, id, form_token: &login.form_token, wrong };
    Reply::new(form.page(turn.request, status), verdict).by(login.client_id.clone())
}
