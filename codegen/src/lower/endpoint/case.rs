//! The cases of a rule set.

use serde_json::Value;

use super::document::{RawCase, RawTests};
use super::expression::Scope;
use super::{Problem, literal};
use crate::ir::endpoint::{EndpointCase, Expression, Literal, Outcome, Parameter};

/// The cases, with the Rust names of the parameters that they give.
pub(super) fn cases(
    tests: &RawTests,
    parameters: &[Parameter],
) -> Result<Vec<EndpointCase>, Problem> {
    tests
        .test_cases
        .iter()
        .map(|case| lower_case(case, parameters))
        .collect()
}

fn lower_case(case: &RawCase, parameters: &[Parameter]) -> Result<EndpointCase, Problem> {
    let mut given = Vec::new();
    for (name, value) in &case.params {
        let parameter = parameters.iter().find(|parameter| parameter.name == *name);
        let parameter =
            parameter.ok_or_else(|| format!("gives `{name}`, which is no parameter"))?;
        let value = literal(value).filter(|(_, ty)| *ty == parameter.ty);
        let (value, _) = value.ok_or_else(|| format!("gives `{name}` a value of another type"))?;
        given.push((parameter.field.clone(), value));
    }
    let expected = match (&case.expect.endpoint, &case.expect.error) {
        (Some(endpoint), _) => Scope::of_constants().endpoint(endpoint)?,
        (None, Some(error)) => Outcome::Error(Expression::Literal(Literal::String(error.clone()))),
        (None, None) => return Err("has a case that expects nothing".to_owned()),
    };
    let is_error = matches!(expected, Outcome::Error(_));
    let outdated = (is_error && asks_iso_for_dual_stack(case)).then_some(OUTDATED);
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

/// Whether a case asks for a dual-stack endpoint in an isolated partition.
fn asks_iso_for_dual_stack(case: &RawCase) -> bool {
    let region = case
        .params
        .get("Region")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let is_isolated = ["us-iso-", "us-isob-", "us-isof-", "eu-isoe-"]
        .iter()
        .any(|prefix| region.starts_with(prefix));
    let dual_stack = case.params.get("UseDualStack") == Some(&Value::Bool(true));
    is_isolated && dual_stack && !case.params.contains_key("Endpoint")
}
