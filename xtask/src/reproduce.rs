//! The package built a second time, from a copy of the sources in another folder: the same sources give the same bytes,
//! wherever they lie.

use std::env;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::setup::{TOOLS, WasmToolchain};
use crate::{build, files, pack};

/// Where the copy lies. It is kept, so that the next run compiles what has changed alone.
const COPY: &str = "target/reproduce";

/// Folders that hold no sources, by name.
const NO_SOURCES: [&str; 8] = [".git", ".next", ".wrangler", "dist", "generated", "node_modules", "pkg", "target"];

/// Builds and packs the copy.
///
/// # Errors
/// A step failed, or the bytes differ; then how to find where.
pub fn check(toolchain: WasmToolchain, tarball: &Path) -> Result<()> {
    let root = env::current_dir()?;
    copy_sources(&root, Path::new(COPY))?;
    for shared in ["node_modules", TOOLS] {
        lend(&root.join(shared), &Path::new(COPY).join(shared))?;
    }
    eprintln!("package, a second time in {COPY}");
    // The build knows no other folder than the one that it is in.
    env::set_current_dir(COPY).with_context(|| format!("entering {COPY}"))?;
    let again = build::build_package(toolchain).and_then(|()| pack::pack());
    env::set_current_dir(&root).with_context(|| format!("going back to {}", root.display()))?;

    let again = Path::new(COPY).join(again?);
    ensure!(
        files::read(tarball)? == files::read(&again)?,
        "two builds of the package differ: compare pkg/ with {COPY}/pkg/, as by `diff -r`"
    );
    Ok(())
}

/// Makes the copy equal to the sources, and leaves files alone that are: cargo goes by their times.
fn copy_sources(from: &Path, to: &Path) -> Result<()> {
    let sources = files::list_but(from, &NO_SOURCES)?;
    for file in &sources {
        let copy = to.join(file.strip_prefix(from)?);
        if !copy.is_file() || files::read(&copy)? != files::read(file)? {
            files::copy(file, &copy)?;
        }
    }
    for copy in files::list_but(to, &NO_SOURCES)? {
        if !from.join(copy.strip_prefix(to)?).is_file() {
            fs::remove_file(&copy).with_context(|| format!("removing {}", copy.display()))?;
        }
    }
    Ok(())
}

/// Lets the copy use what was installed for the original.
fn lend(original: &Path, link: &Path) -> Result<()> {
    if link.is_symlink() {
        return Ok(());
    }
    files::make_parent(link)?;
    symlink(original, link).with_context(|| format!("linking {}", link.display()))
}
