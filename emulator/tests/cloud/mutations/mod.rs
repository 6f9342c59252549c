//! Requests that were valid before something happened to them: 10,000 of them, the same in every run.

mod checks;
mod mutate;
mod request;
mod starts;

use std::collections::{BTreeMap, BTreeSet};

use fastrand::Rng;
use tuya_auth_emulator::{Cloud, Row};

use crate::browser::{STATE, callback, login_target};
use crate::local::{APP, header};
use checks::check;
use mutate::{MARKER, filled, mutated};
use request::Sendable;
use starts::{Start, starts};

/// How many requests are changed and asked.
const REQUESTS: usize = 10_000;
/// How many forms and JSON bodies are filled in with markup, and stored where they are taken.
const APPLIED: usize = 1_000;

#[test]
fn no_mutated_request_breaks_the_cloud_or_gets_into_a_page() {
    let starts = starts();
    let kinds: Vec<&Start> = starts.values().collect();
    let mut rng = Rng::with_seed(0x7475_7961);
    let mut statuses = BTreeMap::new();
    for at in 0..REQUESTS {
        let Start { cloud, request } = kinds[at % kinds.len()];
        let changed = mutated(&mut rng, request);
        let (answer, rows) = changed.ask(cloud, at as u64);
        *statuses.entry(answer.status).or_insert(0) += 1;
        check(cloud, &answer).unwrap_or_else(|wrong| panic!("{wrong}\nrequest {at}: {changed:?}"));
        assert!(rows.iter().all(|row| row.key.len() < 1 << 16), "request {at}: {changed:?}");
    }
    // The changes reach into the cloud: some are taken, and others refused in more than one way.
    assert!(statuses.len() >= 8 && statuses[&200] > 1000, "{statuses:?}");
}

#[test]
fn nothing_that_is_stored_gets_into_a_page() {
    let starts = starts();
    let writing: Vec<&Start> = starts.values().filter(|start| !start.request.body.is_empty()).collect();
    let mut rng = Rng::with_seed(0x7374_6f72);
    let mut stored = 0;
    for at in 0..APPLIED {
        let Start { cloud, request } = writing[at % writing.len()];
        let mut cloud = cloud.clone();
        let changed = filled(&mut rng, request);
        let (answer, rows) = changed.ask(&cloud, at as u64);
        check(&cloud, &answer).unwrap_or_else(|wrong| panic!("{wrong}\nrequest {at}: {changed:?}"));
        cloud.apply(&rows);
        let marked = |row: &Row| row.key.contains(MARKER) || row.value.as_deref().unwrap_or_default().contains(MARKER);
        if rows.iter().filter(|row| !row.key.starts_with("request/")).any(marked) {
            stored += 1;
            look_at_every_page(&cloud, request.now, at);
        }
    }
    assert!(stored > APPLIED / 10, "only {stored} clouds stored a marker");
}

/// Follows every link of the console, and opens the authorization page.
fn look_at_every_page(cloud: &Cloud, now: u64, at: usize) {
    let mut targets = vec!["/console".to_owned(), login_target("us", APP.0, &callback("us"), STATE)];
    let mut seen = BTreeSet::new();
    while let Some(target) = targets.pop() {
        if seen.len() >= 40 || !seen.insert(target.clone()) {
            continue;
        }
        let headers = vec![header("host", "localhost:8787")];
        let request = Sendable { method: "GET".to_owned(), target, headers, body: Vec::new(), now };
        let (answer, _) = request.ask(cloud, u64::MAX);
        check(cloud, &answer).unwrap_or_else(|wrong| panic!("{wrong}\nafter request {at}: {}", request.target));
        let links = answer.body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        targets.extend(links.filter(|link| link.starts_with("/console")).map(|link| link.replace("&amp;", "&")));
    }
}

#[test]
fn the_requests_are_of_every_kind() {
    let kinds = starts();
    let has = |start: &str| kinds.keys().filter(|kind| kind.starts_with(start)).count();
    for (start, least) in [
        ("GET /us/v1.", 15),
        ("POST /us/v1.", 2),
        ("GET /us/d/", 4),
        ("POST /us/d/", 4),
        ("GET /console/api/", 8),
        ("POST /console/api/", 5),
        ("PATCH /console/api/", 4),
        ("PUT /console/api/", 1),
        ("DELETE /console/api/", 3),
        ("GET /console/", 15),
        ("POST /console/", 18),
        ("POST /control/", 5),
        ("DELETE /control/", 2),
    ] {
        assert!(has(start) >= least, "{} of {start}: {:#?}", has(start), kinds.keys().collect::<Vec<_>>());
    }
}
