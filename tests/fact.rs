//! The facts of a model, and in which two models differ.
//!
//! What a service has and does is a fact. The documentation is not, nor are the rules of endpoints
//! with their cases: a model of ours has its own.

use serde_json::{Map, Value};

/// The trait with the documentation of a shape or a member.
pub const DOCUMENTATION: &str = "smithy.api#documentation";

/// Traits that are ours: prose, and endpoint rules, which the cases hold to the same behaviour.
const OURS: [&str; 4] = [
    DOCUMENTATION,
    "smithy.rules#endpointRuleSet",
    "smithy.rules#endpointBdd",
    "smithy.rules#endpointTests",
];

/// A part of a model without what is ours in it.
#[must_use]
pub fn facts(part: &Value) -> Value {
    match part {
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
        Value::Array(values) => values.iter().map(facts).collect(),
        scalar => scalar.clone(),
    }
}

/// The members of a shape, in their order.
fn members(shape: &Value) -> Vec<&String> {
    let members = shape.get("members").and_then(Value::as_object);
    members.into_iter().flat_map(Map::keys).collect()
}

/// Whether two shapes have the same facts, and their members in the same order.
#[must_use]
pub fn is_same_shape(one: &Value, other: &Value) -> bool {
    facts(one) == facts(other) && members(one) == members(other)
}

/// A difference between the facts of two models, told in words.
#[must_use]
pub fn difference(ours: &Value, official: &Value) -> Option<String> {
    let none = Map::new();
    let shapes = |model: &Value| {
        let shapes = model.get("shapes").and_then(Value::as_object);
        shapes.unwrap_or(&none).clone()
    };
    let (our_shapes, official_shapes) = (shapes(ours), shapes(official));
    if let Some(id) = our_shapes
        .keys()
        .find(|id| !official_shapes.contains_key(*id))
    {
        return Some(format!("{id} is in our model alone"));
    }
    for (id, shape) in &official_shapes {
        let Some(of_ours) = our_shapes.get(id) else {
            return Some(format!("{id} is in the official model alone"));
        };
        if !is_same_shape(of_ours, shape) {
            let (ours, official) = (facts(of_ours), facts(shape));
            return Some(format!(
                "{id}: ours is {ours}, and the official one {official}"
            ));
        }
    }
    let rest = |model: &Value| {
        let mut rest = model.as_object().unwrap_or(&none).clone();
        rest.shift_remove("shapes");
        facts(&Value::Object(rest))
    };
    let (ours, official) = (rest(ours), rest(official));
    (ours != official)
        .then(|| format!("beside the shapes, ours is {ours}, and the official one {official}"))
}
