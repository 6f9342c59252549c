//! Reading and writing files with errors that name them.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The bytes of a file.
pub fn read(path: impl AsRef<Path>) -> Result<Vec<u8>> {
    let path = path.as_ref();
    fs::read(path).with_context(|| format!("reading {}", path.display()))
}

/// The text of a file.
pub fn read_text(path: impl AsRef<Path>) -> Result<String> {
    let path = path.as_ref();
    fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))
}

/// Writes a file, and the folders above it.
pub fn write(path: impl AsRef<Path>, content: impl AsRef<[u8]>) -> Result<()> {
    let path = path.as_ref();
    make_parent(path)?;
    fs::write(path, content).with_context(|| format!("writing {}", path.display()))
}

/// Copies a file, and makes the folders above the copy.
pub fn copy(from: impl AsRef<Path>, to: impl AsRef<Path>) -> Result<()> {
    let (from, to) = (from.as_ref(), to.as_ref());
    make_parent(to)?;
    fs::copy(from, to).with_context(|| format!("copying {} to {}", from.display(), to.display()))?;
    Ok(())
}

/// Copies a folder and everything below it.
pub fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    for file in list(from)? {
        copy(&file, to.join(file.strip_prefix(from)?))?;
    }
    Ok(())
}

/// Removes a folder with everything below it; that it is absent is no error.
pub fn remove_folder(path: impl AsRef<Path>) -> Result<()> {
    let path = path.as_ref();
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("removing {}", path.display()))
        }
        _ => Ok(()),
    }
}

/// Every file below a folder, sorted.
pub fn list(folder: &Path) -> Result<Vec<PathBuf>> {
    list_but(folder, &[])
}

/// Every file below a folder but those in folders of these names, sorted.
pub fn list_but(folder: &Path, names: &[&str]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).with_context(|| format!("listing {}", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            let left_out = path.file_name().is_some_and(|name| names.iter().any(|left_out| name == *left_out));
            match (path.is_dir(), left_out) {
                (true, false) => folders.push(path),
                (true, true) => {}
                (false, _) => files.push(path),
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Makes the folders above a path.
pub fn make_parent(path: &Path) -> Result<()> {
    match path.parent() {
        Some(parent) => fs::create_dir_all(parent).with_context(|| format!("making {}", parent.display())),
        None => Ok(()),
    }
}
