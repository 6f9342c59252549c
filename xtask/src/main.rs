//! The repository's commands: `cargo xtask build`, `test`, `demo`, `bench`, `matrix`, `sizes`, `pack`.
//!
//! Light, so that it compiles in seconds: everything heavy runs as a process of its own. Paths are relative to the
//! repository's root, which is made the working directory first. Runs on Linux and macOS.

mod audit;
mod bench;
mod build;
mod demo;
mod files;
mod marked;
mod matrix;
mod pack;
mod process;
mod release;
mod reproduce;
mod setup;
mod sizes;
mod test;

use std::env;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use crate::setup::Extent;

const HELP: &str = "\
Usage: cargo xtask COMMAND

  demo [--once] [--json]  set up, build, then link an account against the local cloud
                            --once              exit after the link; status 0 only if every step held
                            --json              one JSON object a step on standard output
                            --cloud-port PORT   of the local cloud on 127.0.0.1
                            --worker-port PORT  of the worker on localhost
  test                    set up, build, lints and every test; ends with `N passed, N failed`
  build                   pkg/ (the npm package) and www/dist/ (the demo's page and worker)
  bench                   build, then time signing, verifying, diagnosing, the local cloud and a proxied call
                            in every runtime; ratios within one run
                            --only IDS          the parts and tables whose ids begin so, parted by semicolons, such as
                                                `sign, nonce given, empty`, `verify`, `emulator`, `proxy`
                            --runtime NAMES     of node, node22, node24, workerd, chromium, parted by commas
                            --rounds N          how often the candidates take turns, at most (100)
                            --quick             take no times: every candidate runs once, and must give what the others do
                            --write             renew docs/performance.md, the README and the instructions on record
  matrix                  set up, build, then run the package in every runtime and out of every bundler; prints
                            both tables and writes them into docs/runtimes.md
  sizes                   build, then weigh the package beside others; writes docs/sizes.md
  pack                    build, then the npm package's tarball in target/
                            --twice             build it in another folder, too: the bytes must be the same
  audit                   ask the advisories of crates.io and npm about every pinned dependency
  release-check TAG       whether the tag is the version's, and the changelog dates it

Every command installs what it misses: the wasm target, npm packages, build tools; for tests browsers, other
runtimes, a Redis server, and Python with the clients of tests/peers.
Each step's whole output is kept in target/logs/.

Environment:
  XTASK_WASM_TOOLCHAIN=debian  compile the WebAssembly with Debian's packaged compiler instead of rustup's target,
                               as happens by itself where rustup's server is out of reach
";

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<ExitCode> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().context("finding the repository")?;
    env::set_current_dir(&root).with_context(|| format!("entering {}", root.display()))?;

    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["demo", flags @ ..] if !flags.iter().any(|flag| matches!(*flag, "--help" | "-h")) => demo::demo(flags),
        ["test"] => test::test(),
        ["bench", flags @ ..] if !flags.iter().any(|flag| matches!(*flag, "--help" | "-h")) => bench::bench(flags),
        ["build"] => set_up_and_build().map(|()| ExitCode::SUCCESS),
        ["matrix"] => test::matrix(),
        ["sizes"] => sizes().map(|()| ExitCode::SUCCESS),
        ["pack"] => pack(false).map(|()| ExitCode::SUCCESS),
        ["pack", "--twice"] => pack(true).map(|()| ExitCode::SUCCESS),
        ["audit"] => audit::audit(),
        ["release-check", tag] => release::check(tag).map(|()| ExitCode::SUCCESS),
        ["bench" | "demo", ..] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(ExitCode::SUCCESS)
        }
        [] => bail!("no command\n\n{HELP}"),
        _ => bail!("unknown command `{}`\n\n{HELP}", arguments.join(" ")),
    }
}

fn set_up_and_build() -> Result<()> {
    let ready = setup::set_up(Extent::Build)?;
    build::build(ready.wasm)
}

/// Weighs the package and others, prints the table and writes it into its document.
fn sizes() -> Result<()> {
    let ready = setup::set_up(Extent::Build)?;
    build::build(ready.wasm)?;
    sizes::write(ready.wasm)
}

/// Makes the tarball that `npm publish` would upload, and if wanted shows that it depends on its sources alone.
fn pack(twice: bool) -> Result<()> {
    let ready = setup::set_up(Extent::Build)?;
    build::build(ready.wasm)?;
    let tarball = pack::pack()?;
    println!("{}", tarball.display());
    if twice { reproduce::check(ready.wasm, &tarball) } else { Ok(()) }
}
