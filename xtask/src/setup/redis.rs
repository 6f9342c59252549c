//! A Redis server for the tests of the store in Redis. They start it themselves and end it.

use std::path::PathBuf;

use anyhow::{Context, Result};

use super::apt;
use crate::process;

/// The server and the checker of its files are one program, which does what the name it is started under says. Debian's
/// package of the tools has it under the checker's name; that of the server adds the other name and a service, which
/// would run from the moment of its installation.
const PROGRAMS: [&str; 2] = ["redis-server", "redis-check-rdb"];

/// Finds a Redis server, or installs Debian's.
pub fn provide() -> Result<PathBuf> {
    if let Some(program) = process::find(&PROGRAMS) {
        return Ok(program);
    }
    apt::install("Redis", &["redis-tools"])?;
    process::find(&PROGRAMS).context("Redis was installed, yet is not on the search path")
}
