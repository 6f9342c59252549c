//! Installs what a command misses. Quick when nothing is missing.

mod apt;
pub mod bare_target;
mod browser;
mod more_browsers;
mod npm;
mod python;
mod redis;
mod rustup;
mod tools;
mod valgrind;
mod wasm_target;
pub mod wrk;

use std::path::PathBuf;
use std::thread;

use anyhow::{Result, anyhow};

use crate::process;

pub use browser::Browser;
pub use python::program as python_program;
pub use tools::{BINDGEN, FOLDER as TOOLS};
pub use wasm_target::WasmToolchain;

/// How much a command needs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extent {
    /// What builds the package and the demo.
    Build,
    /// That, a browser, other JavaScript runtimes, and what counts instructions.
    Bench,
    /// That, more browsers with what runs tests in them, a Redis server, and clients in Python.
    Tests,
}

/// What set-up found or installed.
pub struct Ready {
    /// The compiler for WebAssembly.
    pub wasm: WasmToolchain,
    /// With [`Extent::Bench`].
    pub browser: Option<Browser>,
    /// The Redis server's program, to be started as `redis-server`; with [`Extent::Tests`].
    pub redis: Option<PathBuf>,
    /// A Python that has the clients of `tests/peers`; with [`Extent::Tests`].
    pub python: Option<PathBuf>,
}

/// Installs what [`crate::audit`] asks: cargo-deny, and the npm packages whose signatures are checked.
///
/// # Errors
/// What failed, with what to do by hand.
pub fn set_up_audit() -> Result<()> {
    npm::check_node()?;
    python::provide()?;
    npm::install(Extent::Build)
}

/// Installs side by side: system packages (one after another), npm packages, and our own build tools.
///
/// # Errors
/// All that failed, each with what to do by hand.
pub fn set_up(extent: Extent) -> Result<Ready> {
    npm::check_node()?;
    let (system, npm, tools) = thread::scope(|scope| {
        let system = scope.spawn(|| {
            let wasm = wasm_target::provide()?;
            let (bench, tests) = (extent >= Extent::Bench, extent == Extent::Tests);
            let browser = bench.then(browser::provide).transpose()?;
            bench.then(valgrind::provide).transpose()?;
            if tests {
                more_browsers::provide();
            }
            let redis = tests.then(redis::provide).transpose()?;
            let python = tests.then(python::provide).transpose()?;
            Ok(Ready { wasm, browser, redis, python })
        });
        let npm = scope.spawn(|| npm::install(extent));
        let tools = scope.spawn(|| tools::build(extent));
        (process::join(system), process::join(npm), process::join(tools))
    });
    match (system, npm, tools) {
        (Ok(ready), Ok(()), Ok(())) => Ok(ready),
        (system, npm, tools) => {
            let failures = [system.err(), npm.err(), tools.err()];
            let failures: Vec<String> = failures.iter().flatten().map(|error| format!("{error:#}")).collect();
            Err(anyhow!("set-up: {}", failures.join("\n\n")))
        }
    }
}
