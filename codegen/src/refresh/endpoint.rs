//! The endpoint rules of a model, which are kept: where those of the official model may have become
//! others, a maintainer has to look.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::fact::{ENDPOINT_CASES, RULE_SETS};
use super::node::Node;

/// What is to be looked at, a sentence each.
pub(super) fn notes(ours: &Node<'_>, official: &Node<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    for shape in ours.shapes() {
        let theirs = official
            .shape(&shape.key)
            .and_then(|theirs| theirs.get("traits"));
        if let (Some(ours), Some(theirs)) = (shape.value.get("traits"), theirs) {
            notes.extend(parameters_note(&shape.key, ours, theirs));
            notes.extend(cases_note(&shape.key, ours, theirs));
        }
    }
    notes
}

/// What a set of endpoint rules is given. A parameter that it finds by itself says how.
#[derive(Deserialize, PartialEq)]
struct RuleSet {
    parameters: BTreeMap<String, Parameter>,
}

#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "camelCase")]
struct Parameter {
    built_in: Option<String>,
}

impl RuleSet {
    fn of(traits: &Node<'_>) -> Option<Self> {
        let found = RULE_SETS.iter().find_map(|name| traits.get(name))?;
        serde_json::from_str(found.text()).ok()
    }

    /// The names of parameters that the other set has not, or finds elsewhere.
    fn beyond(&self, other: &Self) -> Vec<&str> {
        let parameters = self.parameters.iter();
        let beyond =
            parameters.filter(|(name, parameter)| other.parameters.get(*name) != Some(parameter));
        beyond.map(|(name, _)| &**name).collect()
    }
}

/// Rules that are given something else are other rules, mostly. A model of ours without rules has
/// none by choice.
fn parameters_note(id: &str, ours: &Node<'_>, theirs: &Node<'_>) -> Option<String> {
    let (ours, theirs) = (RuleSet::of(ours)?, RuleSet::of(theirs)?);
    let mut names = theirs.beyond(&ours);
    names.extend(ours.beyond(&theirs));
    names.sort_unstable();
    names.dedup();
    (!names.is_empty()).then(|| {
        format!(
            "the endpoint rules of {id} are kept, but the official ones differ in the parameters \
             {}: bring the rules and their cases up to date by hand",
            names.join(", ")
        )
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Cases {
    test_cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    #[serde(flatten)]
    given: Given,
    expect: Expectation,
}

/// What the rules decide by: parameters, and inputs of operations where these give some.
#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "camelCase")]
struct Given {
    #[serde(default)]
    params: Value,
    #[serde(default)]
    operation_inputs: Value,
}

#[derive(Deserialize)]
struct Expectation {
    endpoint: Option<Endpoint>,
}

#[derive(Deserialize)]
struct Endpoint {
    url: String,
}

impl Cases {
    /// The URL that each case expects, with what it is given.
    fn urls(traits: &Node<'_>) -> Vec<(Given, String)> {
        let cases = traits.get(ENDPOINT_CASES);
        let cases = cases.and_then(|it| serde_json::from_str::<Self>(it.text()).ok());
        let cases = cases.into_iter().flat_map(|it| it.test_cases);
        cases
            .filter_map(|case| Some((case.given, case.expect.endpoint?.url)))
            .collect()
    }
}

/// Cases that expect different endpoints of the same parameters contradict each other. A case that
/// expects an error does not: AWS's older cases want errors where there are endpoints by now.
fn cases_note(id: &str, ours: &Node<'_>, theirs: &Node<'_>) -> Option<String> {
    let ours = Cases::urls(ours);
    let theirs = Cases::urls(theirs);
    let (params, url, official) = theirs.iter().find_map(|(given, official)| {
        let mut same = ours.iter().filter(|(of_ours, _)| of_ours == given);
        let (_, url) = same.find(|(_, url)| url != official)?;
        Some((&given.params, url, official))
    })?;
    Some(format!(
        "the endpoint cases of {id} are kept, but with {params} ours expect {url} and the official \
         ones {official}: bring the rules and their cases up to date by hand"
    ))
}
