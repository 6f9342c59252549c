//! The phone's page: what opens when a code is scanned. It stands in for the app, so it remembers who is logged in.

use tuya_auth::DataCenter;

use super::{
    Stop, account, account::Mistake, client, client::Client, html, scan, secret_cookie, see_other, transaction,
};
use crate::{
    http::Parameters,
    random::fingerprint,
    route::Reply,
    state::{Broken, Login, Phone, Scan, ScanStage, Who},
    turn::Turn,
};

/// The cookie that a phone is known by.
const COOKIE: &str = "tuya_phone";
/// How long a phone stays logged in, in seconds: 30 days.
const LIFE: u64 = 2_592_000;

/// A scan in the hands of its phone.
struct Held {
    token: String,
    scan: Scan,
    login: Login,
    client: Client,
    /// The SHA-256 of the phone's cookie.
    phone: String,
}

/// `GET /{data center}/d/scan?token=…`: the scan becomes this phone's. Shows what asks, or the login before it.
pub(super) fn open(turn: &mut Turn<'_>, data_center: DataCenter) -> Result<Reply, Stop> {
    let query = Parameters::parse(turn.request.query()).ok_or(Stop::QueryMalformed)?;
    let token = query.get("token").ok_or(Stop::ParameterMissing("token"))?.to_owned();
    let (mut scan, login) = scan::open(turn, data_center, &token)?;
    let client = client::of(turn, data_center, &login)?;
    let known = turn.request.secret_cookie(COOKIE).map(str::to_owned);
    let secret = known.clone().unwrap_or_else(|| turn.random.id());
    let phone = fingerprint(&secret);
    match &scan.phone {
        Some(first) if *first != phone => return Err(Stop::ScanOfAnotherPhone),
        Some(_) => {}
        None => {
            scan =
                Scan { phone: Some(phone.clone()), stage: ScanStage::Scanned, expires_at: scan::expiry(turn), ..scan };
            turn.work.put(&[&token], &scan)?;
        }
    }
    let held = Held { token, scan, login, client, phone };
    let mut reply = page(turn, data_center, &held, None)?;
    if known.is_none() {
        let set_cookie = secret_cookie(COOKIE, &secret, data_center, Some(LIFE));
        reply.answer = reply.answer.with("set-cookie", set_cookie);
    }
    Ok(reply)
}

/// `POST /{data center}/d/scan`: logs in or out on the phone, confirms or cancels.
pub(super) fn submit(turn: &mut Turn<'_>, data_center: DataCenter) -> Result<Reply, Stop> {
    let fields = turn.request.form().ok_or(Stop::FormMalformed)?;
    let held = held(turn, data_center, &fields)?;
    match fields.get("action") {
        Some("log_in") => log_in(turn, data_center, held, &fields),
        Some("log_out") => {
            turn.work.remove::<Phone>(&[&held.phone]);
            Ok(again(data_center, held))
        }
        Some("confirm") => {
            let who = who(turn, &held)?.ok_or(Stop::LoginMissing)?;
            decide(turn, held, ScanStage::Confirmed(who))
        }
        Some("cancel") => decide(turn, held, ScanStage::Cancelled),
        _ => Err(Stop::FormMalformed),
    }
}

/// The scan that a form is about: its phone must be this one, and its token the one of the page.
fn held(turn: &Turn<'_>, data_center: DataCenter, fields: &Parameters) -> Result<Held, Stop> {
    let token = fields.get("token").ok_or(Stop::FormMalformed)?.to_owned();
    let (scan, login) = scan::open(turn, data_center, &token)?;
    let phone = fingerprint(turn.request.secret_cookie(COOKIE).unwrap_or_default());
    if scan.phone.as_ref() != Some(&phone) {
        return Err(Stop::ScanOfAnotherPhone);
    }
    transaction::check_form_token(fields, &scan.form_token)?;
    let client = client::of(turn, data_center, &login)?;
    Ok(Held { token, scan, login, client, phone })
}

/// Checks name and password. A phone that logs in gets a new cookie.
fn log_in(turn: &mut Turn<'_>, data_center: DataCenter, mut held: Held, fields: &Parameters) -> Result<Reply, Stop> {
    match account::check(turn, data_center, &held.client, fields)? {
        Ok(who) => {
            turn.work.forget_over::<Phone>(turn.now)?;
            turn.work.remove::<Phone>(&[&held.phone]);
            let secret = turn.random.id();
            let phone = Phone {
                data_center: data_center.code().to_owned(),
                account: who.name,
                password: fingerprint(fields.get("password").unwrap_or_default()),
                expires_at: turn.now.saturating_add(LIFE * 1000),
            };
            turn.work.put(&[&fingerprint(&secret)], &phone)?;
            held.scan.phone = Some(fingerprint(&secret));
            held.scan.form_token = turn.random.id();
            turn.work.put(&[&held.token], &held.scan)?;
            let mut reply = again(data_center, held);
            let set_cookie = secret_cookie(COOKIE, &secret, data_center, Some(LIFE));
            reply.answer = reply.answer.with("set-cookie", set_cookie);
            Ok(reply)
        }
        Err(mistake) => {
            held.scan.failures += 1;
            if held.scan.failures >= account::MOST_FAILURES {
                turn.work.remove::<Scan>(&[&held.token]);
                return Err(Stop::TooManyPasswords);
            }
            turn.work.put(&[&held.token], &held.scan)?;
            let typed = fields.get("account").unwrap_or_default();
            page(turn, data_center, &held, Some((typed, &mistake)))
        }
    }
}

/// Writes down what the phone decided: the first page reads it.
fn decide(turn: &mut Turn<'_>, held: Held, stage: ScanStage) -> Result<Reply, Stop> {
    let confirmed = matches!(stage, ScanStage::Confirmed(_));
    turn.work.put(&[&held.token], &Scan { stage, ..held.scan })?;
    Ok(Reply::new(html::phone_done(turn.request, confirmed), "ok").by(held.login.client_id))
}

fn again(data_center: DataCenter, held: Held) -> Reply {
    see_other(format!("/{}/d/scan?token={}", data_center.code(), held.token)).by(held.login.client_id)
}

/// The account that this phone is logged in to.
fn who(turn: &Turn<'_>, held: &Held) -> Result<Option<Who>, Broken> {
    let phone: Option<Phone> = turn.work.get(&[&held.phone])?;
    match phone.filter(|phone| phone.expires_at > turn.now && phone.data_center == held.scan.data_center) {
        Some(phone) => account::remembered(turn, &phone, &held.client),
        None => Ok(None),
    }
}

fn page(turn: &Turn<'_>, data_center: DataCenter, held: &Held, wrong: Option<(&str, &Mistake)>) -> Result<Reply, Stop> {
    let who = who(turn, held)?;
    let page = html::Phone { data_center, client: &held.client, token: &held.token, form_token: &held.scan.form_token };
    let (status, verdict) = wrong.map_or((200, "ok"), |(_, mistake)| mistake.verdict());
    let answer = match who {
        Some(who) => page.decision(turn.request, &who.name, &held.login.redirect_uri),
        None => page.log_in(turn.request, status, wrong),
    };
    Ok(Reply::new(answer, verdict).by(held.login.client_id.clone()))
}
