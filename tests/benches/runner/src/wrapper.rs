//! `rustc` with its CPU time written down.

use std::ffi::OsString;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::{env, fs};

use anyhow::{Context, Result};

use crate::process;

/// The variable that names the log, and thereby makes this process the wrapper.
const LOG: &str = "RUNNER_CRATE_LOG";

/// Makes this program the wrapper of the compiler that a command runs.
///
/// # Errors
///
/// The path of this program is unknown.
pub fn wrap(command: &mut Command, log: &Path) -> Result<()> {
    command
        .env("RUSTC_WRAPPER", env::current_exe()?)
        .env(LOG, log);
    Ok(())
}

/// The log that this process has to write as the wrapper of the compiler.
pub fn log() -> Option<OsString> {
    env::var_os(LOG)
}

/// Runs the compiler, and appends the name of the crate and its CPU seconds to the log.
///
/// # Errors
///
/// The compiler does not start, or the log cannot be written.
pub fn run(log: &OsString) -> Result<ExitCode> {
    let arguments: Vec<OsString> = env::args_os().skip(1).collect();
    let (compiler, rest) = arguments.split_first().context("no compiler to run")?;
    let status = Command::new(compiler).args(rest).env_remove(LOG).status()?;
    let mut following = rest.iter().skip_while(|it| *it != "--crate-name");
    if let Some(name) = following.nth(1).and_then(|name| name.to_str()) {
        let line = format!("{name} {}\n", process::children_cpu()?);
        let mut file = OpenOptions::new().append(true).create(true).open(log)?;
        file.write_all(line.as_bytes())?;
    }
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(ExitCode::from(code.unwrap_or(1)))
}

/// The CPU seconds of a crate in a log.
///
/// # Errors
///
/// The crate was not compiled.
pub fn cpu(log: &Path, name: &str) -> Result<f64> {
    let text = fs::read_to_string(log).context("nothing was compiled")?;
    let mut entries = text.lines().filter_map(|line| line.split_once(' '));
    let entry = entries.find(|(it, _)| *it == name);
    let (_, cpu) = entry.with_context(|| format!("{name} was not compiled"))?;
    Ok(cpu.parse()?)
}
