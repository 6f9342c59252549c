//! The login page, by a QR code: it shows the code, follows what the phone does, and goes on.

use serde_json::json;
use tuya_auth::DataCenter;

use super::{Stop, client, html, language::Language, scan, scan::Progress, see_other, transaction};
use crate::{http::Answer, route::Reply, turn::Turn};

/// `GET /{data center}/d/qr?login=…`: shows the login's code; the first time it makes one.
pub(super) fn show(turn: &mut Turn<'_>, data_center: DataCenter) -> Result<Reply, Stop> {
    let (id, mut login) = transaction::named(turn, data_center)?;
    let client = client::of(turn, data_center, &login)?;
    let token = match login.scan.clone() {
        Some(token) => token,
        None => scan::begin(turn, data_center, &id, &mut login)?,
    };
    let page = html::Qr {
        data_center,
        app: &client.app,
        id: &id,
        form_token: &login.form_token,
        link: &scan::link(turn.request, data_center, &token),
        progress: &scan::progress(turn, &login)?,
    };
    Ok(Reply::new(page.page(turn.request), "ok").by(login.client_id))
}

/// `POST /{data center}/d/qr`: goes on once the phone has confirmed, or makes a fresh code.
pub(super) fn submit(turn: &mut Turn<'_>, data_center: DataCenter) -> Result<Reply, Stop> {
    let transaction::Submitted { id, login, fields } = transaction::submitted(turn, data_center)?;
    let mut login = transaction::unpassed(login)?;
    client::of(turn, data_center, &login)?;
    match fields.get("action") {
        Some("continue") => {
            if let Progress::Confirmed(who) = scan::progress(turn, &login)? {
                return transaction::pass(turn, data_center, &id, login, who);
            }
        }
        Some("renew") => {
            scan::begin(turn, data_center, &id, &mut login)?;
        }
        _ => return Err(Stop::FormMalformed),
    }
    Ok(see_other(format!("/{}/d/qr?login={id}", data_center.code())).by(login.client_id))
}

/// `GET /{data center}/d/status?login=…`: how far the scan is, for the script of the page: `{ state, text }`, or
/// `{ error }` with the verdict. The page asks again and again, so the journal leaves out what is well.
pub(super) fn status(turn: &Turn<'_>, data_center: DataCenter) -> Reply {
    let progress =
        transaction::named(turn, data_center).and_then(|(_, login)| scan::progress(turn, &login).map_err(Stop::from));
    match progress {
        Ok(progress) => {
            let text = (Language::of(turn.request).texts().progress)(&progress);
            Reply::unseen(Answer::json(200, &json!({ "state": progress.name(), "text": text })))
        }
        Err(stop) => {
            let (status, verdict) = stop.verdict();
            Reply::new(Answer::json(status, &json!({ "error": verdict })), verdict)
        }
    }
}
