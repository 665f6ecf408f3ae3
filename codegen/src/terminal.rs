//! Text for a terminal, which would obey control characters of a model and show text backward.

use crate::prose::turns;

/// Returns text with such characters as escapes.
#[must_use]
pub fn plain(text: &str) -> String {
    escaped(text, |c| c.escape_unicode().to_string())
}

/// Returns text with such characters as a function escapes them.
pub fn escaped(text: &str, escape: impl Fn(char) -> String) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        let is_layout = matches!(character, '\n' | '\t');
        if turns(character) || character.is_control() && !is_layout {
            escaped.push_str(&escape(character));
        } else {
            escaped.push(character);
        }
    }
    escaped
}
