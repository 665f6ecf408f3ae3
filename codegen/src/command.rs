//! The commands, one module each.

pub(crate) mod diff;
pub(crate) mod generate;
pub(crate) mod new;
pub(crate) mod refresh;

use std::io::{self, Write as _};

use anyhow::{Context as _, Result};

/// Prints a report. A reader such as `head` may close the pipe early.
fn print(report: &str) -> Result<()> {
    write(&plain(report))
}

/// Prints a report that has colors.
fn print_colored(report: &str) -> Result<()> {
    write(&colored(report))
}

fn write(report: &str) -> Result<()> {
    match io::stdout().write_all(report.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(error).context("could not print the report")
        }
        _ => Ok(()),
    }
}

/// Prints JSON, which has escapes of its own.
fn print_json(report: &str) -> Result<()> {
    write(&escaped(report, |c| format!("\\u{:04x}", u32::from(c))))
}

/// Text for a terminal, which would obey control characters of a model and show text backward: they
/// are printed as escapes.
pub(crate) fn plain(text: &str) -> String {
    escaped(text, |c| c.escape_unicode().to_string())
}

fn escaped(text: &str, escape: impl Fn(char) -> String) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        let turns = matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        let is_layout = matches!(character, '\n' | '\t');
        if turns || character.is_control() && !is_layout {
            escaped.push_str(&escape(character));
        } else {
            escaped.push(character);
        }
    }
    escaped
}

/// Text for a terminal as of [`plain`], with its colors.
fn colored(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut colored = plain(parts.next().unwrap_or_default());
    for part in parts {
        let rest = part.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';');
        let begin = if rest.starts_with('m') {
            "\u{1b}["
        } else {
            "\\u{1b}["
        };
        colored.push_str(begin);
        colored.push_str(&plain(part));
    }
    colored
}

/// Parses names of operations, apart by commas or spaces.
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
