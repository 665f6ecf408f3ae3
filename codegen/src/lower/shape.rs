//! Structures, enumerations and the types of members.

use proc_macro2::Ident;
use serde::Deserialize;

use super::binding::{binding, timestamp_format};
use super::deprecation::{deprecation, with_paragraph};
use super::{Lowering, default, docs, text};
use crate::ir::{
    Binding, Deprecation, Enumeration, IntEnumeration, IntVariant, Member, Presence, Structure,
    Type, Union, UnionVariant, Usage, Variant,
};
use crate::model::{self, Kind, Shape, ShapeId, Simple, Traits};
use crate::name::{self, Scope};
use crate::prose;

/// How many lists and maps can be in each other. Smithy has no such bound; but their types are
/// written in one another, and neither people nor compilers read ones that are much deeper.
pub(crate) const NESTING: usize = 32;

/// A value of the trait `smithy.api#enum`, which Smithy 1.0 has in place of enum shapes.
#[derive(Deserialize)]
struct EnumValue {
    value: String,
    name: Option<String>,
    documentation: Option<String>,
    #[serde(default)]
    deprecated: bool,
    #[serde(skip)]
    deprecation: Option<Deprecation>,
}

/// Whether a string lists its values in the manner of Smithy 1.0.
pub(super) fn is_enum_trait(shape: &Shape<'_>) -> bool {
    shape.kind == Kind::Simple(Simple::String) && shape.traits.has("smithy.api#enum")
}

/// What a structure is for. Members are bound to places of a message in a message alone, and then to
/// those that such a message has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It is what an operation sends.
    Request,
    /// It is what an operation returns, be it an error.
    Response,
    /// It is a part of messages.
    Part(Usage),
}

impl Role {
    pub(super) fn usage(self) -> Usage {
        match self {
            Self::Request => Usage {
                input: true,
                output: false,
            },
            Self::Response => Usage {
                input: false,
                output: true,
            },
            Self::Part(usage) => usage,
        }
    }
}

