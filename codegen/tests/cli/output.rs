//! Files that `cargo codegen` writes, and files that it does not change.

use std::fs;
use std::path::PathBuf;
use std::sync::Barrier;
use std::thread;

use smithy_reqwest_codegen::{Generated, Options, generate, output};
use tempfile::TempDir;

use super::{codegen, model, scaffolded};

/// The operations of two clients that differ in most of their files.
const OPERATIONS: [&str; 2] = ["StartFlow", "StopFlow"];

fn generated(operation: &str) -> Generated {
    let mut options = Options::new("model.json", "flow-client");
    options.operations = vec![operation.to_owned()];
    generate(&fs::read_to_string(model()).unwrap(), &options).unwrap()
}

/// A folder outside of the crate that has something of value in it.
#[cfg(unix)]
fn elsewhere() -> (TempDir, PathBuf) {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("mine.rs");
    fs::write(&file, "mine").unwrap();
    (dir, file)
}

#[test]
#[cfg(unix)]
fn nothing_is_written_or_removed_through_a_link() {
    for link in [
        "src",
        "src/generated",
        "src/generated/operation",
        "tests/generated",
    ] {
        let (_dir, made) = scaffolded();
        let (outside, file) = elsewhere();
        let path = made.join(link);
        fs::remove_dir_all(&path).unwrap();
        std::os::unix::fs::symlink(outside.path(), &path).unwrap();
        for arguments in [&[][..], &["--check"]] {
            let run = codegen(&made, arguments);
            assert_eq!(run.code, 1, "{link}");
            let said = format!("{link}` is a symbolic link, and generated files");
            // Without a source, cargo does not take it for a package at all.
            assert!(
                link == "src" || run.stderr.contains(&said),
                "{link}: {}",
                run.stderr
            );
        }
        assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 1, "{link}");
        assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    }
}

#[test]
#[cfg(unix)]
fn a_link_in_place_of_a_file_is_refused_and_what_it_leads_to_stays() {
    for name in ["client.rs", "stale.rs"] {
        let (_dir, made) = scaffolded();
        let (_outside, file) = elsewhere();
        let path = made.join("src/generated").join(name);
        let _ = fs::remove_file(&path);
        std::os::unix::fs::symlink(&file, &path).unwrap();
        let run = codegen(&made, &[]);
        assert_eq!(run.code, 1);
        assert!(
            run.stderr.contains(&format!("{name}` is a symbolic link")),
            "{}",
            run.stderr
        );
        assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    }
}

#[test]
fn a_folder_in_place_of_a_file_is_reported_and_stays() {
    let (_dir, made) = scaffolded();
    let client = made.join("src/generated/client.rs");
    fs::remove_file(&client).unwrap();
    fs::create_dir(&client).unwrap();
    let run = codegen(&made, &[]);
    assert_eq!(run.code, 1);
    let expected = format!("could not read `{}`", client.display());
    assert!(run.stderr.contains(&expected), "{}", run.stderr);
    assert!(client.is_dir());
}

#[test]
#[cfg(unix)]
fn a_file_in_place_of_a_folder_is_reported_and_stays() {
    for (folder, unreadable) in [
        ("src/generated/operation", "src/generated/operation/mod.rs"),
        ("tests", "tests/generated"),
    ] {
        let (_dir, made) = scaffolded();
        let path = made.join(folder);
        fs::remove_dir_all(&path).unwrap();
        fs::write(&path, "mine").unwrap();
        let run = codegen(&made, &[]);
        assert_eq!(run.code, 1);
        let expected = format!("could not read `{}`", made.join(unreadable).display());
        assert!(run.stderr.contains(&expected), "{}", run.stderr);
        assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    }
}

/// Whatever name a link has that was put in the way, a file that is being written is another one.
#[test]
#[cfg(unix)]
fn a_partial_file_never_leads_elsewhere() {
    let (_dir, made) = scaffolded();
    let (_outside, file) = elsewhere();
    let client = made.join("src/generated/client.rs");
    fs::write(&client, "old").unwrap();
    let link = made.join("src/client.partial");
    std::os::unix::fs::symlink(&file, &link).unwrap();
    assert_eq!(codegen(&made, &[]).code, 0);
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    assert_ne!(fs::read_to_string(&client).unwrap(), "old");
}

#[test]
#[cfg(unix)]
fn a_file_keeps_its_permissions() {
    use std::os::unix::fs::PermissionsExt as _;

    let (_dir, made) = scaffolded();
    let client = made.join("src/generated/client.rs");
    fs::write(&client, "old").unwrap();
    fs::set_permissions(&client, fs::Permissions::from_mode(0o640)).unwrap();
    assert_eq!(codegen(&made, &[]).code, 0);
    let permissions = fs::metadata(&client).unwrap().permissions();
    assert_eq!(permissions.mode() & 0o777, 0o640);
}

