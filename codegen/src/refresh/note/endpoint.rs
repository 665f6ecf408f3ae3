//! Notes about endpoint rules, which a maintainer has to update if the official ones change.

use std::collections::BTreeSet;

use super::shape_of;
use crate::refresh::fact::{ENDPOINT_TESTS, RULE_SETS};
use crate::refresh::json::Json;

const REMEDY: &str = "update the rules and their cases by hand";

/// Returns the notes on the endpoint rules of all services.
pub(super) fn notes(ours: &Json, official: &Json) -> Vec<String> {
    let mut notes = Vec::new();
    for (id, shape) in ours.entries("shapes") {
        let official = shape_of(official, id).and_then(|official| official.get("traits"));
        if let (Some(ours), Some(official)) = (shape.get("traits"), official) {
            notes.extend(parameters(id, ours, official));
            notes.extend(cases(id, ours, official));
        }
    }
    notes
}

/// Rules with other parameters are likely to be other rules.
fn parameters(id: &str, ours: &Json, official: &Json) -> Option<String> {
    let parameters = |traits: &Json| -> Option<BTreeSet<(String, Option<String>)>> {
        let rules = RULE_SETS.iter().find_map(|name| traits.get(name))?;
        let parameters = rules.entries("parameters").map(|(name, parameter)| {
            let built_in = parameter.get("builtIn").map(Json::to_string);
            (name.clone(), built_in)
        });
        Some(parameters.collect())
    };
    let (ours, official) = (parameters(ours)?, parameters(official)?);
    let names = ours.symmetric_difference(&official);
    let names: BTreeSet<&str> = names.map(|(name, _)| name.as_str()).collect();
    let names: Vec<&str> = names.into_iter().collect();
    (!names.is_empty()).then(|| {
        format!(
            "the endpoint rules of {id} are kept, but the official ones differ in the parameters \
             {}: {REMEDY}",
            names.join(", ")
        )
    })
}

/// Cases contradict each other if they expect different endpoints for the same parameters. An
/// expected error is no contradiction: old cases of AWS expect errors where there are endpoints by
/// now.
fn cases(id: &str, ours: &Json, official: &Json) -> Option<String> {
    let ours = urls(ours);
    let (case, url, official) = urls(official).into_iter().find_map(|(case, official)| {
        let mut same = ours.iter().filter(|(other, _)| same_input(other, case));
        let (_, url) = same.find(|(_, url)| *url != official)?;
        Some((case, *url, official))
    })?;
    let params = case.get("params").map(Json::to_string).unwrap_or_default();
    Some(format!(
        "the endpoint cases of {id} are kept, but with {params} ours expect {url} and the official \
         ones {official}: {REMEDY}"
    ))
}

/// Returns the cases that expect an endpoint, each with its URL.
fn urls(traits: &Json) -> Vec<(&Json, &str)> {
    let cases = traits
        .get(ENDPOINT_TESTS)
        .and_then(|tests| tests.get("testCases"));
    let Some(Json::Array(cases)) = cases else {
        return Vec::new();
    };
    let cases = cases.iter();
    cases.filter_map(|case| Some((case, url(case)?))).collect()
}

fn url(case: &Json) -> Option<&str> {
    case.get("expect")?.get("endpoint")?.get("url")?.as_str()
}

fn same_input(one: &Json, other: &Json) -> bool {
    let input = |key| one.get(key) == other.get(key);
    input("params") && input("operationInputs")
}
