//! The package's manifest: its version, and which files users reach by which entry under which condition.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Map, Value};

use super::package::FOLDER;
use crate::files;

/// The conditions of runtimes that refuse to compile bytes, in the order in which `exports` lists them. There a
/// `.wasm` is imported, and files that need it have a name of their own, such as `page.workerd.js`.
pub const STATIC: [&str; 2] = ["workerd", "edge-light"];

/// Writes the manifest: the template's with the workspace's version, which `Cargo.toml` alone says.
///
/// # Errors
/// The template has a version of its own, or no name for it to follow.
pub fn write() -> Result<()> {
    const TEMPLATE: &str = "pkg-template/package.json";
    const NAME: &str = "  \"name\": \"tuya-auth\",\n";
    let template = files::read_text(TEMPLATE)?;
    ensure!(!template.contains("\"version\""), "{TEMPLATE} has a version: it belongs into Cargo.toml alone");
    let (before, after) = template.split_once(NAME).with_context(|| format!("{TEMPLATE} does not hold {NAME:?}"))?;
    let version = env!("CARGO_PKG_VERSION");
    files::write(MANIFEST, format!("{before}{NAME}  \"version\": \"{version}\",\n{after}"))
}

/// A file that `exports` names.
pub struct Target {
    /// The entry that leads to it, such as `./server`.
    pub entry: String,
    /// The condition that leads to it: `types`, one of [`STATIC`] or `default`, as which a plain path counts.
    pub condition: String,
    /// The file, with the package's folder.
    pub file: PathBuf,
}

const MANIFEST: &str = "pkg/package.json";

/// `exports` of the manifest: by entry a path, or paths by condition.
pub fn exports() -> Result<Map<String, Value>> {
    let mut manifest: Value =
        serde_json::from_str(&files::read_text(MANIFEST)?).with_context(|| format!("reading {MANIFEST}"))?;
    match manifest.get_mut("exports").map(Value::take) {
        Some(Value::Object(exports)) => Ok(exports),
        _ => bail!("{MANIFEST} has no exports"),
    }
}

/// Every target of [`exports`].
pub fn targets() -> Result<Vec<Target>> {
    let mut targets = Vec::new();
    for (entry, export) in &exports()? {
        match export {
            Value::String(path) => targets.push(target(entry, "default", path)),
            Value::Object(conditions) => {
                for (condition, path) in conditions {
                    let path = path.as_str().context("an export's condition is not a path")?;
                    targets.push(target(entry, condition, path));
                }
            }
            _ => bail!("package.json has an export that is neither a path nor conditions"),
        }
    }
    Ok(targets)
}

fn target(entry: &str, condition: &str, path: &str) -> Target {
    let file = Path::new(FOLDER).join(path.trim_start_matches("./"));
    Target { entry: entry.to_owned(), condition: condition.to_owned(), file }
}
