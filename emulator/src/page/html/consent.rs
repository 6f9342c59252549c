use maud::html;
use tuya_auth::DataCenter;

use super::{Frame, hidden, host_of};
use crate::{
    http::{Answer, Request},
    page::{client::Client, language::Language},
};

/// The consent page.
pub(in crate::page) struct Consent<'a> {
    pub(in crate::page) data_center: DataCenter,
    pub(in crate::page) client: &'a Client,
    pub(in crate::page) account: &'a str,
    pub(in crate::page) callback: &'a str,
    pub(in crate::page) id: &'a str,
    pub(in crate::page) form_token: &'a str,
}

impl Consent<'_> {
    pub(in crate::page) fn page(&self, request: &Request<'_>) -> Answer {
        let texts = Language::of(request).texts();
        let main = html! {
            h1 { ((texts.allow)(&self.client.project)) }
            dl {
                dt { (texts.project) } dd { (self.client.project) }
                dt { (texts.app) } dd { (self.client.app) }
                dt { (texts.account) } dd { (self.account) }
                dt { (texts.data_center) } dd { ((texts.place)(self.data_center)) }
                dt { (texts.leads_to) } dd { (host_of(self.callback)) }
            }
            h2 { (texts.would_be_able) }
            ul {
                li { (texts.reads_devices) }
                li { (texts.controls_devices) }
            }
            p.fine { (texts.user_package) }
            @if !self.client.reads_users {
                p.note { (texts.user_package_missing) }
            }
            p.fine { (texts.password_stays) }
            form method="post" action="consent" {
                (hidden("login", self.id))
                (hidden("form_token", self.form_token))
                button.primary type="submit" name="decision" value="confirm" { (texts.confirm) }
                button type="submit" name="decision" value="refuse" { (texts.refuse) }
            }
        };
        let address = format!("consent?login={}", self.id);
        Frame { address: Some(&address), ..Frame::new(request, texts.consent_title) }.page(200, &main)
    }
}
