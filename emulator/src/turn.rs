//! One request's turn: what every part of the cloud needs to answer it.

use crate::{
    guard::Access,
    http::Request,
    random::Random,
    state::{Clock, Rows, Settings, Work},
};

/// The request, the state it sees and changes, the cloud's clock and fresh random values.
pub(crate) struct Turn<'a> {
    pub(crate) request: &'a Request<'a>,
    pub(crate) work: Work<'a>,
    pub(crate) random: Random<'a>,
    /// The cloud's time, in ms since the epoch.
    pub(crate) now: u64,
    /// Whether only what documents allow passes.
    pub(crate) strict: bool,
    /// Who may reach the cloud.
    pub(crate) access: &'a Access,
}

impl<'a> Turn<'a> {
    /// A row that cannot be read counts as absent here: no request can then be answered better than strictly.
    pub(crate) fn new(rows: &'a Rows, access: &'a Access, request: &'a Request<'a>) -> Self {
        let work = Work::new(rows);
        let clock: Clock = work.get(&[]).ok().flatten().unwrap_or_default();
        let settings: Option<Settings> = work.get(&[]).ok().flatten();
        Self {
            request,
            random: Random::new(request.entropy),
            now: request.now.saturating_add(clock.ahead),
            strict: settings.is_none_or(|settings| settings.strict),
            access,
            work,
        }
    }
}
