//! What holds whatever a developer does at the console, in whatever order.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::developer::{console, found};
use crate::local::Local;

const CENTERS: [&str; 3] = ["us", "eu", "cn"];

const FIELDS: [&str; 25] = [
    "name",
    "description",
    "kind",
    "platform",
    "bundleIdentifier",
    "sha1",
    "applicationId",
    "applicationName",
    "wechatAppId",
    "thirdPartyProject",
    "enabled",
    "authorizationId",
    "callbacks",
    "pid",
    "app",
    "user",
    "productId",
    "dataCenter",
    "uid",
    "password",
    "id",
    "clientId",
    "secret",
    "online",
    "status",
];

/// One thing to do. Numbers choose among the projects, authorizations, accounts and devices that there are.
#[derive(Clone, Debug)]
struct Step {
    method: &'static str,
    what: What,
    body: Value,
    project: usize,
    thing: usize,
}

#[derive(Clone, Copy, Debug)]
enum What {
    Projects,
    Project,
    Authorizations,
    Authorization,
    Oauth,
    Packages,
    Sources,
    Source,
    Accounts,
    Account,
    Devices,
    Device,
}

impl What {
    const ALL: [Self; 12] = [
        Self::Projects,
        Self::Project,
        Self::Authorizations,
        Self::Authorization,
        Self::Oauth,
        Self::Packages,
        Self::Sources,
        Self::Source,
        Self::Accounts,
        Self::Account,
        Self::Devices,
        Self::Device,
    ];
}

/// Something that is chosen when the step is taken, as `{"pick": [from, number]}`.
fn pick(from: &'static str) -> impl Strategy<Value = Value> {
    (0_usize..8).prop_map(move |number| json!({ "pick": [from, number] }))
}

fn one_of(values: &'static [&'static str]) -> impl Strategy<Value = Value> {
    prop::sample::select(values).prop_map(Value::from)
}

/// A step that often works.
fn apt() -> impl Strategy<Value = Step> {
    let apps = prop::sample::select(vec![
        json!({ "kind": "app", "platform": "ios", "bundleIdentifier": "com.a", "applicationName": "Demo Home" }),
        json!({ "kind": "wechat_mini_program", "wechatAppId": "wx0123456789abcdef", "name": "M" }),
        json!({ "kind": "cloud", "name": "C" }),
    ]);
    let third = pick("projects").prop_map(|id| json!({ "kind": "third_party", "thirdPartyProject": id, "name": "T" }));
    let edit = prop_oneof![
        one_of(&["A", "B"]).prop_map(|name| json!({ "name": name })),
        pick("projects").prop_map(|id| json!({ "thirdPartyProject": id })),
        Just(json!({ "bundleIdentifier": "com.b", "description": "B" })),
    ];
    let oauth = (any::<bool>(), pick("authorizations")).prop_map(|(enabled, id)| {
        json!({ "enabled": enabled, "authorizationId": id, "callbacks": { "us": "https://app.example/us" } })
    });
    let packages = any::<[bool; 3]>().prop_map(|[pid, app, user]| json!({ "pid": pid, "app": app, "user": user }));
    let account = (one_of(&CENTERS), one_of(&["ann@example.com", "c", "d"]))
        .prop_map(|(center, name)| json!({ "dataCenter": center, "name": name, "password": "p", "app": "Home" }));
    let device = (one_of(&CENTERS), pick("accounts")).prop_map(
        |(center, uid)| json!({ "dataCenter": center, "uid": uid, "name": "D", "category": "dj", "product_id": "p" }),
    );
    let user = (one_of(&CENTERS), pick("accounts"))
        .prop_map(|(center, uid)| json!({ "kind": "user", "dataCenter": center, "uid": uid }));
    let nothing = || Just(json!({}));
    let (post, put, patch, delete) = (Just("POST"), Just("PUT"), Just("PATCH"), Just("DELETE"));
    prop_oneof![
        steps(post, Just(What::Projects), Just(json!({ "name": "P" }))),
        steps(post, Just(What::Authorizations), prop_oneof![2 => apps, 1 => third]),
        steps(patch, Just(What::Authorization), edit),
        steps(delete, Just(What::Authorization), nothing()),
        steps(put, Just(What::Oauth), oauth),
        steps(put, Just(What::Packages), packages),
        steps(post, Just(What::Sources), user),
        steps(delete, Just(What::Source), nothing()),
        steps(post, Just(What::Accounts), account),
        steps(delete, Just(What::Account), nothing()),
        steps(post, Just(What::Devices), device),
        steps(delete, Just(What::Device), nothing()),
    ]
}

