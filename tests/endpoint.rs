//! The official cases of the rule language: every one of them is a test here.

#![cfg(test)]
#![allow(
    clippy::field_reassign_with_default,
    reason = "in the crates that the cases are generated for, the parameters are those of another crate"
)]
#![deny(warnings)]

include!(concat!(env!("OUT_DIR"), "/endpoints.rs"));

#[test]
fn every_official_case_is_run_and_none_is_ignored() {
    if workspace_tests::shared("conformance/endpoints").is_none() {
        return;
    }
    let cases: usize = RULE_SETS.iter().map(|(_, cases, _)| cases).sum();
    let ignored: usize = RULE_SETS.iter().map(|(_, _, ignored)| ignored).sum();
    assert_eq!((RULE_SETS.len(), cases, ignored), (19, 143, 0));
}
