//! The official cases of the rule language: every one of them is a test here.

#![cfg(test)]
#![allow(
    clippy::field_reassign_with_default,
    reason = "in the crates that the cases are generated for, the parameters are those of another crate"
)]
#![deny(warnings)]

use serde_json::json;
use smithy_reqwest::endpoint::{Endpoint, Properties};

include!(concat!(env!("OUT_DIR"), "/endpoints.rs"));

#[test]
fn properties_of_an_endpoint_are_json() {
    let account = Properties::new()
        .property("id", "1234")
        .property("ready", true);
    let endpoint = Endpoint::new("https://example.com")
        .property("account", account)
        .property("zone", "a");
    let expected = [
        ("account", json!({ "id": "1234", "ready": true })),
        ("zone", json!("a")),
    ];
    let expected = expected.map(|(name, value)| (name.to_owned(), value));
    assert_eq!(endpoint.properties, expected.into());
}

#[test]
fn every_official_case_is_run_and_none_is_ignored() {
    if workspace_tests::shared("conformance/endpoints").is_none() {
        return;
    }
    let cases: usize = RULE_SETS.iter().map(|(_, cases, _)| cases).sum();
    let ignored: usize = RULE_SETS.iter().map(|(_, _, ignored)| ignored).sum();
    assert_eq!((RULE_SETS.len(), cases, ignored), (19, 143, 0));
}
