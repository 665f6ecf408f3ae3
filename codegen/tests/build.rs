//! `Build` as a build script uses it: what it writes, and its errors.

#![cfg(test)]

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use smithy_reqwest_codegen::{Build, Error};
use tempfile::TempDir;

/// The model of the example crate, with a change, in a folder of its own.
fn model(from: &str, to: &str) -> (TempDir, PathBuf) {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/build_script/greeter.json");
    let text = fs::read_to_string(example).unwrap();
    assert!(text.contains(from), "{from}");
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("greeter.json");
    fs::write(&path, text.replace(from, to)).unwrap();
    (dir, path)
}

fn generate(model: &Path, out: &Path) -> Result<(), Error> {
    Build::new(model).out_dir(out).generate().map(drop)
}

#[test]
fn a_broken_model_is_reported_with_the_place_and_the_way_out_and_nothing_is_written() {
    let (dir, path) = model("example#GreetOutput\" },", "example#Missing\" },");
    let out = dir.path().join("out");
    let error = generate(&path, &out).unwrap_err();
    // What cargo shows of an error that a build script returns.
    let shown = format!("{error:?}");
    let begin = format!("no client was generated from `{}`:\n\n", path.display());
    assert!(shown.starts_with(&begin), "{shown}");
    let text = fs::read_to_string(&path).unwrap();
    let line = text.lines().position(|line| line.contains("#Missing"));
    let place = format!("greeter.json:{}:", line.unwrap() + 1);
    for expected in [
        "`example#Greet`", "`example#Missing`", &*place, "help: add ",
    ] {
        assert!(shown.contains(expected), "{expected}\n{shown}");
    }
    assert!(!out.exists());
}

#[test]
fn a_model_that_is_not_there_is_named_with_where_it_is_looked_for() {
    let dir = TempDir::new().unwrap();
    let error = generate(&dir.path().join("greeter.json"), dir.path()).unwrap_err();
    let shown = error.to_string();
    assert!(matches!(error, Error::Read { .. }), "{shown}");
    assert!(
        shown.contains("greeter.json` could not be read: "),
        "{shown}"
    );
    assert!(shown.ends_with("in the folder of the manifest"), "{shown}");
}

#[test]
fn a_name_that_is_none_for_a_module_is_refused_with_a_way_out() {
    let (dir, path) = model("Greeter", "Greeter");
    for name in ["type", "gen", "my greeter", "2nd", "", "aux", "COM1"] {
        let build = Build::new(&path).module(name).out_dir(dir.path());
        let shown = build.generate().unwrap_err().to_string();
        let expected = format!("`{name}` is not a name for a module; give one with `module`");
        assert!(shown.starts_with(&expected), "{shown}");
    }
}

#[test]
fn a_module_has_the_name_that_it_is_given_or_that_of_the_model_in_snake_case() {
    let (dir, path) = model("Greeter", "Greeter");
    let dated = dir.path().join("HelloGreeter-2026-11-22.json");
    fs::rename(path, &dated).unwrap();
    let build = Build::new(&dated).out_dir(dir.path());
    build.clone().generate().unwrap();
    build.module("hello").generate().unwrap();
    for module in ["hello_greeter_2026_11_22", "hello"] {
        let file = dir.path().join(module);
        let entry = fs::read_to_string(file.with_extension("rs")).unwrap();
        assert!(entry.ends_with(&format!("pub mod {module};\n")), "{entry}");
        assert!(file.join("mod.rs").is_file(), "{module}");
    }
}

#[test]
fn files_that_are_right_are_left_untouched_and_stale_ones_are_removed() {
    let (dir, path) = model("Greeter", "Greeter");
    let out = dir.path().join("out");
    generate(&path, &out).unwrap();
    let modified = |out: &Path, file| fs::metadata(out.join(file)).unwrap().modified().unwrap();
    let files = ["greeter.rs", "greeter/client.rs", "greeter/types/tone.rs"];
    let before = files.map(|file| modified(&out, file));
    // The next run of cargo, which is another process.
    let next = dir.path().join("next");
    fs::rename(&out, &next).unwrap();
    let out = next;
    let build = Build::new(&path).operations(["Wave"]).out_dir(&out);
    build.generate().unwrap();

    for (file, before) in files.into_iter().zip(before).take(2) {
        assert_eq!(modified(&out, file), before, "{file}");
    }
    assert!(!out.join(files[2]).exists());
    assert!(!out.join("greeter/operation/greet.rs").exists());
}

#[test]
fn examples_are_left_out_since_they_would_name_another_crate() {
    let (dir, path) = model("Greet warmly", "Greet warmly");
    generate(&path, dir.path()).unwrap();
    let operation = fs::read_to_string(dir.path().join("greeter/operation/greet.rs")).unwrap();
    assert!(!operation.contains("Greet warmly"), "{operation}");
}

#[test]
fn two_modules_of_one_name_are_refused() {
    let (dir, path) = model("Greeter", "Greeter");
    let build = Build::new(&path).out_dir(dir.path());
    build.clone().operations(["Greet"]).generate().unwrap();
    let shown = build.clone().generate().unwrap_err().to_string();
    let expected = "there are two modules `greeter`; give one of them another name with `module`";
    assert_eq!(shown, expected);
    build.module("other").generate().unwrap();
}

#[test]
fn hints_name_methods_and_not_flags() {
    let (dir, path) = model("Greeter", "Greeter");
    let text = fs::read_to_string(&path).unwrap();
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut model: Value = serde_json::from_str(&text).unwrap();
        change(&mut model["shapes"]);
        model.to_string()
    };
    let checksum = changed(&|shapes| {
        let traits = &mut shapes["example#Greet"]["traits"];
        traits["aws.protocols#httpChecksum"] = json!({ "requestChecksumRequired": true });
    });
    let services = changed(&|shapes| {
        shapes["example#Other"] = json!({ "type": "service", "version": "1" });
    });
    for (text, hint) in [
        (
            checksum,
            "use `.skip_unsupported()`, or name others with `.operations([…])`\n",
        ),
        (services, "say which one with `.service(\"…\")`: "),
    ] {
        fs::write(&path, text).unwrap();
        let error = generate(&path, dir.path()).unwrap_err().to_string();
        let shown = error + "\n";
        assert!(shown.contains(hint), "{shown}");
        assert!(!shown.contains("--s") && !shown.contains("--o"), "{shown}");
    }
}
