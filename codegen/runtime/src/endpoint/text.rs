//! The rule functions on text and lists of text: `getAttr`, `split`, `substring`, `uriEncode`.

use percent_encoding::utf8_percent_encode;

use crate::uri::RESERVED;

/// Returns an element of a list by its index, counted from 0; a negative index counts from the end,
/// where -1 is the last element.
#[must_use]
pub fn element(list: &[String], index: isize) -> Option<&str> {
    let at = match usize::try_from(index) {
        Ok(at) => at,
        Err(_) => list.len().checked_sub(index.unsigned_abs())?,
    };
    list.get(at).map(String::as_str)
}

/// Splits text at a delimiter, into at most `limit` parts unless that is 0. The last part contains
/// the rest.
#[must_use]
pub fn split(text: &str, delimiter: &str, limit: usize) -> Vec<String> {
    let limit = if limit == 0 { usize::MAX } else { limit };
    if delimiter.is_empty() {
        // A rule set must not use an empty delimiter; the whole text is returned.
        return vec![text.to_owned()];
    }
    text.splitn(limit, delimiter).map(str::to_owned).collect()
}

/// Returns the text from `start` up to but not including `end`, counted from the end if `reverse`
/// is set; `None` if the text is shorter or not ASCII.
#[must_use]
pub fn substring(text: &str, start: usize, end: usize, reverse: bool) -> Option<&str> {
    if !text.is_ascii() || start >= end {
        return None;
    }
    if reverse {
        let length = text.len();
        text.get(length.checked_sub(end)?..length.checked_sub(start)?)
    } else {
        text.get(start..end)
    }
}

/// Percent-encodes all characters except the unreserved ones of RFC 3986.
#[must_use]
pub fn uri_encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

#[cfg(test)]
mod tests {
    use super::{element, split, substring, uri_encode};

    #[test]
    fn elements_are_counted_from_either_end() {
        let list = ["a", "b", "c"].map(str::to_owned);
        for (index, found) in [(0, "a"), (2, "c"), (-1, "c"), (-3, "a")] {
            assert_eq!(element(&list, index), Some(found), "{index}");
        }
        for index in [3, -4, isize::MIN, isize::MAX] {
            assert_eq!(element(&list, index), None, "{index}");
        }
        assert_eq!(element(&[], -1), None);
    }

    /// The examples of the Smithy specification.
    #[test]
    fn text_is_split_into_at_most_as_many_parts_as_the_limit_says() {
        for (text, limit, parts) in [
            ("a--b--c", 0, vec!["a", "b", "c"]),
            ("a--b--c", 2, vec!["a", "b--c"]),
            ("a--b--c", 1, vec!["a--b--c"]),
            ("", 0, vec![""]),
            ("--", 0, vec!["", ""]),
            ("--b--", 0, vec!["", "b", ""]),
        ] {
            assert_eq!(split(text, "--", limit), parts, "{text} {limit}");
        }
        assert_eq!(split("ab", "", 0), ["ab"]);
    }

    #[test]
    fn a_substring_is_counted_from_either_end() {
        assert_eq!(substring("abcdefg", 0, 4, false), Some("abcd"));
        assert_eq!(substring("abcdefg", 0, 4, true), Some("defg"));
        assert_eq!(substring("abcdefg", 1, 3, true), Some("ef"));
        for (text, start, end) in [("abc", 0, 4), ("ﷺ", 0, 3), ("abc", 2, 2), ("abc", 3, 1)] {
            assert_eq!(substring(text, start, end, false), None, "{text}");
            assert_eq!(substring(text, start, end, true), None, "{text}");
        }
    }

    #[test]
    fn what_is_reserved_is_percent_encoded() {
        assert_eq!(uri_encode("a-._~ /ä"), "a-._~%20%2F%C3%A4");
    }
}
