//! What a finished WebAssembly module imports and exports.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::process::Step;

/// A module as Node sees it.
pub struct Report {
    /// The modules that it imports from, each once for every import.
    pub imports: Vec<String>,
    /// What it exports.
    pub exports: Vec<String>,
}

/// Reports on each of the files.
pub fn inspect(wasm: &[PathBuf]) -> Result<Vec<Report>> {
    let mut node = Command::new("node");
    let output = Step::new("modules: inspect").run(node.arg("xtask/src/build/inspect.mjs").args(wasm))?;
    let reports: Vec<Value> = serde_json::from_str(&output).context("reading the modules' report")?;
    reports.iter().map(report).collect::<Option<_>>().context("the modules' report lacks a part")
}

fn report(value: &Value) -> Option<Report> {
    Some(Report { imports: texts(value.get("imports")?)?, exports: texts(value.get("exports")?)? })
}

fn texts(value: &Value) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|text| text.as_str().map(str::to_string)).collect()
}
