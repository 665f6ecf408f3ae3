//! Our model of AppFlow has the facts of the official one, and documentation of our own.

#![cfg(test)]

use std::path::Path;
use std::{env, fs};

use serde_json::{Map, Value};

const DOCUMENTATION: &str = "smithy.api#documentation";
/// Traits that are ours: prose, and endpoint rules, which the cases hold to the same behaviour.
const OURS: [&str; 3] = [
    DOCUMENTATION,
    "smithy.rules#endpointRuleSet",
    "smithy.rules#endpointTests",
];

fn shapes(path: &str) -> Option<Map<String, Value>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let text = fs::read_to_string(path).ok()?;
    let model: Value = serde_json::from_str(&text).unwrap();
    model["shapes"].as_object().cloned()
}

fn our_shapes() -> Map<String, Value> {
    shapes("../model/appflow.json").unwrap()
}

/// A shape without what is ours in it.
fn facts(shape: &Value) -> Value {
    match shape {
        Value::Object(object) => {
            let kept = object
                .iter()
                .filter(|(name, _)| !OURS.contains(&name.as_str()));
            let kept = kept.map(|(name, value)| (name.clone(), facts(value)));
            // Where documentation is all that there is, one model has traits and the other none.
            let kept = kept
                .filter(|(name, value)| name != "traits" || *value != Value::Object(Map::new()));
            Value::Object(kept.collect())
        }
        other => other.clone(),
    }
}

#[test]
fn the_facts_are_those_of_the_official_model() {
    let Some(official) = shapes("../../shared/models/appflow-2020-08-23.json") else {
        let is_ci = env::var("CI").is_ok_and(|ci| ci == "true");
        assert!(
            !is_ci,
            "the official model is missing from ../shared/models"
        );
        eprintln!("not compared: the official model is not beside the checkout");
        return;
    };
    let ours = our_shapes();
    let names = |shapes: &Map<String, Value>| {
        let mut names: Vec<String> = shapes.keys().cloned().collect();
        names.sort();
        names
    };
    assert_eq!(names(&ours), names(&official));
    for (id, shape) in &official {
        assert_eq!(facts(&ours[id]), facts(shape), "{id}");
        let order = |shape: &Value| shape["members"].as_object().map(names_in_order);
        assert_eq!(
            order(&ours[id]),
            order(shape),
            "{id}: the order of its members"
        );
    }
}

fn names_in_order(members: &Map<String, Value>) -> Vec<String> {
    members.keys().cloned().collect()
}

#[test]
fn every_operation_structure_and_member_is_documented() {
    for (id, shape) in our_shapes() {
        let kind = shape["type"].as_str().unwrap();
        if !["service", "operation", "structure", "enum"].contains(&kind) {
            continue;
        }
        assert!(shape["traits"][DOCUMENTATION].is_string(), "{id}");
        for (name, member) in shape["members"].as_object().into_iter().flatten() {
            assert!(member["traits"][DOCUMENTATION].is_string(), "{id}${name}");
        }
    }
}
