//! Examples: from the trait `smithy.api#examples` to calls in the documentation.

use serde_json::Map;

use super::value::Values;
use crate::ir::{self, Structure};
use crate::model::traits::Example;
use crate::prose;

/// Returns the examples of an operation. Those that end in an error, and those that do not fit the
/// model, as published models have some, are left out: they would teach nothing or not compile.
pub(super) fn examples(
    examples: &[Example],
    request: &Structure,
    values: &Values<'_>,
) -> Vec<ir::Example> {
    let good = examples.iter().filter(|example| example.error.is_none());
    let nothing = Map::new();
    let example = |example: &Example| {
        let input = match &example.input {
            Some(input) => input.as_object()?,
            None => &nothing,
        };
        Some(ir::Example {
            title: prose::phrase(&example.title),
            request: values.structure(request, input).ok()?,
        })
    };
    good.filter_map(example).collect()
}
