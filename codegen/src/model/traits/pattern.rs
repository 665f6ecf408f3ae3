//! The trait `smithy.api#pattern`, and its conclusions about text that is never valid.
//!
//! The constraints of a service change, so a client does not enforce them. But two mistakes will
//! always be invalid: empty text where a value is required, and control characters in a name.

use regex_syntax::ast::ErrorKind;
use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// Properties of the text that matches a pattern.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Pattern {
    /// Is `true` if the pattern is anchored and matches no control character.
    pub(crate) forbids_control: bool,
    /// Is `true` if the pattern does not match empty text.
    pub(crate) forbids_empty: bool,
}

impl Pattern {
    /// Reads a pattern of ECMA 262, the dialect of models. A pattern that is not valid in Rust's
    /// dialect has no known properties.
    ///
    /// # Errors
    ///
    /// The reason why the pattern is malformed in any dialect.
    pub(super) fn parse(pattern: &str) -> Result<Self, String> {
        match regex_syntax::parse(&from_ecma(pattern)) {
            Ok(expression) => Ok(Self::of(&expression)),
            Err(regex_syntax::Error::Parse(error)) => match error.kind() {
                kind @ (ErrorKind::ClassUnclosed
                | ErrorKind::ClassRangeInvalid
                | ErrorKind::EscapeUnexpectedEof
                | ErrorKind::GroupUnclosed
                | ErrorKind::GroupUnopened
                | ErrorKind::RepetitionCountInvalid
                | ErrorKind::RepetitionMissing) => Err(kind.to_string()),
                _ => Ok(Self::default()),
            },
            Err(_) => Ok(Self::default()),
        }
    }

    fn of(expression: &Hir) -> Self {
        let properties = expression.properties();
        let is_anchored = properties.look_set_prefix().contains(Look::Start)
            && properties.look_set_suffix().contains(Look::End);
        Self {
            forbids_control: is_anchored && !matches_control(expression),
            forbids_empty: properties.minimum_len() > Some(0),
        }
    }
}

/// Returns `true` if a character that the expression consumes may be a control character.
fn matches_control(expression: &Hir) -> bool {
    match expression.kind() {
        HirKind::Empty | HirKind::Look(_) => false,
        HirKind::Literal(literal) => literal.0.iter().any(u8::is_ascii_control),
        HirKind::Class(Class::Unicode(class)) => class.iter().any(|range| {
            range.start() < ' ' || (range.start() <= '\u{9f}' && '\u{7f}' <= range.end())
        }),
        HirKind::Class(Class::Bytes(_)) => true,
        HirKind::Repetition(repetition) => matches_control(&repetition.sub),
        HirKind::Capture(capture) => matches_control(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().any(matches_control),
    }
}

/// Escapes characters that are literal in a class of ECMA 262, but special in Rust's dialect.
fn from_ecma(pattern: &str) -> String {
    let mut translated = String::with_capacity(pattern.len());
    let mut in_class = false;
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => {
                translated.push('\\');
                translated.extend(characters.next());
                continue;
            }
            '[' if !in_class => in_class = true,
            ']' => in_class = false,
            '[' | '&' | '~' if in_class => translated.push('\\'),
            _ => {}
        }
        translated.push(character);
    }
    translated
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn a_pattern_tells_whether_text_may_be_empty_or_have_control_characters() {
        for (pattern, forbids_control, forbids_empty) in [
            (r"^[a-zA-Z0-9][\w!@#.-]+$", true, true),
            (r"^[ -~]+$", true, true),
            (r"^[ -~]*$", true, false),
            (r"^\S+$", false, true),
            (r"^.+$", false, true),
            (r"[a-z]+", false, true),
            (r"^a+$|b", false, true),
            (r"^(?!aws)[a-z]+$", false, false),
        ] {
            let expected = Pattern {
                forbids_control,
                forbids_empty,
            };
            assert_eq!(Pattern::parse(pattern), Ok(expected), "{pattern}");
        }
    }

    #[test]
    fn only_patterns_that_no_dialect_reads_are_malformed() {
        for pattern in ["[a-z", "(a", "a)", "*a", "[z-a]", "a\\", "a{2,1}"] {
            assert!(Pattern::parse(pattern).is_err(), "{pattern}");
        }
        for pattern in [
            r"^[\w[]+$", r"(?!x)a", r"\/a\_b", r"^[\s\w/!@#+=.-]*$", r"(a)\1",
        ] {
            assert!(Pattern::parse(pattern).is_ok(), "{pattern}");
        }
    }
}
