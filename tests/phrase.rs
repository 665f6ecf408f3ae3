//! The wording of documentation, comments and messages: common mistakes, with their replacements.

use std::fs;
use std::path::{Path, PathBuf};

const WORKSPACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// The folders and files that are checked. Tests are not.
const CHECKED: [&str; 11] = [
    ".github",
    "README.md",
    "appflow-client/CHANGELOG.md",
    "appflow-client/README.md",
    "appflow-client/src",
    "codegen/CHANGELOG.md",
    "codegen/README.md",
    "codegen/runtime/CHANGELOG.md",
    "codegen/runtime/README.md",
    "codegen/runtime/src",
    "codegen/src",
];

/// Phrases, in lower case, with their replacements.
const PHRASES: [(&str, &str); 24] = [
    (
        "/// whether ",
        "``Returns `true` if …`` for a function, ``Is `true` if …`` for a field",
    ),
    (
        "/// what ",
        "a noun for a type or field, a verb for a function: `The input of …`",
    ),
    ("//! what ", "a noun: `The input of …`"),
    ("returns whether ", "``Returns `true` if …``"),
    ("limit of time", "timeout"),
    ("limits of time", "timeouts"),
    ("tells of", "shows, contains, logs"),
    ("told of", "shown, logged"),
    ("hand in ", "pass"),
    ("handed in", "passed"),
    ("as it came", "unchanged"),
    ("by halves", "incompletely"),
    ("of one's own", "your own, custom"),
    ("of the caller's own", "custom"),
    ("what is left", "the rest"),
    ("stand on", "use, depend on"),
    ("the making of", "creating"),
    ("dear to", "expensive for"),
    ("is no longer than", "is at most"),
    (", be it ", "whether … or …"),
    ("nobody but", "only"),
    ("behaviour", "behavior"),
    ("modelled", "modeled"),
    ("licence", "license"),
];

/// Returns the text files at a path, at any depth.
fn files(path: &Path, found: &mut Vec<PathBuf>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            files(&entry.unwrap().path(), found);
        }
    } else if path.extension().is_some_and(|it| it == "rs" || it == "md") {
        found.push(path.to_owned());
    }
}

/// Returns the mistakes in a text, one per line.
fn mistakes(text: &str) -> Vec<String> {
    let mut mistakes = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let lower = line.to_lowercase();
        for (phrase, replacement) in PHRASES {
            if lower.contains(phrase) {
                let (number, phrase) = (index + 1, phrase.trim());
                mistakes.push(format!(
                    "{number}: `{phrase}`: use {replacement}\n    {line}"
                ));
            }
        }
    }
    mistakes
}

#[test]
fn documentation_is_plain_english() {
    let mut paths = Vec::new();
    for path in CHECKED {
        files(&Path::new(WORKSPACE).join(path), &mut paths);
    }
    assert!(paths.len() > 300, "only {} files were found", paths.len());
    paths.sort();
    let mut report = String::new();
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        for mistake in mistakes(&text) {
            let name = path.strip_prefix(WORKSPACE).unwrap_or(&path);
            report.push_str(&format!("{}:{mistake}\n", name.display()));
        }
    }
    assert!(report.is_empty(), "rewrite these lines:\n{report}");
}

#[test]
fn a_mistake_is_reported_with_its_line_and_the_replacement() {
    let text = "/// Returns the region.\n/// Sets the limit of time.\n";
    assert_eq!(
        mistakes(text),
        ["2: `limit of time`: use timeout\n    /// Sets the limit of time."]
    );
}
