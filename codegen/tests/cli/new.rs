//! `cargo codegen new` as it is used.

use std::fs;
use std::path::Path;

use super::{codegen, folder, new_crate, runtime, text};

/// Every file below a folder with its text, by its path.
fn files(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((
                path.display().to_string(),
                fs::read_to_string(&path).unwrap(),
            ));
        }
    }
    found.sort();
    found
}

#[test]
fn the_summary_says_what_there_is_and_what_comes_next() {
    let dir = folder("model.json", &text());
    let run = new_crate(
        dir.path(),
        &["--model", "model.json", "--operations", "StartFlow"],
    );
    assert_eq!(run.code, 0, "{}", run.stderr);
    let expected = "\
flow-client: created in made, 1 operation and 1 type
It is a workspace of its own, with a copy of the model. Next:
  cd made
  cargo test
";
    assert_eq!(run.stdout, expected);
}

#[test]
fn a_crate_has_its_model_and_paths_that_move_with_it() {
    let dir = folder("model.json", &text());
    let repository = dir.path().join("repository/runtime");
    fs::create_dir_all(&repository).unwrap();
    fs::copy(runtime().join("Cargo.toml"), repository.join("Cargo.toml")).unwrap();
    let arguments = "new --model model.json --name flow-client --path clients/flow \
                     --operations StartFlow --runtime-path repository/runtime";
    let run = codegen(
        dir.path(),
        &arguments.split_whitespace().collect::<Vec<_>>(),
    );
    assert_eq!(run.code, 0, "{}", run.stderr);
    let made = dir.path().join("clients/flow");
    assert_eq!(
        fs::read_to_string(made.join("model/model.json")).unwrap(),
        text()
    );
    let manifest = fs::read_to_string(made.join("Cargo.toml")).unwrap();
    assert!(
        manifest.contains("\nmodel = \"model/model.json\"\n"),
        "{manifest}"
    );
    let dependency = "\nsmithy-reqwest = { path = \"../../repository/runtime\", version = ";
    assert!(manifest.contains(dependency), "{manifest}");
    let here = dir.path().to_str().unwrap();
    for (path, text) in files(&made) {
        assert!(!text.contains(here), "{path}");
    }
}

#[test]
#[cfg(unix)]
fn a_path_to_the_runtime_leads_there_through_links() {
    let dir = folder("model.json", &text());
    let deep = dir.path().join("deep/below");
    fs::create_dir_all(&deep).unwrap();
    std::os::unix::fs::symlink(&deep, dir.path().join("short")).unwrap();
    let runtime = runtime();
    let arguments = format!(
        "new --model model.json --name flow-client --path short/made --operations StartFlow \
         --runtime-path {}",
        runtime.display()
    );
    let run = codegen(
        dir.path(),
        &arguments.split_whitespace().collect::<Vec<_>>(),
    );
    assert_eq!(run.code, 0, "{}", run.stderr);
    let manifest = fs::read_to_string(deep.join("made/Cargo.toml")).unwrap();
    let path = manifest
        .split("smithy-reqwest = { path = \"")
        .nth(1)
        .unwrap();
    let path = path.split('"').next().unwrap();
    let found = deep.join("made").join(path).canonicalize().unwrap();
    assert_eq!(found, runtime.canonicalize().unwrap());
}

#[test]
fn there_is_no_crate_without_a_runtime() {
    let dir = folder("model.json", &text());
    let first = [
        "new", "--model", "model.json", "--name", "a", "--path", "made",
    ];
    let run = codegen(dir.path(), &first);
    assert_eq!(run.code, 1);
    let said = "the runtime `smithy-reqwest` is not published yet; give its folder with \
                `--runtime-path`";
    assert!(run.stderr.contains(said), "{}", run.stderr);

    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::create_dir(dir.path().join("workspace")).unwrap();
    fs::write(dir.path().join("workspace/Cargo.toml"), "[workspace]\n").unwrap();
    for (path, problem) in [
        (
            root,
            "codegen` is not the runtime: it holds the package `smithy-reqwest-codegen`",
        ),
        (
            dir.path(),
            "is not the runtime: it has no `Cargo.toml`; give the folder of",
        ),
        (
            Path::new("none"),
            "`none` is not the runtime: it has no `Cargo.toml`",
        ),
        (
            Path::new("workspace"),
            "its `Cargo.toml` is not that of a package",
        ),
    ] {
        let path = path.to_str().unwrap();
        let run = codegen(
            dir.path(),
            &[&first[..], &["--runtime-path", path]].concat(),
        );
        assert_eq!(run.code, 1, "{problem}");
        assert!(run.stderr.contains(problem), "{}", run.stderr);
    }
    assert!(!dir.path().join("made").exists());
}

