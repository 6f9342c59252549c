//! Valgrind, which counts instructions for the benchmark.

use anyhow::Result;

use super::apt;
use crate::process;

/// Finds Valgrind, or installs Debian's. Where the recorded numbers are not of this kind of machine, nobody needs it.
pub fn provide() -> Result<()> {
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) || process::find(&["valgrind"]).is_some() {
        return Ok(());
    }
    apt::install("Valgrind", &["valgrind"])
}
