//! The WebAssembly modules: what each is made of, and what it exports.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::Result;

use super::remap;
use crate::files;
use crate::process::Step;
use crate::setup::WasmToolchain;

/// One WebAssembly module.
pub struct Module {
    /// Its name in the package, as in `page.wasm`.
    pub name: &'static str,
    /// The crate that it is compiled from.
    package: &'static str,
    /// The crate's features, all of them.
    features: &'static str,
    /// Whether it signs. Then it is compiled with 128-bit vectors, which phones of before 2021 lack.
    signs: bool,
    /// Whether it may be big, and so be compiled for speed alone.
    pub big: bool,
    /// Whether values of JavaScript's cross, by wasm-bindgen's glue. Of the others the exports are called as they are.
    pub glued: bool,
    /// What its own code exports, sorted; wasm-bindgen's helpers come on top.
    pub exports: &'static [&'static str],
}

/// All modules. Each is compiled by a cargo call of its own, since cargo joins the features of what it builds at once.
pub const MODULES: [Module; 4] = [
    Module {
        name: "page",
        package: "tuya-auth-wasm",
        features: "runtime,page",
        signs: false,
        big: false,
        glued: false,
        exports: &["authorization_url", "frame", "parse_callback"],
    },
    Module {
        name: "core",
        package: "tuya-auth-wasm",
        features: "runtime,server",
        signs: true,
        big: false,
        glued: false,
        exports: &[
            "authorization_url",
            "check_base_url",
            "frame",
            "hash_finish",
            "hash_new",
            "hash_update",
            "parse_callback",
            "release",
            "signer_new",
            "signer_sign",
            "signer_string_to_sign",
            "signer_verify",
            "token_expiry",
            "token_path",
        ],
    },
    Module {
        name: "debug",
        package: "tuya-auth-wasm",
        features: "runtime,debug",
        signs: true,
        big: false,
        glued: false,
        exports: &["diagnose", "explain", "frame"],
    },
    Module {
        name: "emulator",
        package: "tuya-auth-emulator-wasm",
        features: "",
        signs: true,
        big: true,
        glued: true,
        exports: &["emulator_apply", "emulator_handle", "emulator_new", "emulator_restore", "emulator_snapshot"],
    },
];

impl Module {
    /// The features of WebAssembly that its code may use, named one by one: with all of them on, wasm-opt writes
    /// what Node 20 refuses.
    pub fn wasm_features(&self) -> impl Iterator<Item = &'static str> {
        const EVERYWHERE: [&str; 6] =
            ["bulk-memory", "multivalue", "mutable-globals", "nontrapping-float-to-int", "reference-types", "sign-ext"];
        EVERYWHERE.into_iter().chain(self.signs.then_some("simd"))
    }

    /// A folder for what the build makes of it.
    pub fn folder(&self) -> PathBuf {
        Path::new("target/modules").join(self.name)
    }
}

/// Compiles a module, and keeps a copy: two modules come out of one crate, and so under one file name.
pub fn compile(module: &Module, toolchain: WasmToolchain) -> Result<PathBuf> {
    // Other flags, another folder: cargo would compile everything again whenever they change. In a folder one module
    // at a time, from its compilation to its copy.
    static PLAIN: Mutex<()> = Mutex::new(());
    static SIMD: Mutex<()> = Mutex::new(());
    static BIG: Mutex<()> = Mutex::new(());
    let (flags_name, folder) = match module {
        Module { big: true, .. } => ("-big", &BIG),
        Module { signs: true, .. } => ("-simd", &SIMD),
        _ => ("", &PLAIN),
    };
    let _alone = folder.lock().unwrap_or_else(PoisonError::into_inner);
    let target = format!("target/wasm/{}{flags_name}", toolchain.name());
    let mut cargo = toolchain.cargo();
    cargo
        .args(["build", "--package", module.package, "--no-default-features", "--features", module.features])
        .args(["--profile", "wasm", "--target", "wasm32-unknown-unknown", "--target-dir", &target])
        .args(if module.big { &BIG_LEVELS[..] } else { &[] })
        .env("CARGO_ENCODED_RUSTFLAGS", flags(module)?);
    Step::new(&format!("{} module: compile", module.name)).run(&mut cargo)?;
    let file = format!("{}.wasm", module.package.replace('-', "_"));
    let copy = module.folder().join("compiled.wasm");
    files::copy(Path::new(&target).join("wasm32-unknown-unknown/wasm").join(file), &copy)?;
    Ok(copy)
}

/// The compiler's flags in cargo's encoding. They take the place of the caller's `RUSTFLAGS`, so that a module
/// depends on its sources alone, and keep the builder's paths out of panic messages.
fn flags(module: &Module) -> Result<String> {
    let simd = module.signs.then(|| "-Ctarget-feature=+simd128".to_string());
    // Inlining a little more than is usual for size makes the modules smaller by a twentieth, and faster.
    let inline = (!module.big).then(|| "-Cllvm-args=-inline-threshold=35".to_string());
    let without_values = (!module.glued).then_some(WITHOUT_VALUES).into_iter().flatten().map(String::from);
    Ok(remap::flags()?.into_iter().chain(simd).chain(inline).chain(without_values).collect::<Vec<_>>().join("\u{1f}"))
}

/// A big module's levels: 3 for what it signs with, and `z` for the serializers, which are many times the others' size.
const BIG_LEVELS: [&str; 6] = [
    "--config",
    "profile.wasm.package.tuya-auth.opt-level=3",
    "--config",
    "profile.wasm.package.sha2.opt-level=3",
    "--config",
    "profile.wasm.package.'*'.opt-level='z'",
];

/// What a module may use as wasm-bindgen is told: all but reference types, which the compiler allows by itself. For
/// these it would bring a table and a function that fills it, which a module without values of JavaScript's never needs.
const WITHOUT_VALUES: [&str; 2] = [
    "-Clink-arg=--no-check-features",
    "-Clink-arg=--features=bulk-memory,multivalue,mutable-globals,nontrapping-fptoint,sign-ext,simd128",
];
