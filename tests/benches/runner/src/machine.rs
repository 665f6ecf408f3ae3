//! What the figures were measured on.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

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
