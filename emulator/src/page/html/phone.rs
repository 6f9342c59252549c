use maud::html;
use tuya_auth::DataCenter;

use super::{Frame, credentials, error, hidden, host_of, login::heading};
use crate::{
    http::{Answer, Request},
    page::{account::Mistake, client::Client, language::Language},
};

/// The phone's page, before a decision.
pub(in crate::page) struct Phone<'a> {
    pub(in crate::page) data_center: DataCenter,
    pub(in crate::page) client: &'a Client,
    pub(in crate::page) token: &'a str,
    pub(in crate::page) form_token: &'a str,
}

impl Phone<'_> {
    /// Logs in to the app.
    pub(in crate::page) fn log_in(
        &self,
        request: &Request<'_>,
        status: u16,
        wrong: Option<(&str, &Mistake)>,
    ) -> Answer {
        let texts = Language::of(request).texts();
        let main = html! {
            (heading(texts, &self.client.app, self.data_center))
            p { ((texts.phone_log_in)(&self.client.app)) }
            @if let Some((_, mistake)) = wrong {
                (error(&(texts.mistake)(mistake)))
            }
            form method="post" action="scan" {
                (hidden("token", self.token))
                (hidden("form_token", self.form_token))
                (hidden("action", "log_in"))
                (credentials(texts, wrong))
                button.primary type="submit" { (texts.log_in) }
            }
        };
        self.framed(request, texts.log_in, status, &main)
    }

    /// Asks whether this account is to be logged in on the other screen.
    pub(in crate::page) fn decision(&self, request: &Request<'_>, account: &str, callback: &str) -> Answer {
        let texts = Language::of(request).texts();
        let main = html! {
            h1 { (texts.phone_question) }
            dl {
                dt { (texts.project) } dd { (self.client.project) }
                dt { (texts.app) } dd { (self.client.app) }
                dt { (texts.account) } dd { (account) }
                dt { (texts.data_center) } dd { ((texts.place)(self.data_center)) }
                dt { (texts.leads_to) } dd { (host_of(callback)) }
            }
            p { (texts.phone_warning) }
            form method="post" action="scan" {
                (hidden("token", self.token))
                (hidden("form_token", self.form_token))
                button.primary type="submit" name="action" value="confirm" { (texts.phone_confirm) }
                button type="submit" name="action" value="cancel" { (texts.phone_cancel) }
                button.plain type="submit" name="action" value="log_out" { (texts.phone_log_out) }
            }
        };
        self.framed(request, texts.phone_title, 200, &main)
    }

    fn framed(&self, request: &Request<'_>, title: &str, status: u16, main: &maud::Markup) -> Answer {
        let address = format!("scan?token={}", self.token);
        Frame { address: Some(&address), ..Frame::new(request, title) }.page(status, main)
    }
}

/// The phone's page, after the decision.
pub(in crate::page) fn done(request: &Request<'_>, confirmed: bool) -> Answer {
    let texts = Language::of(request).texts();
    let (title, next) = if confirmed {
        (texts.phone_confirmed, texts.phone_confirmed_next)
    } else {
        (texts.phone_cancelled, texts.phone_cancelled_next)
    };
    let main = html! {
        h1 tabindex="-1" autofocus { (title) }
        p { (next) }
    };
    Frame::new(request, title).page(200, &main)
}
