//! Binds one compiled module to JavaScript: `bindgen INPUT.wasm OUTPUT_DIRECTORY NAME` writes `NAME_bg.wasm`, its
//! glue `NAME_bg.js` and the types `NAME.d.ts`, as `wasm-bindgen --target bundler` does.

use std::env;

use anyhow::{Context, bail};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [input, directory, name] = arguments.as_slice() else {
        bail!("usage: bindgen INPUT.wasm OUTPUT_DIRECTORY NAME");
    };
    Bindgen::new()
        .bundler(true)?
        .input_path(input)
        .out_name(name)
        .typescript(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(directory)
        .with_context(|| format!("binding {input}"))
}
