//! What was asked of the cloud: one record per request, without secrets.

use crate::{
    mask::{self, capped},
    route::Reply,
    state::{Broken, RequestRecord, number_key},
    turn::Turn,
};

/// How many requests are remembered.
const CAPACITY: usize = 5000;
/// How many are forgotten at once. To forget one with each request would be a second row to write each time.
const BATCH: u64 = 32;
/// The longest method, target, client ID and detail that are remembered, in characters.
const LONGEST: usize = 512;

/// Adds the record of this turn's request. A journal that cannot be written does not stop the cloud.
pub(crate) fn record(turn: &mut Turn<'_>, reply: &mut Reply) {
    let number = turn.work.next_number::<RequestRecord>();
    let record = RequestRecord {
        method: capped(turn.request.method, LONGEST),
        target: capped(&mask::target(turn.request.target), LONGEST),
        client_id: reply.client_id.as_deref().map(|id| capped(id, LONGEST)),
        status: reply.answer.status,
        code: reply.code,
        verdict: reply.verdict.to_owned(),
        detail: reply.detail.as_deref().map(|detail| capped(detail, LONGEST)),
        diagnosis: reply.diagnosis.take(),
        at: turn.now,
    };
    if turn.work.put(&[&number_key(number)], &record).is_ok()
        && number.is_multiple_of(BATCH)
        && let Some(oldest) = number.checked_sub(CAPACITY as u64)
    {
        for old in oldest.saturating_sub(BATCH - 1)..=oldest {
            turn.work.remove::<RequestRecord>(&[&number_key(old)]);
        }
    }
}

/// The requests that are remembered, oldest first.
pub(crate) fn last(turn: &Turn<'_>) -> Result<Vec<RequestRecord>, Broken> {
    let records = turn.work.list::<RequestRecord>(&[])?;
    let over = records.len().saturating_sub(CAPACITY);
    Ok(records.into_iter().skip(over).map(|(_, record)| record).collect())
}
