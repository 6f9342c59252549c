//! The package's JavaScript: what the TypeScript compiler wrote, put together by `bundle/main.mjs` to a file for each
//! entry and a few that entries share. A module is imported as a `.wasm` under the conditions of [`manifest::STATIC`].

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::json;

use super::graph;
use super::manifest::{self, STATIC};
use super::package::{COMPILED, DIST};
use crate::files;
use crate::process::Step;

/// The program behind the package's command, which no export names.
const COMMAND: &str = "cli/main";

/// By file of [`DIST`], the compiled files that it is made of.
const RECORD: &str = "target/bundled.json";

/// Writes the files of all entries, and what they share.
pub fn write() -> Result<()> {
    let mut entries = BTreeMap::from([(COMMAND.to_owned(), BTreeSet::from([""]))]);
    for target in manifest::targets()? {
        let condition = STATIC.into_iter().find(|condition| *condition == target.condition).unwrap_or_default();
        if let Some(name) = entry_name(&target.file, condition) {
            entries.entry(name).or_default().insert(condition);
        }
    }
    let entries: Vec<_> =
        entries.iter().map(|(name, conditions)| json!({ "name": name, "conditions": conditions })).collect();
    let question = json!({ "from": COMPILED, "to": DIST, "entries": entries });
    let mut node = Command::new("node");
    let record =
        Step::new("package's files").run(node.arg("xtask/src/build/bundle/main.mjs").arg(question.to_string()))?;
    files::write(RECORD, record)
}

/// The compiled files that a file of the package is made of, and those of the files that it reaches: such as
/// `handler/login.js`.
pub fn sources(file: &Path) -> Result<BTreeSet<PathBuf>> {
    let record: BTreeMap<PathBuf, Vec<PathBuf>> =
        serde_json::from_str(&files::read_text(RECORD)?).with_context(|| format!("reading {RECORD}"))?;
    let mut sources = BTreeSet::new();
    for file in graph::reach(file)? {
        let made = file.strip_prefix(DIST).ok().and_then(|name| record.get(name));
        sources.extend(made.with_context(|| format!("{} is not in {RECORD}", file.display()))?.iter().cloned());
    }
    Ok(sources)
}

/// The name of the entry that a file is, without its condition; `None` unless it is JavaScript.
fn entry_name(file: &Path, condition: &str) -> Option<String> {
    let name = file.strip_prefix(DIST).ok()?.to_str()?.strip_suffix(".js")?;
    Some(name.strip_suffix(&format!(".{condition}")).unwrap_or(name).to_owned())
}

#[cfg(test)]
mod tests {
    use super::entry_name;
    use std::path::Path;

    #[test]
    fn an_entry_has_one_name_under_all_conditions() {
        let name = |file, condition| entry_name(Path::new(file), condition);
        assert_eq!(name("pkg/dist/server.js", "").as_deref(), Some("server"));
        assert_eq!(name("pkg/dist/emulator/node.js", "").as_deref(), Some("emulator/node"));
        assert_eq!(name("pkg/dist/server.edge-light.js", "edge-light").as_deref(), Some("server"));
        assert_eq!(name("pkg/dist/server.d.ts", ""), None);
        assert_eq!(name("pkg/package.json", ""), None);
    }
}
