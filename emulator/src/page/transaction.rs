//! A login under way: one browser's, by cookie, and each of its pages is answered once.

use tuya_auth::DataCenter;

use super::Stop;
use crate::{
    http::{Parameters, Request},
    random::{fingerprint, is_id},
    state::{Broken, Login},
    turn::Turn,
};

/// The cookie that ties a login to the browser that began it.
const COOKIE: &str = "tuya_login";
/// How long a login may take, in ms.
pub(super) const LIFETIME: u64 = 600_000;

/// The browser's own secret, and the `set-cookie` that gives it one if it has none.
pub(super) fn browser(turn: &mut Turn<'_>, data_center: DataCenter) -> (String, Option<String>) {
    if let Some(secret) = cookie(turn.request) {
        return (secret.to_owned(), None);
    }
    let secret = turn.random.id();
    let set_cookie = format!("{COOKIE}={secret}; Path=/{}/d; HttpOnly; SameSite=Lax", data_center.code());
    (secret, Some(set_cookie))
}

/// Stores a login under a new id and gives that id. Logins that are over are forgotten on the way.
pub(super) fn begin(turn: &mut Turn<'_>, login: &Login) -> Result<String, Broken> {
    for (key, other) in turn.work.list::<Login>(&[])? {
        if other.expires_at <= turn.now {
            turn.work.remove_key(key);
        }
    }
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
        .ok_or_else(|| Stop::new(400, "login_over", "This login is over. Go back to the app and start again."))?;
    let own = cookie(turn.request).is_some_and(|secret| fingerprint(secret) == login.browser);
    if !own {
        return Err(Stop::new(
            403,
            "login_of_another_browser",
            "This login was not begun in this browser, or its cookies are blocked. Go back to the app and start again.",
        ));
    }
    Ok(login)
}

/// A form that was sent to go on with a login.
pub(super) struct Submitted {
    pub(super) id: String,
    pub(super) login: Login,
    pub(super) fields: Parameters,
}

/// Reads a form: its login must be this browser's, and its token the one of the page that was shown last.
pub(super) fn submitted(turn: &Turn<'_>, data_center: DataCenter) -> Result<Submitted, Stop> {
    let malformed = || Stop::new(400, "form_malformed", "The form cannot be read.");
    let fields = turn.request.form().ok_or_else(malformed)?;
    let id = fields.get("login").ok_or_else(malformed)?.to_owned();
    let login = find(turn, data_center, &id)?;
    let token = fields.get("form_token").unwrap_or_default();
    if fingerprint(token) != fingerprint(&login.form_token) {
        return Err(Stop::new(403, "form_token_invalid", "This form was not made by the page. Open the page again."));
    }
    Ok(Submitted { id, login, fields })
}

/// The browser's secret, if its cookie has the form of one.
fn cookie<'a>(request: &Request<'a>) -> Option<&'a str> {
    request.cookie(COOKIE).filter(|secret| is_id(secret))
}
