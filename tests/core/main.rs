//! The core from the outside in: vectors, what real clients sent, properties, bad input.
//!
//! The same tests run natively and, by `wasm-pack test`, in a headless browser; files that compare with a native
//! oracle or a browser's own URL parser run on one side only.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that fails should panic")]

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// A test that runs natively and in the browser.
macro_rules! test {
    ($(#[doc = $doc:literal])* fn $name:ident() $body:block) => {
        $(#[doc = $doc])*
        #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
        #[cfg_attr(not(target_arch = "wasm32"), test)]
        fn $name() $body
    };
}

mod authorize;
mod bad_input;
#[cfg(target_arch = "wasm32")]
mod browser_oracle;
mod callback;
mod hmac_lengths;
mod hmac_vectors;
mod peers;
#[cfg(not(target_arch = "wasm32"))]
mod properties;
mod random_request;
#[cfg(not(target_arch = "wasm32"))]
mod reference;
mod round_trip;
#[cfg(not(target_arch = "wasm32"))]
mod signing_oracle;
mod tables;
mod token;
mod vectors;
mod verify;
#[cfg(target_arch = "wasm32")]
mod webcrypto_oracle;