/// A step with any method, anywhere, with any of the console's fields.
fn wild() -> impl Strategy<Value = Step> {
    let value = prop_oneof![
        one_of(&["cloud", "app", "third_party", "ios", "android", "product", "user", "us", "eu", "com.example.a", ""]),
        prop_oneof![pick("projects"), pick("authorizations"), pick("accounts")],
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
    ];
    let field = (prop::sample::select(&FIELDS[..]), value);
    let body = prop::collection::vec(field, 0..5)
        .prop_map(|fields| fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect());
    let method = prop::sample::select(&["POST", "PUT", "PATCH", "DELETE", "GET"][..]);
    steps(method, prop::sample::select(&What::ALL[..]), body)
}

fn steps(
    method: impl Strategy<Value = &'static str>,
    what: impl Strategy<Value = What>,
    body: impl Strategy<Value = Value>,
) -> impl Strategy<Value = Step> {
    (method, what, body, 0_usize..8, 0_usize..8).prop_map(|(method, what, body, project, thing)| Step {
        method,
        what,
        body,
        project,
        thing,
    })
}

/// What there is to choose from.
struct There {
    projects: Vec<Value>,
    accounts: Vec<Value>,
    devices: Vec<Value>,
}

impl There {
    fn now(local: &mut Local) -> Self {
        let mut list = |path: &str, name: &str| found(local, path)[name].as_array().unwrap().clone();
        Self {
            projects: list("/projects", "projects"),
            accounts: list("/accounts", "accounts"),
            devices: list("/devices", "devices"),
        }
    }

    fn authorizations(&self) -> Vec<Value> {
        self.projects.iter().flat_map(|project| project["authorizations"].as_array().unwrap().clone()).collect()
    }

    /// Puts what is there now in the place of each pick.
    fn filled(&self, value: &Value) -> Value {
        match value {
            Value::Object(fields) => match fields.get("pick") {
                Some(pick) => self.picked(pick[0].as_str().unwrap(), pick[1].as_u64().unwrap()),
                None => fields.iter().map(|(name, value)| (name.clone(), self.filled(value))).collect(),
            },
            other => other.clone(),
        }
    }

    fn picked(&self, from: &str, number: u64) -> Value {
        let (all, name) = match from {
            "projects" => (self.projects.clone(), "id"),
            "accounts" => (self.accounts.clone(), "uid"),
            _ => (self.authorizations(), "id"),
        };
        let at = usize::try_from(number).unwrap() % all.len().max(1);
        all.get(at).map_or(Value::Null, |one| one[name].clone())
    }

    fn path(&self, step: &Step) -> String {
        let project = &self.projects[step.project % self.projects.len()];
        let base = format!("/projects/{}", project["id"].as_str().unwrap());
        let own = project["authorizations"].as_array().unwrap();
        let authorization = own[step.thing % own.len()]["id"].as_str().unwrap();
        let thing = |all: &[Value], name: &str| match all.get(step.thing % all.len().max(1)) {
            Some(one) => format!("/{}/{}", one["dataCenter"].as_str().unwrap(), one[name].as_str().unwrap()),
            None => "/us/nothing".to_owned(),
        };
        match step.what {
            What::Projects => "/projects".to_owned(),
            What::Project => base,
            What::Authorizations => base + "/authorizations",
            What::Authorization => format!("{base}/authorizations/{authorization}"),
            What::Oauth => base + "/oauth",
            What::Packages => base + "/packages",
            What::Sources => base + "/sources",
            What::Source => format!("{base}/sources/user{}", thing(&self.accounts, "uid")),
            What::Accounts => "/accounts".to_owned(),
            What::Account => format!("/accounts{}", thing(&self.accounts, "name")),
            What::Devices => "/devices".to_owned(),
            What::Device => format!("/devices{}", thing(&self.devices, "id")),
        }
    }

