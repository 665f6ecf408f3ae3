//! `cargo codegen diff` as it is used.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use super::{Run, codegen, model, scaffolded, two_crates, unread};

/// Compares StartFlow of two models, which is quick.
fn diff(dir: &Path, arguments: &[&str]) -> Run {
    let all = [&["diff", "--operations", "StartFlow"], arguments].concat();
    codegen(dir, &all)
}

/// A folder that is no cargo workspace, with the model of AppFlow as it is and with one value less.
fn two_models() -> TempDir {
    let dir = TempDir::new().unwrap();
    let new = fs::read_to_string(model()).unwrap();
    let old = new.replace("\"SUSPENDED\"", "\"ASLEEP\"");
    assert_ne!(old, new);
    fs::write(dir.path().join("old.json"), old).unwrap();
    fs::write(dir.path().join("new.json"), new).unwrap();
    dir
}

#[test]
fn a_difference_is_told_with_its_verdict() {
    let dir = two_models();
    let run = diff(dir.path(), &["old.json", "new.json"]);
    assert_eq!((run.code, &*run.stderr), (0, ""), "{}", run.stdout);
    let expected = "\
major  enum value types::FlowStatus::Asleep: removed
       code that uses it no longer compiles
       - types::FlowStatus::Asleep
minor  enum value types::FlowStatus::Suspended: added
       a new item
       + types::FlowStatus::Suspended

Appflow: major (1 major, 1 minor); requires a major version bump (minor, before 1.0)
";
    assert_eq!(run.stdout, expected);
}

#[test]
fn equal_models_have_no_difference_and_fail_on_nothing() {
    let dir = two_models();
    let arguments = ["new.json", "new.json", "--fail-on", "patch"];
    let run = diff(dir.path(), &arguments);
    let said = "Appflow: no difference in API, behavior or documentation\n";
    assert_eq!((run.code, &*run.stdout), (0, said), "{}", run.stderr);
}

#[test]
fn a_difference_fails_where_it_is_of_the_class_that_is_named_or_a_greater_one() {
    let dir = two_models();
    let new = fs::read_to_string(dir.path().join("new.json")).unwrap();
    let other = new.replace("\"/start-flow\"", "\"/begin-flow\"");
    assert_ne!(other, new);
    fs::write(dir.path().join("uri.json"), other).unwrap();
    for (old, level, code) in [
        ("old.json", "major", 1),
        ("old.json", "minor", 1),
        ("uri.json", "major", 0),
        ("uri.json", "minor", 0),
        ("uri.json", "patch", 1),
    ] {
        let arguments = [old, "new.json", "--fail-on", level];
        let run = diff(dir.path(), &arguments);
        assert_eq!(
            run.code, code,
            "{old} {level}: {}{}",
            run.stdout, run.stderr
        );
        assert!(!run.stdout.is_empty());
        let said = format!("which `--fail-on {level}` forbids\n");
        let expected = if code == 1 { &*said } else { "" };
        assert!(run.stderr.ends_with(expected), "{}", run.stderr);
        assert_eq!(run.stderr.is_empty(), code == 0, "{}", run.stderr);
    }
}

#[test]
fn a_difference_has_the_format_that_is_asked_for_and_no_colours_in_a_file() {
    let dir = two_models();
    for (format, start) in [
        ("text", "major  enum value"),
        ("markdown", "`Appflow`: **major** (1 major, 1 minor)"),
        (
            "json",
            "{\n  \"package\": \"Appflow\",\n  \"verdict\": \"major\"",
        ),
    ] {
        let arguments = ["old.json", "new.json", "--format", format];
        let run = diff(dir.path(), &arguments);
        assert_eq!(run.code, 0);
        assert!(run.stdout.starts_with(start), "{}", run.stdout);
        assert!(!run.stdout.contains('\u{1b}'));
    }
}

