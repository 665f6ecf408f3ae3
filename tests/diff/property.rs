//! What holds of any two models: models that are changed at random are compared with what they were.
//!
//! A failure tells the number of the change, and `DIFFERENCES=1 DIFFERENCE_SEED=<number>` does it
//! again.

use std::collections::{BTreeMap, BTreeSet};
use std::env;

use serde_json::Value;
use smithy_reqwest_codegen::api::{Api, Item};
use smithy_reqwest_codegen::diff::{Change, Class, Difference, diff};
use smithy_reqwest_codegen::{Generated, Options, generate};
use workspace_tests::{Random, fixture, hostile_name, official_models};

use crate::case::together::independent;
use crate::case::{base, merge};
use crate::difference;
use crate::mutant::mutate;

/// How many changes a run makes that is not told how many.
const DIFFERENCES: u64 = 40;

/// The longest official suite that is taken, in bytes.
const LONGEST: u64 = 30_000;

/// The models that are changed, by name: all of them small.
fn subjects() -> Vec<(String, Value)> {
    let mut models = fixture::all();
    models.push(("hostile_name".to_owned(), hostile_name::model()));
    models.push(("base".to_owned(), fixture::model(&base())));
    let official = official_models("conformance/protocol-next", LONGEST);
    // That of Amazon S3 is refused.
    let official = official
        .into_iter()
        .filter(|(name, _)| !name.contains("s3"));
    let parsed = models.into_iter().chain(official);
    parsed
        .map(|(name, model)| (name, serde_json::from_str(&model).unwrap()))
        .collect()
}

fn generated(model: &Value) -> Option<Generated> {
    let mut options = Options::new("model.json", "mutant-client");
    options.skip_unsupported = true;
    generate(&model.to_string(), &options).ok()
}

fn number(variable: &str, otherwise: u64) -> u64 {
    env::var(variable).map_or(otherwise, |text| text.parse().unwrap())
}

#[test]
fn every_fixture_does_not_differ_from_itself() {
    for (name, model) in subjects() {
        let one = generated(&model).unwrap();
        assert_eq!(diff(&one, &one).unwrap(), Difference::default(), "{name}");
    }
}

#[test]
fn of_two_independent_changes_each_is_told_as_if_it_were_the_only_one() {
    let changed = |patches: &[&Value]| {
        let mut new = base();
        for patch in patches {
            merge(&mut new, patch);
        }
        difference(&base(), &new).changes
    };
    let patches = independent();
    let alone: Vec<_> = patches.iter().map(|patch| changed(&[patch])).collect();
    for (first, one) in patches.iter().enumerate() {
        for (second, other) in patches.iter().enumerate().skip(first + 1) {
            let both = changed(&[one, other]);
            let each = told(alone[first].iter().chain(&alone[second]));
            assert_eq!(told(&both), each, "{one}\n{other}");
            assert_eq!(both.len(), each.len(), "{one}\n{other}\n{both:#?}");
        }
    }
}

/// What is told of each path: the greatest class, and every change. Two changes of one item are one
/// entry, whose words are those of both.
fn told<'c>(
    changes: impl IntoIterator<Item = &'c Change>,
) -> BTreeMap<&'c str, (Class, BTreeSet<&'c str>)> {
    let mut told: BTreeMap<&str, (Class, BTreeSet<&str>)> = BTreeMap::new();
    for change in changes {
        let (class, words) = told
            .entry(&change.path)
            .or_insert((change.class, BTreeSet::new()));
        *class = change.class.max(*class);
        words.extend(change.change.split("; "));
    }
    told
}

#[test]
fn no_change_is_missed_and_none_is_taken_for_less_than_it_is() {
    let subjects: Vec<_> = subjects()
        .into_iter()
        .map(|(name, model)| (name, generated(&model), model))
        .collect();
    let first = number("DIFFERENCE_SEED", 1);
    let mut compared: BTreeMap<Option<Class>, usize> = BTreeMap::new();
    let tries = number("DIFFERENCES", DIFFERENCES);
    for seed in first..first + tries {
        let mut random = Random::new(seed);
        let (name, old, model) = random.one_of(&subjects);
        let mut new = model.clone();
        let changes: Vec<String> = (0..=random.below(3))
            .map(|_| mutate(&mut new, &mut random))
            .collect();
        let (Some(old), Some(new)) = (old, generated(&new)) else {
            continue;
        };
        // What is gone one way is new the other way.
        for (old, new) in [(old, &new), (&new, old)] {
            let difference = diff(old, new).unwrap();
            if let Some(problem) = problem(old, new, &difference) {
                let changes = changes.join("\n- ");
                panic!("change {seed}, of {name}:\n- {changes}\n{problem}\n{difference:#?}");
            }
            *compared.entry(difference.verdict()).or_default() += 1;
        }
    }
    eprintln!("compared: {compared:?}");
    // Of a few alone, all may be of one class, or models that are refused.
    assert!(compared.len() == 4 || tries < DIFFERENCES, "{compared:?}");
}

/// What is wrong about a difference.
fn problem(old: &Generated, new: &Generated, difference: &Difference) -> Option<String> {
    let verdict = difference.verdict();
    if old.library != new.library && verdict.is_none() {
        return Some("the files differ, and nothing is told".to_owned());
    }
    if old.library == new.library && verdict.is_some() {
        return Some("the files are the same, and a difference is told".to_owned());
    }
    if let Some(line) = public_lines(old).difference(&public_lines(new)).next()
        && verdict < Some(Class::Major)
    {
        return Some(format!("not major, and there is no `{line}` any more"));
    }
    if let Some(line) = public_lines(new).difference(&public_lines(old)).next()
        && verdict < Some(Class::Minor)
    {
        return Some(format!("less than minor, and `{line}` is new"));
    }
    let [old, new] = [old, new].map(|it| Api::of_generated(&it.library).unwrap());
    let is_gone = |item: &&Item| new.get(&item.place).is_none();
    if let Some(item) = old.items().find(is_gone)
        && verdict < Some(Class::Major)
    {
        return Some(format!("not major, and there is no `{item}` any more"));
    }
    let (old, new) = (lines(&old), lines(&new));
    let gone = old.difference(&new).map(|line| format!("- {line}"));
    let mut lines = gone.chain(new.difference(&old).map(|line| format!("+ {line}")));
    let told: BTreeSet<&String> = difference
        .changes
        .iter()
        .flat_map(|it| &it.details)
        .collect();
    let untold = lines.find(|line| !told.contains(line))?;
    Some(format!("no change tells of `{untold}`"))
}

/// The lines of an API, of which each says where it is.
fn lines(api: &Api) -> BTreeSet<String> {
    api.items().map(Item::to_string).collect()
}

/// The lines of code that declare something public, found without any knowledge of Rust: another
/// opinion than that of the code under test.
fn public_lines(generated: &Generated) -> BTreeSet<String> {
    let lines = generated.library.values().flat_map(|text| text.lines());
    let declared = lines.map(str::trim).filter(|line| {
        line.starts_with("pub ") && !line.starts_with("pub use ") && !line.starts_with("pub mod ")
    });
    let ends = [' ', '{', '}'];
    declared
        .map(|line| line.trim_end_matches(ends).to_owned())
        .collect()
}
