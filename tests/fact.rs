//! The facts of a model, and in which two models differ.
//!
//! What a service has and does is a fact. The documentation is not, nor are the rules of endpoints
//! with their cases: a model of ours has its own.

mod newer;

use serde_json::{Map, Value};

pub use newer::add_newer;

/// The trait with the documentation of a shape or a member.
pub const DOCUMENTATION: &str = "smithy.api#documentation";

/// Traits that are ours: prose, and endpoint rules, which the cases hold to the same behaviour.
const OURS: [&str; 4] = [
    DOCUMENTATION,
    "smithy.rules#endpointRuleSet",
    "smithy.rules#endpointBdd",
    "smithy.rules#endpointTests",
];

/// A model without what is ours in it.
#[must_use]
pub fn facts(model: &Value) -> Value {
    let mut facts = without_ours(model);
    let shapes = facts.get_mut("shapes").and_then(Value::as_object_mut);
    for shape in shapes.into_iter().flat_map(Map::values_mut) {
        *shape = facts_of_shape(shape);
    }
    facts
}

/// A shape without what is ours in it. Where documentation is all that there is, one model has
/// traits and the other none.
fn facts_of_shape(shape: &Value) -> Value {
    let mut shape = without_ours(shape);
    without_bare_traits(&mut shape);
    for key in ["member", "key", "value"] {
        shape.get_mut(key).into_iter().for_each(without_bare_traits);
    }
    let members = shape.get_mut("members").and_then(Value::as_object_mut);
    let members = members.into_iter().flat_map(Map::values_mut);
    members.for_each(without_bare_traits);
    shape
}

fn without_bare_traits(part: &mut Value) {
    if let Some(object) = part.as_object_mut()
        && object.get("traits") == Some(&Value::Object(Map::new()))
    {
        object.shift_remove("traits");
    }
}

fn without_ours(part: &Value) -> Value {
    match part {
        Value::Object(object) => {
            let kept = object
                .iter()
                .filter(|(name, _)| !OURS.contains(&name.as_str()));
            let kept = kept.map(|(name, value)| (name.clone(), without_ours(value)));
            Value::Object(kept.collect())
        }
        Value::Array(values) => values.iter().map(without_ours).collect(),
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
    facts_of_shape(one) == facts_of_shape(other) && members(one) == members(other)
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
            let (ours, official) = (facts_of_shape(of_ours), facts_of_shape(shape));
            return Some(format!(
                "{id}: ours is {ours}, and the official one {official}"
            ));
        }
    }
    let rest = |model: &Value| {
        let mut rest = model.as_object().unwrap_or(&none).clone();
        rest.shift_remove("shapes");
        without_ours(&Value::Object(rest))
    };
    let (ours, official) = (rest(ours), rest(official));
    (ours != official)
        .then(|| format!("beside the shapes, ours is {ours}, and the official one {official}"))
}
