//! Folders beside `dist/` for resolvers that do not read `exports`: Parcel 2 as it comes, and TypeScript's `node10`.
//! They look for `tuya-auth/server` where its name says, and find a manifest there that leads to the entry.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::manifest;
use super::package::FOLDER;
use crate::files;

/// Writes a folder for every entry but the first, which `main` of the package's own manifest names.
pub fn write() -> Result<()> {
    for (subpath, export) in manifest::exports()? {
        let Some(folder) = subpath.strip_prefix("./") else { continue };
        // Plain paths lead to modules and the manifest, which nobody imports by a name without an ending.
        let Value::Object(conditions) = export else { continue };
        let up = "../".repeat(folder.split('/').count());
        let lead = |condition: &str| {
            let path = conditions.get(condition).and_then(Value::as_str);
            let path = path.with_context(|| format!("{subpath} of exports has no {condition}"))?;
            anyhow::Ok(path.replacen("./", &up, 1))
        };
        let manifest = json!({ "main": lead("default")?, "types": lead("types")? });
        files::write(Path::new(FOLDER).join(folder).join("package.json"), format!("{manifest:#}\n"))?;
    }
    Ok(())
}
