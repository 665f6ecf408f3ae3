//! Uniqueness on the wire: values of enums, and names in JSON.

use std::collections::BTreeSet;
use std::ops::Range;

use super::checker::Checker;
use crate::ir::EnumValue;
use crate::lower::shape::{enum_values, json_name};
use crate::model::traits::ENUM_VALUE;
use crate::model::{Kind, Member, Shape};

impl Checker<'_, '_> {
    /// No two members of a shape are the same on the wire.
    pub(super) fn distinct(&mut self, shape: &Shape) {
        let members = shape.members.iter();
        match shape.kind {
            Kind::Enum => {
                let values = members.map(|(name, member)| {
                    let value = match &member.traits.enum_value {
                        Some(EnumValue::Text(value)) => value,
                        _ => name,
                    };
                    (value.clone(), member.span.clone())
                });
                self.same(shape, "the value", values);
            }
            Kind::IntEnum => {
                let values = members.filter_map(|(_, member)| match member.traits.enum_value {
                    Some(EnumValue::Integer(value)) => {
                        Some((value.to_string(), member.span.clone()))
                    }
                    _ => None,
                });
                self.same(shape, "the value", values);
            }
            Kind::Structure | Kind::Union => {
                let protocol = self.protocol();
                let names = members
                    .map(|(name, member)| (json_name(name, member, protocol), member.span.clone()));
                self.same(shape, "the name in JSON", names);
            }
            _ => {
                let values = enum_values(shape);
                let values = values.map(|value| (value.to_owned(), shape.span.clone()));
                self.same(shape, "the value", values);
            }
        }
        for (name, member) in &shape.members {
            self.value(shape, name, member);
        }
    }

    /// A member of an integer enumeration has a number, and one of an enumeration no other value
    /// than text.
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

    fn same(
        &mut self,
        shape: &Shape,
        what: &str,
        members: impl Iterator<Item = (String, Range<usize>)>,
    ) {
        let mut seen = BTreeSet::new();
        for (value, span) in members {
            if !seen.insert(value.clone()) {
                self.report(
                    format!("two members of `{}` have {what} {value:?}", shape.id),
                    span,
                    "this is the second of them",
                    "remove one of them, or give it another",
                );
            }
        }
    }
}
