//! The commands, one module each.

pub(crate) mod diff;
pub(crate) mod generate;
pub(crate) mod new;
pub(crate) mod refresh;

use std::io::{self, Write as _};

use anyhow::{Context as _, Result};
use smithy_reqwest_codegen::terminal::{escaped, plain};

/// Prints a report, with control characters as escapes.
fn print(report: &str) -> Result<()> {
    write(&plain(report))
}

/// Writes to standard output. A reader such as `head` may close the pipe early.
fn write(report: &str) -> Result<()> {
    match io::stdout().write_all(report.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(error).context("could not print the report")
        }
        _ => Ok(()),
    }
}

/// Prints JSON, with control characters as JSON escapes.
fn print_json(report: &str) -> Result<()> {
    write(&escaped(report, |c| format!("\\u{:04x}", u32::from(c))))
}

/// Parses names of operations, separated by commas or spaces.
fn operations(text: &str) -> Result<Vec<String>, &'static str> {
    let names = text.split(|c: char| c == ',' || c.is_whitespace());
    let names = names.filter(|name| !name.is_empty()).map(str::to_owned);
    let names: Vec<String> = names.collect();
    if names.is_empty() {
        return Err("name an operation, as in `StartFlow`, or several with commas");
    }
    Ok(names)
}

/// Returns a number with a noun, as in `1 change` or `2 changes`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        count => format!("{count} {noun}s"),
    }
}

/// Returns the command that the user typed. Cargo sets `CARGO` for an alias, but it is not set for
/// an installed command.
fn command_name() -> &'static str {
    if std::env::var_os("CARGO").is_some() {
        "cargo codegen"
    } else {
        "codegen"
    }
}
