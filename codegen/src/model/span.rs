//! Locations of values in the source.

use std::ops::Range;

/// Returns the place of a part of `source`: text that borrows from it, such as a `RawValue`, and so
/// does not begin before it.
pub(crate) fn span_of(source: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr().addr() - source.as_ptr().addr();
    start..start + part.len()
}

/// Returns the place of the key of a value in an object; of a value without a key, its own.
pub(crate) fn key_span(source: &str, value: &str) -> Range<usize> {
    let span = span_of(source, value);
    let before = source.get(..span.start).unwrap_or_default().trim_end();
    let key = before
        .strip_suffix(':')
        .map(str::trim_end)
        .and_then(|key| key.strip_suffix('"'));
    let Some(key) = key else { return span };
    let mut end = key.len();
    while let Some(quote) = key.get(..end).and_then(|text| text.rfind('"')) {
        let backslashes = key[..quote]
            .bytes()
            .rev()
            .take_while(|byte| *byte == b'\\')
            .count();
        if backslashes % 2 == 0 {
            return quote..key.len() + 1;
        }
        end = quote;
    }
    span
}

/// Returns the byte at a line and a column, both counted from 1, as `serde_json` gives them.
pub(crate) fn offset(source: &str, line: usize, column: usize) -> usize {
    let lines = source.split_inclusive('\n').take(line.saturating_sub(1));
    let start: usize = lines.map(str::len).sum();
    let mut at = (start + column.saturating_sub(1)).min(source.len());
    while !source.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::{key_span, offset};

    #[test]
    fn the_key_of_a_value_is_found_whatever_is_written_around_it() {
        for (source, value, key) in [
            (r#"{"a": 1}"#, "1", r#""a""#),
            ("{\"a\"\n :\t[2]}", "[2]", r#""a""#),
            (r#"{"a\"b":3}"#, "3", r#""a\"b""#),
            (r#"{"a\\":4}"#, "4", r#""a\\""#),
            ("[5]", "5", "5"),
        ] {
            let start = source.find(value).unwrap();
            let span = key_span(source, &source[start..start + value.len()]);
            assert_eq!(&source[span], key, "{source}");
        }
    }

    #[test]
    fn a_column_inside_a_character_is_the_character() {
        assert_eq!(offset("a\nß", 2, 2), 2);
    }
}
