//! The package's manifest: which files users reach, and under which condition.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value};

use super::package::FOLDER;
use crate::files;

/// The conditions of runtimes that refuse to compile bytes, in the order in which `exports` lists them. There a
/// `.wasm` is imported, and files that need it have a name of their own, such as `page.workerd.js`.
pub const STATIC: [&str; 2] = ["workerd", "edge-light"];

/// A file that `exports` names.
pub struct Target {
    /// The condition that leads to it: `types`, one of [`STATIC`] or `default`, as which a plain path counts.
    pub condition: String,
    /// The file, with the package's folder.
    pub file: PathBuf,
}

/// `exports` of `pkg/package.json`: by subpath a path, or paths by condition.
pub fn exports() -> Result<Map<String, Value>> {
    let manifest = Path::new(FOLDER).join("package.json");
    let mut manifest: Value =
        serde_json::from_str(&files::read_text(&manifest)?).context("reading pkg/package.json")?;
    match manifest.get_mut("exports").map(Value::take) {
        Some(Value::Object(exports)) => Ok(exports),
        _ => bail!("package.json has no exports"),
    }
}

/// Every target of [`exports`].
pub fn targets() -> Result<Vec<Target>> {
    let mut targets = Vec::new();
    for export in exports()?.values() {
        match export {
            Value::String(path) => targets.push(target("default", path)),
            Value::Object(conditions) => {
                for (condition, path) in conditions {
                    targets.push(target(condition, path.as_str().context("an export's condition is not a path")?));
                }
            }
            _ => bail!("package.json has an export that is neither a path nor conditions"),
        }
    }
    Ok(targets)
}

fn target(condition: &str, path: &str) -> Target {
    Target { condition: condition.to_string(), file: Path::new(FOLDER).join(path.trim_start_matches("./")) }
}
