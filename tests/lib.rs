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

use std::path::{Path, PathBuf};
use std::{env, fs};

pub use random::Random;
pub use raw::read_request;
pub use recorder::Recorder;
pub use server::{RecordedRequest, Reply, Server};
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

/// The models in a folder of AWS's data that are shorter than so many bytes, with the paths of their files;
/// nothing where the data is not beside the checkout.
///
/// # Panics
///
/// The folder is missing in CI, or a file cannot be read.
#[must_use]
pub fn official_models(folder: &str, longest: u64) -> Vec<(String, String)> {
    let entries = shared(folder).and_then(|folder| fs::read_dir(folder).ok());
    let paths = entries.into_iter().flatten();
    let paths = paths.map(|entry| entry.expect("the folder can be listed").path());
    let is_model = |path: &PathBuf| {
        path.extension().is_some_and(|it| it == "json")
            && path.metadata().is_ok_and(|it| it.len() < longest)
    };
    let mut paths: Vec<PathBuf> = paths.filter(is_model).collect();
    paths.sort();
    let models = paths.into_iter().map(|path| {
        let text = fs::read_to_string(&path).expect("a model can be read");
        (path.display().to_string(), text)
    });
    models.collect()
}
