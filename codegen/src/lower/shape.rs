//! Enumerations, and the types of members.

use proc_macro2::Ident;

use super::Context;
use super::binding::timestamp_format;
use super::deprecation::deprecation;
use super::docs::{docs, markdown, type_docs};
use crate::ir::{Binding, Deprecation, Enumeration, IntEnumeration, IntVariant, Type, Variant};
use crate::model::traits::EnumValue;
use crate::model::{self, Kind, Shape, Simple, Traits};
use crate::name::{self, Scope};

impl Context<'_> {
    /// Returns the type of a shape, where it is the target of a member with these traits and this
    /// binding.
    pub(super) fn ty(
        &self,
        shape: &Shape,
        member: &Traits,
        binding: &Binding,
        boxed: bool,
    ) -> Type {
        let inner = |name| Box::new(self.inner(shape, name, binding));
        match &shape.kind {
            Kind::Structure | Kind::Union => Type::Structure {
                name: self.names.name(shape),
                boxed,
            },
            Kind::Enum => Type::Enumeration(self.names.name(shape)),
            Kind::IntEnum => Type::IntEnumeration(self.names.name(shape)),
            Kind::List => Type::List {
                element: inner("member"),
                sparse: shape.traits.sparse,
            },
            Kind::Map => Type::Map {
                key: inner("key"),
                value: inner("value"),
                sparse: shape.traits.sparse,
            },
            Kind::Simple(Simple::Timestamp) => {
                Type::Timestamp(timestamp_format(shape, member, binding))
            }
            Kind::Simple(Simple::Blob) if shape.traits.streaming => Type::Stream {
                requires_length: shape.traits.requires_length,
            },
            Kind::Simple(Simple::String) if shape.is_enum_trait() => {
                Type::Enumeration(self.names.name(shape))
            }
            Kind::Simple(simple) => simple_type(*simple),
            // `check` accepts no member of such a kind.
            Kind::Service(_) | Kind::Resource(_) | Kind::Operation(_) | Kind::Unknown(_) => {
                Type::Document
            }
        }
    }

    /// Returns the type of the elements of a list or a map that is bound so.
    fn inner(&self, shape: &Shape, name: &str, binding: &Binding) -> Type {
        let target = self.model.member(shape, name);
        match shape.members.get(name) {
            Some(member) => self.ty(target, &member.traits, binding, false),
            None => self.ty(target, &Traits::default(), binding, false),
        }
    }
}

fn simple_type(simple: Simple) -> Type {
    match simple {
        Simple::Blob => Type::Blob,
        Simple::Boolean => Type::Boolean,
        Simple::Byte => Type::Integer(8),
        Simple::Short => Type::Integer(16),
        Simple::Integer => Type::Integer(32),
        Simple::Long => Type::Integer(64),
        Simple::Float => Type::Float(32),
        Simple::Double => Type::Float(64),
        Simple::BigInteger => Type::BigInteger,
        Simple::BigDecimal => Type::BigDecimal,
        Simple::Document => Type::Document,
        // A timestamp has a format.
        Simple::String | Simple::Timestamp => Type::String,
    }
}

/// Returns the name that a member has in JSON.
pub(crate) fn json_name(name: &str, member: &model::Member) -> String {
    let json_name = member.traits.json_name.as_deref();
    json_name.unwrap_or(name).to_owned()
}

/// Returns the values that a string lists in the manner of Smithy 1.0.
pub(crate) fn enum_values(shape: &Shape) -> impl Iterator<Item = &str> {
    let values = shape.traits.values.iter().flatten();
    values.map(|value| value.value.as_str())
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
        name,
        variants,
        docs: type_docs(&shape.traits, || {
            let id = shape.id.name();
            format!("`{id}` in the API: a value out of a list that may grow.")
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
    Variant {
        name: scope.claim(name::value_name(name, value)),
        docs: docs.unwrap_or_else(|| format!("`{}`", value.replace('`', "'"))),
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
        Some(IntVariant {
            name: scope.claim(name::variant_name(name)),
            docs: docs(&member.traits).unwrap_or_else(|| format!("`{name}`, which is {value}.")),
            deprecated: deprecation(&member.traits),
            value,
        })
    });
    IntEnumeration {
        name,
        variants: variants.collect(),
        docs: type_docs(&shape.traits, || {
            let id = shape.id.name();
            format!("`{id}` in the API: a number out of a list that may grow.")
        }),
    }
}
