//! Node, and the npm packages of the repository's lock files.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use super::Extent;
use crate::files;
use crate::process::{self, Step};

/// Node's major and minor version from which `require()` takes ES modules.
const OLDEST_NODE: (u32, u32) = (20, 19);

/// The folder of the JavaScript runtimes that only tests start: big, so apart from what builds the package.
const RUNTIMES: &str = "tests/runtimes";

/// The one example with packages of its own, apart for the same reason.
const NEXT: &str = "examples/next";

/// The TypeScript that most users have; apart, since its programs have the names of the build's own.
const TYPES: &str = "tests/types";

/// # Errors
/// Node or npm is absent or too old.
pub fn check_node() -> Result<()> {
    let (major, minor) = OLDEST_NODE;
    let by_hand = format!("by hand: install Node {major}.{minor} or later with npm");
    let Some(version) = process::ask("node", &["--version"]) else { bail!("Node is missing\n{by_hand}") };
    let mut numbers = version.trim_start_matches('v').split('.').map_while(|number| number.parse().ok());
    if (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0)) < OLDEST_NODE {
        bail!("Node {version} is too old\n{by_hand}");
    }
    if process::find(&["npm"]).is_none() {
        bail!("npm is missing\n{by_hand}");
    }
    Ok(())
}

/// Installs what the build needs, for the benchmark the runtimes too, and for tests Next and an older TypeScript.
pub fn install(extent: Extent) -> Result<()> {
    install_in("npm packages", ".")?;
    if extent >= Extent::Bench {
        install_in("JavaScript runtimes", RUNTIMES)?;
    }
    if extent == Extent::Tests {
        install_in("Next, for its example", NEXT)?;
        install_in("TypeScript 5, for tests of the types", TYPES)?;
    }
    Ok(())
}

/// Installs a folder's packages unless they are those of its lock file already. No package runs scripts of its own.
fn install_in(title: &str, folder: &str) -> Result<()> {
    let folder = Path::new(folder);
    let lock = files::read(folder.join("package-lock.json"))?;
    // A copy of the lock file that `node_modules` was made from.
    let installed = folder.join("node_modules/.installed-lock.json");
    if installed.exists() && files::read(&installed)? == lock {
        return Ok(());
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(folder);
    Step::new(title).run(&mut npm)?;
    files::write(installed, lock)
}
