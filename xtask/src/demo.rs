//! `cargo xtask demo`: set-up, build, then the demo itself.

use std::os::unix::process::CommandExt;
use std::process::{Command, ExitCode};
use std::time::Instant;

use anyhow::{Result, bail};
use serde_json::json;

use crate::build;
use crate::setup::{self, Extent};

/// What the demo's program takes; known here so that a slip of the finger fails before the build.
const FLAGS: [&str; 4] = ["--once", "--json", "--cloud-port", "--worker-port"];

/// Prints the steps `setup` and `build` in the demo's own form, then becomes the demo: its output, its exit status and
/// its way to end on Ctrl-C are those of this command.
pub fn demo(flags: &[&str]) -> Result<ExitCode> {
    let names = flags.iter().filter(|flag| flag.starts_with("--")).filter_map(|flag| flag.split('=').next());
    if let Some(unknown) = names.into_iter().find(|name| !FLAGS.contains(name)) {
        bail!("unknown flag `{unknown}`; demo takes {}", FLAGS.join(", "));
    }
    let json = flags.contains(&"--json");
    let Some(ready) = step("setup", json, || setup::set_up(Extent::Build)) else { return Ok(ExitCode::FAILURE) };
    if step("build", json, || build_demo(&ready)).is_none() {
        return Ok(ExitCode::FAILURE);
    }
    let error = Command::new("node").arg("target/ts/www/demo/main.js").args(flags).exec();
    Err(error.into())
}

fn build_demo(ready: &setup::Ready) -> Result<()> {
    build::build(ready.wasm)?;
    build::compile_typescript()
}

/// Runs a step and prints what became of it; `None` when it failed.
fn step<T>(name: &str, json: bool, run: impl FnOnce() -> Result<T>) -> Option<T> {
    eprintln!("{name}");
    let started = Instant::now();
    let result = run();
    let ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    let (step, took) = (json!(name), format!("{ms} ms"));
    match (&result, json) {
        (Ok(_), true) => println!(r#"{{"step":{step},"ok":true,"ms":{ms}}}"#),
        (Ok(_), false) => println!("ok      {name:<9}{took:>8}"),
        (Err(error), true) => {
            let (code, message) = (json!(format!("{name}_failed")), json!(format!("{error:#}")));
            println!(r#"{{"step":{step},"ok":false,"ms":{ms},"code":{code},"message":{message}}}"#);
        }
        (Err(error), false) => println!("not ok  {name:<9}{took:>8}  {name}_failed: {error:#}"),
    }
    result.ok()
}
