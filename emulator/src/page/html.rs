//! The pages' HTML. Everything from outside is escaped by the template.

use maud::{DOCTYPE, Markup, html};
use tuya_auth::DataCenter;

use crate::http::Answer;

/// What the login page shows.
pub(super) struct LoginForm<'a> {
    pub(super) data_center: DataCenter,
    pub(super) app: &'a str,
    pub(super) id: &'a str,
    pub(super) form_token: &'a str,
}

impl LoginForm<'_> {
    /// The page; `account` is what was typed before, `error` why it did not work.
    pub(super) fn page(&self, status: u16, account: &str, error: Option<&str>) -> Answer {
        let main = html! {
            h1 { "Log in to " (self.app) }
            p.place { (place(self.data_center)) }
            @if let Some(error) = error {
                p.error id="error" role="alert" { (error) }
            }
            form method="post" action="login" {
                (hidden(self.id, self.form_token))
                label for="account" { "Account" }
                input id="account" name="account" type="text" inputmode="email" autocomplete="username"
                    autocapitalize="none" spellcheck="false" required autofocus value=(account)
                    aria-describedby=[error.map(|_| "error")];
                label for="password" { "Password" }
                input id="password" name="password" type="password" autocomplete="current-password" required
                    aria-describedby=[error.map(|_| "error")];
                button.primary type="submit" { "Log in" }
            }
        };
        page(status, "Log in", &main)
    }
}

/// What the consent page shows.
pub(super) struct ConsentForm<'a> {
    pub(super) data_center: DataCenter,
    pub(super) app: &'a str,
    pub(super) project: &'a str,
    pub(super) account: &'a str,
    pub(super) callback: &'a str,
    pub(super) id: &'a str,
    pub(super) form_token: &'a str,
}

impl ConsentForm<'_> {
    /// The page.
    pub(super) fn page(&self) -> Answer {
        let main = html! {
            h1 { "Allow " (self.project) "?" }
            p.place { (place(self.data_center)) }
            p { strong { (self.project) } " asks for access to the account " strong { (self.account) } " of "
                (self.app) ". It would be able to" }
            ul {
                li { "see your devices, their names and what they report" }
                li { "control your devices" }
            }
            p.fine { "Your password stays here. You go on to " (self.callback) }
            form method="post" action="consent" {
                (hidden(self.id, self.form_token))
                button.primary type="submit" name="decision" value="confirm" { "Confirm authorization" }
                button type="submit" name="decision" value="refuse" { "Refuse" }
            }
        };
        page(200, "Allow access?", &main)
    }
}

/// The page that says why it goes no further.
pub(super) fn stopped(status: u16, sentence: &str) -> Answer {
    let main = html! {
        h1 { "This does not work" }
        p.error role="alert" { (sentence) }
    };
    page(status, "This does not work", &main)
}

/// The sentence for an account that lives elsewhere.
pub(super) fn elsewhere(home: DataCenter, here: DataCenter) -> String {
    format!(
        "This account belongs to the data center {}, and this page is the one of {}. Go back and choose {}.",
        place(home),
        place(here),
        home.name()
    )
}

fn place(data_center: DataCenter) -> String {
    format!("{} ({})", data_center.name(), data_center.code())
}

fn hidden(id: &str, form_token: &str) -> Markup {
    html! {
        input type="hidden" name="login" value=(id);
        input type="hidden" name="form_token" value=(form_token);
    }
}

fn page(status: u16, title: &str, main: &Markup) -> Answer {
    let document = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · local Tuya cloud" }
                link rel="stylesheet" href="/style.css";
            }
            body {
                main { (main) }
                footer { "A local emulator, not the Tuya cloud." }
            }
        }
    };
    Answer::new(status, "text/html; charset=utf-8", document.into_string())
}
