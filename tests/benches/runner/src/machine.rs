//! The machine, the compiler and the peers that are measured.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use crate::program::WORKSPACE;

/// A sentence about the machine and the compiler.
///
/// # Errors
///
/// This is no Linux, or there is no `rustc`.
pub fn describe() -> Result<String> {
    let cpus = fs::read_to_string("/proc/cpuinfo").context("this needs Linux")?;
    let model = cpus
        .lines()
        .find_map(|line| line.strip_prefix("model name"));
    let model = model
        .and_then(|it| it.split(": ").nth(1))
        .unwrap_or("a processor without a name");
    let cores = std::thread::available_parallelism()?;
    let rustc = Command::new("rustc").arg("--version").output()?;
    let rustc = String::from_utf8(rustc.stdout)?;
    let rustc = rustc.split(" (").next().unwrap_or_default();
    Ok(format!(
        "Measured on {cores} cores of {model}, with {rustc}."
    ))
}

/// The version of a crate that the benchmarks are locked to.
///
/// # Errors
///
/// They do not use the crate.
pub fn version(name: &str) -> Result<String> {
    let lock = fs::read_to_string(format!("{WORKSPACE}/Cargo.lock"))?;
    let entry = format!("name = \"{name}\"\nversion = \"");
    let (_, rest) = lock
        .split_once(&entry)
        .with_context(|| format!("{name} is not in the lock file"))?;
    let version = rest.split('"').next().unwrap_or_default();
    Ok(version.to_owned())
}
