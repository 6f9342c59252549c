//! The crate as crates.io would get it: its files, a dry run of publishing it, and two projects that depend on what
//! was packed (`tests/crate`).

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::gate::{Gate, Suite};
use crate::files;
use crate::process::{self, Step};
use crate::setup::{WasmToolchain, bare_target};

const CONSUMERS: Suite = Suite { title: "the published crate", floor: 3 };

/// Where the consumers find the crate.
const UNPACKED: &str = "target/crate/tuya-auth";

/// What is in the crate beside its sources and examples.
const BESIDE: [&str; 7] = [
    ".cargo_vcs_info.json",
    "Cargo.lock",
    "Cargo.toml",
    "Cargo.toml.orig",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "docs/crate.md",
];

/// Packs the crate and uses it.
pub fn run(gate: &mut Gate, toolchain: WasmToolchain) {
    gate.check(&list());
    if !gate.check(&pack()) {
        return;
    }
    let manifest = ["--manifest-path", "tests/crate/Cargo.toml"];
    let form = ["fmt", "--all", "--check"];
    gate.check(&Step::new("form of the crate's consumers").run(process::cargo().args(form).args(manifest)));
    let built = ["--locked", "--target-dir", "target/crate/built", "--package"];
    gate.run(&CONSUMERS, process::cargo().arg("test").args(manifest).args(built).arg("hosted-consumer"));
    if let Some(mut cargo) = bare_target::cargo(toolchain) {
        cargo.arg("check").args(manifest).args(built).args(["bare-consumer", "--target", bare_target::TARGET]);
        gate.check(&Step::new("the published crate without std").run(&mut cargo));
    }
}

/// No file more and none less.
fn list() -> Result<()> {
    let mut wanted: Vec<PathBuf> = BESIDE.iter().map(PathBuf::from).collect();
    wanted.extend(files::list(Path::new("src"))?);
    let examples = files::list(Path::new("examples"))?;
    let own = |file: &PathBuf| {
        file.parent() == Some(Path::new("examples")) && file.extension().is_some_and(|end| end == "rs")
    };
    wanted.extend(examples.into_iter().filter(own));
    wanted.sort();

    let output =
        Step::new("crate: files").run(process::cargo().args(["package", "--list", "--allow-dirty", "--quiet"]))?;
    let mut packed: Vec<PathBuf> = output.lines().map(PathBuf::from).collect();
    packed.sort();
    ensure!(packed == wanted, "the crate would hold {packed:?}, not {wanted:?} (xtask/src/test/published_crate.rs)");
    Ok(())
}

/// All of publishing but the upload, the compilation of what was packed included; then unpacks that.
fn pack() -> Result<()> {
    let mut cargo = process::cargo();
    Step::new("crate: dry run of publishing").run(cargo.args(["publish", "--dry-run", "--allow-dirty"]))?;
    files::remove_folder(UNPACKED)?;
    fs::create_dir_all(UNPACKED).with_context(|| format!("making {UNPACKED}"))?;
    // The crate's version is the workspace's, and so this program's.
    let packed = concat!("target/package/tuya-auth-", env!("CARGO_PKG_VERSION"), ".crate");
    let mut tar = Command::new("tar");
    Step::new("crate: unpack").run(tar.args(["-xzf", packed, "--strip-components=1", "-C", UNPACKED]))?;
    Ok(())
}