#[test]
fn what_a_killed_run_has_left_is_removed() {
    let (_dir, made) = scaffolded();
    let partial = "src/generated/.0123456789abcdef.codegen-partial";
    fs::write(made.join(partial), "//! Hal").unwrap();
    let run = codegen(&made, &["--check"]);
    assert!(
        run.stderr.contains(&format!("stale:   {partial}")),
        "{}",
        run.stderr
    );
    assert_eq!(codegen(&made, &[]).code, 0);
    assert!(!made.join(partial).exists());
}

#[test]
fn what_is_not_generated_any_more_is_removed_with_its_folder() {
    let (_dir, made) = scaffolded();
    let stale = [
        "src/generated/left/deep/over.rs",
        "tests/generated/left/over.rs",
        "tests/generated/left_over.rs",
    ];
    for path in stale {
        fs::create_dir_all(made.join(path).parent().unwrap()).unwrap();
        fs::write(made.join(path), "").unwrap();
    }
    let mine = ["src/mine.rs", "tests/mine.rs"];
    for path in mine {
        fs::write(made.join(path), "mine").unwrap();
    }
    let run = codegen(&made, &["--check"]);
    assert_eq!(run.code, 1);
    for path in stale {
        let said = format!("stale:   {path}\n");
        assert!(run.stderr.contains(&said), "{}", run.stderr);
    }
    let run = codegen(&made, &[]);
    assert_eq!((run.code, &*run.stderr), (0, ""));
    for path in ["src/generated/left", "tests/generated/left", stale[2]] {
        assert!(!made.join(path).exists(), "{path}");
    }
    for path in mine {
        assert_eq!(fs::read_to_string(made.join(path)).unwrap(), "mine");
    }
    assert_eq!(codegen(&made, &["--check"]).code, 0);
}

#[test]
fn a_folder_of_which_nothing_is_generated_any_more_is_gone() {
    let (_dir, made) = scaffolded();
    // Without the types of its response, the operation needs none.
    let path = made.join("model/model.json");
    let text = fs::read_to_string(&path).unwrap();
    let target = "\"target\": \"com.amazonaws.appflow#FlowStatus\"";
    fs::write(
        &path,
        text.replace(target, "\"target\": \"smithy.api#String\""),
    )
    .unwrap();
    assert!(made.join("src/generated/types").exists());
    let run = codegen(&made, &[]);
    assert_eq!((run.code, &*run.stderr), (0, ""));
    assert!(!made.join("src/generated/types").exists());
    assert!(made.join("src/generated/operation").exists());
}

#[test]
fn a_reader_sees_the_old_file_or_the_new_one() {
    let dir = TempDir::new().unwrap();
    let versions = || OPERATIONS.map(generated);
    let path = dir.path().join("src/generated/client.rs");
    let texts = versions().map(|it| it.library["client.rs"].clone());
    output::write(&generated(OPERATIONS[0]), dir.path()).unwrap();
    thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for version in versions().iter().cycle().take(100) {
                output::write(version, dir.path()).unwrap();
            }
        });
        while !writer.is_finished() {
            let text = fs::read_to_string(&path).unwrap();
            assert!(texts.contains(&text), "{text}");
        }
    });
}

#[test]
fn two_runs_at_once_leave_the_files_of_one_of_them() {
    let dir = TempDir::new().unwrap();
    let folders = (0..30).map(|number| dir.path().join(number.to_string()));
    let folders: Vec<PathBuf> = folders.collect();
    let begin = Barrier::new(OPERATIONS.len());
    thread::scope(|scope| {
        let runs = OPERATIONS.map(|operation| {
            let (begin, folders) = (&begin, &folders);
            scope.spawn(move || {
                let generated = generated(operation);
                // One that fails goes on, since the other waits for it.
                let write = |folder: &PathBuf| {
                    begin.wait();
                    output::write(&generated, folder).map(drop)
                };
                folders.iter().map(write).collect::<Vec<_>>()
            })
        });
        for written in runs.into_iter().flat_map(|run| run.join().unwrap()) {
            written.unwrap();
        }
    });
    let versions = OPERATIONS.map(generated);
    for folder in folders {
        let left = versions
            .each_ref()
            .map(|it| output::compare(it, &folder).unwrap().len());
        assert!(left.contains(&0), "{left:?}");
    }
}
