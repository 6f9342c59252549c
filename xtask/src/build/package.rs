//! `pkg/`: the npm package as it is published, put together from the compiled TypeScript, the generated files and
//! `pkg-template`'s own.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use anyhow::{Context, Result};

use super::{generate, manifest};
use crate::files;

/// The package's folder.
pub const FOLDER: &str = "pkg";

/// Its JavaScript, types and modules.
pub const DIST: &str = "pkg/dist";

/// Where the TypeScript compiler writes, a file of JavaScript and one of types for each source.
pub const COMPILED: &str = "target/package";

/// Where the package's users in this repository find it.
const LINK: &str = "node_modules/tuya-auth";

/// Forgets what an earlier compilation wrote.
pub fn clear_compiled() -> Result<()> {
    files::remove_folder(COMPILED)
}

/// Puts everything together but the JavaScript.
pub fn assemble() -> Result<()> {
    files::remove_folder(FOLDER)?;
    for file in files::list(Path::new(generate::FOLDER))? {
        // Of TypeScript the compiler wrote the JavaScript and the types.
        if !generate::TYPESCRIPT.iter().any(|name| file.ends_with(name)) {
            files::copy(&file, Path::new(COMPILED).join("generated").join(file.file_name().unwrap_or_default()))?;
        }
    }
    for file in files::list(Path::new(COMPILED))? {
        if file.extension().is_some_and(|extension| extension != "js") {
            files::copy(&file, Path::new(DIST).join(file.strip_prefix(COMPILED)?))?;
        }
    }
    let package = Path::new(FOLDER);
    manifest::write()?;
    files::copy("pkg-template/README.md", package.join("README.md"))?;
    for name in ["CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT"] {
        files::copy(name, package.join(name))?;
    }
    files::copy_folder(Path::new("pkg-template/bin"), &package.join("bin"))
}

/// Links the package into `node_modules`, as npm does for a folder, so that tests and demo import what users import.
pub fn link() -> Result<()> {
    let wanted = Path::new("../pkg");
    match fs::read_link(LINK) {
        Ok(target) if target == wanted => return Ok(()),
        Ok(_) => fs::remove_file(LINK).with_context(|| format!("removing {LINK}"))?,
        Err(_) => files::remove_folder(LINK)?,
    }
    symlink(wanted, LINK).with_context(|| format!("linking {LINK}"))
}
