//! The builder's own paths kept out of a module. Panic messages name the file that they come from; what lies where, and
//! from which registry crates came, must not change a byte.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The compiler's flags that give these folders a name of their own. Where several hold a file the last one counts.
pub fn flags() -> Result<Vec<String>> {
    let home = env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(Path::new(&env::var_os("HOME")?).join(".cargo")))
        .context("neither CARGO_HOME nor HOME is set")?;
    let mut registries = registries(&home.join("registry/src"))?;
    // The order is a part of what cargo goes by to see whether something must be compiled again.
    registries.sort();
    let named = [(env::current_dir()?, "."), (home, "cargo")];
    let named = named.into_iter().chain(registries.into_iter().map(|folder| (folder, "crates")));
    Ok(named.map(|(folder, name)| format!("--remap-path-prefix={}={name}", folder.display())).collect())
}

/// The folders of sources, one for each registry that crates came from; none where all of them are vendored.
fn registries(sources: &Path) -> Result<Vec<PathBuf>> {
    if !sources.is_dir() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(sources).with_context(|| format!("listing {}", sources.display()))?;
    entries.map(|entry| Ok(entry?.path())).collect()
}