#[test]
fn a_crate_is_compared_for_the_operations_that_its_manifest_names() {
    let (dir, made) = scaffolded();
    let path = made.join("model/model.json");
    let text = fs::read_to_string(&path).unwrap();
    let other = text.replace("\"/stop-flow\"", "\"/end-flow\"");
    assert_ne!(other, text);
    let old = dir.path().join("old.json");
    fs::write(&old, other).unwrap();
    let (old, new) = (old.to_str().unwrap(), path.to_str().unwrap());

    let run = codegen(&made, &["diff", old, new]);
    let said = "flow-client: no difference in API, behavior or documentation\n";
    assert_eq!((run.code, &*run.stdout), (0, said), "{}", run.stderr);
    let run = codegen(&made, &["diff", old, new, "--operations", "StopFlow"]);
    let expected = "uri changed from \"/end-flow\" to \"/stop-flow\"";
    assert!(
        run.stdout.contains(expected),
        "{}{}",
        run.stdout,
        run.stderr
    );
    let run = codegen(&made, &["diff", old, new, "--package", "other"]);
    assert_eq!(run.code, 1);
    let expected = "`other` is not a generated crate of this workspace: choose one of flow-client";
    assert!(run.stderr.contains(expected), "{}", run.stderr);
}

#[test]
fn an_operation_that_one_model_lacks_is_new_or_gone() {
    let dir = two_models();
    let text = fs::read_to_string(dir.path().join("new.json")).unwrap();
    let mut model: Value = serde_json::from_str(&text).unwrap();
    let service = "com.amazonaws.appflow#SandstoneConfigurationServiceLambda";
    let operations = model["shapes"][service]["operations"].as_array_mut();
    operations
        .unwrap()
        .retain(|it| it["target"] != "com.amazonaws.appflow#StopFlow");
    fs::write(dir.path().join("less.json"), model.to_string()).unwrap();
    let compare =
        |old, new, operations| codegen(dir.path(), &["diff", old, new, "--operations", operations]);
    for (old, new, change) in [
        (
            "less.json",
            "new.json",
            "minor  operation Client::stop_flow: added\n",
        ),
        (
            "new.json",
            "less.json",
            "major  operation Client::stop_flow: removed\n",
        ),
    ] {
        let run = compare(old, new, "StartFlow,StopFlow");
        assert_eq!((run.code, &*run.stderr), (0, ""));
        assert!(run.stdout.starts_with(change), "{}", run.stdout);
    }
    let run = compare("less.json", "new.json", "StartFlow,PauseFlow");
    assert_eq!(run.code, 1);
    assert!(
        run.stderr.contains("has no operation `PauseFlow`"),
        "{}",
        run.stderr
    );
}

#[test]
fn of_several_crates_of_a_model_that_is_compared_which_one_is_in() {
    let dir = two_crates(["model.json", "model.json"]);
    let old = fs::read_to_string(model())
        .unwrap()
        .replace("\"SUSPENDED\"", "\"ASLEEP\"");
    fs::write(dir.path().join("old.json"), old).unwrap();
    let run = codegen(dir.path(), &["diff", "old.json", "model.json"]);
    assert_eq!((run.code, &*run.stdout), (1, ""));
    let said = "choose one with `--package`, or run this in its directory: one, two";
    assert!(run.stderr.contains(said), "{}", run.stderr);
    let named = ["diff", "old.json", "model.json", "--package", "one"];
    let run = codegen(dir.path(), &named);
    assert!(run.stdout.contains("\none: major"), "{}", run.stdout);
    let inside = ["diff", "../../old.json", "../../model.json"];
    let run = codegen(&dir.path().join("two/src"), &inside);
    assert!(
        run.stdout.contains("\ntwo: major"),
        "{}{}",
        run.stdout,
        run.stderr
    );
}

