//! Splitting of a command into a program and arguments, like in the AWS CLI.

use std::fmt;
use std::process;

/// A program and its arguments.
pub(super) struct Command {
    program: String,
    arguments: Vec<String>,
}

impl Command {
    /// Returns the problem of the command and the remedy as an error.
    pub(super) fn parse(command: &str) -> Result<Self, &'static str> {
        let mut words = split(command)?.into_iter();
        let program = words.next().filter(|program| !program.is_empty());
        Ok(Self {
            program: program.ok_or("no program: name one")?,
            arguments: words.collect(),
        })
    }

    pub(super) fn program(&self) -> &str {
        &self.program
    }

    pub(super) fn to_std(&self) -> process::Command {
        let mut command = process::Command::new(&self.program);
        command.args(&self.arguments);
        command
    }
}

impl fmt::Debug for Command {
    /// Arguments may be secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Process")
            .field("program", &self.program)
            .finish_non_exhaustive()
    }
}

const UNCLOSED: &str = "an unclosed quote: close it";

fn split(command: &str) -> Result<Vec<String>, &'static str> {
    if cfg!(windows) {
        split_for_windows(command)
    } else {
        split_for_posix(command)
    }
}

/// Splits a command like Python's `shlex.split`.
fn split_for_posix(command: &str) -> Result<Vec<String>, &'static str> {
    let (mut words, mut word) = (Vec::new(), None::<String>);
    let mut quote = None;
    let mut characters = command.chars();
    while let Some(character) = characters.next() {
        match (quote, character) {
            (None, ' ' | '\t' | '\r' | '\n') => words.extend(word.take()),
            (None, '\'' | '"') => {
                quote = Some(character);
                word.get_or_insert_default();
            }
            (Some(open), _) if open == character => quote = None,
            (None | Some('"'), '\\') => {
                let escaped = characters.next();
                let escaped = escaped.ok_or("a backslash at its end: remove it")?;
                let word = word.get_or_insert_default();
                if quote.is_some() && !matches!(escaped, '"' | '\\') {
                    word.push('\\');
                }
                word.push(escaped);
            }
            _ => word.get_or_insert_default().push(character),
        }
    }
    if quote.is_some() {
        return Err(UNCLOSED);
    }
    words.extend(word);
    Ok(words)
}

