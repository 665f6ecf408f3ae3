//! Uniqueness on the wire: values of enums, and names in JSON.

use std::collections::BTreeSet;
use std::ops::Range;

use super::checker::Checker;
use crate::ir::{EnumValue, Protocol};
use crate::lower::shape::json_name;
use crate::model::traits::ENUM_VALUE;
use crate::model::{Kind, Member, Shape};

impl Checker<'_, '_> {
    /// Checks that the members of a shape differ on the wire.
    pub(super) fn distinct(&mut self, shape: &Shape) {
        let id = &shape.id;
        let what = match shape.kind {
            Kind::Structure | Kind::Union => "the name in JSON",
            _ => "the value",
        };
        let mut seen = BTreeSet::new();
        for (value, span) in on_the_wire(shape, self.protocol()) {
            if !seen.insert(value.clone()) {
                self.report(
                    format!("two members of `{id}` have {what} {value:?}"),
                    span.clone(),
                    "this is the second of them",
                    "remove one of them, or change it",
                );
            }
        }
        for (name, member) in &shape.members {
            self.value(shape, name, member);
        }
    }

    /// Checks that the value of a member is a number in an integer enumeration, and text in another
    /// one.
    fn value(&mut self, shape: &Shape, name: &str, member: &Member) {
        let value = &member.traits.enum_value;
        let (problem, label, help) = match (&shape.kind, value) {
            (Kind::IntEnum, None | Some(EnumValue::Text(_))) => (
                "has no number",
                "an integer of 32 bits is needed",
                "give it one with `smithy.api#enumValue`",
            ),
            (Kind::Enum, Some(EnumValue::Integer(_))) => (
                "has a number",
                "text is needed",
                "give it text with `smithy.api#enumValue`, or remove the trait",
            ),
            _ => return,
        };
        if !member.traits.is_malformed(ENUM_VALUE) {
            let title = format!("`{}${name}` {problem}", shape.id);
            self.report(title, member.span.clone(), label, help);
        }
    }
}

/// Returns the names or values on the wire of the members of a shape, with their places.
fn on_the_wire(shape: &Shape, protocol: Protocol) -> Vec<(String, &Range<usize>)> {
    if shape.is_enum_trait() {
        let values = shape.traits.values.iter().flatten();
        return values.map(|it| (it.value.clone(), &shape.span)).collect();
    }
    let members = shape.members.iter().filter_map(|(name, member)| {
        let value = match (&shape.kind, &member.traits.enum_value) {
            (Kind::Structure | Kind::Union, _) => json_name(name, member, protocol),
            (Kind::Enum, Some(EnumValue::Text(value))) => value.clone(),
            (Kind::Enum, _) => name.clone(),
            (Kind::IntEnum, Some(EnumValue::Integer(value))) => value.to_string(),
            _ => return None,
        };
        Some((value, &member.span))
    });
    members.collect()
}
