//! What the tests of the workspace share.

#![allow(clippy::expect_used, reason = "a test panics where it fails")]

pub mod fixture;
pub mod hostile_name;
mod server;

pub use server::{Answer, RecordedRequest, Server};
