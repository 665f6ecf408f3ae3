//! Holds the generator to the official models and to the official cases.
//!
//! `cargo conformance` makes a crate of each model and of each file of cases that lie beside the
//! checkout, in `../shared`, puts them into one workspace under `target/conformance`, and looks
//! whether rustfmt, Clippy, rustdoc and the tests of the crates have anything to say. Names on the
//! command line choose some of the crates: `cargo conformance appflow split`.
//!
//! A crate's tests are the cases that its model carries: of requests, responses and event streams
//! (`smithy.test`), of endpoints (`smithy.rules#endpointTests`), and its examples.

mod input;
mod outcome;
mod refusal;
mod workspace;

use std::fmt::Display;
use std::process::ExitCode;

use input::Input;
use outcome::{Outcomes, Total};
use workspace::{Error, Workspace};

/// Cases that do not pass: the crate, the test, and why. One that passes is taken off this list, and
/// the list has at most three. The cases of Amazon S3 have a list of their own, in [`refusal`].
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    (
        "restjson1",
        "request::rest_json_client_populates_default_values_in_input",
        UNSENT_DEFAULTS,
    ),
    (
        "awsjson1_0",
        "request::aws_json10_client_populates_default_values_in_input",
        UNSENT_DEFAULTS,
    ),
    (
        "rpcv2cbor",
        "request::rpc_v2_cbor_client_populates_default_values_in_input",
        UNSENT_DEFAULTS,
    ),
];
const UNSENT_DEFAULTS: &str = "as in the official SDKs, an optional number or boolean is not sent with its default: most \
     defaults of zero and false in AWS's models are artifacts, and sending them overrides the \
     service's own";
const _: () = assert!(EXCEPTIONS.len() <= 3, "too many exceptions");

fn main() -> ExitCode {
    let names: Vec<String> = std::env::args().skip(1).collect();
    let mut problems = Problems::default();
    match run(&names, &mut problems) {
        Ok(()) if problems.0 == 0 => ExitCode::SUCCESS,
        Ok(()) => {
            eprintln!("{} problems", problems.0);
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// How many problems there were. Each is told when it is found, and none ends the run.
#[derive(Default)]
struct Problems(usize);

impl Problems {
    fn tell(&mut self, problem: &dyn Display) {
        eprintln!("error: {problem}");
        self.0 += 1;
    }
}

/// Makes and checks the crates.
fn run(names: &[String], problems: &mut Problems) -> Result<(), Error> {
    if names.is_empty() || names.iter().any(|name| name == refusal::NAME) {
        for problem in refusal::problems()? {
            problems.tell(&problem);
        }
    }
    let inputs = input::find(names)?;
    if inputs.is_empty() {
        return Ok(());
    }
    let workspace = Workspace::create()?;
    let mut made = Vec::new();
    for (index, input) in inputs.iter().enumerate() {
        progress(index, inputs.len(), &format!("{}: generate", input.name));
        match workspace.add(input) {
            Ok(()) => made.push(input),
            Err(error) => problems.tell(&error),
        }
    }
    workspace.complete()?;
    for (index, (what, arguments)) in workspace::CHECKS.iter().enumerate() {
        progress(index, workspace::CHECKS.len(), what);
        if let Some(problem) = workspace.check(what, arguments)? {
            problems.tell(&problem);
        }
    }
    let mut total = Total::default();
    for (index, input) in made.iter().enumerate() {
        progress(index, made.len(), &format!("{}: test", input.name));
        match workspace.test(input) {
            Ok(outcomes) => {
                for problem in judge(input, &outcomes) {
                    problems.tell(&problem);
                }
                total.add(&outcomes);
            }
            Err(error) => problems.tell(&error),
        }
    }
    for line in total.lines() {
        println!("{line}");
    }
    Ok(())
}

fn progress(index: usize, count: usize, what: &str) {
    println!("[{:2}/{count}] {what}", index + 1);
}

/// What is wrong with the outcomes of a crate's tests.
fn judge(input: &Input, outcomes: &Outcomes) -> Vec<String> {
    let name = &input.name;
    let exceptions = EXCEPTIONS.iter().filter(|(of, ..)| of == name);
    let exceptions: Vec<&str> = exceptions.map(|(_, test, _)| *test).collect();
    let failed = outcomes.failed().filter(|test| !exceptions.contains(test));
    let mut problems: Vec<String> = failed
        .map(|test| format!("{name}: `{test}` failed"))
        .collect();
    for test in exceptions {
        if outcomes.passed(test) {
            problems.push(format!(
                "{name}: `{test}` passes: take it off the list of exceptions"
            ));
        }
    }
    for (kind, expected) in input.expected_cases() {
        let found = outcomes.count(&format!("{kind}::"));
        if found != expected {
            problems.push(format!(
                "{name}: {found} {kind} cases were run, and the model has {expected}"
            ));
        }
    }
    problems
}
