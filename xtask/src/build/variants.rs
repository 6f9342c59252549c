//! The `workerd` variants. workerd refuses to compile bytes and imports a `.wasm` as a module, so every file that
//! reaches a `*.module.js` with a `*.module.workerd.js` beside it gets a twin `*.workerd.js` that reaches that one.
//! All other files are shared, so that there is one class of each name.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};

use super::graph;
use crate::files;

/// Writes the twins of a folder of compiled modules.
pub fn write(folder: &Path) -> Result<()> {
    let all = files::list(folder)?;
    let switches: BTreeSet<&PathBuf> =
        all.iter().filter(|file| twin(file).is_some_and(|twin| all.contains(&twin))).collect();
    ensure!(!switches.is_empty(), "{} has no `*.module.js` with a `*.module.workerd.js`", folder.display());

    let mut twinned = BTreeSet::new();
    for file in all.iter().filter(|file| twin(file).is_some() && !is_twin(file)) {
        if graph::reach(file)?.iter().any(|reached| switches.contains(reached)) {
            twinned.insert(file.clone());
        }
    }
    for file in twinned.iter().filter(|file| !switches.contains(file)) {
        if let Some(twin) = twin(file) {
            files::write(twin, rewrite(file, &twinned)?)?;
        }
    }
    Ok(())
}

/// The file's text with the specifiers of twinned files pointing to their twins.
fn rewrite(file: &Path, twinned: &BTreeSet<PathBuf>) -> Result<String> {
    let mut text = files::read_text(file)?;
    let places = graph::specifiers(&text).into_iter().zip(graph::imports(file)?);
    let places: Vec<_> = places.filter(|(_, import)| twinned.contains(import)).collect();
    for (place, _) in places.into_iter().rev() {
        let end = place.end - ".js".len();
        text.replace_range(end..place.end, ".workerd.js");
    }
    Ok(text)
}

fn twin(file: &Path) -> Option<PathBuf> {
    Some(file.with_file_name(format!("{}.workerd.js", file.file_name()?.to_str()?.strip_suffix(".js")?)))
}

fn is_twin(file: &Path) -> bool {
    file.to_string_lossy().ends_with(".workerd.js")
}
