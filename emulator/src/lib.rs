//! The cloud's side of the authorization that `tuya-auth` speaks: `OpenAPI`, authorization page, console and
//! test control of all seven data centers behind one origin.
//!
//! Sans-I/O: [`Cloud::handle`] takes a request with the time and 64 fresh random bytes, and gives an answer and
//! the rows that must be stored. It applies nothing. The caller stores the rows, then calls [`Cloud::apply`],
//! then lets the answer go, one request at a time:
//!
//! ```
//! use tuya_auth_emulator::{Cloud, Request, Seed};
//!
//! let mut cloud = Cloud::new(&Seed::default())?;
//! let request = Request {
//!     method: "GET",
//!     target: "/us/v1.0/token?grant_type=1",
//!     headers: &[("host".to_owned(), "localhost".to_owned())],
//!     body: b"",
//!     now: 1_700_000_000_000,
//!     entropy: &[7; 64], // from the system's generator, fresh for each request
//! };
//! let (answer, rows) = cloud.handle(&request);
//! cloud.apply(&rows);
//! assert_eq!(answer.status, 200);
//! assert!(answer.body.contains("sign invalid"));
//! # Ok::<(), tuya_auth_emulator::SeedError>(())
//! ```
//!
//! What it emulates, and the seed's fixed keys and passwords, is told in `docs/emulator.md`; "section" in the
//! comments of this crate means a section of `docs/protocol.md`.
#![forbid(unsafe_code)]

mod cloud;
mod console;
mod control;
mod fault;
mod guard;
mod http;
mod journal;
mod mask;
mod openapi;
mod page;
mod random;
mod route;
mod seed;
mod state;
mod turn;

pub use cloud::Cloud;
pub use guard::Access;
pub use http::{Answer, MAX_BODY_BYTES, MAX_HEADER_BYTES, MAX_HEADERS, MAX_TARGET_BYTES, Request};
pub use seed::{Seed, SeedError};
pub use state::Row;
