//! From the Rust sources to `pkg/`, the npm package, and `www/dist/`, the demo's page and worker.

mod bind;
mod bundle;
mod checks;
mod folders;
mod generate;
mod graph;
mod inspect;
mod manifest;
mod modules;
mod package;
mod remap;
mod seed;
mod tables;
mod text;

use std::process::Command;
use std::thread;

use anyhow::Result;
pub use bundle::sources;
use modules::Module;

use crate::files;
use crate::process::{self, Step};
use crate::setup::WasmToolchain;
use crate::sizes;

/// Runs the whole pipeline. What is up to date is not made again where that is certain.
///
/// # Errors
/// The first step that fails, and any property of the package that does not hold.
pub fn build(toolchain: WasmToolchain) -> Result<()> {
    build_package(toolchain)?;
    package::link()?;
    sizes::check(toolchain)?;

    Step::new("demo's page and worker").run(Command::new("node").arg("www/build.mjs"))?;
    Ok(())
}

/// The part of it that makes `pkg/`.
pub fn build_package(toolchain: WasmToolchain) -> Result<()> {
    thread::scope(|scope| {
        let make = |module| scope.spawn(move || make_module(module, toolchain));
        let modules: Vec<_> = modules::MODULES.iter().map(make).collect();
        modules.into_iter().try_for_each(process::join)
    })?;
    generate::write_tables()?;
    generate::write_unpacker()?;
    generate::remove_others(&modules::MODULES)?;
    checks::check_modules(&modules::MODULES)?;

    package::clear_compiled()?;
    Step::new("package's TypeScript").run(process::npm_program("tsc").args(["-p", "pkg-template"]))?;
    package::assemble()?;
    bundle::write()?;
    folders::write()?;
    checks::check_package()
}

/// Compiles, binds and optimises one module.
fn make_module(module: &Module, toolchain: WasmToolchain) -> Result<()> {
    let compiled = modules::compile(module, toolchain)?;
    let bound = bind::bind(module, &compiled)?;
    generate::write_module(module, &bound)
}

/// Compiles the tests and the demo's program into `target/ts/`, against the package in `pkg/`.
pub fn compile_typescript() -> Result<()> {
    files::remove_folder("target/ts")?;
    Step::new("TypeScript of the tests and the demo").run(process::npm_program("tsc").args(["-p", "tests"]))?;
    Ok(())
}
