//! What the tests write: one JSON object a line, in files of `target/matrix` (`tests/support/matrix.ts`).

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::files;

/// Where the files are.
pub const FOLDER: &str = "target/matrix";

/// One run of one thing in one place, or why there was none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// `runtime` or `bundler`.
    pub table: String,
    /// The row.
    pub name: String,
    /// Empty where the row is absent on this machine.
    pub version: String,
    /// Whether the version is the machine's own, and pinned by no lock file.
    pub of_machine: bool,
    /// The column.
    pub case: String,
    /// Whether all held.
    pub ok: bool,
    /// How many checks all are.
    pub checks: Option<u64>,
    /// Why nothing was run.
    pub reason: Option<String>,
}

/// All cells of the last run.
///
/// # Errors
/// A line is no cell.
pub fn read() -> Result<Vec<Cell>> {
    let folder = Path::new(FOLDER);
    let mut cells = Vec::new();
    for file in if folder.exists() { files::list(folder)? } else { Vec::new() } {
        for line in files::read_text(&file)?.lines() {
            cells.push(parse(line).with_context(|| format!("{}: no cell: {line}", file.display()))?);
        }
    }
    Ok(cells)
}

fn parse(line: &str) -> Option<Cell> {
    let value: Value = serde_json::from_str(line).ok()?;
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_string);
    let flag = |key: &str| value.get(key).and_then(Value::as_bool);
    Some(Cell {
        table: text("table")?,
        name: text("name")?,
        version: text("version")?,
        of_machine: flag("ofMachine").unwrap_or(false),
        case: text("case")?,
        ok: flag("ok")?,
        checks: value.get("checks").and_then(Value::as_u64),
        reason: text("reason"),
    })
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn reads_a_line() {
        let line = r#"{"table":"runtime","name":"Bun","version":"1.4.5","case":"client","ok":true,"checks":8,"ms":3}"#;
        let cell = parse(line);
        let found = cell.as_ref().map(|cell| (cell.name.as_str(), cell.checks, cell.ok, cell.of_machine));
        assert_eq!(found, Some(("Bun", Some(8), true, false)));
    }

    #[test]
    fn takes_no_line_without_a_result() {
        assert_eq!(parse(r#"{"table":"runtime","name":"Bun","version":"1.4.5","case":"client"}"#), None);
        assert_eq!(parse("Bun"), None);
    }
}