/// Splits a command like the C runtime of Windows: backslashes are special only before a double
/// quote.
fn split_for_windows(command: &str) -> Result<Vec<String>, &'static str> {
    let (mut words, mut word) = (Vec::new(), None::<String>);
    let mut is_quoted = false;
    let mut rest = command;
    while let Some(character) = rest.chars().next() {
        let after = rest.trim_start_matches('\\');
        let backslashes = rest.len() - after.len();
        if backslashes > 0 {
            let is_before_quote = after.starts_with('"');
            let kept = if is_before_quote {
                backslashes / 2
            } else {
                backslashes
            };
            let word = word.get_or_insert_default();
            word.extend(std::iter::repeat_n('\\', kept));
            rest = after;
            if is_before_quote && backslashes % 2 == 1 {
                word.push('"');
                rest = after.strip_prefix('"').unwrap_or(after);
            }
            continue;
        }
        match character {
            '"' => {
                is_quoted = !is_quoted;
                word.get_or_insert_default();
            }
            ' ' | '\t' if !is_quoted => words.extend(word.take()),
            _ => word.get_or_insert_default().push(character),
        }
        rest = rest.strip_prefix(character).unwrap_or_default();
    }
    if is_quoted {
        return Err(UNCLOSED);
    }
    words.extend(word);
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Case = (&'static str, &'static [&'static str]);

    /// The results of `shlex.split` of Python 3.11.
    #[test]
    fn a_command_is_split_as_shlex_does_it() {
        let cases: [Case; 15] = [
            (
                "/opt/bin/tool --flag value",
                &["/opt/bin/tool", "--flag", "value"],
            ),
            ("  a \t b\r\n", &["a", "b"]),
            (r#"a 'b c' "d e""#, &["a", "b c", "d e"]),
            (r#"a'b'"c"d"#, &["abcd"]),
            (r#"a '' """#, &["a", "", ""]),
            (r#"\a\ b \'c\" d\\e"#, &["a b", r#"'c""#, r"d\e"]),
            (r#"'a\b' 'c"d' 'e\\'"#, &[r"a\b", r#"c"d"#, r"e\\"]),
            (
                r#""a\"b" "c\\d" "e\f" "g\'h" "i\$j""#,
                &[r#"a"b"#, r"c\d", r"e\f", r"g\'h", r"i\$j"],
            ),
            ("a\\\nb \"c\\\nd\"", &["a\nb", "c\\\nd"]),
            (
                "a #b $HOME ~/c $(d) e;f|g>h *",
                &["a", "#b", "$HOME", "~/c", "$(d)", "e;f|g>h", "*"],
            ),
            (r#""é 'ü'" ñ"#, &["é 'ü'", "ñ"]),
            (r"C:\tools\a.exe", &["C:toolsa.exe"]),
            ("a\u{a0}b c\u{2003}d", &["a\u{a0}b", "c\u{2003}d"]),
            ("", &[]),
            ("''", &[""]),
        ];
        for (command, words) in cases {
            assert_eq!(split_for_posix(command).unwrap(), words, "{command}");
        }
    }

    /// `shlex.split` says "No closing quotation" of the first three, and "No escaped character" of
    /// the others.
    #[test]
    fn a_command_that_shlex_refuses_is_refused() {
        const BACKSLASH: &str = "a backslash at its end: remove it";
        for (command, fault) in [
            ("a 'b", UNCLOSED),
            (r#"a "b\""#, UNCLOSED),
            ("a'", UNCLOSED),
            (r"a\", BACKSLASH),
            (r#""a\"#, BACKSLASH),
        ] {
            assert_eq!(split_for_posix(command), Err(fault), "{command}");
        }
    }

    /// The results of `compat_shell_split` of botocore 1.43 for `win32`.
    #[test]
    fn on_windows_a_command_is_split_as_botocore_does_it() {
        let cases: [Case; 14] = [
            (
                r#"C:\tools\a.exe --flag "b c""#,
                &[r"C:\tools\a.exe", "--flag", "b c"],
            ),
            ("  a \t b ", &["a", "b"]),
            ("a\nb", &["a\nb"]),
            (
                r#""C:\Program Files\a.exe" b"#,
                &[r"C:\Program Files\a.exe", "b"],
            ),
            (r#"a "" b"#, &["a", "", "b"]),
            (r"a\\b c\ d\\", &[r"a\\b", r"c\", r"d\\"]),
            (r#"a\"b "c\"d""#, &[r#"a"b"#, r#"c"d"#]),
            (r#"a\\"b c""#, &[r"a\b c"]),
            (r#"a\\\"b"#, &[r#"a\"b"#]),
            (r#""a\\" "b\\\\" "c\\d""#, &[r"a\", r"b\\", r"c\\d"]),
            ("'a b'", &["'a", "b'"]),
            (r#"a"b c"d"#, &["ab cd"]),
            (r#""""#, &[""]),
            ("", &[]),
        ];
        for (command, words) in cases {
            assert_eq!(split_for_windows(command).unwrap(), words, "{command}");
        }
        for command in [r#"a "b"#, r#""a\""#, r#""a\\\""#] {
            assert_eq!(split_for_windows(command), Err(UNCLOSED), "{command}");
        }
    }

    #[test]
    fn a_command_has_a_program() {
        for command in ["", " ", "''", "'' a"] {
            let fault = Command::parse(command).unwrap_err();
            assert_eq!(fault, "no program: name one", "{command}");
        }
    }
}
