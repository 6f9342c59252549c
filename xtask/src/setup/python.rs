//! A virtual environment with the Python clients that tests run and with checkers that come as Python packages, each
//! pinned by hash.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::apt;
use crate::files;
use crate::process::{self, Step};

const FOLDER: &str = "target/python";
const PROGRAM: &str = "target/python/bin/python";
const REQUIREMENTS: [&str; 2] = ["tests/peers/requirements.txt", "tests/release/requirements.txt"];

/// What the environment was made from: its Python's version, then the requirements.
const INSTALLED: &str = "target/python/.installed";

/// Debian's Python stands here even where another comes first on the search path.
const DEBIAN_PYTHON: &str = "/usr/bin/python3";

/// What Debian needs beside a Python, to make an environment that has pip.
const DEBIAN_PACKAGES: [&str; 2] = ["python3", "python3-venv"];

/// Prints the version of a Python that is new enough for all of them, when it can make an environment that has pip.
const PROBE: &str = "import ensurepip, sys, venv; assert sys.version_info >= (3, 11); print(sys.version.split()[0])";

/// Gives the environment's Python; makes the environment first, unless it is the one of these requirements already.
pub fn provide() -> Result<PathBuf> {
    let requirements = REQUIREMENTS.iter().map(files::read).collect::<Result<Vec<_>>>()?.concat();
    if !is_made(&requirements)? {
        make(&interpreter()?)?;
        let version = version(Path::new(PROGRAM)).context("the Python environment was made, yet does not run")?;
        files::write(INSTALLED, marker(&version, &requirements))?;
    }
    Ok(env::current_dir().context("asking for the working directory")?.join(PROGRAM))
}

/// A program that came with one of the packages.
pub fn program(name: &str) -> PathBuf {
    Path::new(FOLDER).join("bin").join(name)
}

fn is_made(requirements: &[u8]) -> Result<bool> {
    match version(Path::new(PROGRAM)) {
        Some(version) if Path::new(INSTALLED).exists() => Ok(files::read(INSTALLED)? == marker(&version, requirements)),
        _ => Ok(false),
    }
}

fn marker(version: &str, requirements: &[u8]) -> Vec<u8> {
    [version.as_bytes(), b"\n", requirements].concat()
}

/// The version of a Python that will do.
fn version(python: &Path) -> Option<String> {
    process::ask(&python.to_string_lossy(), &["-c", PROBE])
}

/// A Python that will do: one that is there, or Debian's.
fn interpreter() -> Result<PathBuf> {
    if let Some(python) = find() {
        return Ok(python);
    }
    apt::install("Python 3.11 or later with venv and ensurepip", &DEBIAN_PACKAGES)?;
    match find() {
        Some(python) => Ok(python),
        None => bail!("Python was installed, yet is older than 3.11\nby hand: install Python 3.11 or later"),
    }
}

fn find() -> Option<PathBuf> {
    let first = process::find(&["python3"]);
    first.into_iter().chain([PathBuf::from(DEBIAN_PYTHON)]).find(|python| version(python).is_some())
}

/// No package runs code of its own while it is installed: wheels only.
fn make(python: &Path) -> Result<()> {
    Step::new("Python environment").run(Command::new(python).args(["-m", "venv", "--clear", FOLDER]))?;
    let mut pip = Command::new(PROGRAM);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]);
    pip.args(["--only-binary", ":all:", "--require-hashes"]);
    pip.args(REQUIREMENTS.iter().flat_map(|file| ["--requirement", file]));
    Step::new("Python packages").run(&mut pip)?;
    Ok(())
}
