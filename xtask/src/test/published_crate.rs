//! The crate as crates.io would get it: its files, a dry run of publishing it, and two projects that depend on what
//! was packed (`tests/crate`).

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};

use super::gate::{Gate, Suite};
use crate::files;
use crate::process::{self, Step};
use crate::setup::{WasmToolchain, bare_target};

const CONSUMERS: Suite = Suite { title: "the published crate", floor: 3 };

/// Where cargo unpacks the crate, to compile it.
const PACKED: &str = "target/crate/publish/package";

/// Where the consumers find it.
const CONSUMED: &str = "target/crate/tuya-auth";

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
    let built = ["--target-dir", "target/crate/built", "--package"];
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

/// All of publishing but the upload; what it packed and compiled is what the consumers get.
fn pack() -> Result<()> {
    files::remove_folder(PACKED)?;
    let mut cargo = process::cargo();
    cargo.args(["publish", "--dry-run", "--allow-dirty", "--target-dir", "target/crate/publish"]);
    Step::new("crate: dry run of publishing").run(&mut cargo)?;
    // The crate's version is the workspace's, and so this program's.
    let unpacked = Path::new(PACKED).join(concat!("tuya-auth-", env!("CARGO_PKG_VERSION")));
    files::remove_folder(CONSUMED)?;
    files::copy_folder(&unpacked, Path::new(CONSUMED))?;
    // The consumers' versions are those that the crate was tested with.
    files::copy(unpacked.join("Cargo.lock"), "tests/crate/Cargo.lock")
}
