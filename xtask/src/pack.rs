//! The npm package's tarball: what `npm publish` uploads, and what the tests of the package install.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::process::Step;

/// Where tarballs are put.
const FOLDER: &str = "target";

/// Packs `pkg/` as it lies there, and gives the tarball's path: `target/tuya-auth-<version>.tgz`.
///
/// npm writes one fixed time into it, so equal files make equal bytes.
///
/// # Errors
/// npm failed, or named no tarball.
pub fn pack() -> Result<PathBuf> {
    let mut npm = Command::new("npm");
    npm.args(["pack", "./pkg", "--pack-destination", FOLDER, "--ignore-scripts", "--loglevel=notice"]);
    let output = Step::new("tarball").run(&mut npm)?;
    let name = output.trim_end().lines().last().context("npm named no tarball")?;
    Ok(Path::new(FOLDER).join(name))
}
