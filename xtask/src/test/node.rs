//! Node's runner on the compiled tests, told where to find what set-up provides.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::files;
use crate::setup::Ready;

/// Where the compiled tests are.
pub const TESTS: &str = "target/ts/tests";

/// The runner on every test below these folders.
///
/// # Errors
/// Set-up was not made for tests.
pub fn tests(folders: &[&str], ready: &Ready, tarball: &Path) -> Result<Command> {
    let mut node = Command::new("node");
    node.args(["--test", "--test-reporter=spec", "--test-timeout=600000"])
        .env("NO_COLOR", "1")
        .env("TUYA_TEST_BROWSER", &ready.browser.as_ref().context("set-up gave no browser")?.program)
        .env("TUYA_TEST_REDIS", ready.redis.as_ref().context("set-up gave no Redis server")?)
        .env("TUYA_TEST_PYTHON", ready.python.as_ref().context("set-up gave no Python")?)
        .env("TUYA_TEST_TARBALL", tarball.canonicalize()?);
    for folder in folders.iter().map(Path::new).filter(|folder| folder.exists()) {
        let files = files::list(folder)?;
        node.args(files.iter().filter(|file| file.to_string_lossy().ends_with(".test.js")));
    }
    Ok(node)
}
