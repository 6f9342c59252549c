//! A code on the login page that a phone scans: it works for one login and one phone, once and for a short time.

use tuya_auth::DataCenter;

use super::Stop;
use crate::{
    http::Request,
    state::{Broken, Login, Scan, ScanStage, Who},
    turn::Turn,
};

/// How long a code waits to be scanned, and a phone that scanned it may take, in ms each.
const LIFETIME: u64 = 180_000;

/// How far a scan is, as the first page tells it.
pub(super) enum Progress {
    Waiting,
    Scanned,
    Confirmed(Who),
    Cancelled,
    Expired,
}

impl Progress {
    /// Its name in the status and in the page.
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Scanned => "scanned",
            Self::Confirmed(_) => "confirmed",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
        }
    }
}

/// Stores a scan for this login, in the place of the one that it has, and gives its token. Scans that are over are
/// forgotten on the way.
pub(super) fn begin(
    turn: &mut Turn<'_>,
    data_center: DataCenter,
    id: &str,
    login: &mut Login,
) -> Result<String, Broken> {
    turn.work.forget_over::<Scan>(turn.now)?;
    if let Some(token) = &login.scan {
        turn.work.remove::<Scan>(&[token]);
    }
    let token = turn.random.id();
    let scan = Scan {
        data_center: data_center.code().to_owned(),
        login: id.to_owned(),
        phone: None,
        form_token: turn.random.id(),
        failures: 0,
        stage: ScanStage::Waiting,
        expires_at: expiry(turn),
    };
    turn.work.put(&[&token], &scan)?;
    login.scan = Some(token.clone());
    turn.work.put(&[id], login)?;
    Ok(token)
}

/// How far the scan of a login is.
pub(super) fn progress(turn: &Turn<'_>, login: &Login) -> Result<Progress, Broken> {
    let Some(token) = &login.scan else { return Ok(Progress::Expired) };
    let scan: Option<Scan> = turn.work.get(&[token])?;
    Ok(match scan.filter(|scan| scan.expires_at > turn.now).map(|scan| scan.stage) {
        None => Progress::Expired,
        Some(ScanStage::Waiting) => Progress::Waiting,
        Some(ScanStage::Scanned) => Progress::Scanned,
        Some(ScanStage::Cancelled) => Progress::Cancelled,
        Some(ScanStage::Confirmed(who)) => Progress::Confirmed(who),
    })
}

/// The scan of that token that a phone may still answer, and the login that shows it.
pub(super) fn open(turn: &Turn<'_>, data_center: DataCenter, token: &str) -> Result<(Scan, Login), Stop> {
    let scan: Scan = turn
        .work
        .get(&[token])?
        .filter(|scan: &Scan| scan.expires_at > turn.now && scan.data_center == data_center.code())
        .filter(|scan| matches!(scan.stage, ScanStage::Waiting | ScanStage::Scanned))
        .ok_or(Stop::ScanOver)?;
    let login: Login =
        turn.work.get(&[&scan.login])?.filter(|login: &Login| login.expires_at > turn.now).ok_or(Stop::ScanOver)?;
    Ok((scan, login))
}

/// When a scan is over that begins or is scanned now, unless its login is over before.
pub(super) fn expiry(turn: &Turn<'_>) -> u64 {
    turn.now.saturating_add(LIFETIME)
}

/// The address that the code holds. The request's `Host` is one of the cloud's own names.
pub(super) fn link(request: &Request<'_>, data_center: DataCenter, token: &str) -> String {
    format!("{}/{}/d/scan?token={token}", request.origin(), data_center.code())
}
