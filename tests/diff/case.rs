//! Small changes of one small model, each with what it asks for.
//!
//! A change is a JSON merge patch (RFC 7396) of `base.json`: `null` takes away. What it asks for is
//! what the Cargo book says, and not what the code under test does.

mod behaviour;
mod member;
pub(crate) mod together;
mod type_item;

use serde_json::{Value, json};
use smithy_reqwest_codegen::diff::{Class, Subject};

/// A change, and what is expected of its difference.
pub(crate) struct Case {
    /// What is done.
    pub(crate) name: &'static str,
    /// What it asks for, and what it is told of: an entry a change.
    pub(crate) expected: Vec<(Class, Subject)>,
    /// The model before, as a fixture.
    pub(crate) old: Value,
    /// The model after.
    pub(crate) new: Value,
}

impl Case {
    /// The same from the other end: what was new is gone.
    fn reversed(self, name: &'static str, class: Class) -> [Self; 2] {
        let back = Self {
            name,
            expected: self.expected.iter().map(|(_, it)| (class, *it)).collect(),
            old: self.new.clone(),
            new: self.old.clone(),
        };
        [self, back]
    }
}

/// The model that is changed.
pub(crate) fn base() -> Value {
    serde_json::from_str(include_str!("base.json")).unwrap()
}

/// Applies a merge patch.
pub(crate) fn merge(value: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        *value = patch.clone();
        return;
    };
    if !value.is_object() {
        *value = json!({});
    }
    let object = value.as_object_mut().unwrap();
    for (key, patch) in patch {
        if patch.is_null() {
            object.shift_remove(key);
        } else {
            merge(object.entry(key).or_insert(Value::Null), patch);
        }
    }
}

fn case(name: &'static str, expected: &[(Class, Subject)], patch: &Value) -> Case {
    let (old, mut new) = (base(), base());
    merge(&mut new, patch);
    let expected = expected.to_vec();
    Case {
        name,
        expected,
        old,
        new,
    }
}

/// A change of shapes.
fn shapes(name: &'static str, expected: &[(Class, Subject)], patch: &Value) -> Case {
    let named = patch.as_object().unwrap().iter();
    let named = named.map(|(shape, patch)| (format!("fixture#{shape}"), patch.clone()));
    let named: serde_json::Map<String, Value> = named.collect();
    case(name, expected, &json!({ "shapes": named }))
}

/// A change of one member.
fn member(
    name: &'static str,
    expected: (Class, Subject),
    (shape, member): (&str, &str),
    patch: &Value,
) -> Case {
    let patch = json!({ shape: { "members": { member: patch } } });
    shapes(name, &[expected], &patch)
}

/// A change of the traits of a shape.
fn traits(name: &'static str, expected: (Class, Subject), shape: &str, patch: &Value) -> Case {
    shapes(name, &[expected], &json!({ shape: { "traits": patch } }))
}

/// The cases, by what they are about: each group is a snapshot.
pub(crate) fn groups() -> Vec<(&'static str, Vec<Case>)> {
    vec![
        ("operation", type_item::operations()),
        ("type", type_item::types()),
        ("member", member::members()),
        ("required_member", member::required_members()),
        ("enum_value", type_item::values()),
        ("error", type_item::errors()),
        ("client", behaviour::client()),
        ("endpoint", behaviour::endpoints()),
        ("wire_of_operation", behaviour::wire_of_operations()),
        ("wire_of_member", behaviour::wire_of_members()),
        ("documentation", behaviour::documentation()),
        ("together", together::together()),
    ]
}

fn string() -> Value {
    json!({ "target": "smithy.api#String" })
}

fn required() -> Value {
    json!({ "target": "smithy.api#String", "traits": { "smithy.api#required": {} } })
}

fn deprecated() -> Value {
    json!({ "smithy.api#deprecated": { "message": "Use another." } })
}
