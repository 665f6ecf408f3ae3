//! Structures, unions and their members.

use proc_macro2::Ident;

use super::binding::binding;
use super::deprecation::deprecation;
use super::docs::{docs, type_docs};
use super::shape::json_name;
use super::{Context, default};
use crate::ir::{Binding, Member, Presence, Structure, Union, UnionVariant, Usage};
use crate::model::traits::Bounds;
use crate::model::{self, Kind, Shape, Simple};
use crate::name::{self, Scope};

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

impl Context<'_> {
    /// Lowers a structure, under a name; `fallback` documents it where the model does not.
    pub(super) fn structure(
        &self,
        shape: &Shape,
        name: Ident,
        role: Role,
        fallback: &str,
    ) -> Structure {
        let mut scope = Scope::default();
        let members = shape.members.iter();
        let members = members.map(|(name, member)| {
            let rust_name = scope.claim(name::member_name(name));
            self.structure_member(shape, name, rust_name, member, role)
        });
        Structure {
            name,
            members: members.collect(),
            docs: type_docs(&shape.traits, || fallback.to_owned()),
            usage: role.usage(),
            sensitive: shape.traits.sensitive,
        }
    }

    fn structure_member(
        &self,
        shape: &Shape,
        name: &str,
        rust_name: Ident,
        member: &model::Member,
        role: Role,
    ) -> Member {
        let target = self.model.target(&member.target);
        let docs = docs(&member.traits)
            .or_else(|| docs(&target.traits))
            .unwrap_or_else(|| format!("`{name}` in the API, whose model says no more about it."));
        let presence = self.presence(&shape.id, name, member, role.usage());
        let idempotency_token = member.traits.idempotency_token;
        let is_argument = matches!(presence, Presence::Required(_));
        let binding = binding(&member.traits, target, role);
        Member {
            name: rust_name,
            model_name: name.to_owned(),
            json_name: json_name(name, member),
            docs: docs + &default::sentence(member, &presence),
            deprecated: deprecation(&member.traits),
            ty: self.ty(
                target,
                &member.traits,
                &binding,
                self.is_boxed(&shape.id, name),
            ),
            presence,
            idempotency_token,
            checked: (is_argument || idempotency_token) && is_plain_text(target),
            sensitive: member.traits.sensitive || self.is_sensitive(target),
            binding,
        }
    }

    pub(super) fn union(&self, shape: &Shape, usage: Usage) -> Union {
        let mut scope = Scope::default();
        let variants = shape.members.iter().map(|(name, member)| {
            let target = self.model.target(&member.target);
            let is_unit = target.id.as_str() == "smithy.api#Unit";
            let ty = || {
                let boxed = self.is_boxed(&shape.id, name);
                self.ty(target, &member.traits, &Binding::Body, boxed)
            };
            UnionVariant {
                name: scope.claim(name::variant_name(name)),
                model_name: name.clone(),
                json_name: json_name(name, member),
                docs: docs(&member.traits)
                    .or_else(|| docs(&target.traits))
                    .unwrap_or_else(|| format!("`{name}` in the API.")),
                deprecated: deprecation(&member.traits),
                ty: (!is_unit).then(ty),
                sensitive: member.traits.sensitive || self.is_sensitive(target),
            }
        });
        Union {
            name: self.names.name(shape),
            variants: variants.collect(),
            docs: type_docs(&shape.traits, || {
                format!("`{}` in the API: one of several values.", shape.id.name())
            }),
            usage,
            sensitive: shape.traits.sensitive,
        }
    }

    /// Returns whether a value must stay out of logs: of a list or a map, whether its elements or
    /// its keys must.
    fn is_sensitive(&self, shape: &Shape) -> bool {
        let member = |name| self.model.member(shape, name);
        shape.traits.sensitive
            || match shape.kind {
                Kind::List => self.is_sensitive(member("member")),
                Kind::Map => member("key").traits.sensitive || self.is_sensitive(member("value")),
                _ => false,
            }
    }
}

/// Returns whether neither empty text nor text with control characters is ever accepted.
fn is_plain_text(shape: &Shape) -> bool {
    let traits = &shape.traits;
    let is_never_empty = traits.length.as_ref().and_then(Bounds::min) > Some(0.0);
    shape.kind == Kind::Simple(Simple::String)
        && traits.pattern.is_some_and(|pattern| {
            pattern.forbids_control && (pattern.forbids_empty || is_never_empty)
        })
}
