//! Weighing by `measure.mjs`, all rows in one run.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::{Budget, Row};
use crate::process::Step;
use crate::{build, files};

/// Where the package's files lie.
const PACKAGE: &str = "pkg/dist";

/// What is weighed.
pub enum Source {
    /// A file as it is.
    File(&'static str),
    /// What a bundler makes of these imports, minified.
    Bundle {
        /// An ES module.
        code: &'static str,
        /// As the bundler names it: `neutral` has no modules of its own, `node` keeps Node's outside.
        platform: &'static str,
    },
}

/// What a row weighs, in bytes.
pub struct Measured {
    /// The row's name; with another package's, the version.
    pub name: String,
    /// The row's budget.
    pub budget: Option<Budget>,
    /// As it is served without compression.
    pub minified: usize,
    /// After `gzip -9`.
    pub gzip: usize,
    /// After Brotli at its best quality, where that was asked for: of the whole cloud it takes seconds.
    pub brotli: Option<usize>,
    /// The files that it is made of: of the package, compiled files such as `signer.js`.
    pub inputs: Vec<String>,
    /// A bundle's JavaScript, or a file in hexadecimal.
    pub text: String,
}

/// Weighs all rows.
pub fn measure(rows: &[Row], brotli: bool) -> Result<Vec<Measured>> {
    let questions = json!({ "rows": rows.iter().map(question).collect::<Vec<_>>(), "brotli": brotli });
    let mut node = Command::new("node");
    let output = Step::new("sizes").run(node.arg("xtask/src/sizes/measure.mjs").arg(questions.to_string()))?;
    let answers: Vec<Value> = serde_json::from_str(&output).context("reading the sizes")?;
    let pins = pins()?;
    let measured = rows.iter().zip(&answers).map(|(row, answer)| {
        let mut measured = read(row, answer)?;
        if let Some(version) = pins.get(row.name).and_then(Value::as_str) {
            measured.name = format!("{} {version}", row.name);
        }
        Some(measured)
    });
    let mut measured: Vec<Measured> = measured.collect::<Option<_>>().context("the sizes lack a part")?;
    for row in &mut measured {
        row.inputs = compiled(&row.inputs)?;
    }
    Ok(measured)
}

/// The inputs, with the compiled files in place of the package's files that are made of them.
fn compiled(inputs: &[String]) -> Result<Vec<String>> {
    let mut files = BTreeSet::new();
    for input in inputs {
        let path = Path::new(input);
        match path.strip_prefix(PACKAGE) {
            Ok(_) if path.extension().is_some_and(|extension| extension == "js") => {
                files.extend(build::sources(path)?.iter().map(|source| source.display().to_string()));
            }
            name => {
                files.insert(name.unwrap_or(path).display().to_string());
            }
        }
    }
    Ok(files.into_iter().collect())
}

fn question(row: &Row) -> Value {
    match row.source {
        Source::File(file) => json!({ "name": row.name, "file": file }),
        Source::Bundle { code, platform } => json!({ "name": row.name, "code": code, "platform": platform }),
    }
}

/// The repository's development packages with the one version of each.
fn pins() -> Result<Value> {
    let manifest: Value = serde_json::from_str(&files::read_text("package.json")?).context("reading package.json")?;
    manifest.get("devDependencies").cloned().context("package.json has no devDependencies")
}

fn read(row: &Row, answer: &Value) -> Option<Measured> {
    let bytes = |figure: &str| usize::try_from(answer.get(figure)?.as_u64()?).ok();
    let inputs = answer.get("inputs")?.as_array()?.iter().map(|input| Some(input.as_str()?.to_string()));
    Some(Measured {
        name: row.name.to_string(),
        budget: row.budget,
        minified: bytes("minified")?,
        gzip: bytes("gzip")?,
        brotli: bytes("brotli"),
        inputs: inputs.collect::<Option<_>>()?,
        text: answer.get("text")?.as_str()?.to_string(),
    })
}
