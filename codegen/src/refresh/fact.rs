//! The facts of a model, as opposed to its own content.
//!
//! Names, shapes, traits and constraints are facts, which are the same in every description of the
//! service. A model's own content is its documentation, which is not copied from elsewhere, and its
//! endpoint rules with their test cases.

use super::json::{Json, Object};

/// The trait with the documentation of a shape or a member.
pub(super) const DOCUMENTATION: &str = "smithy.api#documentation";

/// The endpoint rules as a tree, and as a decision diagram.
pub(super) const RULE_SETS: [&str; 2] =
    ["smithy.rules#endpointRuleSet", "smithy.rules#endpointBdd"];

/// The test cases of the endpoint rules.
pub(super) const ENDPOINT_TESTS: &str = "smithy.rules#endpointTests";

/// The position of a value in a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Document,
    Shapes,
    Shape,
    Members,
    Member,
    Traits,
    /// Anything below, such as the value of a trait.
    Value,
}

impl Level {
    /// Returns the level of the value under a key.
    pub(super) fn of(self, key: &str) -> Self {
        match (self, key) {
            (Self::Document, "shapes") => Self::Shapes,
            (Self::Shapes, _) => Self::Shape,
            (Self::Shape, "members") => Self::Members,
            (Self::Members, _) | (Self::Shape, "member" | "key" | "value") => Self::Member,
            (Self::Shape | Self::Member, "traits") => Self::Traits,
            _ => Self::Value,
        }
    }
}

/// Returns `true` if the value under a key is ours.
pub(super) fn is_ours(key: &str) -> bool {
    key == DOCUMENTATION || key == ENDPOINT_TESTS || RULE_SETS.contains(&key)
}

/// Returns the facts of a value. Traits that have no fact among them are left out.
pub(super) fn facts(value: &Json, level: Level) -> Json {
    match value {
        Json::Object(object) => {
            let facts = object.iter().filter_map(|(key, value)| {
                let inner = level.of(key);
                let facts = facts(value, inner);
                let is_bare =
                    inner == Level::Traits && facts.as_object().is_some_and(Object::is_empty);
                (!is_ours(key) && !is_bare).then(|| (key.clone(), facts))
            });
            Json::Object(facts.collect())
        }
        Json::Array(items) => {
            Json::Array(items.iter().map(|item| facts(item, Level::Value)).collect())
        }
        scalar => scalar.clone(),
    }
}
