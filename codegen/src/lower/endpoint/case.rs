//! The cases of a rule set.

use serde_json::Value;

use super::expression::Scope;
use super::literal::{Problem, literal};
use crate::ir::endpoint::{EndpointCase, Expression, Outcome, Parameter};
use crate::model::traits::rule as model;

/// Lowers the cases of a rule set, with the Rust names of the parameters that they give.
///
/// # Errors
///
/// Returns the problem of the first case that does not fit the parameters.
pub(crate) fn cases(
    tests: &model::Tests,
    parameters: &[Parameter],
    only_dual_stack_suffix: bool,
) -> Result<Vec<EndpointCase>, Problem> {
    tests
        .test_cases
        .iter()
        .map(|case| lower_case(case, parameters, only_dual_stack_suffix))
        .collect()
}

fn lower_case(
    case: &model::Case,
    parameters: &[Parameter],
    only_dual_stack_suffix: bool,
) -> Result<EndpointCase, Problem> {
    let mut given = Vec::new();
    for (name, value) in &case.params {
        let parameter = parameters.iter().find(|parameter| parameter.name == *name);
        let parameter =
            parameter.ok_or_else(|| format!("gives `{name}`, which is not a parameter"))?;
        let value = literal(value, parameter.ty)
            .ok_or_else(|| format!("gives `{name}` a value of another type"))?;
        if parameter.default.as_ref() != Some(&value) {
            given.push((parameter.field.clone(), value));
        }
    }
    let expected = match (&case.expect.endpoint, &case.expect.error) {
        (Some(endpoint), _) => Scope::of_constants().endpoint(endpoint)?,
        (None, Some(error)) => Outcome::Error(Expression::String(error.clone())),
        (None, None) => return Err("has a case that expects nothing".to_owned()),
    };
    let outdated = is_outdated(case, only_dual_stack_suffix).then_some(OUTDATED);
    let documentation = case
        .documentation
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    Ok(EndpointCase {
        documentation,
        parameters: given,
        expected,
        outdated,
    })
}

/// The isolated partitions got dual-stack endpoints after most models were published.
const OUTDATED: &str = "the partition has dual-stack endpoints by now";

/// The isolated partitions: the prefix of their region names, and the suffix of dual-stack
/// endpoints in outdated cases.
const ISOLATED: [(&str, &str); 4] = [
    ("us-iso-", ".c2s.ic.gov"),
    ("us-isob-", ".sc2s.sgov.gov"),
    ("us-isof-", ".csp.hci.ic.gov"),
    ("eu-isoe-", ".cloud.adc-e.uk"),
];

/// Returns `true` if a case is about a dual-stack endpoint in an isolated partition, and wants an
/// error, or the suffix that the rules do not use.
fn is_outdated(case: &model::Case, only_dual_stack_suffix: bool) -> bool {
    let region = case.params.get("Region").and_then(Value::as_str);
    let isolated = ISOLATED
        .iter()
        .find(|(prefix, _)| region.is_some_and(|region| region.starts_with(prefix)));
    let Some((_, old_suffix)) = isolated.filter(|_| !case.params.contains_key("Endpoint")) else {
        return false;
    };
    match &case.expect.endpoint {
        None => case.params.get("UseDualStack") == Some(&Value::Bool(true)),
        Some(endpoint) => {
            let url = endpoint.url.as_str().unwrap_or_default();
            only_dual_stack_suffix && url.ends_with(old_suffix)
        }
    }
}
