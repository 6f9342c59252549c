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
    /// What it may weigh.
    budget: Option<Budget>,
}

/// Bytes after `gzip -9`.
#[derive(Clone, Copy)]
pub struct Budget {
    /// What was promised.
    promised: usize,
    /// What fails the build: the promise, or for one that does not hold yet what is known to be needed. It only falls.
    limit: usize,
}

/// A promise and its limit: the same where the promise holds; where it does not, `docs/sizes.md` says where the rest goes.
const fn promise(promised: usize, limit: usize) -> Budget {
    Budget { promised, limit }
}

/// All that is weighed; the promises are those of the package's design.
const ROWS: [Row; 12] = [
    module("page.wasm", "pkg/dist/generated/page.wasm", promise(9_000, 9_000)),
    entry("tuya-auth", "export * from 'tuya-auth'", Some(promise(13_000, 13_000))),
    module("core.wasm", "pkg/dist/generated/core.wasm", promise(16_000, 17_300)),
    entry("tuya-auth/server", "export * from 'tuya-auth/server'", Some(promise(25_000, 31_250))),
    entry("tuya-auth/handler", "export * from 'tuya-auth/handler'", None),
    module("debug.wasm", "pkg/dist/generated/debug.wasm", promise(22_000, 22_000)),
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

const fn module(name: &'static str, file: &'static str, budget: Budget) -> Row {
    Row { name, source: Source::File(file), budget: Some(budget) }
}

/// An entry of the package, with everything that it reaches.
const fn entry(name: &'static str, code: &'static str, budget: Option<Budget>) -> Row {
    Row { name, source: Source::Bundle { code, platform: "neutral" }, budget }
}

/// Another package, to compare with.
const fn other(name: &'static str, code: &'static str, platform: &'static str) -> Row {
    Row { name, source: Source::Bundle { code, platform }, budget: None }
}

/// Weighs the package in `pkg/`, and prints what has a budget.
///
/// # Errors
/// An entry holds another's half, or a figure is over its limit, which is that of the pinned compiler's modules: Debian's
/// makes others.
pub fn check(toolchain: WasmToolchain) -> Result<()> {
    let measured = measure(&ROWS, false)?;
    apart::check(&measured)?;
    for (row, budget) in budgeted(&measured) {
        eprintln!("  {:<44} {:>7} bytes, {}", row.name, row.minified, verdict(row, budget));
    }
    match toolchain {
        WasmToolchain::Rustup => within_budget(&measured),
        WasmToolchain::Debian => Ok(()),
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

/// The rows that have a budget, each with it.
fn budgeted(measured: &[Measured]) -> impl Iterator<Item = (&Measured, Budget)> {
    measured.iter().filter_map(|row| row.budget.map(|budget| (row, budget)))
}

fn verdict(row: &Measured, Budget { promised, limit }: Budget) -> String {
    let over = row.gzip.saturating_sub(promised);
    let missed = if over > 0 { format!(", OVER by {over}") } else { String::new() };
    let known = if limit > promised { format!(", limit {limit}") } else { String::new() };
    format!("{} after gzip, budget {promised}{missed}{known}", row.gzip)
}

fn within_budget(measured: &[Measured]) -> Result<()> {
    let over: Vec<String> = budgeted(measured)
        .filter(|(row, budget)| row.gzip > budget.limit)
        .map(|(row, budget)| format!("  {}: {}", row.name, verdict(row, budget)))
        .collect();
    if !over.is_empty() {
        bail!("over the limits of xtask/src/sizes.rs, in bytes:\n{}", over.join("\n"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Budget, promise, within_budget};
    use crate::sizes::measure::Measured;

    fn weighing(gzip: usize, budget: Option<Budget>) -> Measured {
        let (inputs, text) = (Vec::new(), String::new());
        Measured { name: "page.wasm".into(), budget, minified: 3 * gzip, gzip, brotli: None, inputs, text }
    }

    /// What is said of one that fits and one that does not.
    fn complaint(gzip: usize, budget: Budget) -> String {
        let result = within_budget(&[weighing(8_999, Some(promise(9_000, 9_000))), weighing(gzip, Some(budget))]);
        result.err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn a_byte_over_its_budget_fails_and_is_named() {
        let said = complaint(9_001, promise(9_000, 9_000));
        assert!(said.ends_with("in bytes:\n  page.wasm: 9001 after gzip, budget 9000, OVER by 1"), "{said}");
    }

    #[test]
    fn a_promise_that_is_missed_fails_where_it_is_missed_by_more() {
        assert_eq!(complaint(9_100, promise(9_000, 9_100)), "");
        let said = complaint(9_101, promise(9_000, 9_100));
        assert!(said.ends_with("9101 after gzip, budget 9000, OVER by 101, limit 9100"), "{said}");
    }

    #[test]
    fn the_budget_itself_is_within_it() {
        assert!(within_budget(&[weighing(9_000, Some(promise(9_000, 9_000))), weighing(1_000_000, None)]).is_ok());
    }
}
