//! What goes wrong on purpose: rules of `/control/fail`, each for the next requests that match it.

use tuya_auth::DataCenter;

use crate::{
    http::Answer,
    openapi,
    route::Reply,
    state::{Broken, Fault, FaultyBody, number_key},
    turn::Turn,
};

/// The longest that an answer can be kept back, in ms.
const LONGEST_DELAY: u32 = 600_000;

/// What `/control/fail` takes, in a sentence.
pub(crate) const EXPECTED: &str = "Send {method?, path?, dataCenter?, code?, status?, delayMs?, body?, times?} with one of code, \
status (400 to 599), delayMs (at most ten minutes) and body (cut or corrupt) at least, and times of 1 or more.";

/// Whether a rule does anything, within bounds.
pub(crate) fn is_usable(rule: &Fault) -> bool {
    let does_something = rule.code.is_some() || rule.status.is_some() || rule.delay_ms.is_some() || rule.body.is_some();
    does_something
        && rule.times > 0
        && rule.data_center.as_deref().is_none_or(|code| DataCenter::from_code(code).is_some())
        && rule.status.is_none_or(|status| (400..600).contains(&status))
        && rule.delay_ms.is_none_or(|delay| delay <= LONGEST_DELAY)
}

/// Adds a rule. The first that matches counts.
pub(crate) fn add(turn: &mut Turn<'_>, rule: &Fault) -> Result<(), Broken> {
    let key = number_key(turn.work.next_number::<Fault>());
    turn.work.put(&[&key], rule)
}

/// The rule that this turn's request meets.
pub(crate) fn find(turn: &Turn<'_>) -> Option<Found> {
    let (data_center, _) = turn.request.path().strip_prefix('/')?.split_once('/')?;
    DataCenter::from_code(data_center)?;
    let path = turn.request.path().get(data_center.len() + 1..)?;
    let matches = |rule: &Fault| {
        rule.method.as_ref().is_none_or(|method| method == turn.request.method)
            && rule.data_center.as_ref().is_none_or(|code| code == data_center)
            && rule.path.as_ref().is_none_or(|start| path.starts_with(start.as_str()))
    };
    let rules = turn.work.list::<Fault>(&[]).ok()?;
    rules.into_iter().find(|(_, rule)| matches(rule)).map(|(key, rule)| Found { key, rule })
}

/// A rule that a request met.
pub(crate) struct Found {
    key: String,
    rule: Fault,
}

impl Found {
    /// The reply that the rule gives instead of the cloud's own, if it has one.
    pub(crate) fn instead(&self, turn: &mut Turn<'_>) -> Option<Reply> {
        match (self.rule.status, self.rule.code) {
            (status, Some(code)) => Some(openapi::fail(turn, status.unwrap_or(200), code)),
            (Some(status), None) => {
                let answer = Answer::text(status, "An emulated failure.");
                Some(Reply::new(answer, "unavailable").about(Some("rule".to_owned())))
            }
            (None, None) => None,
        }
    }

    /// Does to the answer what the rule says, and counts the request.
    pub(crate) fn spend(self, turn: &mut Turn<'_>, answer: &mut Answer) {
        let Self { key, rule } = self;
        answer.delay_ms = rule.delay_ms.unwrap_or_default();
        match rule.body {
            Some(FaultyBody::Cut) => answer.cut = true,
            Some(FaultyBody::Corrupt) => answer.body = first_half(&answer.body),
            None => {}
        }
        let times = rule.times.saturating_sub(1);
        let kept = times > 0 && turn.work.put_key(key.clone(), &Fault { times, ..rule }).is_ok();
        if !kept {
            turn.work.remove_key(key);
        }
    }
}

fn first_half(body: &str) -> String {
    body.chars().take(body.chars().count() / 2).collect()
}
