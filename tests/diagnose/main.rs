//! The diagnosis of wrong signs, from the outside in; native and, by `wasm-pack test`, in a headless browser.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that fails should panic")]

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// A test that runs natively and in the browser.
macro_rules! test {
    (fn $name:ident() $body:block) => {
        #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
        #[cfg_attr(not(target_arch = "wasm32"), test)]
        fn $name() $body
    };
}

mod careless;
mod catalogue;
mod explain;
