//! `cargo codegen refresh` as it is used.

use std::fs;
use std::path::Path;

use super::{codegen, model, scaffolded, two_crates, unread};

/// A newer official model beside a scaffolded crate: another bound, and a member more.
fn newer_model(dir: &Path) -> String {
    let text = fs::read_to_string(model()).unwrap();
    let newer = text.replacen("\"max\": 256", "\"max\": 300", 1).replacen(
        "\"executionId\": {",
        "\"startedBy\": { \"target\": \"smithy.api#String\" }, \"executionId\": {",
        1,
    );
    fs::write(dir.join("official.json"), &newer).unwrap();
    newer
}

#[test]
fn refresh_takes_a_newer_model_over_and_says_what_is_left_to_do() {
    let (dir, made) = scaffolded();
    newer_model(dir.path());
    let path = made.join("model/model.json");
    let before = fs::read_to_string(&path).unwrap();
    let run = codegen(&made, &["refresh", "--from", "../official.json"]);
    assert_eq!((run.code, &*run.stderr), (0, ""));
    for expected in [
        "~ trait smithy.api#length of com.amazonaws.appflow#",
        "{\"min\":0,\"max\":256} -> {\"min\":0,\"max\":300}\n",
        "$startedBy\n",
        "model.json: 2 changes from ../official.json\n",
        "1 place without documentation, which users will see:\n  com.amazonaws.appflow#",
        "next: cargo codegen\n",
    ] {
        assert!(run.stdout.contains(expected), "{expected}\n{}", run.stdout);
    }
    let after = fs::read_to_string(&path).unwrap();
    assert_eq!(after.lines().count(), before.lines().count() + 3);
    assert_eq!(codegen(&made, &[]).code, 0);

    let run = codegen(&made, &["refresh", "--from", "../official.json"]);
    assert_eq!((run.code, &*run.stderr), (0, ""));
    assert!(
        run.stdout
            .contains("model.json: up to date with ../official.json\n"),
        "{}",
        run.stdout
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), after);
}

#[test]
fn refresh_touches_nothing_where_anything_is_wrong() {
    let (dir, made) = scaffolded();
    let path = made.join("model/model.json");
    let before = fs::read(&path).unwrap();
    let newer = newer_model(dir.path());
    let write = |name: &str, text: &str| fs::write(dir.path().join(name), text).unwrap();
    write("torn.json", &newer[..newer.len() / 2]);
    write("other.json", r#"{"smithy": "2.0", "shapes": {}}"#);
    // StartFlow can no longer be generated.
    write(
        "broken.json",
        &newer.replace("\"/start-flow\"", "\"/{flow}\""),
    );
    for (official, problem, is_of_model) in [
        ("none.json", "could not read the model `none.json`: ", false),
        ("torn.json", "error: the model is not JSON", true),
        (
            "other.json",
            "`other.json` is a model of no service, and ",
            false,
        ),
        ("broken.json", "model.json (refreshed):", true),
    ] {
        let official_path = Path::new("..").join(official);
        let run = codegen(
            &made,
            &["refresh", "--from", official_path.to_str().unwrap()],
        );
        assert_eq!(run.code, 1, "{official}");
        let problem = problem
            .replace("`none", "`../none")
            .replace("`other", "`../other");
        assert!(run.stderr.contains(&problem), "{problem}\n{}", run.stderr);
        let tally = "\n\n1 problem in the model; nothing was written\n";
        let is_tallied = run.stderr.ends_with(tally);
        assert_eq!(is_tallied, is_of_model, "{}", run.stderr);
        assert_eq!(run.stdout, "", "{official}");
        assert_eq!(fs::read(&path).unwrap(), before, "{official}");
    }
}

#[test]
fn refresh_asks_which_model_is_meant_where_there_are_several() {
    let dir = two_crates(["one/model.json", "two/model.json"]);
    newer_model(dir.path());
    let refresh = ["refresh", "--from", "official.json"];
    let run = codegen(dir.path(), &refresh);
    assert_eq!(run.code, 1);
    assert!(
        run.stderr.contains("choose one with `--package`: one, two"),
        "{}",
        run.stderr
    );
    let run = codegen(
        dir.path(),
        &[&refresh[..], &["--package", "three"]].concat(),
    );
    assert_eq!(run.code, 1);
    assert!(
        run.stderr.contains("choose one of one, two"),
        "{}",
        run.stderr
    );

    let run = codegen(dir.path(), &[&refresh[..], &["--package", "two"]].concat());
    assert_eq!((run.code, &*run.stderr), (0, ""));
    assert!(
        run.stdout
            .ends_with("then: cargo codegen diff git:HEAD:./two/model.json two/model.json\n"),
        "{}",
        run.stdout
    );
    let text = |path: &Path| fs::read(path).unwrap();
    assert_eq!(text(&dir.path().join("one/model.json")), text(&model()));
    assert_ne!(text(&dir.path().join("two/model.json")), text(&model()));
}

#[test]
#[cfg(unix)]
fn refresh_follows_a_link_to_the_model_and_leaves_it_one() {
    let (dir, made) = scaffolded();
    let newer = newer_model(dir.path());
    let (link, file) = (made.join("model/model.json"), dir.path().join("kept.json"));
    fs::rename(&link, &file).unwrap();
    std::os::unix::fs::symlink("../../kept.json", &link).unwrap();
    let run = codegen(&made, &["refresh", "--from", "../official.json"]);
    assert_eq!((run.code, &*run.stderr), (0, ""));
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(fs::read_to_string(&file).unwrap().contains("startedBy"));
    assert!(newer.contains("startedBy"));
}

#[test]
fn refresh_is_done_where_nobody_reads_what_it_says() {
    let (dir, made) = scaffolded();
    newer_model(dir.path());
    let arguments = ["refresh", "--from", "../official.json"];
    assert_eq!(unread(&made, &arguments), (Some(0), String::new()));
    let text = fs::read_to_string(made.join("model/model.json")).unwrap();
    assert!(text.contains("startedBy"));
}
