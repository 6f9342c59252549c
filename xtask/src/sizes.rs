//! What the package weighs: the budgets without which the build fails, and the same figures for other packages.
//!
//! A kilobyte (kB) is 1000 bytes here. Every figure of a table comes from one run of `sizes/measure.mjs`.

mod apart;
mod document;
mod measure;

use anyhow::{Result, bail};

use crate::setup::WasmToolchain;
use measure::{Measured, Source, measure};

/// Something that is weighed.
pub struct Row {
    /// Its name in tables.
    name: &'static str,
    /// What is weighed.
    source: Source,
    /// The bytes that it may have after `gzip -9`.
    budget: Option<usize>,
}

/// All that is weighed; the budgets are those of the package's design.
const ROWS: [Row; 12] = [
    module("page.wasm", "pkg/dist/generated/page.wasm", 9_000),
    entry("tuya-auth", "export * from 'tuya-auth'", Some(13_000)),
    module("core.wasm", "pkg/dist/generated/core.wasm", 16_000),
    entry("tuya-auth/server", "export * from 'tuya-auth/server'", Some(25_000)),
    entry("tuya-auth/handler", "export * from 'tuya-auth/handler'", None),
    module("debug.wasm", "pkg/dist/generated/debug.wasm", 22_000),
    entry("tuya-auth/debug", "export * from 'tuya-auth/debug'", None),
    entry("tuya-auth/emulator", "export * from 'tuya-auth/emulator'", None),
    other("@tuya/tuya-connector-nodejs", "export * from '@tuya/tuya-connector-nodejs'", "node"),
    other("oauth4webapi", "export * from 'oauth4webapi'", "neutral"),
    other("aws4fetch", "export * from 'aws4fetch'", "neutral"),
    other(
        "@noble/hashes",
        "export { hmac } from '@noble/hashes/hmac.js'; export { sha256 } from '@noble/hashes/sha2.js'",
        "neutral",
    ),
];

/// Whether a figure over its budget fails the build.
const ENFORCED: bool = false;

const fn module(name: &'static str, file: &'static str, budget: usize) -> Row {
    Row { name, source: Source::File(file), budget: Some(budget) }
}

/// An entry of the package, with everything that it reaches.
const fn entry(name: &'static str, code: &'static str, budget: Option<usize>) -> Row {
    Row { name, source: Source::Bundle { code, platform: "neutral" }, budget }
}

/// Another package, to compare with.
const fn other(name: &'static str, code: &'static str, platform: &'static str) -> Row {
    Row { name, source: Source::Bundle { code, platform }, budget: None }
}

/// Weighs the package in `pkg/`, and prints what has a budget.
///
/// # Errors
/// An entry holds another's half, or a figure is over its budget.
pub fn check() -> Result<()> {
    let measured = measure(&ROWS, false)?;
    apart::check(&measured)?;
    for row in measured.iter().filter(|row| row.budget.is_some()) {
        eprintln!("  {:<44} {:>7} bytes, {}", row.name, row.minified, verdict(row));
    }
    match within_budget(&measured) {
        Err(error) if ENFORCED => Err(error),
        _ => Ok(()),
    }
}

/// Prints the whole table, and writes it into `docs/sizes.md`.
pub fn write(toolchain: WasmToolchain) -> Result<()> {
    document::write(&measure(&ROWS, true)?, toolchain)
}

/// Compares `docs/sizes.md` with the package in `pkg/`.
///
/// # Errors
/// It says something else.
pub fn compare(toolchain: WasmToolchain) -> Result<()> {
    document::compare(&measure(&ROWS, true)?, toolchain)
}

fn verdict(row: &Measured) -> String {
    let budget = row.budget.unwrap_or(usize::MAX);
    let over = row.gzip.saturating_sub(budget);
    let over = if over > 0 { format!(", OVER by {over}") } else { String::new() };
    format!("{} after gzip, budget {budget}{over}", row.gzip)
}

fn within_budget(measured: &[Measured]) -> Result<()> {
    let over: Vec<String> = measured
        .iter()
        .filter(|row| row.budget.is_some_and(|budget| row.gzip > budget))
        .map(|row| format!("  {}: {}", row.name, verdict(row)))
        .collect();
    if !over.is_empty() {
        bail!("over the budgets of xtask/src/sizes.rs, in bytes:\n{}", over.join("\n"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::within_budget;
    use crate::sizes::measure::Measured;

    fn weighing(gzip: usize, budget: Option<usize>) -> Measured {
        let inputs = Vec::new();
        Measured {
            name: "page.wasm".into(),
            budget,
            minified: 3 * gzip,
            gzip,
            brotli: None,
            inputs,
            text: String::new(),
        }
    }

    #[test]
    fn a_byte_over_its_budget_fails_and_is_named() {
        let result = within_budget(&[weighing(8_999, Some(9_000)), weighing(9_001, Some(9_000))]);
        let said = result.err().map(|error| error.to_string()).unwrap_or_default();
        assert!(said.ends_with("in bytes:\n  page.wasm: 9001 after gzip, budget 9000, OVER by 1"), "{said}");
    }

    #[test]
    fn the_budget_itself_is_within_it() {
        assert!(within_budget(&[weighing(9_000, Some(9_000)), weighing(1_000_000, None)]).is_ok());
    }
}
