//! The build's own programs (the crate `tools`), in a target folder of their own so that nothing waits for them.

use anyhow::Result;

use super::Extent;
use crate::process::{self, Step};

/// Where the programs are.
pub const FOLDER: &str = "target/tools/debug";

/// Binds a compiled module to JavaScript.
pub const BINDGEN: &str = "target/tools/debug/bindgen";

/// Builds the programs; cargo knows what is up to date.
pub fn build(extent: Extent) -> Result<()> {
    let mut cargo = process::cargo();
    cargo.args(["build", "--package", "tools", "--target-dir", "target/tools"]);
    if extent == Extent::Tests {
        cargo.args(["--features", "browser-tests"]);
    }
    Step::new("build tools").run(&mut cargo)?;
    Ok(())
}
