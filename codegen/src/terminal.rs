//! Escapes for text from a model. A terminal would obey its control characters and reverse its
//! text.

use crate::prose::turns;

/// Escapes control characters.
#[must_use]
pub fn plain(text: &str) -> String {
    escaped(text, |c| c.escape_unicode().to_string())
}

/// Escapes control characters with a function.
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
