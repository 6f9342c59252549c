//! Debian's packages, where this is Debian and we are root; elsewhere, advice.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::process::{self, Step};

/// Installs packages after refreshing the lists. A list that cannot be refreshed is no failure by itself.
///
/// # Errors
/// On another system or as another user: says `what` is missing and how to install it.
pub fn install(what: &str, packages: &[&str]) -> Result<()> {
    let packages = packages.join(" ");
    let by_hand = format!("`sudo apt-get install {packages}` on Debian, or your system's equivalent");
    let root = process::ask("id", &["-u"]).is_some_and(|id| id == "0");
    if !root || !Path::new("/etc/debian_version").exists() {
        bail!("{what} missing\nby hand: {by_hand}");
    }
    let script = format!(
        "apt-get update; DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends {packages}"
    );
    Step::new(what).advise(&by_hand).run(Command::new("sh").args(["-c", &script]))?;
    Ok(())
}

/// Whether all of these packages are installed.
pub fn installed(packages: &[&str]) -> bool {
    let arguments = ["-W", "-f", "${db:Status-Status}\n"];
    process::ask("dpkg-query", &[&arguments, packages].concat()).is_some_and(|answer| {
        answer.lines().count() == packages.len() && answer.lines().all(|line| line == "installed")
    })
}
