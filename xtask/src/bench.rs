//! `cargo xtask bench`: what is measured is built here, and measured by `bench/`.

use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

use crate::build;
use crate::process::{self, Step};
use crate::setup::{self, Extent};

/// Runs the benchmark with these flags.
///
/// # Errors
/// Set-up or build failed.
pub fn bench(flags: &[&str]) -> Result<ExitCode> {
    setup::wrk::provide();
    let ready = setup::set_up(Extent::Bench)?;
    build::build(ready.wasm)?;
    build::compile_typescript()?;
    build_native()?;
    let browser = ready.browser.context("set-up gave no browser")?;
    let mut node = Command::new("node");
    node.arg("target/ts/bench/main.js").args(flags).env("TUYA_TEST_BROWSER", browser.program);
    let status = node.status().context("running Node")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Compiles the crate alone, which is the limit: with the SHA-256 that every machine has, whose instructions a test
/// counts too, and with that of this machine.
///
/// # Errors
/// One does not compile.
pub fn build_native() -> Result<()> {
    let release = ["build", "--release", "--package", "tuya-auth-bench", "--locked"];
    let mut portable = process::cargo();
    portable.args(release).args(["--target-dir", "target/soft"]).env("RUSTFLAGS", "--cfg sha2_backend=\"soft\"");
    Step::new("crate for benchmark, portable SHA-256").run(&mut portable)?;
    Step::new("crate for benchmark").run(process::cargo().args(release))?;
    Ok(())
}
