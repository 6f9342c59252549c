//! The emulator's documented seed as a TypeScript module, read from the rows of a new cloud.

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};
use tuya_auth::encoding::decode_path;
use tuya_auth_emulator::{Cloud, Seed};

/// The whole module.
pub fn typescript() -> Result<String> {
    let seed = Seed::default();
    let rows = Rows::of(&Cloud::new(&seed).context("making a cloud of the default seed")?)?;
    let keys = |kind| {
        let mut all = rows.table("authorization").map(|(_, authorization)| authorization);
        let found = all.find(|authorization| authorization["kind"] == kind);
        let found = found.with_context(|| format!("the seed has no authorization of kind {kind}"))?;
        anyhow::Ok(json!({ "clientId": found["clientId"], "secret": found["secret"] }))
    };
    let seed = json!({
        "callbackOrigin": seed.callback_origin,
        "cloud": keys("cloud")?,
        "app": keys("app")?,
        "accounts": rows.accounts(),
    });
    Ok(format!(
        "/**\n * What a new cloud holds: the keys of its project's cloud authorization and of the app authorization that \
         OAuth 2.0\n * uses, and its accounts with the ids of their devices. They are public, and open nothing but an \
         emulator.\n */\nexport const seed = {seed:#} as const;\n"
    ))
}

/// A cloud's rows: the decoded parts of each key, the table's name first, and the value.
struct Rows(Vec<(Vec<String>, Value)>);

impl Rows {
    fn of(cloud: &Cloud) -> Result<Self> {
        let rows = cloud.snapshot().into_iter().map(|row| {
            let parts: Result<Vec<String>, _> = row.key.split('/').map(decode_path).collect();
            let parts = parts.with_context(|| format!("the key {} cannot be read", row.key))?;
            Ok((parts, serde_json::from_str(row.value.as_deref().unwrap_or("null"))?))
        });
        Ok(Self(rows.collect::<Result<_>>()?))
    }

    /// The rows of a table: what of the key follows its name, and the value.
    fn table<'a>(&'a self, name: &'a str) -> impl Iterator<Item = (&'a [String], &'a Value)> {
        self.0.iter().filter_map(move |(parts, value)| match parts.split_first() {
            Some((table, rest)) if table == name => Some((rest, value)),
            _ => None,
        })
    }

    /// The accounts, each under what its name has before the `@`.
    fn accounts(&self) -> Map<String, Value> {
        let accounts = self.table("account").filter_map(|(parts, account)| {
            let [data_center, name] = parts else { return None };
            let devices: Vec<&Value> = self
                .table("device")
                .filter(|(_, device)| device["uid"] == account["uid"])
                .map(|(_, device)| &device["id"])
                .collect();
            let value = json!({
                "name": name,
                "password": account["password"],
                "dataCenter": data_center,
                "uid": account["uid"],
                "devices": devices,
            });
            Some((name.split('@').next().unwrap_or_default().to_owned(), value))
        });
        accounts.collect()
    }
}
