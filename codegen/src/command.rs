//! The commands, one module each.

pub(crate) mod diff;
pub(crate) mod generate;
pub(crate) mod new;
pub(crate) mod refresh;

use std::io::{self, Write as _};

use anyhow::{Context as _, Result};

/// Prints a report. A reader such as `head` may close the pipe early.
fn print(report: &str) -> Result<()> {
    match io::stdout().write_all(report.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(error).context("could not print the report")
        }
        _ => Ok(()),
    }
}

/// Returns a number with a noun, as in `1 change` or `2 changes`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        count => format!("{count} {noun}s"),
    }
}

/// Returns the command that the user typed. Cargo sets `CARGO` for an alias, but it is not set for an
/// installed command.
fn command_name() -> &'static str {
    if std::env::var_os("CARGO").is_some() {
        "cargo codegen"
    } else {
        "codegen"
    }
}
