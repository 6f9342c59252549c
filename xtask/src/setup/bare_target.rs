//! A microcontroller without an operating system: whatever compiles for it needs no std, which even the target of
//! WebAssembly has.

use std::process::Command;

use super::{WasmToolchain, rustup};
use crate::process;

/// Cortex-M4 and M7.
pub const TARGET: &str = "thumbv7em-none-eabi";

/// A cargo that compiles for it. Where rustup cannot add the target, says so and gives none: only a check is missed.
pub fn cargo(toolchain: WasmToolchain) -> Option<Command> {
    if toolchain == WasmToolchain::Debian {
        let mut cargo = toolchain.cargo();
        cargo.env("CARGO_UNSTABLE_BUILD_STD", "core,alloc");
        return Some(cargo);
    }
    let added = rustup::add_target(TARGET);
    if let Err(error) = &added {
        println!("left out, the core on {TARGET}: {error:#}");
    }
    added.is_ok().then(process::cargo)
}
