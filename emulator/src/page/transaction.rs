//! A login under way: one browser's, by cookie, and each of its pages is answered once.

use tuya_auth::DataCenter;

use super::{Stop, secret_cookie, see_other};
use crate::{
    http::Parameters,
    random::fingerprint,
    route::Reply,
    state::{Broken, Login, Scan, Who},
    turn::Turn,
};

/// The cookie that ties a login to the browser that began it.
const COOKIE: &str = "tuya_login";
/// How long a login may take, in ms.
pub(super) const LIFETIME: u64 = 600_000;

/// The browser's own secret, and the `set-cookie` that gives it one if it has none.
pub(super) fn browser(turn: &mut Turn<'_>, data_center: DataCenter) -> (String, Option<String>) {
    if let Some(secret) = turn.request.secret_cookie(COOKIE) {
        return (secret.to_owned(), None);
    }
    let secret = turn.random.id();
    let set_cookie = secret_cookie(COOKIE, &secret, data_center, None);
    (secret, Some(set_cookie))
}

/// Stores a login under a new id and gives that id. Logins that are over are forgotten on the way.
pub(super) fn begin(turn: &mut Turn<'_>, login: &Login) -> Result<String, Broken> {
    turn.work.forget_over::<Login>(turn.now)?;
    let id = turn.random.id();
    turn.work.put(&[&id], login)?;
    Ok(id)
}

/// The login with that id, if it is this browser's, of this data center and still open.
pub(super) fn find(turn: &Turn<'_>, data_center: DataCenter, id: &str) -> Result<Login, Stop> {
    let login: Login = turn
        .work
        .get(&[id])?
        .filter(|login: &Login| login.expires_at > turn.now && login.data_center == data_center.code())
        .ok_or(Stop::LoginOver)?;
    let own = turn.request.secret_cookie(COOKIE).is_some_and(|secret| fingerprint(secret) == login.browser);
    if own { Ok(login) } else { Err(Stop::LoginOfAnotherBrowser) }
}

/// The id that the query names, and its login, which nobody has logged in to yet.
pub(super) fn named(turn: &Turn<'_>, data_center: DataCenter) -> Result<(String, Login), Stop> {
    let query = Parameters::parse(turn.request.query()).ok_or(Stop::QueryMalformed)?;
    let id = query.get("login").unwrap_or_default();
    Ok((id.to_owned(), unpassed(find(turn, data_center, id)?)?))
}

/// The login, if nobody has logged in to it yet.
pub(super) fn unpassed(login: Login) -> Result<Login, Stop> {
    if login.who.is_some() { Err(Stop::LoginPassed) } else { Ok(login) }
}

/// Lets a login pass as this account's. It goes on under a new id, at the consent page.
pub(super) fn pass(
    turn: &mut Turn<'_>,
    data_center: DataCenter,
    id: &str,
    login: Login,
    who: Who,
) -> Result<Reply, Stop> {
    turn.work.remove::<Login>(&[id]);
    if let Some(token) = &login.scan {
        turn.work.remove::<Scan>(&[token]);
    }
    let client_id = login.client_id.clone();
    let login = Login { who: Some(who), scan: None, form_token: turn.random.id(), ..login };
    let id = begin(turn, &login)?;
    Ok(see_other(format!("/{}/d/consent?login={id}", data_center.code())).by(client_id))
}

/// A form that was sent to go on with a login.
pub(super) struct Submitted {
    pub(super) id: String,
    pub(super) login: Login,
    pub(super) fields: Parameters,
}

/// Reads a form: its login must be this browser's, and its token the one of the page that was shown last.
pub(super) fn submitted(turn: &Turn<'_>, data_center: DataCenter) -> Result<Submitted, Stop> {
    let fields = turn.request.form().ok_or(Stop::FormMalformed)?;
    let id = fields.get("login").ok_or(Stop::FormMalformed)?.to_owned();
    let login = find(turn, data_center, &id)?;
    check_form_token(&fields, &login.form_token)?;
    Ok(Submitted { id, login, fields })
}

/// Checks that a form was made by the page.
pub(super) fn check_form_token(fields: &Parameters, expected: &str) -> Result<(), Stop> {
    let token = fields.get("form_token").unwrap_or_default();
    if fingerprint(token) == fingerprint(expected) { Ok(()) } else { Err(Stop::FormTokenInvalid) }
}
