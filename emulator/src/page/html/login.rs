use maud::{Markup, html};
use tuya_auth::DataCenter;

use super::{Frame, credentials, error, hidden};
use crate::{
    http::{Answer, Request},
    page::{account::Mistake, language::Language, texts::Texts},
};

/// The login page, by password.
pub(in crate::page) struct Login<'a> {
    pub(in crate::page) data_center: DataCenter,
    pub(in crate::page) app: &'a str,
    pub(in crate::page) id: &'a str,
    pub(in crate::page) form_token: &'a str,
    /// The account that was typed before, and why it did not work.
    pub(in crate::page) wrong: Option<(&'a str, &'a Mistake)>,
}

impl Login<'_> {
    pub(in crate::page) fn page(&self, request: &Request<'_>, status: u16) -> Answer {
        let texts = Language::of(request).texts();
        let main = html! {
            (heading(texts, self.app, self.data_center))
            (ways(texts, self.id, Way::Password))
            @if let Some((_, mistake)) = self.wrong {
                (error(&(texts.mistake)(mistake)))
            }
            form method="post" action="login" {
                (hidden("login", self.id))
                (hidden("form_token", self.form_token))
                (credentials(texts, self.wrong))
                button.primary type="submit" { (texts.log_in) }
            }
        };
        let address = address(Way::Password, self.id);
        Frame { address: Some(&address), ..Frame::new(request, texts.log_in) }.page(status, &main)
    }
}

/// How somebody logs in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Password,
    Qr,
}

/// Where a login goes on in that way.
pub(super) fn address(way: Way, id: &str) -> String {
    let page = match way {
        Way::Password => "login",
        Way::Qr => "qr",
    };
    format!("{page}?login={id}")
}

pub(super) fn heading(texts: &Texts, app: &str, data_center: DataCenter) -> Markup {
    html! {
        h1 { ((texts.log_in_to)(app)) }
        p.place { ((texts.place)(data_center)) }
    }
}

/// The choice between password and QR code.
pub(super) fn ways(texts: &Texts, id: &str, current: Way) -> Markup {
    html! {
        nav.ways aria-label=(texts.ways) {
            @for (way, name) in [(Way::Password, texts.by_password), (Way::Qr, texts.by_qr)] {
                a href=(address(way, id)) aria-current=[(way == current).then_some("page")] { (name) }
            }
        }
    }
}
