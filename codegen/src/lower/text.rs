//! What a pattern and a length say about text that can never be accepted.
//!
//! The rules of a service move, so a client does not enforce them. But two mistakes are beyond any
//! change that a service would make: nothing at all where something is wanted, and control
//! characters in a name.

use regex_syntax::hir::{Class, Hir, HirKind, Look};

use crate::model::Traits;

/// What is of interest here of the value of `smithy.api#length`.
#[derive(Debug, Clone, Copy, Default, serde::Deserialize)]
pub(crate) struct Length {
    pub(crate) min: Option<u64>,
}

/// Whether neither empty text nor text with control characters is allowed.
pub(super) fn is_plain(traits: &Traits<'_>) -> bool {
    let pattern: Option<String> = traits.get("smithy.api#pattern");
    let length: Length = traits.get("smithy.api#length").unwrap_or_default();
    let Some(expression) = pattern.as_deref().and_then(|pattern| parse(pattern).ok()) else {
        return false;
    };
    let properties = expression.properties();
    let anchored = properties.look_set_prefix().contains(Look::Start)
        && properties.look_set_suffix().contains(Look::End);
    let never_empty = length.min > Some(0) || properties.minimum_len() > Some(0);
    anchored && never_empty && !matches_control(&expression)
}

/// Whether a character that the expression consumes may be a control character.
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

/// Why a pattern is malformed, in any dialect; `None` also for one that only another dialect than
/// Rust's understands.
pub(crate) fn malformed(pattern: &str) -> Option<String> {
    use regex_syntax::ast::ErrorKind as Kind;

    match parse(pattern) {
        Err(regex_syntax::Error::Parse(error)) => match error.kind() {
            kind @ (Kind::ClassUnclosed
            | Kind::ClassRangeInvalid
            | Kind::EscapeUnexpectedEof
            | Kind::GroupUnclosed
            | Kind::GroupUnopened
            | Kind::RepetitionCountInvalid
            | Kind::RepetitionMissing) => Some(kind.to_string()),
            _ => None,
        },
        _ => None,
    }
}

/// Parses a pattern of ECMA 262, the dialect of models, as far as Rust's dialect goes.
#[expect(
    clippy::result_large_err,
    reason = "the library's own error, which is looked at at once"
)]
fn parse(pattern: &str) -> Result<Hir, regex_syntax::Error> {
    regex_syntax::parse(&from_ecma(pattern))
}

/// Escapes what means itself in a class of ECMA 262, but not in one of Rust's dialect.
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
    use super::{is_plain, malformed};
    use crate::model::Traits;

    fn traits(pattern: &str) -> String {
        serde_json::json!({ "smithy.api#pattern": pattern }).to_string()
    }

    #[test]
    fn a_pattern_tells_whether_text_may_be_empty_or_have_control_characters() {
        for (pattern, plain) in [
            (r"^[a-zA-Z0-9][\w!@#.-]+$", true),
            (r"^[ -~]+$", true),
            (r"^[ -~]*$", false),
            (r"^\S+$", false),
            (r"^.+$", false),
            (r"[a-z]+", false),
            (r"^a+$|b", false),
            (r"^(?!aws)[a-z]+$", false),
        ] {
            let json = traits(pattern);
            let traits: Traits<'_> = serde_json::from_str(&json).unwrap();
            assert_eq!(is_plain(&traits), plain, "{pattern}");
        }
    }

    #[test]
    fn only_patterns_that_no_dialect_reads_are_malformed() {
        for pattern in ["[a-z", "(a", "a)", "*a", "[z-a]", "a\\", "a{2,1}"] {
            assert!(malformed(pattern).is_some(), "{pattern}");
        }
        for pattern in [
            r"^[\w[]+$",
            r"(?!x)a",
            r"\/a\_b",
            r"^[\s\w/!@#+=.-]*$",
            r"(a)\1",
        ] {
            assert_eq!(malformed(pattern), None, "{pattern}");
        }
    }
}
