//! What holds for any text that is typed into any form of the console.

use proptest::prelude::*;

use crate::visitor::{Console, Form, Page};

/// Each page with a form, and the form on it.
const FORMS: [(&str, &str); 15] = [
    ("/console/projects/new", ""),
    ("/console/projects/demo-project", ""),
    ("/console/projects/demo-project/authorization/cloud/demo-cloud/edit", ""),
    ("/console/projects/demo-project/authorization/app/demo-app/edit", ""),
    ("/console/projects/demo-project/authorization/app/new", ""),
    ("/console/projects/demo-project/authorization/app/new", "?platform=ios"),
    ("/console/projects/demo-project/authorization/wechat_mini_program/new", ""),
    ("/console/projects/demo-project/authorization/third_party/new", ""),
    ("/console/projects/demo-project/devices/oauth", ""),
    ("/console/projects/demo-project/devices/sources/product", ""),
    ("/console/projects/demo-project/devices/sources/app", ""),
    ("/console/accounts/new", ""),
    ("/console/accounts/us/ann%40example.com", ""),
    ("/console/devices/new", ""),
    ("/console/devices/us/vdevo170000000000001", ""),
];

/// The same form with texts in those of its fields that the choice names.
fn filled(form: Form, texts: &[String]) -> Form {
    let is_typed = |(name, value): &&(String, String)| {
        let is_box = value == "on";
        !is_box && !matches!(name.as_str(), "form_token" | "platform")
    };
    let names: Vec<String> = form.fields.iter().filter(is_typed).map(|(name, _)| name.clone()).collect();
    let typed = names.iter().zip(texts);
    typed.filter(|(_, text)| !text.is_empty()).fold(form, |form, (name, text)| form.with(name, text))
}

/// Whether something stands on the page that no template of the console has written.
fn is_broken(page: &Page) -> bool {
    page.body.contains("<zz") || page.body.contains("\" zz")
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[a-zA-Z0-9 .]{1,70}",
        "\\PC{0,20}",
        "\\PC{0,4}<zz a=\"'>&amp;\\PC{0,4}",
        "\\PC{0,4}\" zz='",
        "[\\x00-\\x7f]{0,20}",
    ]
}

proptest! {
    #[test]
    fn what_is_typed_is_taken_or_stays_and_never_becomes_html(
        at in 0..FORMS.len(),
        texts in prop::collection::vec(text(), 9),
    ) {
        let (path, query) = FORMS[at];
        let mut console = Console::new();
        let form = filled(console.open(&format!("{path}{query}")).form(path), &texts);
        let before = console.local.cloud.snapshot();
        let page = console.visitor.send(&mut console.local, &form);
        prop_assert!(!is_broken(&page), "{}", page.body);
        if page.status == 200 {
            for list in ["/console", "/console/accounts", "/console/devices", "/console/projects/demo-project/devices"] {
                prop_assert!(!is_broken(&console.open(list)), "{list}");
            }
        } else {
            prop_assert!((400..500).contains(&page.status), "{}", page.status);
            prop_assert_eq!(console.local.cloud.snapshot(), before);
            let shown = page.form(path);
            let choices = ["uid", "dataCenter", "authorizationId"];
            for (name, value) in form.fields.iter().filter(|(name, _)| !choices.contains(&name.as_str())) {
                prop_assert_eq!(shown.value(name), value, "{}", name);
            }
            prop_assert!(page.body.contains("role=\"alert\""));
        }
    }
}
