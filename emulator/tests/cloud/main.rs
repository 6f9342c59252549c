//! The emulator from the outside in: every test sends requests and reads answers, as a client or a browser would.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests fail so")]

mod authorization_page;
mod browser;
mod commands;
mod console_accounts;
mod console_authorizations;
mod console_devices;
mod console_json;
mod console_oauth;
mod console_pages;
mod console_pages_data;
mod console_pages_guard;
mod console_pages_properties;
mod console_properties;
mod control;
mod data_sources;
mod developer;
mod devices;
mod fault;
mod journal;
mod languages;
mod lists;
mod local;
mod login;
mod mutations;
mod openapi;
mod properties;
mod qr_login;
mod reach;
mod seed;
mod tokens;
mod visitor;
