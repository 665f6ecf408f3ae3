//! What the tests of the workspace share.

#![allow(clippy::expect_used, reason = "a test panics where it fails")]

pub mod fixture;
mod server;

pub use server::{Answer, RecordedRequest, Server};