/// Runs git as somebody, whatever the machine is set up for.
fn git(dir: &Path, arguments: &[&str]) {
    let output = Command::new("git")
        .current_dir(dir)
        .args([
            "-c",
            "user.name=Somebody",
            "-c",
            "user.email=somebody@example.com",
        ])
        .args(["-c", "commit.gpgsign=false"])
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn a_model_can_be_that_of_a_revision() {
    let dir = two_models();
    let at = |name: &str| dir.path().join(name);
    fs::create_dir(at("model")).unwrap();
    git(dir.path(), &["init", "--quiet"]);
    for (version, name) in [("1", "old.json"), ("2", "new.json")] {
        fs::copy(at(name), at("model/service.json")).unwrap();
        git(dir.path(), &["add", "model"]);
        git(dir.path(), &["commit", "--quiet", "--message", version]);
    }
    let revisions = [
        "git:HEAD~1:model/service.json",
        "git:HEAD:model/service.json",
    ];
    let run = diff(&at("model"), &[revisions[0], revisions[1]]);
    assert!(
        run.stdout.contains("types::FlowStatus::Suspended: added"),
        "{}{}",
        run.stdout,
        run.stderr
    );
    let run = diff(&at("model"), &["git:HEAD:./service.json", "../new.json"]);
    assert!(
        run.stdout.contains("no difference"),
        "{}{}",
        run.stdout,
        run.stderr
    );
    let run = diff(dir.path(), &[revisions[1], "new.json"]);
    assert!(
        run.stdout.contains("no difference"),
        "{}{}",
        run.stdout,
        run.stderr
    );

    for (source, problem) in [
        (
            "git:none:model/service.json",
            "could not read `git:none:model/service.json`: fatal: ",
        ),
        (
            "git:HEAD:service.json",
            "the path is relative to the root of the repository",
        ),
        (
            "git:--output=stolen:model/service.json",
            "could not read `git:--output=stolen:model/service.json`: fatal: ",
        ),
        ("git:HEAD:model", "could not read `git:HEAD:model`: fatal: "),
        ("none.json", "could not read the model `none.json`: "),
        (
            "HEAD:model/service.json",
            "for a file of a git revision, write `git:HEAD:model/service.json`",
        ),
    ] {
        let run = diff(dir.path(), &[source, "new.json"]);
        assert_eq!(run.code, 1, "{source}");
        assert!(run.stderr.contains(problem), "{}", run.stderr);
    }
    assert!(!at("stolen").exists());
    let without_git = Command::new(env!("CARGO_BIN_EXE_codegen"))
        .current_dir(dir.path())
        .env("PATH", "")
        .args(["diff", revisions[1], "new.json"])
        .output()
        .unwrap();
    let said = String::from_utf8(without_git.stderr).unwrap();
    assert!(said.contains("could not run `git`"), "{said}");
    assert!(said.contains("install git, or use a file"), "{said}");
}

#[test]
fn a_model_with_problems_is_reported_with_the_name_of_its_revision() {
    let dir = two_models();
    fs::write(dir.path().join("broken.json"), "{").unwrap();
    let run = diff(dir.path(), &["broken.json", "new.json"]);
    assert_eq!(run.code, 1);
    assert!(
        run.stderr.contains("error: the model is not JSON"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("--> broken.json:1"), "{}", run.stderr);
    // Nothing ever is.
    assert!(
        run.stderr.ends_with("1 problem in the model\n"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_difference_of_what_cannot_be_compared_is_wrong_usage() {
    let dir = two_models();
    for arguments in [
        &["old.json"][..],
        &["git:HEAD", "new.json"],
        &["old.json", "new.json", "--format", "yaml"],
        &["old.json", "new.json", "--fail-on", "huge"],
    ] {
        let run = diff(dir.path(), arguments);
        assert_eq!(run.code, 2, "{arguments:?}: {}", run.stderr);
    }
    let run = diff(dir.path(), &["git:HEAD", "new.json"]);
    assert!(
        run.stderr.contains("expected `git:REV:PATH`"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let dir = two_models();
    let arguments = ["diff", "--operations", "StartFlow", "old.json", "new.json"];
    assert_eq!(unread(dir.path(), &arguments), (Some(0), String::new()));
}

/// A model of another service than AppFlow.
fn other_service(dir: &Path, name: &str, version: &str) {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/build_script/greeter.json");
    let text = fs::read_to_string(example).unwrap();
    fs::write(dir.join(name), text.replace("\"WARM\"", version)).unwrap();
}

#[test]
fn models_of_no_crate_are_named_for_their_service() {
    let (dir, made) = scaffolded();
    other_service(dir.path(), "old.json", "\"WARM\"");
    other_service(dir.path(), "new.json", "\"HOT\"");
    let run = codegen(&made, &["diff", "../old.json", "../new.json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("\nGreeter: major ("), "{}", run.stdout);
    // Those of its service are of the crate, wherever they are.
    fs::copy(model(), dir.path().join("official.json")).unwrap();
    let run = codegen(&made, &["diff", "../official.json", "../official.json"]);
    assert!(
        run.stdout.starts_with("flow-client: no difference"),
        "{}",
        run.stdout
    );
}

#[test]
fn models_of_two_services_are_not_compared() {
    let dir = two_models();
    other_service(dir.path(), "other.json", "\"WARM\"");
    let run = codegen(dir.path(), &["diff", "old.json", "other.json"]);
    assert_eq!((run.code, &*run.stdout), (1, ""));
    let said = "`old.json` is a model of \
                `com.amazonaws.appflow#SandstoneConfigurationServiceLambda`, and `other.json` of \
                `example#Greeter`; give two models of the same service";
    assert!(run.stderr.contains(said), "{}", run.stderr);
}
