//! The WebAssembly boundary: thin bindings that turn JavaScript's values into the core's and back.
//!
//! Every decision is the core's. Plain strings, numbers and bytes cross; an error crosses as a thrown string, its
//! number and an optional detail ([`tuya_auth::Error::to_wire`]), so that the texts stay out of the modules.
#![cfg_attr(all(target_arch = "wasm32", feature = "runtime"), no_std)]
#![allow(clippy::needless_pass_by_value, reason = "optional strings and lists cross the boundary by value")]

extern crate alloc;

mod boundary;
#[cfg(feature = "debug")]
pub mod debug;
#[cfg(feature = "page")]
pub mod page;
#[cfg(any(feature = "server", feature = "debug"))]
mod request;
#[cfg(all(target_arch = "wasm32", feature = "runtime"))]
mod runtime;
#[cfg(feature = "server")]
pub mod server;
