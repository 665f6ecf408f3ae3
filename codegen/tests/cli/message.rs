//! Messages about invalid models and arguments, and about text in models.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use super::{Run, codegen, folder, new_crate, scaffolded, text};

#[test]
fn what_is_not_a_model_is_recognized() {
    let idl = "// A service.\n$version: \"2.0\"\n\nnamespace example\n";
    let botocore =
        r#"{"version":"2.0","metadata":{"apiVersion":"2020-08-23"},"operations":{},"shapes":{}}"#;
    let cut_off = &text()[..5000];
    for (text, problem, help) in [
        (
            idl,
            "the model is not JSON",
            "this is the Smithy IDL; `smithy ast`",
        ),
        (
            botocore,
            "but not a Smithy AST",
            "`service-2.json` of botocore",
        ),
        (
            cut_off,
            "the model is not JSON",
            "the file ends too early; if its download was cut off",
        ),
        ("", "the model is not JSON", "the file is empty"),
        (
            "<!DOCTYPE html>\n<html>",
            "the model is not JSON",
            "this is a web page",
        ),
        (
            "{}",
            "but not a Smithy AST",
            "on GitHub, in aws/api-models-aws",
        ),
        (
            "StartFlow",
            "the model is not JSON",
            "on GitHub, in aws/api-models-aws",
        ),
    ] {
        let dir = folder("model.json", text);
        let run = new_crate(dir.path(), &["--model", "model.json"]);
        assert_eq!(run.code, 1);
        assert!(run.stderr.contains(problem), "{problem}\n{}", run.stderr);
        assert!(run.stderr.contains(help), "{help}\n{}", run.stderr);
    }
    let dir = TempDir::new().unwrap();
    let run = new_crate(dir.path(), &["--model", "none.json"]);
    for expected in [
        "`none.json` could not be read: ",
        "on GitHub, in aws/api-models-aws",
    ] {
        assert!(run.stderr.contains(expected), "{}", run.stderr);
    }
}

#[test]
fn a_folder_outside_of_a_workspace_is_an_error_of_cargo() {
    let dir = TempDir::new().unwrap();
    let run = codegen(dir.path(), &[]);
    let begin = "error: `cargo metadata` failed: could not find `Cargo.toml`";
    assert_eq!(run.code, 1);
    assert!(run.stderr.starts_with(begin), "{}", run.stderr);
}

#[test]
fn a_byte_order_mark_is_no_part_of_a_model() {
    let dir = folder("model.json", &format!("\u{feff}{}", text()));
    let arguments = ["--model", "model.json", "--operations", "StartFlow"];
    let run = new_crate(dir.path(), &arguments);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let made = dir.path().join("made");
    assert_eq!(codegen(&made, &["--check"]).code, 0);
    // A problem is where it is shown.
    let broken = format!(
        "\u{feff}{}",
        text().replacen("\"smithy\": \"2.0\"", "\"smithy\": \"9\"", 1)
    );
    fs::write(made.join("model/model.json"), broken).unwrap();
    let run = codegen(&made, &[]);
    assert!(run.stderr.contains("model.json:2:13"), "{}", run.stderr);
}

#[test]
fn operations_are_named_with_commas_or_spaces() {
    let dir = folder("model.json", &text());
    let arguments = [
        "--model", "model.json", "--operations", "StartFlow, StopFlow ,",
    ];
    let run = new_crate(dir.path(), &arguments);
    assert!(
        run.stdout.contains("created in made, 2 operations"),
        "{}{}",
        run.stdout,
        run.stderr
    );
    let manifest = fs::read_to_string(dir.path().join("made/Cargo.toml")).unwrap();
    assert!(
        manifest.contains("operations = [\"StartFlow\", \"StopFlow\"]\n"),
        "{manifest}"
    );
    // No operation at all would otherwise mean all of them.
    for none in ["", " ", ","] {
        let arguments = ["--model", "model.json", "--operations", none];
        assert_eq!(new_crate(dir.path(), &arguments).code, 2, "{none:?}");
    }
}

