//! Runs a test binary of `wasm32-unknown-unknown` in a browser; cargo calls it as the target's runner.

use std::env;

fn main() -> anyhow::Result<()> {
    wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(env::args_os())
}
