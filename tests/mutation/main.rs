//! Whatever is done to a model, the generator answers with sources that are Rust or with reports.
//!
//! Real models are changed at random, always in the same way: mutation number `n` depends on `n`
//! alone. A failure tells the number, and `MUTATIONS=1 MUTATION_SEED=n` does it again. A longer run
//! is one command, best with `--release`:
//!
//! ```console
//! MUTATIONS=100000 MUTATION_SEED=7 cargo test -p workspace-tests --test mutation
//! ```
//!
//! Where a run ends without a word, since the stack is full, or does not end at all,
//! `MUTATION_TRACE=1` with `-- --nocapture` tells every number before it is tried.

#![cfg(test)]
#![recursion_limit = "256"]

mod mutant;
mod unique;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::{env, fs};

use serde_json::Value;
use smithy_reqwest_codegen::{Error, Generated, Options, generate};
use workspace_tests::{Random, fixture, hostile_name, official_models};

use crate::mutant::mutate;

/// How many mutations a run does that is not told how many.
const MUTATIONS: u64 = 200;

/// The longest official model that is taken, in bytes: a greater one would only take longer.
const LONGEST: u64 = 400_000;

/// A model, by the name that failures tell.
struct Subject {
    name: String,
    model: Value,
}

fn subjects() -> Vec<Subject> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut models = fixture::all();
    models.push(("hostile_name".to_owned(), hostile_name::model()));
    // Small models are quick, and of the great one few mutations would be tried otherwise.
    let ours = here.join("../model/appflow.json");
    models.push((
        ours.display().to_string(),
        fs::read_to_string(ours).unwrap(),
    ));
    models.extend(fixture::rule_sets(
        &here.join("../../shared/conformance/endpoints"),
    ));
    for folder in [
        "models",
        "models-next",
        "conformance/protocol",
        "conformance/protocol-next",
    ] {
        models.extend(official_models(folder, LONGEST));
    }
    let subject = |(name, text): (String, String)| Subject {
        name,
        model: serde_json::from_str(&text).unwrap(),
    };
    models.into_iter().map(subject).collect()
}

fn number(variable: &str, otherwise: u64) -> u64 {
    env::var(variable).map_or(otherwise, |text| text.parse().unwrap())
}

#[test]
fn every_mutant_is_generated_or_reported() {
    let subjects = subjects();
    let first = number("MUTATION_SEED", 1);
    let traces = env::var_os("MUTATION_TRACE").is_some();
    let (mut failures, mut generated) = (Vec::new(), 0);
    let tries = number("MUTATIONS", MUTATIONS);
    for seed in first..first + tries {
        if traces {
            eprintln!("mutation {seed}");
        }
        match attempt(seed, &subjects) {
            Ok(true) => generated += 1,
            Ok(false) => {}
            Err(failure) => failures.push(failure),
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
    eprintln!("{generated} were generated, and the others reported");
    // Of a few alone, all may be generated, or all reported.
    let is_mixed = generated > tries / 5 && generated < tries;
    assert!(is_mixed || tries < MUTATIONS, "{generated} were generated");
}

/// Does one mutation, and tells whether something was generated from it.
fn attempt(seed: u64, subjects: &[Subject]) -> Result<bool, String> {
    let mut random = Random::new(seed);
    let subject = random.one_of(subjects);
    let mut model = subject.model.clone();
    let changes: Vec<String> = (0..=random.below(3))
        .map(|_| mutate(&mut model, &mut random))
        .collect();
    let text = model.to_string();
    let mut options = Options::new("model.json", "mutant-client");
    options.skip_unsupported = random.is_one_in(2);
    // One operation is enough of a great model.
    if text.len() > 20_000 && !random.is_one_in(8) {
        options.operations.extend(operation(&model, &mut random));
    }
    let outcome = catch_unwind(AssertUnwindSafe(|| generate(&text, &options)));
    let problem = match outcome {
        Ok(Ok(generated)) => match unique::problem(&generated) {
            None => return Ok(true),
            Some(problem) => problem,
        },
        Ok(Err(error @ Error::Model(_))) => {
            let report = catch_unwind(AssertUnwindSafe(|| error.to_string()));
            match report {
                Ok(report) if !report.is_empty() => return Ok(false),
                _ => "its report cannot be made".to_owned(),
            }
        }
        Ok(Err(error)) => error.to_string(),
        Err(_) => "the generator panicked".to_owned(),
    };
    Err(format!(
        "mutation {seed}, of {} with {options:?}:\n- {}\n{problem}",
        subject.name,
        changes.join("\n- ")
    ))
}

/// Some operation of a model.
fn operation(model: &Value, random: &mut Random) -> Option<String> {
    let shapes = model["shapes"].as_object()?;
    let operations = shapes.iter().filter(|(_, it)| it["type"] == "operation");
    let operations: Vec<&String> = operations.map(|(id, _)| id).collect();
    (!operations.is_empty()).then(|| (*random.one_of(&operations)).clone())
}

#[test]
fn a_mutation_is_always_the_same() {
    let subjects = subjects();
    let once = |seed| {
        let mut model = subjects[0].model.clone();
        let change = mutate(&mut model, &mut Random::new(seed));
        (model.to_string(), change)
    };
    for seed in 1..50 {
        assert_eq!(once(seed), once(seed));
    }
}

/// A crate with two items of one name does not compile, which this test would have to see.
#[test]
fn two_items_of_one_name_are_found() {
    let (_, model) = fixture::all().remove(0);
    let mut generated: Generated = generate(&model, &Options::new("a", "a")).unwrap();
    assert_eq!(unique::problem(&generated), None);
    let client = generated.library.get_mut("client.rs").unwrap();
    client.push_str("impl Client { fn send(&self) {} }");
    let problem = unique::problem(&generated).unwrap();
    assert!(problem.contains("`send`"), "{problem}");
}
