//! What the sources must keep, beside passing tests: form, lints, documentation, and builds that no test makes.

use std::process::Command;

use super::gate::Gate;
use crate::audit;
use crate::process::{self, Step};
use crate::setup::{self, WasmToolchain, bare_target};

const WASM: &str = "wasm32-unknown-unknown";

/// Runs all of them.
pub fn run(gate: &mut Gate, toolchain: WasmToolchain) {
    let mut lint = |title: &str, command: &mut Command| {
        gate.check(&Step::new(title).run(command));
    };

    lint("Rust's form", process::cargo().args(["fmt", "--all", "--check"]));
    // Without the tools: four calls of libraries that would all have to be checked, a minute's work.
    let everything = ["--workspace", "--exclude", "tools", "--all-targets", "--all-features"];
    lint("clippy", process::cargo().arg("clippy").args(everything).args(["--", "-Dwarnings"]));
    // Apart, since cargo would give the modules the features of the emulator's; Debian's compiler has no clippy.
    let modules: [&[&str]; 4] = [
        &["tuya-auth-wasm", "--no-default-features", "--features", "runtime,server"],
        &["tuya-auth-wasm", "--no-default-features", "--features", "runtime,debug"],
        &["tuya-auth-wasm"],
        &["tuya-auth-emulator-wasm"],
    ];
    for module in modules.into_iter().filter(|_| toolchain == WasmToolchain::Rustup) {
        let mut clippy = process::cargo();
        clippy.args(["clippy", "--target", WASM, "--package"]).args(module).args(["--", "-Dwarnings"]);
        lint("clippy for WebAssembly", &mut clippy);
    }
    lint(
        "Rust's documentation",
        process::cargo()
            .args(["doc", "--workspace", "--exclude", "tools", "--no-deps", "--all-features"])
            .env("RUSTDOCFLAGS", "-Dwarnings"),
    );
    for example in ["sign", "verify", "link"] {
        lint(&format!("example {example}"), process::cargo().args(["run", "--quiet", "--example", example]));
    }
    let core = ["check", "--package", "tuya-auth", "--no-default-features", "--target"];
    lint("core for WebAssembly", toolchain.cargo().args(core).arg(WASM));
    for features in ["", "serde,debug"] {
        let Some(mut cargo) = bare_target::cargo(toolchain) else { break };
        lint("core without std", cargo.args(core).args([bare_target::TARGET, "--features", features]));
    }
    lint("Rust's dependencies", &mut audit::deny(&audit::OFFLINE));
    lint("workflows", Command::new(setup::python_program("zizmor")).args(["--offline", "--pedantic", ".github"]));
    lint("biome", process::npm_program("biome").args(["ci", "--error-on-warnings", "--colors=off"]));
}