    /// What must hold of all there is.
    fn check(&self, local: &mut Local) -> Result<(), TestCaseError> {
        let uids: BTreeSet<(&str, &str)> = self
            .accounts
            .iter()
            .map(|account| (account["dataCenter"].as_str().unwrap(), account["uid"].as_str().unwrap()))
            .collect();
        prop_assert_eq!(uids.len(), self.accounts.len(), "uids are unique");
        for device in &self.devices {
            let owner = (device["dataCenter"].as_str().unwrap(), device["uid"].as_str().unwrap());
            prop_assert!(uids.contains(&owner), "{} is nobody's", device);
        }
        for project in &self.projects {
            let own = project["authorizations"].as_array().unwrap();
            let clouds = own.iter().filter(|one| one["kind"] == "cloud").count();
            prop_assert_eq!((clouds, &own[0]["kind"]), (1, &json!("cloud")));
            for partner in own.iter().filter_map(|one| one.get("thirdPartyProject")) {
                prop_assert!(*partner != project["id"] && self.projects.iter().any(|other| other["id"] == *partner));
            }
            let oauth = &project["oauth"];
            let app = own.iter().find(|one| one["id"] == oauth["authorizationId"]);
            prop_assert!(
                oauth["authorizationId"].is_null() || app.is_some_and(|app| app["kind"] == "app"),
                "{}",
                oauth
            );
            let usable = app.is_some() && !oauth["callbacks"].as_object().unwrap().is_empty();
            prop_assert!(usable || oauth["enabled"] == false, "{}", oauth);
            for source in found(local, &format!("/projects/{}/sources", project["id"].as_str().unwrap()))["sources"]
                .as_array()
                .unwrap()
            {
                if source["kind"] == "user" {
                    let user = (source["dataCenter"].as_str().unwrap(), source["uid"].as_str().unwrap());
                    prop_assert!(uids.contains(&user), "{} is nobody", source);
                }
            }
        }
        for name in ["id", "clientId", "secret"] {
            let all: Vec<Value> = self.authorizations().into_iter().map(|one| one[name].clone()).collect();
            let different: BTreeSet<&str> = all.iter().map(|value| value.as_str().unwrap()).collect();
            prop_assert_eq!(different.len(), all.len(), "{} is unique", name);
        }
        Ok(())
    }

    /// What never changes of an authorization, and that none is gone.
    fn check_after(&self, before: &Self) -> Result<(), TestCaseError> {
        let after = self.authorizations();
        for old in before.authorizations() {
            let new = after.iter().find(|new| new["id"] == old["id"]);
            prop_assert!(new.is_some(), "{} is gone", old);
            for name in ["clientId", "secret", "kind", "platform"] {
                prop_assert_eq!(new.map(|new| &new[name]), Some(&old[name]));
            }
        }
        for old in &before.projects {
            prop_assert!(self.projects.iter().any(|new| new["id"] == old["id"]), "{} is gone", old);
        }
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]
    #[test]
    fn no_order_of_operations_breaks_what_must_hold(steps in prop::collection::vec(prop_oneof![3 => apt(), 1 => wild()], 1..40)) {
        let mut local = Local::new();
        let mut before = There::now(&mut local);
        for step in steps {
            let rows = local.cloud.snapshot();
            let (status, body) = console(&mut local, step.method, &before.path(&step), &before.filled(&step.body));
            prop_assert!((200..500).contains(&status), "{:?}: {}", step, body);
            prop_assert!(status < 400 || local.cloud.snapshot() == rows, "{:?} is refused and changes something", step);
            let after = There::now(&mut local);
            after.check(&mut local)?;
            after.check_after(&before)?;
            before = after;
        }
    }
}
