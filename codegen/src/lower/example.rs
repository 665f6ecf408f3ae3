//! Examples: from the trait `smithy.api#examples` to calls in the documentation.

use serde::Deserialize;
use serde_json::Value as Json;

use super::value::Values;
use crate::ir::{Example, Structure};
use crate::model::Traits;
use crate::prose;

/// An entry of `smithy.api#examples`, as far as it is used.
#[derive(Deserialize)]
struct RawExample {
    #[serde(default)]
    title: String,
    #[serde(default)]
    input: Json,
    error: Option<Json>,
}

/// The examples of an operation. Those that end in an error, and those that do not fit the model,
/// as published models have some, are left out: they would teach nothing or not compile.
pub(super) fn examples(
    traits: &Traits<'_>,
    request: &Structure,
    values: &Values<'_>,
) -> Vec<Example> {
    let raw: Vec<RawExample> = traits.get("smithy.api#examples").unwrap_or_default();
    let good = raw.into_iter().filter(|example| example.error.is_none());
    good.filter_map(|example| {
        let input = if example.input.is_null() {
            Json::Object(serde_json::Map::new())
        } else {
            example.input
        };
        Some(Example {
            title: prose::phrase(&example.title),
            request: values.structure(request, &input).ok()?,
        })
    })
    .collect()
}
