//! `cargo xtask test`: the gate. Set-up and build, then every lint and every test, each of which runs even when
//! another has failed.

mod gate;
mod lints;
mod node;
mod published_crate;
mod tally;

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

use crate::process;
use crate::setup::{self, Browser, Extent, TOOLS, WasmToolchain};
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
    gate.run(&CORE_IN_BROWSER, &mut in_browser(".", &["--features", "debug"], ready.wasm, browser)?);
    let features = ["--no-default-features", "--features", "server,debug"];
    gate.run(&MODULES_IN_BROWSER, &mut in_browser("wasm", &features, ready.wasm, browser)?);

    let tarball = pack::pack();
    if let Ok(tarball) = &tarball {
        gate.check(&reproduce::check(ready.wasm, tarball));
    }
    let compiled = build::compile_typescript();
    let measured = bench::build_native();
    // All are tried, so that all are heard of.
    if [gate.check(&tarball), gate.check(&compiled), gate.check(&measured)] == [true; 3] {
        matrix::clear()?;
        gate.run(&NODE, &mut node::tests(&[node::TESTS], &ready, &tarball?)?);
        gate.check(&matrix::compare());
    }
    Ok(gate.finish())
}

/// `wasm-pack test` on a crate's integration tests; unit tests live in native builds alone.
fn in_browser(folder: &str, flags: &[&str], toolchain: WasmToolchain, browser: &Browser) -> Result<Command> {
    let tools = Path::new(TOOLS).canonicalize()?;
    let mut wasm_pack = Command::new(tools.join("wasm-pack"));
    wasm_pack
        .args(["test", "--headless", "--chrome", "--mode", "no-install", "--chromedriver"])
        .args([browser.driver.as_path(), Path::new(folder)])
        .args(["--test", "*"])
        .args(flags)
        .env("PATH", search_path(toolchain.folder().into_iter().map(PathBuf::from).chain([tools]))?)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", Path::new("webdriver.json").canonicalize()?)
        // Seconds; the defaults of 5 and 20 are short for a busy machine.
        .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60")
        .env("WASM_BINDGEN_TEST_TIMEOUT", "300");
    toolchain.configure(&mut wasm_pack);
    Ok(wasm_pack)
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

fn search_path(first: impl Iterator<Item = PathBuf>) -> Result<OsString> {
    let rest = env::var_os("PATH").unwrap_or_default();
    Ok(env::join_paths(first.chain(env::split_paths(&rest)))?)
}
