//! The WebAssembly boundary: thin bindings that turn JavaScript's values into the core's and back.
//!
//! Every decision is the core's. All values cross in one buffer ([`mod@frame`]); an error crosses as its number and an
//! optional detail, so that the texts stay out of the modules.
#![cfg_attr(all(target_arch = "wasm32", feature = "runtime"), no_std)]
#![allow(clippy::must_use_candidate, reason = "JavaScript calls these")]

extern crate alloc;

#[cfg(feature = "debug")]
pub mod debug;
#[cfg(feature = "entropy")]
pub mod entropy;
pub mod frame;
#[cfg(feature = "page")]
pub mod page;
#[cfg(any(feature = "server", feature = "debug"))]
mod request;
#[cfg(all(target_arch = "wasm32", feature = "runtime"))]
mod runtime;
#[cfg(feature = "server")]
pub mod server;
#[cfg(feature = "server")]
mod slots;
