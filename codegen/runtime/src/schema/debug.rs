//! `Debug` for generated types, without secrets.

use std::fmt;
use std::ops::ControlFlow;

use super::{Structure, Union, Variant, View, with_fields};

/// The replacement for a secret.
pub(super) const REDACTED: &str = "** redacted **";

/// Formats the replacement for a secret.
pub struct Redacted;

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

/// Formats the members of a structure that are present.
///
/// # Errors
///
/// Errors of the formatter.
pub fn debug_structure(structure: &dyn Structure, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let schema = structure.schema();
    let mut shown = f.debug_struct(schema.name);
    with_fields(structure, |fields| {
        for (member, field) in schema.members.iter().zip(fields) {
            let name = member.field.trim_start_matches("r#");
            match field {
                View::Null => {}
                _ if member.sensitive => drop(shown.field(name, &Redacted)),
                value => drop(shown.field(name, value)),
            }
        }
    });
    shown.finish()
}

/// Formats the member of a union that is set. The value of an unknown member may be a secret.
///
/// # Errors
///
/// Errors of the formatter.
pub fn debug_union(union: &dyn Union, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (name, value) = match union.get() {
        Variant::Unknown(name, _) => return f.debug_tuple("Unknown").field(&name).finish(),
        Variant::Known(name, value) => (name, value),
    };
    let member = union.schema().member(name);
    let mut shown = f.debug_tuple(member.map_or(name, |member| member.field));
    if let Some(value) = value {
        if member.is_some_and(|member| member.sensitive) {
            shown.field(&Redacted);
        } else {
            shown.field(&value);
        }
    }
    shown.finish()
}

impl fmt::Debug for View<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Null => f.write_str("None"),
            Self::Boolean(value) => value.fmt(f),
            Self::Integer(value) => value.fmt(f),
            Self::Float(value) => value.fmt(f),
            Self::Double(value) => value.fmt(f),
            Self::Number(digits) => f.write_str(digits),
            Self::String(text) => text.fmt(f),
            Self::Enumeration(value) => match value.variant() {
                Some(variant) => f.write_str(variant),
                None => f.debug_tuple("Unknown").field(&value.as_str()).finish(),
            },
            Self::Blob(bytes) => bytes.fmt(f),
            Self::Stream(body) => body.fmt(f),
            Self::Events => f.write_str("Events"),
            Self::Timestamp(value) => value.fmt(f),
            Self::Document(value) => value.fmt(f),
            Self::List(list) => f.debug_list().entries(list.iter()).finish(),
            Self::Map(map) => {
                let mut shown = f.debug_map();
                map.visit(&mut |key, value| {
                    shown.entry(&key, &value);
                    ControlFlow::Continue(())
                });
                shown.finish()
            }
            Self::Structure(structure) => debug_structure(structure, f),
            Self::Union(union) => debug_union(union, f),
        }
    }
}
