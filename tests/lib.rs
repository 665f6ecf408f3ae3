//! What the tests of the workspace share.

#![allow(clippy::expect_used, reason = "a test panics where it fails")]

pub mod fact;
pub mod fixture;
pub mod hostile_name;
pub mod probe;
mod random;
mod raw;
mod recorder;
mod server;
mod settle;

use std::env;
use std::path::{Path, PathBuf};

pub use random::Random;
pub use raw::read_request;
pub use recorder::Recorder;
pub use server::{Answer, RecordedRequest, Server};
pub use settle::settle;

/// A path of AWS's data in `../shared`; `None` where that is not beside the checkout.
///
/// # Panics
///
/// It is missing in CI.
#[must_use]
pub fn shared(path: &str) -> Option<PathBuf> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let found = Some(shared.join(path)).filter(|path| path.exists());
    let is_ci = env::var("CI").is_ok_and(|ci| ci == "true");
    assert!(
        found.is_some() || !is_ci,
        "{path} is missing from ../shared"
    );
    if found.is_none() {
        eprintln!("not checked: {path} of ../shared is not beside the checkout");
    }
    found
}
