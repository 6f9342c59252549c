//! The latest requests that the cloud was asked, with the reasons of those it refused.

use maud::{Markup, html};

use super::{
    frame::{Area, Page},
    session::Visit,
    stop::Stop,
};
use crate::{http::Answer, state::RequestRecord, turn::Turn};

/// How many requests are shown.
const SHOWN: usize = 100;

/// `GET /console/requests`
pub(super) fn show(turn: &Turn<'_>, visit: &Visit) -> Result<Answer, Stop> {
    let records = turn.work.list::<RequestRecord>(&[])?;
    let main = html! {
        div.head {
            h1 { "Requests" }
            a.button href="/console/requests" { "Refresh" }
        }
        p.lead { "What the cloud was asked last, the newest first: OpenAPI and the authorization page. Tokens, codes \
            and states are masked. A request that was refused says why." }
        div.check hidden {
            input type="checkbox" id="follow" checked;
            label for="follow" { "Follow: look for new requests every two seconds" }
        }
        @if records.is_empty() { p id="none" { "Nothing was asked yet." } }
        ol.requests id="live" {
            @for (key, record) in records.iter().rev().take(SHOWN) { (item(key, record)) }
        }
    };
    Ok(Page { status: 200, area: Area::Requests, title: "Requests", main }.answer(visit))
}

fn item(key: &str, record: &RequestRecord) -> Markup {
    let is_ok = record.verdict == "ok";
    let number = key.rsplit('/').next().unwrap_or_default();
    html! {
        li.request id={ "request-" (number) } {
            div.head {
                code.target { (record.method) " " (record.target) }
                span.badge.good[is_ok].bad[!is_ok] { (record.verdict) }
            }
            p.fine {
                (time_of_day(record.at)) " · HTTP " (record.status)
                @if let Some(code) = record.code { " · code " (code) }
                @if let Some(client_id) = &record.client_id { " · client ID " code { (client_id) } }
                @if let Some(detail) = &record.detail { " · about " code { (detail) } }
            }
            (diagnosis(record))
        }
    }
}

/// The mistakes behind a wrong sign.
fn diagnosis(record: &RequestRecord) -> Markup {
    let Some(diagnosis) = &record.diagnosis else { return html! {} };
    html! {
        @if diagnosis.matches.is_empty() {
            p.why { "No known mistake gives this sign. Compare what was signed with what this cloud signs." }
        }
        @for found in &diagnosis.matches {
            div.why {
                p { strong { "Why: " } (found.description) }
                p { strong { "Fix: " } (found.fix) }
                p.fine { @for (at, mistake) in found.mistakes.iter().enumerate() {
                    @if at > 0 { ", " }
                    code { (mistake) }
                } }
            }
        }
        details {
            summary { "What this cloud signs" }
            h3 { "String to sign" }
            pre { (diagnosis.string_to_sign) }
            h3 { "The whole string" }
            pre { (diagnosis.str) }
        }
    }
}

/// The time of day of a moment in ms since the epoch, in UTC.
fn time_of_day(at: u64) -> String {
    let seconds = at / 1000 % 86_400;
    format!("{:02}:{:02}:{:02}.{:03} UTC", seconds / 3600, seconds / 60 % 60, seconds % 60, at % 1000)
}
