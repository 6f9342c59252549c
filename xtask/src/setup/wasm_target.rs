//! A compiler for `wasm32-unknown-unknown`: rustup's target, or Debian's packages where rustup's server is out of
//! reach.

use std::env;
use std::process::Command;

use anyhow::{Context, Result};

use super::{apt, rustup};
use crate::process;

const TARGET: &str = "wasm32-unknown-unknown";

/// Debian ships no standard library for the target: its sources and a linker let cargo build one.
const DEBIAN_PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-19"];

const DEBIAN_CARGO: &str = "/usr/bin/cargo";

/// Which compiler makes the WebAssembly.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum WasmToolchain {
    /// The toolchain that compiles everything else, with the target added.
    Rustup,
    /// Debian's packaged compiler, which builds the target's standard library too.
    Debian,
}

impl WasmToolchain {
    /// A cargo that compiles for the target.
    pub fn cargo(self) -> Command {
        match self {
            Self::Rustup => process::cargo(),
            Self::Debian => {
                let mut cargo = Command::new(DEBIAN_CARGO);
                self.configure(&mut cargo);
                cargo
            }
        }
    }

    /// Lets a program that itself calls `cargo` compile for the target.
    pub fn configure(self, command: &mut Command) {
        if self == Self::Debian {
            command
                .env("CARGO", DEBIAN_CARGO)
                .env("RUSTC", "/usr/bin/rustc")
                .env("RUSTC_BOOTSTRAP", "1")
                .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld-19")
                .env_remove("RUSTUP_TOOLCHAIN");
        }
    }

    /// The folder that must come first on the search path of such a program.
    pub fn folder(self) -> Option<&'static str> {
        (self == Self::Debian).then_some("/usr/bin")
    }

    /// A name for folders: what one compiler made, the other must not take for its own.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rustup => "rustup",
            Self::Debian => "debian",
        }
    }
}

/// Finds or installs a compiler for the target.
pub fn provide() -> Result<WasmToolchain> {
    if env::var_os("XTASK_WASM_TOOLCHAIN").is_some_and(|choice| choice == "debian") {
        return provide_debian();
    }
    match rustup::add_target(TARGET) {
        Ok(()) => Ok(WasmToolchain::Rustup),
        Err(error) => provide_debian().with_context(|| format!("{error:#}\nand in its place")),
    }
}

fn provide_debian() -> Result<WasmToolchain> {
    if !apt::installed(&DEBIAN_PACKAGES) {
        apt::install("Debian's compiler for WebAssembly", &DEBIAN_PACKAGES)?;
    }
    Ok(WasmToolchain::Debian)
}
