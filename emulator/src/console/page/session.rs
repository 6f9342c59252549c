//! Which browser asks, by cookie: its forms carry a value that only pages made for it know, and where the cloud has a
//! token, it must have shown it.

use serde::{Deserialize, Serialize};

use super::stop::Stop;
use crate::{
    http::{Parameters, Request},
    random::fingerprint,
    state::{Broken, Expiring, Record},
    turn::Turn,
};

/// The cookie that holds the browser's secret.
const COOKIE: &str = "tuya_console";
/// How long a shown token counts, in ms (12 hours).
const LIFETIME: u64 = 43_200_000;

/// A browser that has shown the cloud's token. Key: the SHA-256 of its secret.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Session {
    /// The SHA-256 of the secret and the token, so that another token ends the session.
    proof: String,
    expires_at: u64,
}

impl Record for Session {
    const TABLE: &'static str = "console_session";
}

impl Expiring for Session {
    fn expires_at(&self) -> u64 {
        self.expires_at
    }
}

/// A browser that asks for a page.
pub(super) struct Visit {
    secret: String,
    /// Whether the secret is new, so that the answer must set the cookie.
    is_new: bool,
    /// Whether the cloud has a token, so that there is something to log out of.
    pub(super) has_token: bool,
    /// Whether the browser may see the pages.
    pub(super) is_admitted: bool,
    /// The query of the page's address.
    pub(super) query: Option<Parameters>,
}

impl Visit {
    /// The visit of this request.
    pub(super) fn of(turn: &mut Turn<'_>) -> Result<Self, Broken> {
        let (secret, is_new) = match turn.request.secret_cookie(COOKIE) {
            Some(secret) => (secret.to_owned(), false),
            None => (turn.random.id(), true),
        };
        let is_admitted = match &turn.access.token {
            None => true,
            Some(token) => turn
                .work
                .get::<Session>(&[&fingerprint(&secret)])?
                .is_some_and(|session| session.expires_at > turn.now && session.proof == proof(&secret, token)),
        };
        let query = Parameters::parse(turn.request.query());
        Ok(Self { secret, is_new, has_token: turn.access.token.is_some(), is_admitted, query })
    }

    /// What each form of this browser's pages must carry.
    pub(super) fn form_token(&self) -> String {
        fingerprint(&format!("form/{}", self.secret))
    }

    /// Reads a form that one of this browser's pages sent.
    pub(super) fn form(&self, request: &Request<'_>) -> Result<Parameters, Stop> {
        let malformed = || Stop::new(400, "form_malformed", "The form cannot be read.");
        let fields = request.form().ok_or_else(malformed)?;
        let shown = fields.get("form_token").unwrap_or_default();
        if self.is_new || fingerprint(shown) != fingerprint(&self.form_token()) {
            return Err(Stop::new(
                403,
                "form_token_invalid",
                "This form was not made for this browser, or its cookies are blocked. Open the page again.",
            ));
        }
        Ok(fields)
    }

    /// Lets the browser in, if it shows the cloud's token. It gets a new secret, so that whoever knew the old one is
    /// not let in with it. Sessions that are over are forgotten on the way.
    pub(super) fn log_in(&mut self, turn: &mut Turn<'_>, shown: &str) -> Result<bool, Broken> {
        let Some(token) = turn.access.token.as_ref().filter(|_| turn.access.admits(Some(shown))) else {
            return Ok(false);
        };
        turn.work.forget_over::<Session>(turn.now)?;
        self.renew(turn);
        let session = Session { proof: proof(&self.secret, token), expires_at: turn.now.saturating_add(LIFETIME) };
        turn.work.put(&[&fingerprint(&self.secret)], &session)?;
        Ok(true)
    }

    /// Ends the browser's session.
    pub(super) fn log_out(&mut self, turn: &mut Turn<'_>) {
        turn.work.remove::<Session>(&[&fingerprint(&self.secret)]);
        self.renew(turn);
    }

    /// The `set-cookie` that the answer needs, if any.
    pub(super) fn set_cookie(&self) -> Option<String> {
        self.is_new.then(|| format!("{COOKIE}={}; Path=/console; HttpOnly; SameSite=Strict", self.secret))
    }

    fn renew(&mut self, turn: &mut Turn<'_>) {
        self.secret = turn.random.id();
        self.is_new = true;
    }
}

/// Whether a link of another site led here, so that the browser kept its cookie back.
pub(super) fn comes_from_elsewhere(request: &Request<'_>) -> bool {
    request.secret_cookie(COOKIE).is_none()
        && matches!(request.header("sec-fetch-site"), Some("cross-site" | "same-site"))
}

fn proof(secret: &str, token: &str) -> String {
    fingerprint(&format!("{secret}/{token}"))
}
