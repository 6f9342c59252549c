//! wasm-pack, with the wasm-bindgen of its crate's version beside it: nothing is fetched.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::files;
use crate::process::Step;
use crate::setup::{Browser, TOOLS, WasmToolchain};

/// Where the modules are that `tests/wasm-pack` runs.
const BUILT: &str = "target/wasm-pack";

/// `wasm-pack test` on a crate's integration tests; unit tests live in native builds alone.
pub fn in_browser(folder: &str, flags: &[&str], toolchain: WasmToolchain, browser: &Browser) -> Result<Command> {
    let mut test = wasm_pack(toolchain)?;
    test.args(["test", "--headless", "--chrome", "--mode", "no-install", "--chromedriver"])
        .args([browser.driver.as_path(), Path::new(folder)])
        .args(["--test", "*"])
        .args(flags)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", Path::new("webdriver.json").canonicalize()?)
        // Seconds; the defaults of 5 and 20 are short for a busy machine.
        .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60")
        .env("WASM_BINDGEN_TEST_TIMEOUT", "300");
    Ok(test)
}

/// What people run who build the bare module themselves (`wasm/README.md`), for each target.
pub fn build(toolchain: WasmToolchain) -> Result<()> {
    files::remove_folder(BUILT)?;
    for target in ["web", "bundler", "nodejs"] {
        let folder = env::current_dir()?.join(BUILT).join(target);
        let mut build = wasm_pack(toolchain)?;
        build.args(["build", "wasm", "--mode", "no-install", "--target", target, "--out-dir"]).arg(folder);
        Step::new(&format!("wasm-pack for {target}")).run(&mut build)?;
    }
    Ok(())
}

fn wasm_pack(toolchain: WasmToolchain) -> Result<Command> {
    let tools = Path::new(TOOLS).canonicalize()?;
    let mut command = Command::new(tools.join("wasm-pack"));
    let first = toolchain.folder().into_iter().map(PathBuf::from).chain([tools]);
    let rest = env::var_os("PATH").unwrap_or_default();
    command.env("PATH", env::join_paths(first.chain(env::split_paths(&rest)))?);
    toolchain.configure(&mut command);
    Ok(command)
}
