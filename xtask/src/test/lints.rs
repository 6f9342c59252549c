//! What the sources must keep, beside passing tests: form, lints, documentation, and builds that no test makes.

use std::process::Command;

use super::gate::Gate;
use crate::process::{self, Step};
use crate::setup::WasmToolchain;

const WASM: &str = "wasm32-unknown-unknown";

/// Runs all of them.
pub fn run(gate: &mut Gate, toolchain: WasmToolchain) {
    let mut lint = |title: &str, command: &mut Command| {
        gate.check(&Step::new(title).run(command));
    };

    lint("Rust's form", process::cargo().args(["fmt", "--all", "--check"]));
    lint(
        "clippy",
        process::cargo().args(["clippy", "--workspace", "--all-targets", "--all-features", "--", "-Dwarnings"]),
    );
    if toolchain == WasmToolchain::Rustup {
        let modules = ["--package", "tuya-auth-emulator-wasm", "--package", "tuya-auth-wasm", "--features", "server"];
        let mut clippy = process::cargo();
        lint("clippy for WebAssembly", clippy.arg("clippy").args(modules).args(["--target", WASM, "--", "-Dwarnings"]));
    }
    lint(
        "Rust's documentation",
        process::cargo()
            .args(["doc", "--workspace", "--exclude", "tools", "--no-deps", "--all-features"])
            .env("RUSTDOCFLAGS", "-Dwarnings"),
    );
    lint(
        "core without std",
        toolchain.cargo().args(["check", "--package", "tuya-auth", "--no-default-features", "--target", WASM]),
    );
    lint("biome", process::npm_program("biome").args(["ci", "--error-on-warnings"]));
}
