//! All that the pages say. A language is a value of [`Texts`], so that none can lack a sentence.

mod chinese;
mod english;

pub(super) use chinese::CHINESE;
pub(super) use english::ENGLISH;

use tuya_auth::DataCenter;

use super::{account::Mistake, scan::Progress, stop::Stop};

/// The sentences of one language. What is a function takes what the sentence names; nothing in them is HTML.
pub(super) struct Texts {
    /// The language's tag (RFC 5646), for the document.
    pub(super) tag: &'static str,
    /// What the pages call this cloud, in their titles.
    pub(super) cloud: &'static str,
    pub(super) footer: &'static str,
    /// What the choice of a language is called.
    pub(super) language: &'static str,
    /// A data center with its code.
    pub(super) place: fn(DataCenter) -> String,

    pub(super) log_in: &'static str,
    /// Takes the app.
    pub(super) log_in_to: fn(&str) -> String,
    /// What the choice between password and QR code is called.
    pub(super) ways: &'static str,
    pub(super) by_password: &'static str,
    pub(super) by_qr: &'static str,
    pub(super) account: &'static str,
    pub(super) password: &'static str,
    pub(super) mistake: fn(&Mistake) -> String,

    /// What the image of the code is called.
    pub(super) qr_image: &'static str,
    pub(super) qr_steps: &'static str,
    pub(super) qr_link: &'static str,
    pub(super) progress: fn(&Progress) -> &'static str,
    pub(super) go_on: &'static str,
    pub(super) fresh_code: &'static str,

    /// Before the login on the phone; takes the app.
    pub(super) phone_log_in: fn(&str) -> String,
    pub(super) phone_title: &'static str,
    pub(super) phone_question: &'static str,
    pub(super) phone_warning: &'static str,
    pub(super) phone_confirm: &'static str,
    pub(super) phone_cancel: &'static str,
    pub(super) phone_log_out: &'static str,
    pub(super) phone_confirmed: &'static str,
    pub(super) phone_confirmed_next: &'static str,
    pub(super) phone_cancelled: &'static str,
    pub(super) phone_cancelled_next: &'static str,

    pub(super) consent_title: &'static str,
    /// Takes the project.
    pub(super) allow: fn(&str) -> String,
    /// Before the list of permissions.
    pub(super) would_be_able: &'static str,
    pub(super) reads_devices: &'static str,
    pub(super) controls_devices: &'static str,
    pub(super) user_package: &'static str,
    pub(super) user_package_missing: &'static str,
    pub(super) confirm: &'static str,
    pub(super) refuse: &'static str,
    pub(super) password_stays: &'static str,
    pub(super) app: &'static str,
    pub(super) project: &'static str,
    pub(super) data_center: &'static str,
    /// Where confirming and refusing lead.
    pub(super) leads_to: &'static str,

    pub(super) stopped: &'static str,
    pub(super) stop: fn(Stop) -> String,
}
