//! What stands around every page: head, navigation, footer, and the header fields that guard it.

use maud::{DOCTYPE, Markup, html};

use super::{session::Visit, stop::Stop};
use crate::http::Answer;

/// The parts of the console, as the navigation names them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Area {
    Projects,
    Accounts,
    Devices,
    Requests,
    /// None of them.
    Elsewhere,
}

const AREAS: [(Area, &str, &str); 4] = [
    (Area::Projects, "/console", "Projects"),
    (Area::Accounts, "/console/accounts", "Accounts"),
    (Area::Devices, "/console/devices", "All devices"),
    (Area::Requests, "/console/requests", "Requests"),
];

/// A page: its place, its title, and what it shows.
pub(super) struct Page<'a> {
    pub(super) status: u16,
    pub(super) area: Area,
    pub(super) title: &'a str,
    pub(super) main: Markup,
}

impl Page<'_> {
    /// The whole document.
    pub(super) fn answer(&self, visit: &Visit) -> Answer {
        let document = html! {
            (DOCTYPE)
            html lang="en" {
                (head(self.title))
                body {
                    a.skip href="#main" { "Skip to the content" }
                    header.top {
                        a.brand href="/console" { "Local Tuya cloud" }
                        @if visit.is_admitted { (navigation(self.area)) }
                        @if visit.is_admitted && visit.has_token {
                            form.leave method="post" action="/console/logout" {
                                (form_token(visit))
                                button.quiet type="submit" { "Log out" }
                            }
                        }
                    }
                    main id="main" tabindex="-1" {
                        @if let Some(notice) = notice(visit) { p.notice role="status" { (notice) } }
                        (self.main)
                    }
                    footer { "A local emulator, not the Tuya Developer Platform. Its keys open nothing else." }
                }
            }
        };
        Answer::new(self.status, "text/html; charset=utf-8", document.into_string())
    }
}

/// The page that says why it goes no further.
pub(super) fn stopped(visit: &Visit, stop: &Stop) -> Answer {
    let main = html! {
        h1 { "This does not work" }
        p.error role="alert" { (stop.sentence) }
        p.fine { "Reason: " code { (stop.reason) } }
        p { a href="/console" { "To My Cloud Projects" } }
    };
    Page { status: stop.status, area: Area::Elsewhere, title: "This does not work", main }.answer(visit)
}

/// A page that goes to its own address once more. A browser that was led here by another site keeps the cookie back,
/// but sends it when the cloud's own page goes on.
pub(super) fn again(target: &str) -> Answer {
    let document = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="refresh" content="0";
                title { "Local Tuya cloud" }
            }
            body { main { h1 { "Local Tuya cloud" } p { a href=(target) { "Open the console" } } } }
        }
    };
    Answer::new(200, "text/html; charset=utf-8", document.into_string())
}

/// The field that shows that a form was made for this browser.
pub(super) fn form_token(visit: &Visit) -> Markup {
    html! { input type="hidden" name="form_token" value=(visit.form_token()); }
}

/// Nothing inline runs, nothing foreign is loaded, nobody frames the pages, and no address leaks from them. The referrer
/// policy is not `no-referrer`, under which browsers send the pages' own forms with `Origin: null`.
pub(super) fn guarded(answer: Answer) -> Answer {
    answer
        .with(
            "content-security-policy",
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; \
             base-uri 'none'; frame-ancestors 'none'",
        )
        .with("x-frame-options", "DENY")
        .with("referrer-policy", "same-origin")
        .with("cross-origin-resource-policy", "same-origin")
        .with("cross-origin-opener-policy", "same-origin")
}

fn head(title: &str) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            title { (title) " · Local Tuya cloud" }
            link rel="stylesheet" href="/console/style.css";
            script src="/console/script.js" defer {}
        }
    }
}

fn navigation(here: Area) -> Markup {
    html! {
        nav.areas aria-label="Console" {
            ul {
                @for (area, address, name) in AREAS {
                    li { a href=(address) aria-current=[(area == here).then_some("true")] { (name) } }
                }
            }
        }
    }
}

/// What the form before this page did, by the address it led to.
fn notice(visit: &Visit) -> Option<&'static str> {
    match visit.query.as_ref()?.get("done")? {
        "created" => Some("Created."),
        "saved" => Some("Saved."),
        "added" => Some("Added."),
        "removed" => Some("Removed."),
        "deleted" => Some("Deleted."),
        _ => None,
    }
}