#[test]
fn an_operation_that_is_not_there_is_a_wrong_argument() {
    let dir = folder("model.json", &text());
    let arguments = ["--model", "model.json", "--operations", "StartFlo"];
    let run = new_crate(dir.path(), &arguments);
    assert_eq!(run.code, 1);
    for expected in [
        "has no operation `StartFlo`",
        "did you mean `StartFlow`? there are CancelFlowExecutions, CreateConnectorProfile,",
        "UpdateFlow\n",
        "\n\n1 problem in the arguments; nothing was written\n",
    ] {
        assert!(run.stderr.contains(expected), "{expected}\n{}", run.stderr);
    }
    let run = new_crate(dir.path(), &["--model", "model.json", "--service", "Other"]);
    assert!(
        run.stderr
            .ends_with("1 problem in the arguments; nothing was written\n"),
        "{}",
        run.stderr
    );
}

/// The text of a terminal that would hide what was printed before it, and a name that reads
/// backward.
const OBEYED: &str = "\u{1b}[2J\u{9b}31m\u{202e}";

#[test]
fn control_characters_of_a_model_do_not_reach_the_terminal() {
    let check = |run: &Run| {
        let said = [&*run.stdout, &*run.stderr].concat();
        let raw: Vec<char> = OBEYED.chars().filter(|c| !c.is_ascii_graphic()).collect();
        assert!(!said.contains(&raw[..]), "{said:?}");
        said
    };
    // In the id of a shape, and in a value that a report shows.
    let id = text().replace("#StartFlowRequest\"", &format!("#Start{OBEYED}\""));
    let id = id.replace('\u{1b}', "\\u001b").replace('\u{9b}', "\\u009b");
    let missing = id.replacen("#Start", "#Begin", 1);
    let dir = folder("model.json", &missing);
    let arguments = ["--model", "model.json", "--operations", "StartFlow"];
    let said = check(&new_crate(dir.path(), &arguments));
    assert!(said.contains("which is not in the model"), "{said}");

    let (dir, made) = scaffolded();
    let value = "\"smithy.api#enumValue\": \"Suspended";
    let changed = format!("{value}\\u001b[2J\\u009b");
    let value = text().replacen(value, &changed, 1);
    fs::write(dir.path().join("official.json"), value).unwrap();
    check(&codegen(
        &made,
        &["diff", "model/model.json", "../official.json"],
    ));
    // The escapes of JSON are those of JSON.
    let arguments = [
        "diff", "model/model.json", "../official.json", "--format", "json",
    ];
    let run = codegen(&made, &arguments);
    check(&run);
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    let listed = report["changes"].to_string();
    assert!(listed.contains("Suspended"), "{listed}");
    let said = check(&codegen(&made, &["refresh", "--from", "../official.json"]));
    assert!(said.contains("Suspended"), "{said}");
}

#[test]
fn a_title_and_a_version_stay_text() {
    let hostile = r#""Amazon\n\n```\nlet x;\n```\n<b>\u001b""#;
    let text = text().replacen("\"2020-08-23\"", hostile, 1);
    let title = text.replacen("\"Amazon Appflow\"", hostile, 1);
    assert_ne!(title, text);
    let dir = folder("model.json", &title);
    let run = new_crate(
        dir.path(),
        &["--model", "model.json", "--operations", "StartFlow"],
    );
    assert_eq!(run.code, 0, "{}", run.stderr);
    let made = dir.path().join("made");
    let phrase = "Amazon `let x;` \\<b\\>";
    let readme = fs::read_to_string(made.join("README.md")).unwrap();
    let expected =
        format!("\nA client for {phrase} (API version {phrase}), generated from its model,\n");
    assert!(readme.contains(&expected), "{readme}");
    let page = fs::read_to_string(made.join("src/lib.rs")).unwrap();
    assert!(
        page.starts_with(&format!("//! A client for {phrase}.\n//!\n")),
        "{page}"
    );
    let client = fs::read_to_string(made.join("src/generated/client.rs")).unwrap();
    assert!(
        client.contains(&format!("//! The client for {phrase}.\n")),
        "{client}"
    );
}
