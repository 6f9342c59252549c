//! Standard libraries of other targets for the toolchain that compiles everything else.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::process::{self, Step};

/// Adds a target unless it is there.
///
/// # Errors
/// Rustup is absent or its server out of reach.
pub fn add_target(target: &str) -> Result<()> {
    let library = process::ask("rustc", &["--print", "target-libdir", "--target", target]);
    if library.is_some_and(|folder| Path::new(&folder).is_dir()) {
        return Ok(());
    }
    let by_hand = format!("run `rustup target add {target}`");
    Step::new(&format!("target {target}"))
        .advise(&by_hand)
        .run(Command::new("rustup").args(["target", "add", target]))?;
    Ok(())
}
