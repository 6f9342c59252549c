//! Chromium and its driver, of one major version.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::apt;
use crate::process;

const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// A browser that a driver of the same version can start.
pub struct Browser {
    /// The browser's path.
    pub program: PathBuf,
    /// Its driver's path.
    pub driver: PathBuf,
}

/// Finds a browser with its driver, or installs Debian's.
pub fn provide() -> Result<Browser> {
    if let Some(browser) = find()? {
        return Ok(browser);
    }
    apt::install("Chromium", &["chromium", "chromium-driver"])?;
    find()?.context("Chromium was installed, yet is not on the search path")
}

fn find() -> Result<Option<Browser>> {
    let (Some(program), Some(driver)) = (process::find(&BROWSERS), process::find(&["chromedriver"])) else {
        return Ok(None);
    };
    let (theirs, its) = (major(&program), major(&driver));
    if theirs.is_none() || theirs != its {
        bail!(
            "{} (version {}) and {} (version {}) do not fit\nby hand: install a chromedriver of the browser's version",
            program.display(),
            theirs.unwrap_or_default(),
            driver.display(),
            its.unwrap_or_default(),
        );
    }
    Ok(Some(Browser { program, driver }))
}

/// The major version in an answer such as `Chromium 156.0.8078.79 built on Debian`.
fn major(program: &Path) -> Option<u32> {
    let answer = process::ask(&program.to_string_lossy(), &["--version"])?;
    answer.split_whitespace().find_map(|word| word.split('.').next()?.parse().ok())
}
