//! The core's tables as a TypeScript module: the only place where JavaScript learns them.

use std::fmt::Write as _;
use std::iter;

use serde_json::json;
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

/// Western America is left out: it is where every other country's accounts are, too.
fn countries() -> String {
    let codes_of = |wanted: DataCenter| {
        let lists = CALLING_CODES.iter().filter(|(center, _)| *center == wanted);
        let mut codes: Vec<u16> = lists.flat_map(|(_, codes)| codes.iter().copied()).collect();
        codes.sort_unstable();
        codes
    };
    let few = [DataCenter::China, DataCenter::India].into_iter().flat_map(|center| {
        codes_of(center).into_iter().map(move |calling_code| format!("{calling_code}: {}", json!(center.code())))
    });
    let many = codes_of(DataCenter::CentralEurope);
    let steps = iter::once(&0).chain(&many).zip(&many).map(|(before, code)| (code - before).to_string());
    format!(
        "/** Country calling codes with the data center that new accounts there are likely to live in. */\n\
         export const countries = {};\n\n\
         /** Those of Central Europe, which are many: each as its distance to the one before, the first to 0. */\n\
         export const centralEurope = {};\n",
        list(few, "{", "} as const"),
        json!(steps.collect::<Vec<_>>().join(" "))
    )
}

/// The protocol failures of the half without secrets; a page's bundle carries no texts of others.
const PAGE_ERRORS: [Code; 8] = [
    Code::CallbackMalformed,
    Code::StateMissing,
    Code::StateMismatch,
    Code::WrongDataCenter,
    Code::AccessDenied,
    Code::AuthorizationError,
    Code::CodeMissing,
    Code::InternalError,
];

/// The protocol failures that only the handler has.
const HANDLER_ERRORS: [Code; 3] = [Code::SubjectMismatch, Code::SessionMissing, Code::OriginMismatch];

/// The parts of [`Code::ALL`], in its order, which the numbers of errors count on.
fn parts() -> [Vec<Code>; 4] {
    let (mistakes, failures): (Vec<Code>, Vec<Code>) =
        Code::ALL.iter().copied().partition(|code| code.family() == Family::Argument);
    let elsewhere = [&PAGE_ERRORS[..], &HANDLER_ERRORS].concat();
    let server = failures.into_iter().filter(|code| !elsewhere.contains(code)).collect();
    [mistakes, PAGE_ERRORS.to_vec(), server, HANDLER_ERRORS.to_vec()]
}

fn error_codes() -> String {
    let [mistakes, page, server, handler] = parts();
    let mistakes = mistakes.iter().map(|code| format!("{}: {}", code.name(), json!(code.message())));
    let failure = |code: &Code| format!("{}: {}", code.name(), json!([code.message(), code.action()]));
    let retryable = Code::ALL.iter().filter(|code| code.retryable()).map(|code| json!(code.name()).to_string());
    format!(
        "/** A caller's mistakes: what is wrong. The WebAssembly modules know an error by its place here and below. */\n\
         export const argumentErrors = {};\n\n\
         /** What may fail in the half without secrets: what happened, and what to do. */\n\
         export const pageErrors = {};\n\n\
         /** What else may fail in the other half, likewise. */\n\
         export const serverErrors = {};\n\n\
         /** What may fail in the handler only, likewise. */\n\
         export const handlerErrors = {};\n\n\
         /** The codes of failures after which the same call may succeed later. */\n\
         export const retryableErrors: readonly string[] = {};\n",
        list(mistakes, "{", "} as const"),
        list(page.iter().map(failure), "{", "} as const"),
        list(server.iter().map(failure), "{", "} as const"),
        list(handler.iter().map(failure), "{", "} as const"),
        list(retryable, "[", "]"),
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

#[cfg(test)]
mod tests {
    use super::{PAGE_ERRORS, parts};
    use tuya_auth::error::{Code, Family};

    /// What the page's module is made of, as far as it knows of failures, and the TypeScript around it.
    const PAGE_SOURCES: [&str; 9] = [
        include_str!("../../../src/authorize.rs"),
        include_str!("../../../src/callback.rs"),
        include_str!("../../../src/data_center.rs"),
        include_str!("../../../src/encoding.rs"),
        include_str!("../../../src/pairs.rs"),
        include_str!("../../../src/url.rs"),
        include_str!("../../../wasm/src/frame.rs"),
        include_str!("../../../wasm/src/page.rs"),
        include_str!("../../../pkg-template/src/authorization.ts"),
    ];

    #[test]
    fn the_page_has_the_texts_of_the_failures_that_its_sources_name() {
        let named = |code: &&Code| {
            let (variant, name) = (format!("Code::{code:?}"), format!("\"{}\"", code.name()));
            let ends = |rest: &str| !rest.starts_with(|next: char| next.is_ascii_alphanumeric());
            let names = |source: &str| source.split(&variant).skip(1).any(ends) || source.contains(&name);
            code.family() == Family::Protocol && PAGE_SOURCES.into_iter().any(names)
        };
        let named: Vec<Code> = Code::ALL.iter().filter(named).copied().collect();
        assert_eq!(named, PAGE_ERRORS);
    }

    #[test]
    fn the_parts_of_the_table_stand_in_the_order_of_the_numbers() {
        assert_eq!(parts().concat(), Code::ALL);
        assert!(Code::ALL.iter().map(|code| usize::from(code.id())).eq(0..Code::ALL.len()));
    }
}
