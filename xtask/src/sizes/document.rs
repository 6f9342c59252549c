//! The table of `docs/sizes.md`.

use std::fmt::Write as _;

use anyhow::{Result, ensure};

use super::measure::Measured;
use crate::marked;
use crate::setup::WasmToolchain;

const DOCUMENT: &str = "docs/sizes.md";
const PART: &str = "sizes";

/// The part of a figure by which the document may differ: Node's versions bring zlibs that differ by a few bytes.
const TOLERANCE: f64 = 0.01;

/// Prints the table, and writes it into the document.
///
/// # Errors
/// The compiler is not the one that the document is about.
pub fn write(measured: &[Measured], toolchain: WasmToolchain) -> Result<()> {
    let table = table(measured);
    print!("{table}");
    ensure!(
        toolchain == WasmToolchain::Rustup,
        "{DOCUMENT} is about the modules of rustup's compiler, which rust-toolchain.toml pins; these are Debian's"
    );
    marked::write(DOCUMENT, PART, &table)
}

/// Compares the document with what was measured. Debian's compiler makes other modules than the pinned one: then only
/// names and budgets count.
///
/// # Errors
/// They differ.
pub fn compare(measured: &[Measured], toolchain: WasmToolchain) -> Result<()> {
    let figures = toolchain == WasmToolchain::Rustup;
    ensure!(
        agree(&marked::read(DOCUMENT, PART)?, &table(measured), figures),
        "{DOCUMENT} is out of date\nby hand: cargo xtask sizes"
    );
    Ok(())
}

/// In kB with two decimals, since the budgets are in kB.
fn table(measured: &[Measured]) -> String {
    let mut table = String::from("| | minified | gzip | brotli | budget (gzip) |\n|---|--:|--:|--:|--:|\n");
    for row in measured {
        let promised = row.budget.map(|budget| budget.promised);
        let cells = [Some(row.minified), Some(row.gzip), row.brotli, promised];
        let [minified, gzip, brotli, budget] = cells.map(|bytes| bytes.map(kilobytes).unwrap_or_default());
        // Writing to a string cannot fail.
        let _ = writeln!(table, "| `{}` | {minified} | {gzip} | {brotli} | {budget} |", row.name);
    }
    table
}

fn kilobytes(bytes: usize) -> String {
    let hundredths = (bytes + 5) / 10;
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// Whether two tables have the same rows, and figures within the tolerance.
fn agree(one: &str, other: &str, figures: bool) -> bool {
    let (one, other) = (cells(one), cells(other));
    let alike = |one: &[&str], other: &[&str]| {
        // Names come first and budgets last.
        let outer = |column: usize| column <= 1 || column + 2 >= one.len();
        let mut pairs = one.iter().zip(other).enumerate();
        one.len() == other.len()
            && pairs.all(|(column, (one, other))| one == other || !outer(column) && (!figures || near(one, other)))
    };
    one.len() == other.len() && one.iter().zip(&other).all(|(one, other)| alike(one, other))
}

/// The trimmed cells of every line, between two empty ones.
fn cells(table: &str) -> Vec<Vec<&str>> {
    table.lines().map(|line| line.split('|').map(str::trim).collect()).collect()
}

fn near(one: &str, other: &str) -> bool {
    match (one.parse::<f64>(), other.parse::<f64>()) {
        (Ok(one), Ok(other)) => (one - other).abs() <= TOLERANCE * other,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{agree, kilobytes};

    const TABLE: &str =
        "| | minified | gzip | budget (gzip) |\n|---|--:|--:|--:|\n| `page.wasm` | 20.00 | 8.90 | 9.00 |\n";

    #[test]
    fn a_kilobyte_is_1000_bytes() {
        assert_eq!([8_994, 8_995, 9_000, 16_010].map(kilobytes), ["8.99", "9.00", "9.00", "16.01"]);
    }

    #[test]
    fn figures_agree_within_the_tolerance() {
        assert!(agree(TABLE, TABLE, true));
        assert!(agree(&TABLE.replace("8.90", "8.95"), TABLE, true));
        assert!(!agree(&TABLE.replace("8.90", "9.10"), TABLE, true));
        assert!(!agree(&TABLE.replace("20.00", "?"), TABLE, true));
    }

    #[test]
    fn names_rows_and_budgets_agree_exactly_whichever_the_compiler() {
        for figures in [true, false] {
            assert!(!agree(&TABLE.replace("9.00", "9.01"), TABLE, figures));
            assert!(!agree(&TABLE.replace("page", "core"), TABLE, figures));
            assert!(!agree(&TABLE.replace("| 8.90 |", "| 8.90 | 8.00 |"), TABLE, figures));
            assert!(!agree(&format!("{TABLE}| `core.wasm` | 1.00 | 1.00 | 1.00 |\n"), TABLE, figures));
        }
        assert!(agree(&TABLE.replace("8.90", "7.00"), TABLE, false));
    }
}
