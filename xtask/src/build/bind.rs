//! A compiled module bound to JavaScript by wasm-bindgen and made smaller by wasm-opt.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use super::modules::Module;
use crate::files;
use crate::process::{self, Step};
use crate::setup::BINDGEN;

/// What wasm-bindgen and wasm-opt made of a module.
pub struct Bound {
    /// The module itself.
    pub wasm: PathBuf,
    /// The functions and classes that call it.
    pub glue: PathBuf,
    /// The glue's types.
    pub types: PathBuf,
}

/// Binds and optimises a module, unless the same was made from the same input before.
pub fn bind(module: &Module, compiled: &Path) -> Result<Bound> {
    let folder = module.folder().join("bound");
    let bound = Bound {
        wasm: folder.join("optimised.wasm"),
        glue: folder.join(format!("{}_bg.js", module.name)),
        types: folder.join(format!("{}.d.ts", module.name)),
    };
    let key = key(module, compiled)?;
    let stamp = folder.join("made-from");
    if stamp.exists() && files::read_text(&stamp)? == key {
        return Ok(bound);
    }

    files::remove_folder(&folder)?;
    Step::new(&format!("{} module: bind", module.name))
        .run(Command::new(BINDGEN).arg(compiled).arg(&folder).arg(module.name))?;
    let mut optimise = process::npm_program("wasm-opt");
    optimise
        .arg(folder.join(format!("{}_bg.wasm", module.name)))
        .arg("--mvp-features")
        .args(smaller(module))
        .args(OPTIMISE)
        .args(module.wasm_features().map(|feature| format!("--enable-{feature}")))
        .args(["--strip-debug", "--strip-producers", "--strip-target-features", "--output"])
        .arg(&bound.wasm);
    Step::new(&format!("{} module: optimise", module.name)).run(&mut optimise)?;
    files::write(stamp, key)?;
    Ok(bound)
}

/// For speed: `-Oz` makes nothing smaller that was compiled for size, and SHA-256 takes half as long again. No valid
/// pointer lies in the first kilobyte, where the stack would end. The order of the functions stays the compiler's: sorted
/// by name or by use, they compress worse.
const OPTIMISE: [&str; 3] = ["-O3", "--low-memory-unused", "--zero-filled-memory"];

/// For size in what must be small: functions that differ in a few constants become one, big ones that are called once stay
/// functions, and all passes run until nothing gets smaller.
fn smaller(module: &Module) -> &'static [&'static str] {
    const SMALLER: [&str; 3] = ["--one-caller-inline-max-function-size=200", "--merge-similar-functions", "--converge"];
    if module.big { &[] } else { &SMALLER }
}

/// A digest of all that the result depends on: the module, the flags, and the versions of both programs.
fn key(module: &Module, compiled: &Path) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    files::read(compiled)?.hash(&mut hasher);
    files::read("Cargo.lock")?.hash(&mut hasher);
    files::read("package-lock.json")?.hash(&mut hasher);
    OPTIMISE.hash(&mut hasher);
    smaller(module).hash(&mut hasher);
    module.wasm_features().for_each(|feature| feature.hash(&mut hasher));
    Ok(format!("{:016x}", hasher.finish()))
}
