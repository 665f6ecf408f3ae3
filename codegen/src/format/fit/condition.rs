//! The conditions of an `if`.

use super::scan::characters;
use super::{LINE, indent_of};

/// An `if` whose condition has several parts, laid out, and the line on which it opens its block;
/// `None` of any other line.
///
/// rustfmt gives every part a line of its own where they do not all go on one, and where one of
/// them is a `let`.
pub(super) fn fit(lines: &[&str], start: usize) -> Option<(String, usize)> {
    let first = lines.get(start)?;
    let indent = indent_of(first);
    if !first.trim_start().starts_with("if ") {
        return None;
    }
    let opens = |line: &&str| line.ends_with(" {") || line.trim() == "{";
    let end = start + lines.iter().skip(start).position(opens)?;
    let joined = lines.get(start..=end)?.iter().map(|line| line.trim());
    let joined = joined.collect::<Vec<_>>().join(" ");
    let condition = joined.strip_prefix("if ")?.strip_suffix(" {")?;
    let parts = parts(condition);
    if parts.len() < 2 {
        return None;
    }
    let pad = " ".repeat(indent);
    let is_one_line = indent + joined.len() <= LINE && !has_let(&parts);
    Some(if is_one_line {
        (format!("{pad}{joined}"), end)
    } else {
        let separator = format!("\n{pad}    && ");
        (format!("{pad}if {}\n{pad}{{", parts.join(&separator)), end)
    })
}

/// Whether a `let` is among the parts. One after a plain name may stay beside it.
fn has_let(parts: &[&str]) -> bool {
    let is_plain = |part: &str| {
        part.chars()
            .all(|c| c.is_alphanumeric() || "_!".contains(c))
    };
    match parts {
        [first, second] if is_plain(first) && second.starts_with("let ") => false,
        parts => parts.iter().any(|part| part.starts_with("let ")),
    }
}

/// The parts of a condition: what is between `&&`, but not inside of anything.
fn parts(condition: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    for (at, character, in_text) in characters(condition) {
        match character {
            _ if in_text => {}
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            '&' if depth == 0 && condition.get(at..).is_some_and(|it| it.starts_with("&& ")) => {
                parts.extend(condition.get(start..at).map(str::trim));
                start = at + 2;
            }
            _ => {}
        }
    }
    parts.extend(condition.get(start..).map(str::trim));
    parts
}