impl Lowering<'_, '_, '_> {
    /// A structure of a name; `fallback` documents it where the model does not.
    pub(super) fn structure(
        &self,
        shape: &Shape<'_>,
        name: Ident,
        role: Role,
        fallback: &str,
    ) -> Structure {
        let mut scope = Scope::default();
        let members = shape
            .members
            .iter()
            .map(|(name, member)| self.member(shape, name, member, role, &mut scope))
            .collect();
        Structure {
            name,
            docs: with_paragraph(
                docs(&shape.traits).unwrap_or_else(|| fallback.to_owned()),
                &shape.traits,
            ),
            members,
            usage: role.usage(),
            sensitive: shape.traits.has("smithy.api#sensitive"),
        }
    }

    fn member(
        &self,
        shape: &Shape<'_>,
        name: &str,
        member: &model::Member<'_>,
        role: Role,
        scope: &mut Scope,
    ) -> Member {
        let boxed = self
            .recursion
            .contains(&(shape.id.clone(), name.to_owned()));
        let target = self.model.shape(&member.target.id);
        let own_docs = docs(&member.traits);
        let docs = own_docs
            .or_else(|| docs(&target?.traits))
            .unwrap_or_else(|| {
                format!(
                    "{} in the API, whose model says no more about it.",
                    prose::code(name)
                )
            });
        let presence = self.presence(member, role.usage());
        let idempotency_token = member.traits.has("smithy.api#idempotencyToken");
        let named = matches!(presence, Presence::Required(_)) || idempotency_token;
        let binding = binding(&member.traits, target, role);
        let is_text = target.is_some_and(|target| target.kind == Kind::Simple(Simple::String));
        Member {
            name: scope.claim(name::member_name(name)),
            model_name: name.to_owned(),
            json_name: json_name(name, member),
            docs: docs + &default::sentence(member, &presence),
            deprecated: deprecation(&member.traits),
            ty: self.ty(&member.target.id, Some((&member.traits, &binding)), boxed),
            presence,
            idempotency_token,
            default_label: None,
            checked: named
                && is_text
                && target.is_some_and(|target| text::is_plain(&target.traits)),
            sensitive: member.traits.has("smithy.api#sensitive")
                || target.is_some_and(|target| self.is_sensitive(target)),
            binding,
        }
    }

    pub(super) fn union(&self, shape: &Shape<'_>, usage: Usage) -> Union {
        let mut scope = Scope::default();
        let variants = shape.members.iter().map(|(name, member)| {
            let target = self.model.shape(&member.target.id);
            let is_unit = member.target.id.as_str() == "smithy.api#Unit";
            let boxed = self.recursion.contains(&(shape.id.clone(), name.clone()));
            let ty = self.ty(
                &member.target.id,
                Some((&member.traits, &Binding::Body)),
                boxed,
            );
            let own_docs = docs(&member.traits);
            UnionVariant {
                name: scope.claim(name::variant_name(name)),
                model_name: name.clone(),
                json_name: json_name(name, member),
                docs: own_docs
                    .or_else(|| docs(&target?.traits))
                    .unwrap_or_else(|| format!("{} in the API.", prose::code(name))),
                deprecated: deprecation(&member.traits),
                ty: (!is_unit).then_some(ty),
                sensitive: member.traits.has("smithy.api#sensitive")
                    || target.is_some_and(|target| self.is_sensitive(target)),
            }
        });
        Union {
            name: self.type_name(&shape.id),
            docs: with_paragraph(
                docs(&shape.traits).unwrap_or_else(|| {
                    format!(
                        "{} in the API: one of several values.",
                        prose::code(shape.id.name())
                    )
                }),
                &shape.traits,
            ),
            variants: variants.collect(),
            usage,
            sensitive: shape.traits.has("smithy.api#sensitive"),
        }
    }

    /// Whether a value must stay out of logs: of a list or a map, whether its elements or its keys
    /// must.
    fn is_sensitive(&self, shape: &Shape<'_>) -> bool {
        if shape.traits.has("smithy.api#sensitive") {
            return true;
        }
        let mut shape = shape;
        // A list that contains itself through lists alone would never end.
        for _ in 0..NESTING {
            let key = shape.members.get("key").filter(|_| shape.kind == Kind::Map);
            let key = key.and_then(|key| self.model.shape(&key.target.id));
            if key.is_some_and(|key| key.traits.has("smithy.api#sensitive")) {
                return true;
            }
            let inner = match shape.kind {
                Kind::List => shape.members.get("member"),
                Kind::Map => shape.members.get("value"),
                _ => None,
            };
            let Some(inner) = inner.and_then(|member| self.model.shape(&member.target.id)) else {
                return false;
            };
            if inner.traits.has("smithy.api#sensitive") {
                return true;
            }
            shape = inner;
        }
        false
    }

    /// The type of a shape, where it is the target of a member with these traits and this binding.
    fn ty(&self, id: &ShapeId, of_member: Option<(&Traits<'_>, &Binding)>, boxed: bool) -> Type {
        self.nested_type(id, of_member, boxed, NESTING)
    }

    /// The type of a shape, with so many lists and maps in each other at most.
    fn nested_type(
        &self,
        id: &ShapeId,
        of_member: Option<(&Traits<'_>, &Binding)>,
        boxed: bool,
        nesting: usize,
    ) -> Type {
        let Some(shape) = self.model.shape(id) else {
            return Type::String;
        };
        let binding = of_member.map_or(&Binding::Body, |(_, binding)| binding);
        match &shape.kind {
            Kind::Structure | Kind::Union => Type::Structure {
                name: self.type_name(id),
                boxed,
            },
            Kind::Enum => Type::Enumeration(self.type_name(id)),
            Kind::IntEnum => Type::IntEnumeration(self.type_name(id)),
            // `check` reports what is nested deeper, and keys that are no text.
            Kind::List | Kind::Map if nesting == 0 => Type::String,
            Kind::List => Type::List {
                element: Box::new(self.inner(shape, "member", binding, nesting - 1)),
                sparse: is_sparse(shape),
            },
            Kind::Map => Type::Map {
                key: Box::new(self.inner(shape, "key", binding, 0)),
                value: Box::new(self.inner(shape, "value", binding, nesting - 1)),
                sparse: is_sparse(shape),
            },
            Kind::Simple(Simple::Blob) if shape.traits.has("smithy.api#streaming") => {
                Type::Stream {
                    requires_length: shape.traits.has("smithy.api#requiresLength"),
                }
            }
            Kind::Simple(Simple::Timestamp) => Type::Timestamp(timestamp_format(shape, of_member)),
            Kind::Simple(simple) if !is_enum_trait(shape) => simple_type(*simple),
            _ if is_enum_trait(shape) => Type::Enumeration(self.type_name(id)),
            // Anything else was refused as unsupported.
            _ => Type::String,
        }
    }

    /// The type of the elements of a list or a map that is bound so.
    fn inner(&self, shape: &Shape<'_>, member: &str, binding: &Binding, nesting: usize) -> Type {
        let member = shape.members.get(member);
        member.map_or(Type::String, |member| {
            let traits = Some((&member.traits, binding));
            self.nested_type(&member.target.id, traits, false, nesting)
        })
    }
}

/// The values that a string lists in the manner of Smithy 1.0.
pub(crate) fn enum_values(shape: &Shape<'_>) -> Vec<String> {
    let values: Vec<EnumValue> = shape.traits.get("smithy.api#enum").unwrap_or_default();
    values.into_iter().map(|value| value.value).collect()
}

pub(super) fn enumeration(shape: &Shape<'_>, name: Ident) -> Enumeration {
    let mut scope = Scope::default();
    let values: Vec<EnumValue> = if shape.kind == Kind::Enum {
        let value = |(name, member): (&String, &model::Member<'_>)| EnumValue {
            value: member
                .traits
                .get("smithy.api#enumValue")
                .unwrap_or_else(|| name.clone()),
            name: Some(name.clone()),
            documentation: member.traits.get("smithy.api#documentation"),
            deprecated: false,
            deprecation: deprecation(&member.traits),
        };
        shape.members.iter().map(value).collect()
    } else {
        shape.traits.get("smithy.api#enum").unwrap_or_default()
    };
    let variants = values.into_iter().map(
        |EnumValue {
             value,
             name,
             documentation,
             deprecated,
             deprecation,
         }| Variant {
            name: scope.claim(name::value_name(name.as_deref().unwrap_or(&value), &value)),
            docs: documentation
                .map(|documentation| prose::markdown(&documentation))
                .filter(|docs| !docs.is_empty())
                .unwrap_or_else(|| prose::code(&value)),
            deprecated: deprecation.or(deprecated.then_some(Deprecation {
                since: None,
                note: None,
            })),
            value,
        },
    );
    Enumeration {
        name,
        docs: with_paragraph(
            docs(&shape.traits).unwrap_or_else(|| {
                format!(
                    "`{}` in the API: a value out of a list that may grow.",
                    shape.id.name()
                )
            }),
            &shape.traits,
        ),
        variants: variants.collect(),
    }
}

pub(super) fn int_enumeration(shape: &Shape<'_>, name: Ident) -> IntEnumeration {
    let mut scope = Scope::default();
    let variants = shape.members.iter().map(|(name, member)| {
        let value = member
            .traits
            .get("smithy.api#enumValue")
            .unwrap_or_default();
        IntVariant {
            name: scope.claim(name::variant_name(name)),
            docs: docs(&member.traits)
                .unwrap_or_else(|| format!("{}, which is {value}.", prose::code(name))),
            deprecated: deprecation(&member.traits),
            value,
        }
    });
    IntEnumeration {
        name,
        docs: with_paragraph(
            docs(&shape.traits).unwrap_or_else(|| {
                format!(
                    "`{}` in the API: a number out of a list that may grow.",
                    shape.id.name()
                )
            }),
            &shape.traits,
        ),
        variants: variants.collect(),
    }
}

pub(crate) fn json_name(name: &str, member: &model::Member<'_>) -> String {
    member
        .traits
        .get("smithy.api#jsonName")
        .unwrap_or_else(|| name.to_owned())
}

fn is_sparse(shape: &Shape<'_>) -> bool {
    shape.traits.has("smithy.api#sparse")
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
