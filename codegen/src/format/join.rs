//! Lines that prettyplease breaks earlier than it must: it knows no lines of 100 columns.

/// The maximum width of a line.
const WIDTH: usize = 100;

/// Puts lists that stand in brackets on one line where they fit: arguments, parameters, types and
/// the fields of `Self`.
pub(super) fn join(text: &str) -> String {
    // The joined lines so far, from the end: a list is seen after the lists in it.
    let mut below: Vec<String> = Vec::new();
    for line in text.lines().rev() {
        match joined(line, &below) {
            Some((whole, lines)) => {
                below.truncate(below.len() - lines);
                below.push(whole);
            }
            None => below.push(line.to_owned()),
        }
    }
    let mut text = String::with_capacity(text.len());
    for line in below.iter().rev() {
        text.push_str(line);
        text.push('\n');
    }
    text
}

/// Returns the line of a list that begins on a line, and how many of the lines below it has, the
/// nearest of which is the last; nothing if there is no list, or if it is too long for a line.
fn joined(first: &str, below: &[String]) -> Option<(String, usize)> {
    let closing = closing(first)?;
    let indentation = indentation(first);
    let mut whole = first.to_owned();
    for (index, line) in below.iter().rev().enumerate() {
        let content = line.get(indentation..)?;
        if content.starts_with(closing) {
            let end = whole.trim_end_matches(',').len();
            whole.truncate(end);
            if closing == '}' {
                whole.push(' ');
            }
            whole.push_str(content);
            return (index > 0 && whole.len() <= WIDTH).then_some((whole, index + 1));
        }
        let is_element = self::indentation(line) == indentation + 4
            && line.ends_with(',')
            && !line.trim_start().starts_with("//");
        if !is_element {
            return None;
        }
        if index > 0 || closing == '}' {
            whole.push(' ');
        }
        whole.push_str(line.trim_start());
        if whole.len() > WIDTH {
            return None;
        }
    }
    None
}

/// Returns the bracket that ends the list that a line begins, if it begins one. A bracket after a
/// space may be that of a tuple, whose last comma counts.
fn closing(line: &str) -> Option<char> {
    if line.trim_start().starts_with("//") {
        return None;
    }
    if line.ends_with(" Self {") {
        return Some('}');
    }
    let mut characters = line.chars().rev();
    let (bracket, before) = (characters.next()?, characters.next()?);
    match bracket {
        '[' => Some(']'),
        '(' if before != ' ' => Some(')'),
        '<' if before != ' ' => Some('>'),
        _ => None,
    }
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn lists_that_fit_are_on_one_line() {
        for (broken, joined) in [
            ("f(\n    a,\n    b,\n);\n", "f(a, b);\n"),
            ("f(\n    g(\n        a,\n    ),\n);\n", "f(g(a));\n"),
            ("Option<\n    Flow,\n>\n", "Option<Flow>\n"),
            (
                "    Self {\n        a,\n        b: c,\n    }\n",
                "    Self { a, b: c }\n",
            ),
        ] {
            assert_eq!(join(broken), joined);
        }
    }

    #[test]
    fn what_must_be_on_several_lines_is_left() {
        let long = format!("f(\n    {},\n    b,\n);\n", "a".repeat(94));
        for text in [
            &*long,
            // The comma makes it a tuple.
            "let x = (\n    a,\n);\n",
            "f(\n    // Why.\n    a,\n);\n",
            "/// f(\n///     a,\n/// )\n",
            "fn new() -> Self {\n    a();\n}\n",
            "f(|| {\n    a\n});\n",
            "f(\n    a,\n",
        ] {
            assert_eq!(join(text), text);
        }
    }
}
