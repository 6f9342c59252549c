//! The core's tables as a TypeScript module: the only place where JavaScript learns them.

use std::fmt::Write as _;

use serde_json::{Value, json};
use tuya_auth::calling_code::CALLING_CODES;
use tuya_auth::data_center::DataCenter;
use tuya_auth::error::{CLOUD_CODES, Code, Family};
use tuya_auth::sign::diagnose::Mistake;

/// The whole module.
pub fn typescript() -> String {
    [data_centers(), countries(), error_codes(), cloud_codes(), mistakes()].join("\n")
}

fn data_centers() -> String {
    let rows = DataCenter::ALL.map(|center| {
        let (code, name, openapi) = (json!(center.code()), json!(center.name()), json!(center.openapi()));
        format!("/* @__PURE__ */ Object.freeze({{ code: {code}, name: {name}, openapi: {openapi} }} as const)")
    });
    format!(
        "/** The data centers, in the order of the cloud's documents. */\nexport const dataCenters = {};\n",
        list(rows, "/* @__PURE__ */ Object.freeze([", "] as const)")
    )
}

fn countries() -> String {
    let rows = CALLING_CODES.iter().flat_map(|(center, codes)| {
        codes.iter().map(|calling_code| format!("{calling_code}: {}", json!(center.code())))
    });
    format!(
        "/** Country calling codes with the data center that new accounts there are likely to live in. */\n\
         export const countries = {};\n",
        list(rows, "{", "} as const")
    )
}

fn error_codes() -> String {
    let rows = Code::ALL.iter().map(|code| {
        let family = match code.family() {
            Family::Argument => "argument",
            Family::Protocol => "protocol",
        };
        let row: [Value; 5] =
            [json!(code.id()), json!(code.name()), json!(family), json!(code.retryable()), json!(code.message())];
        let action = code.action().map_or_else(|| "undefined".to_string(), |action| json!(action).to_string());
        format!("[{}, {action}]", row.map(|value| value.to_string()).join(", "))
    });
    format!(
        "/** Every error: its number at the WebAssembly boundary, its code, whose mistake it is, whether the same call \
         may succeed later, what happened, and what to do. */\n\
         export const errorCodes = {};\n",
        list(rows, "[", "] as const")
    )
}

fn cloud_codes() -> String {
    let rows = CLOUD_CODES.iter().map(|(cloud, code)| format!("{cloud}: {}", json!(code.name())));
    format!(
        "/** The cloud's own codes with ours for each; any other is `cloud_error`. */\n\
         export const cloudCodes = {};\n",
        list(rows, "{", "} as const")
    )
}

fn mistakes() -> String {
    let rows = Mistake::ALL
        .iter()
        .map(|mistake| json!([*mistake as u8, mistake.name(), mistake.description(), mistake.fix()]).to_string());
    format!(
        "/** The ways to sign wrongly, most likely first: its number at the WebAssembly boundary, its name, what was \
         done, and what to do instead. */\n\
         export const mistakes = {};\n",
        list(rows, "[", "] as const")
    )
}

fn list(rows: impl IntoIterator<Item = String>, open: &str, close: &str) -> String {
    let rows = rows.into_iter().fold(String::new(), |mut text, row| {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  {row},");
        text
    });
    format!("{open}\n{rows}{close}")
}
