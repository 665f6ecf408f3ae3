//! Whatever an official model has become, its facts are taken over, and what they do not concern
//! keeps its bytes.
//!
//! A failure tells the number of the model, and `REFRESHES=1 REFRESH_SEED=<number>` does it again.

use std::collections::BTreeMap;
use std::env;

use serde_json::Value;
use serde_json::value::RawValue;
use similar::{ChangeTag, TextDiff};
use smithy_reqwest_codegen::Error;
use smithy_reqwest_codegen::refresh::RefreshError;
use workspace_tests::fact::{difference, facts, is_same_shape};
use workspace_tests::{Random, fixture};

use super::mutant::mutate;
use super::{OURS, assert_right, documentation, official_of, parsed, try_refresh};

/// How many official models a run tries that is not told how many.
const TRIES: u64 = 200;

/// How often one of them is of AppFlow: the others are smaller, and so are quicker.
const GREAT_ONES: u64 = 20;

fn number(variable: &str, otherwise: u64) -> u64 {
    env::var(variable).map_or(otherwise, |text| text.parse().unwrap())
}

#[test]
fn whatever_changes_is_taken_over_and_the_rest_keeps_its_bytes() {
    let fixtures = fixture::all().into_iter();
    let fixtures: Vec<(String, String)> = fixtures
        .map(|(name, model)| (name, super::pretty(&model)))
        .collect();
    let mut taken_over = 0;
    let (first, tries) = (number("REFRESH_SEED", 0), number("REFRESHES", TRIES));
    for seed in first..first + tries {
        let mut random = Random::new(seed);
        let (name, ours) = match random.one_of(&fixtures) {
            _ if seed % GREAT_ONES == 0 => ("appflow", &**OURS),
            (name, ours) => (&**name, &**ours),
        };
        // Documentation under a changed key would be a fact, so there is none.
        let mut official = facts(&official_of(ours));
        let changes: Vec<String> = (0..=random.below(3))
            .map(|_| mutate(&mut official, &mut random))
            .collect();
        let what = format!("{name}, number {seed}:\n- {}", changes.join("\n- "));
        let text = official.to_string();
        // Some are no models any more, which is said of them and not of what is made of them.
        let refreshed = match try_refresh(ours, &text) {
            Ok(refreshed) => refreshed,
            Err(RefreshError::Generate(Error::Model(problems))) => {
                let report = problems.to_string();
                assert!(report.contains("--> official.json:"), "{what}\n{report}");
                continue;
            }
            Err(RefreshError::AnotherService { .. }) => continue,
            Err(error) => panic!("{what}\n{error}"),
        };
        taken_over += 1;
        assert_right(&refreshed, &text);
        let is_same = difference(&parsed(ours), &official).is_none();
        assert_eq!(refreshed.text == ours, is_same, "{what}");
        assert_eq!(refreshed.changes.is_empty(), is_same, "{what}");
        assert_the_rest_is_kept(&what, ours, &refreshed.text, &official);
        assert_documentation_is_kept(&what, ours, &refreshed.text, &official);
    }
    assert!(tries < TRIES || taken_over > tries / 2, "{taken_over}");
}

/// Checks that shapes with the same facts keep their text, and that no other lines change than those
/// of shapes that have changed.
fn assert_the_rest_is_kept(what: &str, ours: &str, new: &str, official: &Value) {
    let (old_shapes, new_shapes) = (shapes(ours), shapes(new));
    let mut concerned = 0;
    for (id, shape) in &old_shapes {
        let unchanged = official["shapes"]
            .get(id)
            .filter(|it| is_same_shape(&parsed(shape), it));
        if unchanged.is_some() {
            assert_eq!(new_shapes.get(id), Some(shape), "{what}\n{id}");
        } else {
            concerned += shape.lines().count();
        }
    }
    for (id, shape) in &new_shapes {
        if old_shapes.get(id) != Some(shape) {
            concerned += shape.lines().count();
        }
    }
    let diff = TextDiff::from_lines(ours, new);
    let changed = diff
        .iter_all_changes()
        .filter(|it| it.tag() != ChangeTag::Equal);
    // Beside the shapes there are the version and the metadata; a comma may come or go with a line.
    let beside = ours
        .lines()
        .take_while(|line| !line.contains("\"shapes\""))
        .count();
    let bound = concerned + 2 * beside + 8;
    assert!(
        changed.count() <= bound,
        "{what}\nmore than {bound} lines changed"
    );
}

/// Checks that what the official model still has keeps our documentation.
fn assert_documentation_is_kept(what: &str, ours: &str, new: &str, official: &Value) {
    let now = documentation(&parsed(new));
    for (id, text) in documentation(&parsed(ours)) {
        let (shape, member) = id.split_once('$').unwrap_or((&id, ""));
        let shape = &official["shapes"][shape];
        let part = if member.is_empty() {
            shape
        } else {
            &shape["members"][member]
        };
        if part.is_object() {
            assert_eq!(now.get(&id), Some(&text), "{what}\n{id}");
        }
    }
}

/// The texts of shapes.
fn shapes(model: &str) -> BTreeMap<String, String> {
    let model: BTreeMap<String, &RawValue> = serde_json::from_str(model).unwrap();
    let shapes: BTreeMap<String, &RawValue> = serde_json::from_str(model["shapes"].get()).unwrap();
    let text = |(id, shape): (String, &RawValue)| (id, shape.get().to_owned());
    shapes.into_iter().map(text).collect()
}
