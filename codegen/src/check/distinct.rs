//! What tells members apart on the wire: the values of enumerations, and names in JSON.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Checker;
use crate::lower::shape::{enum_values, json_name};
use crate::model::{Kind, Member, Shape};

impl Checker<'_, '_, '_> {
    /// No two members of a shape are the same on the wire.
    pub(super) fn distinct(&mut self, shape: &Shape<'_>) {
        let members = shape.members.iter();
        match shape.kind {
            Kind::Enum => {
                let values = members.map(|(name, member)| {
                    let value = member.traits.get::<String>("smithy.api#enumValue");
                    (value.unwrap_or_else(|| name.clone()), member.span.clone())
                });
                self.same(shape, "the value", values);
            }
            Kind::IntEnum => {
                let values = members.filter_map(|(_, member)| {
                    let value: i32 = member.traits.get("smithy.api#enumValue")?;
                    Some((value.to_string(), member.span.clone()))
                });
                self.same(shape, "the value", values);
                for (name, member) in &shape.members {
                    self.number(shape, name, member);
                }
            }
            Kind::Structure | Kind::Union => {
                let names =
                    members.map(|(name, member)| (json_name(name, member), member.span.clone()));
                self.same(shape, "the name in JSON", names);
            }
            _ => {
                let values = enum_values(shape).into_iter();
                self.same(
                    shape,
                    "the value",
                    values.map(|value| (value, shape.span.clone())),
                );
            }
        }
    }

    /// A member of an integer enumeration has a number.
    fn number(&mut self, shape: &Shape<'_>, name: &str, member: &Member<'_>) {
        if member.traits.get::<i32>("smithy.api#enumValue").is_none() {
            self.report(
                format!("`{}${name}` has no number", shape.id),
                member.span.clone(),
                "an integer of 32 bits is needed",
                "give it one with `smithy.api#enumValue`",
            );
        }
    }

    fn same(
        &mut self,
        shape: &Shape<'_>,
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
