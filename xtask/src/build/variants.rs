//! The variants for runtimes that refuse to compile bytes and import a `.wasm` as a module instead. For each of their
//! conditions, whatever lies between an entry and a `*.module.js` that has a `*.module.<condition>.js` beside it gets a
//! twin `*.<condition>.js` that reaches that one. All other files are shared, so that there is one class of each name.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::graph;
use super::manifest::{self, STATIC};
use crate::files;

/// Writes the twins that the manifest's entries need under each condition.
pub fn write() -> Result<()> {
    STATIC.iter().try_for_each(|condition| Variant::find(condition)?.write())
}

/// What differs under one condition.
struct Variant {
    condition: &'static str,
    /// The files whose twins are written by hand.
    switches: BTreeSet<PathBuf>,
    /// Those and all that reach them.
    twinned: BTreeSet<PathBuf>,
}

impl Variant {
    fn find(condition: &'static str) -> Result<Self> {
        let mut reached = BTreeSet::new();
        for target in manifest::targets()?.into_iter().filter(|target| target.condition == condition) {
            reached.extend(graph::reach(&original(&target.file))?);
        }
        let switches: BTreeSet<_> = reached.iter().filter(|file| twin(file, condition).is_file()).cloned().collect();
        let mut twinned = BTreeSet::new();
        for file in &reached {
            if graph::reach(file)?.iter().any(|reached| switches.contains(reached)) {
                twinned.insert(file.clone());
            }
        }
        Ok(Self { condition, switches, twinned })
    }

    fn write(&self) -> Result<()> {
        for file in self.twinned.difference(&self.switches) {
            files::write(twin(file, self.condition), self.rewrite(file)?)?;
        }
        Ok(())
    }

    /// The file's text with the specifiers of twinned files pointing to their twins.
    fn rewrite(&self, file: &Path) -> Result<String> {
        let mut text = files::read_text(file)?;
        let places = graph::specifiers(&text).into_iter().zip(graph::imports(file)?);
        let places: Vec<_> = places.filter(|(_, import)| self.twinned.contains(import)).collect();
        for (place, _) in places.into_iter().rev() {
            let end = place.end - ".js".len();
            text.replace_range(end..place.end, &format!(".{}.js", self.condition));
        }
        Ok(text)
    }
}

/// The twin's name: `page.js` to `page.workerd.js`.
fn twin(file: &Path, condition: &str) -> PathBuf {
    file.with_extension(format!("{condition}.js"))
}

/// The name of what a twin is made from.
fn original(twin: &Path) -> PathBuf {
    twin.with_extension("").with_extension("js")
}
