//! Lists on one line. prettyplease breaks lines at 89 columns, and generated files have 100.

/// The maximum width of a line.
const WIDTH: usize = 100;

/// Joins the lines of each bracketed list that fits on one line: arguments, parameters, types and
/// the fields of `Self`.
pub(super) fn join(text: &str) -> String {
    // The lines so far, in reverse, so that inner lists are joined before outer ones.
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

/// Joins the list that starts on a line with the lines below it, which are in reverse order. Returns
/// the joined line and the number of lines it replaces; `None` if no list starts there or it is too
/// long.
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

/// Returns the closing bracket of the list that starts at the end of a line, if there is one. A
/// bracket after a space may start a tuple, where the trailing comma matters.
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
