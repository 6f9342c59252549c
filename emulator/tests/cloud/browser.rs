//! A browser as far as the authorization page needs one: it keeps cookies, and fills in forms that it was shown.

use std::collections::BTreeMap;

use tuya_auth::encoding::encode_component;
use tuya_auth_emulator::Answer;

use crate::local::{APP, Local, header};

pub const STATE: &str = "AAAAAAAAAAAAAAAAAAAAAA.us";

/// One browser: its cookies, and the header fields that it sends besides.
#[derive(Clone, Default)]
pub struct Browser {
    cookies: BTreeMap<String, String>,
    pub headers: Vec<(String, String)>,
}

impl Browser {
    /// A browser that prefers these languages.
    pub fn speaking(accept_language: &str) -> Self {
        Self { headers: vec![header("accept-language", accept_language)], ..Self::default() }
    }

    pub fn get(&mut self, local: &mut Local, target: &str) -> Answer {
        let answer = local.send("GET", target, &self.sent(&[]), b"");
        self.keep(&answer);
        answer
    }

    /// Sends the form of `page` to `target`, with these fields besides its hidden ones. A field replaces a hidden one.
    pub fn submit(&mut self, local: &mut Local, target: &str, page: &Answer, fields: &[(&str, &str)]) -> Answer {
        let hidden = ["login", "token", "form_token"].map(|name| (name, hidden(page, name)));
        let hidden = hidden.iter().filter_map(|(name, value)| Some((*name, value.as_deref()?)));
        let hidden = hidden.filter(|(name, _)| !fields.iter().any(|(own, _)| own == name));
        let form: Vec<String> = hidden
            .chain(fields.iter().copied())
            .map(|(name, value)| format!("{name}={}", encode_component(value)))
            .collect();
        let headers = self.sent(&[header("content-type", "application/x-www-form-urlencoded")]);
        let answer = local.send("POST", target, &headers, form.join("&").as_bytes());
        self.keep(&answer);
        answer
    }

    /// The same as a form does, and then where it leads.
    pub fn submit_and_follow(
        &mut self,
        local: &mut Local,
        target: &str,
        page: &Answer,
        fields: &[(&str, &str)],
    ) -> Answer {
        let sent = self.submit(local, target, page, fields);
        assert_eq!(sent.status, 303, "{}", sent.body);
        self.get(local, &header_of(&sent, "location").unwrap())
    }

    fn sent(&self, more: &[(String, String)]) -> Vec<(String, String)> {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let cookies = (!cookies.is_empty()).then(|| header("cookie", &cookies.join("; ")));
        self.headers.iter().chain(more).cloned().chain(cookies).collect()
    }

    fn keep(&mut self, answer: &Answer) {
        for (_, line) in answer.headers.iter().filter(|(name, _)| name == "set-cookie") {
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }

    /// Opens the login page of a data center with its own callback.
    pub fn open(&mut self, local: &mut Local, data_center: &str) -> Answer {
        let page = self.get(local, &login_target(data_center, APP.0, &callback(data_center), STATE));
        assert_eq!(page.status, 200, "{}", page.body);
        page
    }

    /// Logs in, and gives the consent page's target and the page itself.
    pub fn log_in(&mut self, local: &mut Local, data_center: &str, who: (&str, &str)) -> (String, Answer) {
        let page = self.open(local, data_center);
        let target = format!("/{data_center}/d/login");
        let sent = self.submit(local, &target, &page, &[("account", who.0), ("password", who.1)]);
        assert_eq!(sent.status, 303, "{}", sent.body);
        let consent = header_of(&sent, "location").unwrap();
        let page = self.get(local, &consent);
        assert_eq!(page.status, 200, "{}", page.body);
        (consent, page)
    }

    /// Logs in and decides; gives where the browser is sent.
    pub fn decide(&mut self, local: &mut Local, data_center: &str, who: (&str, &str), decision: &str) -> String {
        let (_, page) = self.log_in(local, data_center, who);
        let sent = self.submit(local, &format!("/{data_center}/d/consent"), &page, &[("decision", decision)]);
        assert_eq!(sent.status, 303, "{}", sent.body);
        header_of(&sent, "location").unwrap()
    }
}

pub const ANN: (&str, &str) = ("ann@example.com", "ann-demo-password");
pub const BO: (&str, &str) = ("bo@example.com", "bo-demo-password");

/// A code for the app's client, from a whole login in a new browser.
pub fn code_for(local: &mut Local, data_center: &str, who: (&str, &str)) -> String {
    let location = Browser::default().decide(local, data_center, who, "confirm");
    let query = location.split_once("?code=").unwrap().1;
    query.split('&').next().unwrap().to_owned()
}

pub fn callback(data_center: &str) -> String {
    format!("http://localhost:8788/auth/callback/{data_center}")
}

pub fn login_target(data_center: &str, client_id: &str, redirect_uri: &str, state: &str) -> String {
    let redirect_uri = encode_component(redirect_uri);
    format!("/{data_center}/d/login?client_id={client_id}&redirect_uri={redirect_uri}&state={state}")
}

pub fn header_of(answer: &Answer, name: &str) -> Option<String> {
    answer.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.clone())
}

/// The value of the page's first field of that name.
fn hidden(page: &Answer, name: &str) -> Option<String> {
    let (_, rest) = page.body.split_once(&format!("name=\"{name}\" value=\""))?;
    rest.split('"').next().map(str::to_owned)
}
