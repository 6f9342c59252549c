//! The login page.

use tuya_auth::{DataCenter, encoding::encode_component};

use super::{Stop, client, html, see_other, transaction};
use crate::{
    http::Parameters,
    random::fingerprint,
    route::Reply,
    state::{Account, Login, Who},
    turn::Turn,
};

/// The longest state that comes back unchanged, in bytes.
const LONGEST_STATE: usize = 512;
/// How many wrong passwords end a login.
const MOST_FAILURES: u32 = 5;

/// `GET /{data center}/d/login?client_id&redirect_uri&state`: begins a login.
pub(super) fn open(turn: &mut Turn<'_>, data_center: DataCenter) -> Result<Reply, Stop> {
    let query = Parameters::parse(turn.request.query())
        .ok_or_else(|| Stop::new(400, "query_malformed", "The link's parameters are repeated or cannot be decoded."))?;
    let required = |name: &str| {
        query.get(name).ok_or_else(|| Stop::new(400, "parameter_missing", format!("The link has no {name}.")))
    };
    let (client_id, redirect_uri) = (required("client_id")?, required("redirect_uri")?);
    let client = client::check(turn, data_center, client_id, redirect_uri)?;
    if query.get("response_type").is_some_and(|kind| kind != "code") {
        return Err(Stop::new(400, "response_type_invalid", "The only response_type is code."));
    }
    let state = if turn.strict { Some(required("state")?) } else { query.get("state") };
    if state.is_some_and(|state| state.len() > LONGEST_STATE) {
        return Err(Stop::new(400, "state_too_long", format!("state is longer than {LONGEST_STATE} bytes.")));
    }

    let (secret, set_cookie) = transaction::browser(turn, data_center);
    let login = Login {
        data_center: data_center.code().to_owned(),
        client_id: client_id.to_owned(),
        redirect_uri: redirect_uri.to_owned(),
        state: state.map(str::to_owned),
        browser: fingerprint(&secret),
        form_token: turn.random.id(),
        expires_at: turn.now.saturating_add(transaction::LIFETIME),
        failures: 0,
        who: None,
    };
    let id = transaction::begin(turn, &login)?;
    let form = html::LoginForm { data_center, app: &client.app, id: &id, form_token: &login.form_token };
    let mut reply = Reply::new(form.page(200, "", None), "ok");
    if let Some(set_cookie) = set_cookie {
        reply.answer = reply.answer.with("set-cookie", set_cookie);
    }
    Ok(Reply { client_id: Some(login.client_id), ..reply })
}

/// `POST /{data center}/d/login`: checks name and password. The login goes on under a new id.
pub(super) fn submit(turn: &mut Turn<'_>, data_center: DataCenter) -> Result<Reply, Stop> {
    let transaction::Submitted { id, mut login, fields } = transaction::submitted(turn, data_center)?;
    if login.who.is_some() {
        return Err(Stop::new(400, "login_over", "This login is past its password. Open the page again."));
    }
    let client = client::check(turn, data_center, &login.client_id, &login.redirect_uri)?;
    let name = fields.get("account").unwrap_or_default();
    let password = fields.get("password").unwrap_or_default();

    let (status, verdict, sentence) = match home_of(turn, data_center, name, password)? {
        Some((home, account)) if home == data_center => {
            turn.work.remove::<Login>(&[&id]);
            login.who = Some(Who { name: name.to_owned(), uid: account.uid });
            login.form_token = turn.random.id();
            let id = transaction::begin(turn, &login)?;
            return Ok(see_other(format!("/{}/d/consent?login={}", data_center.code(), encode_component(&id))));
        }
        Some((home, _)) => (403, "account_of_another_data_center", html::elsewhere(home, data_center)),
        None => (401, "password_wrong", "Account or password is wrong.".to_owned()),
    };
    login.failures += 1;
    if login.failures >= MOST_FAILURES {
        turn.work.remove::<Login>(&[&id]);
        return Err(Stop::new(429, "too_many_passwords", "Too many tries. Go back to the app and start again."));
    }
    turn.work.put(&[&id], &login)?;
    let form = html::LoginForm { data_center, app: &client.app, id: &id, form_token: &login.form_token };
    Ok(Reply::new(form.page(status, name, Some(&sentence)), verdict))
}

/// The account with that name and password, and the data center it lives in: this one first, then the others.
fn home_of(
    turn: &Turn<'_>,
    here: DataCenter,
    name: &str,
    password: &str,
) -> Result<Option<(DataCenter, Account)>, Stop> {
    let password = fingerprint(password);
    for data_center in [here].into_iter().chain(DataCenter::ALL) {
        let account: Option<Account> = turn.work.get(&[data_center.code(), name])?;
        if let Some(account) = account.filter(|account| fingerprint(&account.password) == password) {
            return Ok(Some((data_center, account)));
        }
    }
    Ok(None)
}
