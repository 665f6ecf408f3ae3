//! The commands that are longer than a screen.

pub(crate) mod diff;
pub(crate) mod refresh;

use std::io::{self, Write as _};

use anyhow::{Context as _, Result};

/// Prints a report, of which a reader such as `head` may want the beginning alone.
fn print(report: &str) -> Result<()> {
    match io::stdout().write_all(report.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(error).context("the report could not be printed")
        }
        _ => Ok(()),
    }
}

/// A number of things, as in `1 change` or `2 changes`.
fn counted(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        count => format!("{count} {noun}s"),
    }
}
