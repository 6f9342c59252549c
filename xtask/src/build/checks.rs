//! Properties of the modules and of the package without which the build fails.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};

use super::manifest::{self, STATIC, Target};
use super::modules::{MODULES, Module};
use super::{bundle, generate, graph, inspect};
use crate::files;

/// What wasm-bindgen adds to the exports of a module.
const HELPERS: [&str; 2] = ["memory", "__"];

/// No module on a path from an entry may hold these: they tie it to one runtime, or do work at import time.
const NOWHERE: [&str; 6] =
    ["import.meta", NODE_IMPORT, "require(", "instanceof WebAssembly.Module", "\nawait ", "= await import("];

/// The entries that are for Node, and may use its modules.
const FOR_NODE: [&str; 3] = ["emulator/node.js", "emulator/node-test.js", "emulator/vitest.js"];

/// How Node's modules are imported.
const NODE_IMPORT: &str = "from \"node:";

/// The modules that an entry's code reaches, by the first part of its name; all others reach none.
const MODULE_OF: [(&str, &str); 5] =
    [(".", "page"), ("server", "core"), ("handler", "core"), ("debug", "debug"), ("emulator", "emulator")];

/// What compiles bytes, which some runtimes refuse.
const NOT_STATIC: [&str; 3] = ["WebAssembly.compile", "WebAssembly.instantiate(", "new WebAssembly.Module("];

/// A module imports its own glue alone, if it has any, and exports exactly its list.
pub fn check_modules(modules: &[Module]) -> Result<()> {
    let files: Vec<PathBuf> =
        modules.iter().map(|module| Path::new(generate::FOLDER).join(format!("{}.wasm", module.name))).collect();
    for (module, report) in modules.iter().zip(inspect::inspect(&files)?) {
        let name = module.name;
        let glue = format!("./{name}_bg.js");
        ensure!(
            report.imports.iter().all(|import| module.glued && *import == glue),
            "{name}.wasm imports more than its glue: {:?}",
            report.imports
        );

        let own = |export: &&str| !HELPERS.iter().any(|helper| export.starts_with(helper));
        let exports: BTreeSet<&str> = report.exports.iter().map(String::as_str).filter(own).collect();
        let wanted: BTreeSet<&str> = module.exports.iter().copied().collect();
        ensure!(exports == wanted, "{name}.wasm exports {exports:?}, not {wanted:?} (xtask/src/build/modules.rs)");
    }
    Ok(())
}

/// Every file that the manifest exports is there, and no entry reaches a text that its runtimes do not bear, or a
/// module that is not its own.
pub fn check_package() -> Result<()> {
    for Target { entry, condition, file } in manifest::targets()? {
        ensure!(file.is_file(), "package.json exports {}, which is absent", file.display());
        if file.extension().is_some_and(|extension| extension == "js") {
            check_entry(&file, STATIC.contains(&condition.as_str()))?;
            check_reached_modules(&entry, &file)?;
        }
    }
    Ok(())
}

fn check_reached_modules(entry: &str, file: &Path) -> Result<()> {
    let own = own_module(entry);
    let mut reached: BTreeSet<_> = bundle::sources(file)?.iter().filter_map(|source| module_of(source)).collect();
    for file in graph::reach(file)? {
        reached.extend(graph::imports(&file)?.iter().filter_map(|import| module_of(import)));
    }
    ensure!(reached.iter().map(String::as_str).eq(own), "{entry} loads the modules {reached:?}, not {own:?}");
    Ok(())
}

/// The module that an entry may load.
fn own_module(entry: &str) -> Option<&'static str> {
    let first = entry.trim_start_matches("./").split('/').next()?;
    // `./inline` is the first entry by another name.
    let first = if first == "inline" { "." } else { first };
    MODULE_OF.iter().find(|(name, _)| *name == first).map(|(_, module)| *module)
}

/// The module that a file belongs to: `core` for `generated/core.text.js`.
fn module_of(file: &Path) -> Option<String> {
    let name = file.file_name()?.to_str()?.split('.').next()?;
    let is_generated = file.parent()?.ends_with("generated");
    (is_generated && MODULES.iter().any(|module| module.name == name)).then(|| name.to_owned())
}

fn check_entry(entry: &Path, imports_wasm: bool) -> Result<()> {
    let for_node = FOR_NODE.iter().any(|name| entry.ends_with(name));
    for file in graph::reach(entry)? {
        let text = files::read_text(&file)?;
        let nowhere = NOWHERE.iter().filter(|text| !(for_node && **text == NODE_IMPORT));
        let forbidden = nowhere.chain(NOT_STATIC.iter().filter(|_| imports_wasm));
        for forbidden in forbidden {
            ensure!(
                !text.contains(forbidden),
                "{} holds `{}`, and {} reaches it",
                file.display(),
                forbidden.trim(),
                entry.display()
            );
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{module_of, own_module};
    use std::path::Path;

    #[test]
    fn knows_the_module_of_every_kind_of_entry() {
        let entries = [".", "./inline", "./server/inline", "./emulator/node", "./redis", "./durable-object"];
        let modules = [Some("page"), Some("page"), Some("core"), Some("emulator"), None, None];
        assert_eq!(entries.map(own_module), modules);
    }

    #[test]
    fn knows_the_files_of_a_module() {
        let files = ["core.js", "core.text.js", "core.wasm", "core.wasm?module", "tables.js"];
        let found = files.map(|name| module_of(&Path::new("pkg/dist/generated").join(name)));
        assert_eq!(
            found.each_ref().map(Option::as_deref),
            [Some("core"), Some("core"), Some("core"), Some("core"), None]
        );
        assert_eq!(module_of(Path::new("pkg/dist/core.js")), None);
    }
}
