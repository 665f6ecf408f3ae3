//! The record of what a call, a program and the generated sources cost. It has counts and sizes, and
//! no times, which say as much of the machine as of the code.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use smithy_reqwest_codegen::{Options, generate};

const RECORD: &str = "size/record.txt";
const UPDATE: &str = "UPDATE_SIZES=1 cargo test -p workspace-tests --test generator size";

/// Figures by their names.
type Figures = BTreeMap<String, u64>;

#[test]
fn costs_are_at_most_those_of_the_record() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(RECORD);
    let text = fs::read_to_string(&path).unwrap_or_default();
    let recorded = parse(&text);
    let measured = measure();
    if env::var_os("UPDATE_SIZES").is_some() {
        // Figures of tools that are not installed here stay.
        let all = recorded.into_iter().chain(measured).collect();
        fs::write(&path, print(&all)).unwrap();
        return;
    }
    let grown: Vec<String> = measured
        .iter()
        .filter_map(|(name, &figure)| {
            let &limit = recorded.get(name)?;
            let limit = limit + limit * margin(name) / 100;
            (figure > limit).then(|| format!("{name}: {figure}, at most {limit}"))
        })
        .collect();
    assert!(
        grown.is_empty(),
        "more than {RECORD} allows: {}\nif that is worth it, update the record: {UPDATE}",
        grown.join("; ")
    );
    let missing: Vec<&String> = measured
        .keys()
        .filter(|name| !recorded.contains_key(*name))
        .collect();
    assert!(
        missing.is_empty(),
        "{RECORD} lacks {missing:?}; update it: {UPDATE}"
    );
}

/// The percentage by which a figure may exceed its record. Code sizes and instructions depend on the
/// version of the compiler.
fn margin(name: &str) -> u64 {
    match name {
        "crates in the tree" => 0,
        name if name.starts_with("stripped") || name.starts_with("instructions") => 10,
        _ => 3,
    }
}

fn parse(text: &str) -> Figures {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let figure = |line: &str| {
        let (figure, name) = line.split_once(' ').unwrap();
        (name.to_owned(), figure.parse().unwrap())
    };
    lines.map(figure).collect()
}

fn print(figures: &Figures) -> String {
    let mut text = format!("# Written by `{UPDATE}`.\n");
    for (name, figure) in figures {
        text.push_str(&format!("{figure} {name}\n"));
    }
    text
}

fn measure() -> Figures {
    let program = Path::new(env!("CARGO_BIN_EXE_cost"));
    let mut figures = parse(&output(Command::new(program).arg("100")));
    figures.insert("generated lines of AppFlow".to_owned(), lines(&[]));
    figures.insert(
        "generated lines of StartFlow".to_owned(),
        lines(&["StartFlow"]),
    );
    figures.insert("crates in the tree".to_owned(), crates());
    // Other systems and processors have other figures.
    if cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        if is_installed("strip") {
            let name = "stripped bytes of a program, dev build";
            figures.insert(name.to_owned(), stripped(program));
        }
        if is_installed("valgrind") {
            let calls = instructions(program, 60) - instructions(program, 10);
            figures.insert("instructions of a call, dev build".to_owned(), calls / 50);
        }
    }
    figures
}

/// The lines of the library that is generated for AppFlow, or for some of its operations.
fn lines(operations: &[&str]) -> u64 {
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("../model/appflow.json");
    let model = fs::read_to_string(model).unwrap();
    let mut options = Options::new("appflow.json", "appflow-client");
    options.operations = operations.iter().map(|&it| it.to_owned()).collect();
    let generated = generate(&model, &options).unwrap();
    let lines = generated.library.values().map(|text| text.lines().count());
    lines.sum::<usize>() as u64
}

/// The crates that a user of `appflow-client` builds, itself included.
fn crates() -> u64 {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let tree = "tree --offline --locked -e normal --prefix none -p appflow-client";
    let tree = output(
        Command::new(cargo)
            .args(tree.split(' '))
            .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/..")),
    );
    let crates: BTreeSet<Vec<&str>> = tree
        .lines()
        .map(|line| line.split(' ').take(2).collect())
        .collect();
    crates.len() as u64
}

fn is_installed(tool: &str) -> bool {
    let folders = env::var_os("PATH").unwrap_or_default();
    let mut paths = env::split_paths(&folders).map(|folder| folder.join(tool));
    paths.any(|path: PathBuf| path.is_file())
}

fn stripped(program: &Path) -> u64 {
    let folder = tempfile::tempdir().unwrap();
    let stripped = folder.path().join("stripped");
    output(Command::new("strip").arg("-o").arg(&stripped).arg(program));
    fs::metadata(stripped).unwrap().len()
}

/// The instructions of the program that makes so many calls.
fn instructions(program: &Path, calls: u64) -> u64 {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    let mut log_file = std::ffi::OsString::from("--log-file=");
    log_file.push(&log);
    output(
        Command::new("valgrind")
            .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
            .arg(log_file)
            .arg(program)
            .arg(calls.to_string()),
    );
    let log = fs::read_to_string(log).unwrap();
    let collected = log.split("Collected : ").nth(1).unwrap();
    collected
        .split_whitespace()
        .next()
        .unwrap()
        .parse()
        .unwrap()
}

fn output(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}
