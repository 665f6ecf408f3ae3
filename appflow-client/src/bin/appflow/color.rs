//! Colors on terminals.

use std::env;
use std::io::IsTerminal;

/// Returns a text in green, if the stream shows colors.
pub(crate) fn green(text: &str, stream: &impl IsTerminal) -> String {
    paint(text, "32", stream)
}

/// Returns a text in red, if the stream shows colors.
pub(crate) fn red(text: &str, stream: &impl IsTerminal) -> String {
    paint(text, "31", stream)
}

/// Returns a text in yellow, if the stream shows colors.
pub(crate) fn yellow(text: &str, stream: &impl IsTerminal) -> String {
    paint(text, "33", stream)
}

fn paint(text: &str, color: &str, stream: &impl IsTerminal) -> String {
    let is_off = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let is_dumb = env::var_os("TERM").is_some_and(|value| value == "dumb");
    if is_off || is_dumb || !stream.is_terminal() {
        return text.to_owned();
    }
    format!("\x1b[{color}m{text}\x1b[0m")
}
