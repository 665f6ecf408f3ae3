//! The walkthrough of the documentation, followed word for word: every file is written, every
//! command is run, and prints what the page says.
//!
//! What the page takes for granted is arranged beside it, in [`Reader::new`]: `codegen` is the
//! command of this package, and `smithy-reqwest` a checkout of this repository. There is no network;
//! the lock file of the workspace says which versions there are.

#![cfg(test)]
// A link to the checkout is made as Unix makes it.
#![cfg(unix)]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use tempfile::TempDir;

const PAGE: &str = include_str!("../src/walkthrough.md");

/// The action for a block of the page.
#[derive(Debug)]
enum Step {
    /// A file is written.
    Write { path: String, text: String },
    /// Text is added to a file.
    Append { path: String, text: String },
    /// Lines of a file are replaced.
    Replace {
        path: String,
        old: String,
        new: String,
    },
    /// A command is run and prints something.
    Run { command: String, output: String },
}

/// The exit codes of the commands of the page, in their order.
///
/// A model that is refused, and files that are out of date for `--check`, are 1, as the help of the
/// command says; the rest succeeds.
const EXIT_CODES: [(&str, i32); 7] = [
    ("codegen new", 1),
    ("codegen new", 0),
    ("cd lighthouse-client", 0),
    ("cargo run", 0),
    ("codegen --check", 1),
    ("codegen", 0),
    ("codegen --check", 0),
];

#[test]
fn the_walkthrough_works_word_for_word() {
    let steps = steps(PAGE);
    let mut codes = EXIT_CODES.into_iter();
    let mut reader = Reader::new();
    for step in &steps {
        match step {
            Step::Run { command, output } => {
                let (begin, code) = codes.next().unwrap();
                assert!(command.starts_with(begin), "{command}");
                reader.run(command, output, code);
            }
            Step::Write { path, text } => reader.write(path, text),
            Step::Append { path, text } => reader.write(path, &(reader.read(path) + text)),
            Step::Replace { path, old, new } => {
                let text = reader.read(path);
                assert_eq!(text.matches(old).count(), 1, "{old}\n{text}");
                reader.write(path, &text.replace(old, new));
            }
        }
    }
    assert_eq!((codes.next(), steps.len()), (None, 11), "{steps:?}");
}

/// Somebody who follows the page, in a folder of their own.
struct Reader {
    folder: TempDir,
    /// The folder that commands run in.
    current: PathBuf,
}

impl Reader {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        // The folder that the tests of new crates build in, which mostly holds the runtime already.
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("scaffold");
        let config = format!(
            "[build]\ntarget-dir = {target:?}\n[profile.dev]\ndebug = 0\n[net]\noffline = true\n"
        );
        let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        std::os::unix::fs::symlink(checkout, folder.path().join("smithy-reqwest")).unwrap();
        fs::create_dir(folder.path().join(".cargo")).unwrap();
        fs::write(folder.path().join(".cargo/config.toml"), config).unwrap();
        let current = folder.path().to_owned();
        Self { folder, current }
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.folder.path().join(path)).unwrap()
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn run(&mut self, command: &str, expected: &str, code: i32) {
        let mut words = command.split_whitespace();
        let program = match words.next().unwrap() {
            "cd" => return self.current.push(words.next().unwrap()),
            "codegen" => env!("CARGO_BIN_EXE_codegen").into(),
            "cargo" => {
                let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
                fs::copy(lock, self.current.join("Cargo.lock")).unwrap();
                env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
            }
            other => panic!("the page has a command that no reader of this test knows: {other}"),
        };
        let output = Command::new(program)
            .args(words)
            .current_dir(&self.current)
            // A shell does not know of the cargo that runs this test.
            .env_remove("CARGO")
            .output()
            .unwrap();
        let printed = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert_eq!(output.status.code(), Some(code), "{command}\n{printed}");
        assert_eq!(without_trailing_spaces(&printed), expected, "{command}");
    }
}

/// The steps of a page, in their order.
fn steps(page: &str) -> Vec<Step> {
    let mut parts = page.split("```");
    let mut before = parts.next().unwrap();
    let mut steps = Vec::new();
    while let (Some(block), Some(after)) = (parts.next(), parts.next()) {
        let (language, text) = block.split_once('\n').unwrap();
        match language {
            "console" => steps.extend(commands(text)),
            "json" | "rust,ignore" => steps.push(Step::Write {
                path: file_of(before),
                text: text.to_owned(),
            }),
            "toml" => steps.push(Step::Append {
                path: file_of(before),
                text: text.to_owned(),
            }),
            "diff" => steps.push(Step::Replace {
                path: file_of(before),
                old: marked(text, '-'),
                new: marked(text, '+'),
            }),
            other => panic!("the page has a block that no reader of this test knows: {other}"),
        }
        before = after;
    }
    steps
}

/// The file that the words before a block end with, as in "add to `Cargo.toml`:".
fn file_of(before: &str) -> String {
    let words = before.trim_end().strip_suffix("`:").unwrap();
    words.rsplit('`').next().unwrap().to_owned()
}

/// The lines of a difference with a mark.
fn marked(difference: &str, mark: char) -> String {
    let lines = difference.split_inclusive('\n');
    lines.filter_map(|line| line.strip_prefix(mark)).collect()
}

/// The commands of a block, each with what it prints.
fn commands(block: &str) -> Vec<Step> {
    let one_line = block.replace("\\\n", "");
    let commands = one_line.split("$ ").skip(1);
    commands
        .map(|text| {
            let (command, output) = text.split_once('\n').unwrap();
            Step::Run {
                command: command.to_owned(),
                output: without_trailing_spaces(output),
            }
        })
        .collect()
}

fn without_trailing_spaces(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n")
}
