//! Enumerations, and names on the wire.

use super::deprecation::{deprecation, type_docs};
use super::docs::{docs, markdown};
use crate::ir::{Deprecation, EnumKind, EnumValue, Enumeration, Protocol, Variant};
use crate::model::{self, Kind, Shape};
use crate::name::{self, Ident, Scope};
use crate::prose;

/// Returns the name that a member has in JSON.
pub(crate) fn json_name(name: &str, member: &model::Member, protocol: Protocol) -> String {
    let json_name = member.traits.json_name.as_deref();
    let json_name = json_name.filter(|_| protocol.has_json_names());
    json_name.unwrap_or(name).to_owned()
}

pub(super) fn enumeration(shape: &Shape, name: Ident) -> Enumeration {
    let (kind, values) = match shape.kind {
        Kind::IntEnum => (EnumKind::Integer, "numbers"),
        _ => (EnumKind::Text, "values"),
    };
    Enumeration {
        kind,
        alias: name::alias(shape.id.name(), &name),
        name,
        variants: variants(shape),
        docs: type_docs(&shape.traits, || {
            let id = shape.id.name();
            format!("`{id}` in the API. The service may add {values}.")
        }),
    }
}

fn variants(shape: &Shape) -> Vec<Variant> {
    let mut scope = Scope::default();
    if shape.is_enum_trait() {
        let values = shape.traits.values.iter().flatten();
        let variants = values.map(|listed| {
            let name = listed.name.as_ref().unwrap_or(&listed.value);
            let value = EnumValue::Text(listed.value.clone());
            let docs = listed.documentation.as_deref().and_then(markdown);
            let deprecated = listed.deprecated.then_some(Deprecation {
                since: None,
                note: None,
            });
            variant(&mut scope, name, value, docs, deprecated)
        });
        return variants.collect();
    }
    let variants = shape.members.iter().map(|(name, member)| {
        let traits = &member.traits;
        let value = traits.enum_value.clone();
        let value = value.unwrap_or_else(|| EnumValue::Text(name.clone()));
        variant(&mut scope, name, value, docs(traits), deprecation(traits))
    });
    variants.collect()
}

fn variant(
    scope: &mut Scope,
    model_name: &str,
    value: EnumValue,
    docs: Option<String>,
    deprecated: Option<Deprecation>,
) -> Variant {
    let (name, alias, fallback) = match &value {
        EnumValue::Text(value) => {
            let name = scope.claim(name::value_name(model_name, value));
            let alias = name::alias(value, &name);
            let in_api = if alias.is_some() { " in the API." } else { "" };
            let fallback = format!("{}{in_api}", prose::code(value));
            (name, alias, fallback)
        }
        EnumValue::Integer(value) => {
            let name = scope.claim(name::variant_name(model_name));
            let alias = name::alias(model_name, &name);
            let model_name = prose::code(model_name);
            let fallback = format!("{model_name} in the API, with the number {value}.");
            (name, alias, fallback)
        }
    };
    Variant {
        name,
        value,
        alias,
        docs: docs.unwrap_or(fallback),
        deprecated,
    }
}