#[test]
fn a_name_that_cannot_work_is_refused_with_the_true_reason() {
    let dir = folder("model.json", &text());
    let runtime = runtime();
    let letters = "use letters, digits, `-` and `_`, with a letter first";
    let keyword = "it is a keyword of Rust";
    let toolchain = "it is the name of a crate of the Rust toolchain";
    let package = "the crate would depend on a package of the same name";
    let device = "Windows reserves it for a device, so no file or folder can have it";
    for (name, reason) in [
        ("", letters),
        ("9a", letters),
        ("a b", letters),
        ("größe", letters),
        ("fn", keyword),
        ("gen", keyword),
        ("std", toolchain),
        ("proc-macro", toolchain),
        ("smithy-reqwest", package),
        ("reqwest", package),
        ("futures_core", package),
        ("nul", device),
        ("Com1", device),
    ] {
        let run = codegen(
            dir.path(),
            &[
                "new",
                "--model",
                "model.json",
                "--name",
                name,
                "--path",
                "made",
                "--runtime-path",
                runtime.to_str().unwrap(),
            ],
        );
        assert_eq!(run.code, 1, "{name}");
        let said =
            format!("error: `made` was not created: invalid crate name `{name}`: {reason}\n");
        assert_eq!(run.stderr, said);
        assert!(!dir.path().join("made").exists());
    }
}

#[test]
fn a_new_crate_overwrites_nothing() {
    let dir = folder("model.json", &text());
    let made = dir.path().join("made");
    fs::create_dir_all(made.join("src")).unwrap();
    for (name, text) in [
        ("mine.txt", ""),
        ("src/lib.rs", "mine"),
        ("src/mine.rs", ""),
    ] {
        fs::write(made.join(name), text).unwrap();
        let before = files(&made);
        let run = new_crate(
            dir.path(),
            &["--model", "model.json", "--operations", "StartFlow"],
        );
        assert_eq!(run.code, 1, "{name}");
        assert!(
            run.stderr
                .contains("`made` is not empty; name a new folder"),
            "{}",
            run.stderr
        );
        assert_eq!(files(&made), before);
        fs::remove_file(made.join(name)).unwrap();
    }
}

#[test]
#[cfg(unix)]
fn a_new_crate_is_not_created_in_place_of_a_file() {
    let dir = folder("model.json", &text());
    let made = dir.path().join("made");
    fs::write(&made, "mine").unwrap();
    let run = new_crate(
        dir.path(),
        &["--model", "model.json", "--operations", "StartFlow"],
    );
    assert_eq!(run.code, 1);
    assert!(
        run.stderr.contains("could not list `made`"),
        "{}",
        run.stderr
    );
    assert_eq!(fs::read_to_string(&made).unwrap(), "mine");
}

/// A run that is killed has written some of the files, each as a whole, and part of one more under
/// a name of its own.
#[test]
fn a_run_that_was_killed_can_be_repeated() {
    let dir = folder("model.json", &text());
    let create = || {
        new_crate(
            dir.path(),
            &["--model", "model.json", "--operations", "StartFlow"],
        )
    };
    assert_eq!(create().code, 0);
    let made = dir.path().join("made");
    let complete = files(&made);
    for kept in [0, 1, complete.len() / 2, complete.len() - 1] {
        for (path, _) in &complete[kept..] {
            fs::remove_file(path).unwrap();
        }
        fs::write(made.join(".0123456789abcdef.codegen-partial"), "[pack").unwrap();
        fs::write(made.join("src/.0123456789abcdef.codegen-partial"), "//! A").unwrap();
        let run = create();
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert_eq!(files(&made), complete);
    }
}
