//! Node, and the npm packages of the root's `package-lock.json`.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::files;
use crate::process::{self, Step};

/// Node's major and minor version from which `require()` takes ES modules.
const OLDEST_NODE: (u32, u32) = (20, 19);

const LOCK: &str = "package-lock.json";

/// A copy of the lock file that `node_modules` was made from.
const INSTALLED: &str = "node_modules/.installed-lock.json";

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

/// Installs the packages unless they are those of the lock file already. No package runs scripts of its own.
pub fn install() -> Result<()> {
    let lock = files::read(LOCK)?;
    if Path::new(INSTALLED).exists() && files::read(INSTALLED)? == lock {
        return Ok(());
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
    Step::new("npm packages").run(&mut npm)?;
    files::write(INSTALLED, lock)
}
