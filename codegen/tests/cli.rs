//! `cargo codegen` as it is used: its output, its exit codes and what it writes.

#![cfg(test)]

#[path = "cli/diff.rs"]
mod diff;
#[path = "cli/message.rs"]
mod message;
#[path = "cli/new.rs"]
mod new;
#[path = "cli/output.rs"]
mod output;
#[path = "cli/refresh.rs"]
mod refresh;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// The output and exit code of a run.
struct Run {
    code: i32,
    stdout: String,
    stderr: String,
}

fn codegen(dir: &Path, arguments: &[&str]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_codegen"))
        .current_dir(dir)
        .args(arguments)
        .output()
        .unwrap();
    Run {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Runs the command with nobody to read what it says: its exit code, and what it says of errors.
fn unread(dir: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let mut run = Command::new(env!("CARGO_BIN_EXE_codegen"))
        .current_dir(dir)
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(run.stdout.take());
    let output = run.wait_with_output().unwrap();
    (
        output.status.code(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

/// The folder of the runtime, which every new crate is given.
fn runtime() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime")
}

/// Creates the crate `flow-client` in `made`, with these arguments more.
fn new_crate(dir: &Path, arguments: &[&str]) -> Run {
    let runtime = runtime();
    let runtime = runtime.to_str().unwrap();
    let first = [
        "new", "--name", "flow-client", "--path", "made", "--runtime-path", runtime,
    ];
    codegen(dir, &[&first[..], arguments].concat())
}

/// A folder with a model in it.
fn folder(name: &str, text: &str) -> TempDir {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join(name), text).unwrap();
    dir
}

/// The text of our model.
fn text() -> String {
    fs::read_to_string(model()).unwrap()
}

fn model() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../model/appflow.json")
        .canonicalize()
        .unwrap()
}

/// A scaffolded crate with StartFlow alone, whose model is `model/model.json`.
fn scaffolded() -> (TempDir, PathBuf) {
    let dir = TempDir::new().unwrap();
    fs::copy(model(), dir.path().join("model.json")).unwrap();
    let run = new_crate(
        dir.path(),
        &["--model", "model.json", "--operations", "StartFlow"],
    );
    assert_eq!(run.code, 0, "{}", run.stderr);
    fs::remove_file(dir.path().join("model.json")).unwrap();
    let made = dir.path().join("made");
    (dir, made)
}

/// A workspace of the crates `one` and `two`, whose models are at these paths.
fn two_crates(models: [&str; 2]) -> TempDir {
    let dir = TempDir::new().unwrap();
    let manifest = "[workspace]\nmembers = [\"one\", \"two\"]\nresolver = \"3\"\n";
    fs::write(dir.path().join("Cargo.toml"), manifest).unwrap();
    for (name, path) in ["one", "two"].into_iter().zip(models) {
        let package = dir.path().join(name);
        fs::create_dir_all(package.join("src")).unwrap();
        fs::write(package.join("src/lib.rs"), "").unwrap();
        fs::copy(model(), dir.path().join(path)).unwrap();
        let manifest = format!(
            "[package]\nname = \"{name}\"\nedition = \"2024\"\n\
             [package.metadata.codegen]\nmodel = \"../{path}\"\noperations = [\"StartFlow\"]\n"
        );
        fs::write(package.join("Cargo.toml"), manifest).unwrap();
    }
    dir
}

#[test]
fn a_new_crate_is_complete_and_up_to_date() {
    let (_dir, made) = scaffolded();
    for file in [
        "Cargo.toml",
        "README.md",
        "src/lib.rs",
        "src/generated/mod.rs",
        "tests/generated/main.rs",
    ] {
        assert!(made.join(file).is_file(), "{file}");
    }
    let manifest = fs::read_to_string(made.join("Cargo.toml")).unwrap();
    assert!(
        manifest.contains("model = \"model/model.json\"\noperations = [\"StartFlow\"]\n"),
        "{manifest}"
    );
    let run = codegen(&made, &["--check"]);
    assert_eq!(
        (run.code, &*run.stdout, &*run.stderr),
        (0, "up to date: flow-client\n", "")
    );
    let run = codegen(&made, &[]);
    assert_eq!(run.code, 0);
    assert_eq!(
        run.stdout,
        "flow-client: up to date, 1 operation and 1 type\n"
    );
}

#[test]
fn check_names_what_is_out_of_date_and_how_to_mend_it() {
    let (_dir, made) = scaffolded();
    let generated = made.join("src/generated");
    let operation = generated.join("operation/start_flow.rs");
    let text = fs::read_to_string(&operation).unwrap();
    let changed = text.replace("Runs an on-demand flow", "Walks an on-demand flow");
    fs::write(&operation, changed).unwrap();
    fs::remove_file(generated.join("error.rs")).unwrap();
    fs::write(generated.join("types/left_over.rs"), "").unwrap();

    let run = codegen(&made, &["--check"]);
    assert_eq!(run.code, 1);
    for expected in [
        "differs: src/generated/operation/start_flow.rs",
        "-    /// Walks an on-demand flow",
        "+    /// Runs an on-demand flow",
        "missing: src/generated/error.rs",
        "stale:   src/generated/types/left_over.rs",
        "3 files out of date; run `cargo codegen`",
    ] {
        assert!(run.stderr.contains(expected), "{expected}\n{}", run.stderr);
    }

    let run = codegen(&made, &[]);
    assert_eq!(run.code, 0);
    assert!(
        run.stdout.starts_with("flow-client: 3 files changed"),
        "{}",
        run.stdout
    );
    assert!(!generated.join("types/left_over.rs").exists());
    assert_eq!(codegen(&made, &["--check"]).code, 0);
}

#[test]
fn a_changed_model_is_out_of_date() {
    let (_dir, made) = scaffolded();
    let path = made.join("model/model.json");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("\"SUSPENDED\"", "\"ASLEEP\"")).unwrap();
    let run = codegen(&made, &["--check"]);
    assert_eq!(run.code, 1);
    assert!(
        run.stderr
            .contains("differs: src/generated/types/flow_status.rs"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("+    Asleep,"), "{}", run.stderr);
}

#[test]
fn files_that_are_right_are_left_untouched() {
    let (_dir, made) = scaffolded();
    let file = made.join("src/generated/client.rs");
    let before = fs::metadata(&file).unwrap().modified().unwrap();
    let path = made.join("model/model.json");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("\"SUSPENDED\"", "\"ASLEEP\"")).unwrap();
    assert_eq!(codegen(&made, &[]).code, 0);
    assert_eq!(fs::metadata(&file).unwrap().modified().unwrap(), before);
}

#[test]
fn what_is_left_out_is_listed_when_files_change_and_else_only_counted() {
    let dir = TempDir::new().unwrap();
    let text = fs::read_to_string(model()).unwrap();
    // An operation cannot do without a checksum that is not supported.
    let checksum = r#""aws.protocols#httpChecksum": { "requestChecksumRequired": true }, "#;
    let uri = text.find("\"uri\": \"/start-flow\"").unwrap();
    let traits = text[..uri].rfind("\"smithy.api#http\"").unwrap();
    let text = [&text[..traits], checksum, &text[traits..]].concat();
    fs::write(dir.path().join("model.json"), text).unwrap();
    let arguments = "--model model.json --skip-unsupported --operations StartFlow,StopFlow";
    let run = new_crate(dir.path(), &arguments.split(' ').collect::<Vec<_>>());
    assert_eq!((run.code, &*run.stderr), (0, ""));
    let summary = "1 operation and 1 type, 1 skipped\n";
    let list = format!("{summary}  skipped StartFlow: ");
    assert!(run.stdout.contains(&list), "{}", run.stdout);

    let made = dir.path().join("made");
    let run = codegen(&made, &[]);
    assert_eq!(run.stdout, format!("flow-client: up to date, {summary}"));

    fs::remove_file(made.join("src/generated/error.rs")).unwrap();
    let run = codegen(&made, &[]);
    let begin = format!("flow-client: 1 file changed, {list}");
    assert!(run.stdout.starts_with(&begin), "{}", run.stdout);
}

#[test]
fn a_broken_model_is_reported_and_nothing_is_written() {
    let (_dir, made) = scaffolded();
    fs::write(made.join("model/model.json"), "{").unwrap();
    let before = fs::read_to_string(made.join("src/generated/mod.rs")).unwrap();
    let run = codegen(&made, &[]);
    assert_eq!(run.code, 1);
    assert!(
        run.stderr.contains("error: the model is not JSON"),
        "{}",
        run.stderr
    );
    assert!(
        run.stderr
            .contains("1 problem in the model; nothing was written"),
        "{}",
        run.stderr
    );
    assert_eq!(
        fs::read_to_string(made.join("src/generated/mod.rs")).unwrap(),
        before
    );
}

#[test]
fn every_command_prints_the_cause_of_an_error_once() {
    let (_dir, made) = scaffolded();
    fs::remove_file(made.join("model/model.json")).unwrap();
    let file = made.join("file");
    fs::write(&file, "").unwrap();
    let cause = fs::read("none.json").unwrap_err().to_string();
    let runtime = runtime();
    let runtime = ["--runtime-path", runtime.to_str().unwrap()];
    let new = [
        &[
            "new", "--model", "none.json", "--name", "a", "--path", "made",
        ],
        &runtime[..],
    ]
    .concat();
    for arguments in [
        &[][..],
        &["--check"],
        &new,
        &["diff", "none.json", "none.json"],
        &["refresh", "--from", "none.json"],
    ] {
        let run = codegen(&made, arguments);
        assert_eq!(run.code, 1, "{arguments:?}");
        let count = run.stderr.matches(&cause).count();
        assert_eq!(count, 1, "{arguments:?}: {}", run.stderr);
    }
    // A path below a file cannot be written to.
    let model = model();
    let model = model.to_str().unwrap();
    let path = file.join("crate");
    let path = path.to_str().unwrap();
    let new = ["new", "--model", model, "--name", "a", "--path", path];
    let run = codegen(&made, &[&new[..], &runtime].concat());
    let cause = fs::create_dir(path).unwrap_err().to_string();
    assert_eq!(run.stderr.matches(&cause).count(), 1, "{}", run.stderr);
}

#[test]
fn wrong_usage_is_exit_code_2() {
    let dir = TempDir::new().unwrap();
    for arguments in [
        &["--bogus"][..],
        &["new"],
        &["refresh"],
        &["--check", "new"],
    ] {
        assert_eq!(codegen(dir.path(), arguments).code, 2, "{arguments:?}");
    }
    let help = codegen(dir.path(), &["--help"]);
    assert_eq!(help.code, 0);
    assert!(
        help.stdout.contains("Exit codes: 0 success"),
        "{}",
        help.stdout
    );
}

#[test]
fn a_workspace_without_generated_crates_says_what_to_add() {
    let dir = TempDir::new().unwrap();
    fs::create_dir(dir.path().join("src")).unwrap();
    fs::write(dir.path().join("src/lib.rs"), "").unwrap();
    let manifest = "[package]\nname = \"plain\"\nedition = \"2024\"\n";
    fs::write(dir.path().join("Cargo.toml"), manifest).unwrap();
    let run = codegen(dir.path(), &[]);
    assert_eq!(run.code, 1);
    assert!(
        run.stderr.contains("[package.metadata.codegen]"),
        "{}",
        run.stderr
    );

    let table = "[package.metadata.codegen]\nmodle = \"a.json\"\n";
    fs::write(dir.path().join("Cargo.toml"), format!("{manifest}{table}")).unwrap();
    let run = codegen(dir.path(), &[]);
    assert_eq!(run.code, 1);
    assert!(
        run.stderr.contains("unknown field `modle`"),
        "{}",
        run.stderr
    );
}
