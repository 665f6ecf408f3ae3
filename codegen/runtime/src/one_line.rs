//! External text in error messages and log lines.

use std::fmt::{self, Write as _};

/// The maximum number of bytes of a text.
const MAX_LENGTH: usize = 1_024;

/// The maximum number of bytes of a body.
const EXCERPT_LENGTH: usize = 256;

/// External text that is safe to print: on one line, without control and bidirectional characters,
/// and truncated if it is too long.
pub(crate) struct OneLine<'a>(pub(crate) &'a str);

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, character) in self.0.char_indices() {
            if index >= MAX_LENGTH {
                return f.write_char('…');
            }
            f.write_char(if is_unsafe(character) { ' ' } else { character })?;
        }
        Ok(())
    }
}

/// Returns `true` for control characters, line separators, and bidirectional characters.
fn is_unsafe(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        )
}

/// The start of a body, printed like [`OneLine`].
pub(crate) struct Excerpt<'a> {
    text: &'a str,
    is_cut: bool,
}

impl fmt::Display for Excerpt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        OneLine(self.text).fmt(f)?;
        f.write_str(if self.is_cut { "…" } else { "" })
    }
}

/// Returns the start of a body, if it is text.
pub(crate) fn excerpt(body: &[u8]) -> Option<Excerpt<'_>> {
    let start = body.get(..EXCERPT_LENGTH).unwrap_or(body);
    let is_cut = start.len() < body.len();
    let text = match std::str::from_utf8(start) {
        Ok(text) => text,
        // The cut is in the middle of a character.
        Err(error) if error.error_len().is_none() && is_cut => {
            std::str::from_utf8(start.get(..error.valid_up_to())?).ok()?
        }
        Err(_) => return None,
    };
    let is_text = |character: char| !character.is_control() || character.is_whitespace();
    let text = text.trim();
    (!text.is_empty() && text.chars().all(is_text)).then_some(Excerpt { text, is_cut })
}
