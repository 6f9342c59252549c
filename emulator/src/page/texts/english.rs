use tuya_auth::DataCenter;

use super::Texts;
use crate::page::{account::Mistake, scan::Progress, stop::Stop};

pub(in crate::page) const ENGLISH: Texts = Texts {
    tag: "en",
    cloud: "local Tuya cloud",
    footer: "A local emulator, not the Tuya cloud.",
    language: "Language",
    place,

    log_in: "Log in",
    log_in_to: |app| format!("Log in to {app}"),
    ways: "How to log in",
    by_password: "Password",
    by_qr: "Scan QR code",
    account: "Account",
    password: "Password",
    mistake,

    qr_image: "QR code of the link below",
    qr_steps: "Scan the code with your phone and confirm there. This page then goes on by itself.",
    qr_link: "Open the phone's page by its link",
    progress: |progress| match progress {
        Progress::Waiting => "Waiting for your phone.",
        Progress::Scanned => "Scanned. Confirm on your phone.",
        Progress::Confirmed(_) => "Confirmed. Going on.",
        Progress::Cancelled => "Cancelled on the phone. Take a new code to try again.",
        Progress::Expired => "This code is too old. Take a new one.",
    },
    go_on: "Continue",
    fresh_code: "New code",

    phone_log_in: |app| format!("This page stands in for the app {app} on your phone. Log in to it once."),
    phone_title: "Confirm login",
    phone_question: "Log in on the other screen?",
    phone_warning: "Confirm only if the code is on your own screen, and you opened it just now. What the project may do \
                    is asked there next.",
    phone_confirm: "Confirm login",
    phone_cancel: "Cancel",
    phone_log_out: "Use another account",
    phone_confirmed: "Login confirmed",
    phone_confirmed_next: "Go on on the other screen. This page can be closed.",
    phone_cancelled: "Login cancelled",
    phone_cancelled_next: "Nobody was logged in. This page can be closed.",

    consent_title: "Allow access?",
    allow: |project| format!("Allow {project}?"),
    would_be_able: "If you confirm, the project can",
    reads_devices: "see your devices, their names and what they report",
    controls_devices: "control your devices",
    user_package: "This is the user permission package: your devices, and nothing else of the project's data.",
    user_package_missing: "The project does not have the user permission package. Until it has, the cloud refuses its \
                           calls (1106).",
    confirm: "Confirm authorization",
    refuse: "Refuse",
    password_stays: "Your password stays here.",
    app: "App",
    project: "Project",
    data_center: "Data center",
    leads_to: "Goes on to",

    stopped: "This does not work",
    stop,
};

fn place(data_center: DataCenter) -> String {
    format!("{} ({})", data_center.name(), data_center.code())
}

fn mistake(mistake: &Mistake) -> String {
    match mistake {
        Mistake::PasswordWrong => "Account or password is wrong.".to_owned(),
        Mistake::Elsewhere { home, here } => format!(
            "This account belongs to the data center {}, and this page is the one of {}. Go back and choose {}.",
            place(*home),
            place(*here),
            home.name()
        ),
        Mistake::OtherApp { own, asked } => {
            format!("This account was registered in {own}, and only accounts of {asked} can log in here.")
        }
    }
}

fn stop(stop: Stop) -> String {
    match stop {
        Stop::PathInvalid => "There is no such page.",
        Stop::QueryMalformed => "The link's parameters are repeated or cannot be decoded.",
        Stop::ParameterMissing(name) => return format!("The link has no {name}."),
        Stop::ResponseTypeInvalid => "The only response_type is code.",
        Stop::StateTooLong => "state is longer than 512 bytes.",
        Stop::ClientUnknown => "No authorization has this client ID.",
        Stop::ProjectUnknown => "The project of this client ID is gone.",
        Stop::ClientNotConfigured => {
            "This client ID is not the one of the project's OAuth 2.0 configuration, which takes the key of an app \
             authorization."
        }
        Stop::LoginDisabled => "The project has not enabled login authorization.",
        Stop::CallbackMissing(data_center) => {
            return format!("The project has no callback URL for {}.", place(data_center));
        }
        Stop::CallbackMismatch(data_center) => {
            return format!(
                "redirect_uri is not exactly the callback URL that the project has for {}.",
                place(data_center)
            );
        }
        Stop::FormMalformed => "The form cannot be read.",
        Stop::FormTokenInvalid => "This form was not made by the page. Open the page again.",
        Stop::LoginOver => "This login is over. Go back to the app and start again.",
        Stop::LoginPassed => "Somebody logged in here already. Go back to the app and start again.",
        Stop::LoginMissing => "Log in first.",
        Stop::LoginOfAnotherBrowser => {
            "This login was not begun in this browser, or its cookies are blocked. Go back to the app and start again."
        }
        Stop::TooManyPasswords => "Too many tries. Go back to the app and start again.",
        Stop::ScanOver => "This code was used, or it is too old. Take a new one on the other screen.",
        Stop::ScanOfAnotherPhone => {
            "This code was scanned by another phone, or this browser's cookies are blocked. Take a new one on the \
             other screen."
        }
        Stop::Unavailable => "This cloud cannot read its own state.",
    }
    .to_owned()
}
