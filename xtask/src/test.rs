//! `cargo xtask test`: the gate. Set-up and build, then every lint and every test, each of which runs even when
//! another has failed.

mod gate;
mod lints;
mod node;
mod published_crate;
mod tally;
mod wasm_pack;

use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::process;
use crate::setup::{self, Extent};
use crate::{bench, build, matrix, pack, reproduce, sizes};
use gate::{Gate, Suite};

/// The suites with the fewest tests that each must run: a green run may have tested nothing.
const RUST: Suite = Suite { title: "Rust tests", floor: 290 };
const CORE_IN_BROWSER: Suite = Suite { title: "core in a browser", floor: 60 };
const MODULES_IN_BROWSER: Suite = Suite { title: "modules in a browser", floor: 12 };
const MATRIX: Suite = Suite { title: "runtimes and bundlers", floor: 150 };
const NODE: Suite = Suite { title: "package, worker and demo", floor: 1100 };

/// Runs the gate. The last line is `N passed, N failed`.
///
/// # Errors
/// Set-up or build failed; there is nothing to test then.
pub fn test() -> Result<ExitCode> {
    let ready = setup::set_up(Extent::Tests)?;
    build::build(ready.wasm)?;
    let browser = ready.browser.as_ref().context("set-up gave no browser")?;

    let mut gate = Gate::default();
    lints::run(&mut gate, ready.wasm);
    gate.check(&sizes::compare(ready.wasm));

    let mut rust = process::cargo();
    gate.run(&RUST, rust.args(["test", "--workspace", "--exclude", "tools", "--all-features", "--no-fail-fast"]));
    published_crate::run(&mut gate, ready.wasm);
    gate.run(&CORE_IN_BROWSER, &mut wasm_pack::in_browser(".", &["--features", "debug"], ready.wasm, browser)?);
    let features = ["--no-default-features", "--features", "server,debug,entropy"];
    gate.run(&MODULES_IN_BROWSER, &mut wasm_pack::in_browser("wasm", &features, ready.wasm, browser)?);

    let modules = wasm_pack::build(ready.wasm);
    let tarball = pack::pack();
    if let Ok(tarball) = &tarball {
        gate.check(&reproduce::check(ready.wasm, tarball));
    }
    let compiled = build::compile_typescript();
    let measured = bench::build_native();
    // All are tried, so that all are heard of.
    if [gate.check(&modules), gate.check(&tarball), gate.check(&compiled), gate.check(&measured)] == [true; 4] {
        matrix::clear()?;
        gate.run(&NODE, &mut node::tests(&[node::TESTS], &ready, &tarball?)?);
        gate.check(&matrix::compare());
    }
    Ok(gate.finish())
}

/// Runs the suites whose tests write the tables of `docs/runtimes.md`, and writes these.
///
/// # Errors
/// Something failed; the document is left alone then.
pub fn matrix() -> Result<ExitCode> {
    let ready = setup::set_up(Extent::Tests)?;
    build::build(ready.wasm)?;
    build::compile_typescript()?;
    let tarball = pack::pack()?;
    matrix::clear()?;
    let mut gate = Gate::default();
    gate.run(&MATRIX, &mut node::tests(&matrix::SUITES, &ready, &tarball)?);
    gate.check(&matrix::write());
    Ok(gate.finish())
}
