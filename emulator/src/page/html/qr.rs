use maud::html;
use tuya_auth::DataCenter;

use super::{
    Frame, hidden,
    login::{Way, address, heading, ways},
    svg,
};
use crate::{
    http::{Answer, Request},
    page::{language::Language, scan::Progress},
};

/// The login page, by a QR code. Style and script take from `data-state` what is shown.
pub(in crate::page) struct Qr<'a> {
    pub(in crate::page) data_center: DataCenter,
    pub(in crate::page) app: &'a str,
    pub(in crate::page) id: &'a str,
    pub(in crate::page) form_token: &'a str,
    /// The address that the code holds.
    pub(in crate::page) link: &'a str,
    pub(in crate::page) progress: &'a Progress,
}

impl Qr<'_> {
    pub(in crate::page) fn page(&self, request: &Request<'_>) -> Answer {
        let texts = Language::of(request).texts();
        let form = |id: &str, action: &str, class: &str, name: &str| {
            html! {
                form id=(id) method="post" action="qr" {
                    (hidden("login", self.id))
                    (hidden("form_token", self.form_token))
                    (hidden("action", action))
                    button class=(class) type="submit" { (name) }
                }
            }
        };
        let main = html! {
            (heading(texts, self.app, self.data_center))
            (ways(texts, self.id, Way::Qr))
            div.scan id="scan" data-state=(self.progress.name()) data-status={ "status?login=" (self.id) } {
                p.steps { (texts.qr_steps) }
                @if let Some(code) = svg::qr(self.link, texts.qr_image) {
                    (code)
                }
                p.progress id="progress" role="status" { ((texts.progress)(self.progress)) }
                p.fine.link { a href=(self.link) target="_blank" rel="noopener noreferrer" { (texts.qr_link) } }
                (form("go-on", "continue", "", texts.go_on))
                (form("renew", "renew", "primary", texts.fresh_code))
            }
        };
        let address = address(Way::Qr, self.id);
        Frame { address: Some(&address), script: Some("/qr.js"), ..Frame::new(request, texts.by_qr) }.page(200, &main)
    }
}
