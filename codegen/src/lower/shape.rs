//! Enumerations, and names on the wire.

use super::deprecation::{deprecation, type_docs};
use super::docs::{docs, markdown};
use crate::ir::{Deprecation, Enumeration, IntEnumeration, IntVariant, Variant};
use crate::model::traits::EnumValue;
use crate::model::{self, Kind, Shape};
use crate::name::{self, Ident, Scope};
use crate::prose;
use crate::protocol::Protocol;

/// Returns the name that a member has in JSON.
pub(crate) fn json_name(name: &str, member: &model::Member, protocol: Protocol) -> String {
    let json_name = member.traits.json_name.as_deref();
    let json_name = json_name.filter(|_| protocol.has_json_names());
    json_name.unwrap_or(name).to_owned()
}

pub(super) fn enumeration(shape: &Shape, name: Ident) -> Enumeration {
    let mut scope = Scope::default();
    let variants = if shape.kind == Kind::Enum {
        let members = shape.members.iter();
        let variants = members.map(|(name, member)| {
            let traits = &member.traits;
            let value = match &traits.enum_value {
                Some(EnumValue::Text(value)) => value,
                _ => name,
            };
            variant(&mut scope, name, value, docs(traits), deprecation(traits))
        });
        variants.collect()
    } else {
        let values = shape.traits.values.iter().flatten();
        let variants = values.map(|listed| {
            let name = listed.name.as_ref().unwrap_or(&listed.value);
            let docs = listed.documentation.as_deref().and_then(markdown);
            let deprecated = listed.deprecated.then_some(Deprecation {
                since: None,
                note: None,
            });
            variant(&mut scope, name, &listed.value, docs, deprecated)
        });
        variants.collect()
    };
    Enumeration {
        alias: name::alias(shape.id.name(), &name),
        name,
        variants,
        docs: type_docs(&shape.traits, || {
            let id = shape.id.name();
            format!("`{id}` in the API. The service may add values.")
        }),
    }
}

fn variant(
    scope: &mut Scope,
    name: &str,
    value: &str,
    docs: Option<String>,
    deprecated: Option<Deprecation>,
) -> Variant {
    let name = scope.claim(name::value_name(name, value));
    let fallback = || match name::alias(value, &name) {
        Some(value) => format!("{} in the API.", prose::code(&value)),
        None => prose::code(value),
    };
    Variant {
        docs: docs.unwrap_or_else(fallback),
        name,
        deprecated,
        value: value.to_owned(),
    }
}

pub(super) fn int_enumeration(shape: &Shape, name: Ident) -> IntEnumeration {
    let mut scope = Scope::default();
    let variants = shape.members.iter().filter_map(|(name, member)| {
        // `check` accepts no other value.
        let Some(EnumValue::Integer(value)) = member.traits.enum_value else {
            return None;
        };
        let rust_name = scope.claim(name::variant_name(name));
        Some(IntVariant {
            alias: name::alias(name, &rust_name),
            name: rust_name,
            docs: docs(&member.traits).unwrap_or_else(|| {
                format!("{} in the API, with the number {value}.", prose::code(name))
            }),
            deprecated: deprecation(&member.traits),
            value,
        })
    });
    IntEnumeration {
        alias: name::alias(shape.id.name(), &name),
        name,
        variants: variants.collect(),
        docs: type_docs(&shape.traits, || {
            let id = shape.id.name();
            format!("`{id}` in the API. The service may add numbers.")
        }),
    }
}
