//! The commands, a module each.

pub(crate) mod diff;
pub(crate) mod generate;
pub(crate) mod new;
pub(crate) mod refresh;

use std::io::{self, Write as _};

use anyhow::{Context as _, Result};

/// Prints a report, of which a reader such as `head` may want the beginning alone.
fn print(report: &str) -> Result<()> {
    print_styled(&plain(report))
}

/// Prints a report that has colors.
fn print_styled(report: &str) -> Result<()> {
    match io::stdout().write_all(report.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(error).context("the report could not be printed")
        }
        _ => Ok(()),
    }
}

/// Text for a terminal, which would obey control characters of a model and show text backward: they
/// are printed as escapes.
pub(crate) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        let obeyed = matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if character == '\n' || !(character.is_control() || obeyed) {
            plain.push(character);
        } else {
            plain.extend(character.escape_unicode());
        }
    }
    plain
}

/// A number of things, as in `1 change` or `2 changes`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        count => format!("{count} {noun}s"),
    }
}

/// What the command is to whoever called it. Cargo tells what it runs where cargo is, so it tells
/// that to an alias, and an installed command does not hear it.
fn command_name() -> &'static str {
    if std::env::var_os("CARGO").is_some() {
        "cargo codegen"
    } else {
        "codegen"
    }
}
