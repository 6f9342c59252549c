//! The `workerd` variants. workerd refuses to compile bytes and imports a `.wasm` as a module, so whatever lies between
//! an entry and a `*.module.js` that has a `*.module.workerd.js` beside it gets a twin `*.workerd.js` that reaches
//! that one. All other files are shared, so that there is one class of each name.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::{graph, manifest};
use crate::files;

/// Writes the twins that the manifest's `workerd` entries need.
pub fn write() -> Result<()> {
    let mut reached = BTreeSet::new();
    for target in manifest::targets()?.into_iter().filter(|target| target.condition == "workerd") {
        reached.extend(graph::reach(&original(&target.file))?);
    }
    let switches: BTreeSet<&PathBuf> = reached.iter().filter(|file| twin(file).is_file()).collect();
    let mut twinned = BTreeSet::new();
    for file in &reached {
        if graph::reach(file)?.iter().any(|reached| switches.contains(reached)) {
            twinned.insert(file.clone());
        }
    }
    for file in twinned.iter().filter(|file| !switches.contains(file)) {
        files::write(twin(file), rewrite(file, &twinned)?)?;
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

/// The twin's name: `page.js` to `page.workerd.js`.
fn twin(file: &Path) -> PathBuf {
    file.with_extension("workerd.js")
}

/// The name of what a twin is made from.
fn original(twin: &Path) -> PathBuf {
    twin.with_extension("").with_extension("js")
}
