//! Code as text: where a parenthesis opens, where an argument ends, what is inside of a string.

/// Where the parenthesis opens that closes at a byte.
pub(super) fn opening(text: &str, close: usize) -> Option<usize> {
    let mut open = Vec::new();
    for (at, character, in_text) in characters(text) {
        match character {
            _ if in_text => {}
            '(' => open.push(at),
            ')' if at == close => return open.pop(),
            ')' => drop(open.pop()),
            _ => {}
        }
    }
    None
}

/// Arguments, parted at the commas between them.
pub(super) fn split_arguments(arguments: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    for (at, character, in_text) in characters(arguments) {
        match character {
            _ if in_text => {}
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.extend(arguments.get(start..at));
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.extend(arguments.get(start..));
    parts
        .into_iter()
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect()
}

/// The characters of code, each with its place and whether it is inside a string.
pub(super) fn characters(code: &str) -> impl Iterator<Item = (usize, char, bool)> + '_ {
    let mut in_text = false;
    let mut escaped = false;
    code.char_indices().map(move |(at, character)| {
        let quote = character == '"' && !escaped;
        escaped = in_text && character == '\\' && !escaped;
        if quote {
            in_text = !in_text;
            return (at, character, true);
        }
        (at, character, in_text)
    })
}
