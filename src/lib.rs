#![doc = include_str!("../docs/crate.md")]
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

pub mod authorize;
pub mod callback;
pub mod calling_code;
pub mod credentials;
pub mod data_center;
pub mod encoding;
pub mod error;
mod order;
mod pairs;
pub mod sign;
mod text;
pub mod token;
mod url;

pub use credentials::{ClientId, Secret};
pub use data_center::DataCenter;
pub use error::{Code, Error};
