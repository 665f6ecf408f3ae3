//! Structures, unions and their members.

use super::binding::media_type;
use super::context::Context;
use super::customization;
use super::default;
use super::deprecation::{deprecation, type_docs};
use super::docs::docs;
use super::error::error_code;
use super::role::Role;
use super::shape::json_name;
use crate::ir::{
    Binding, Constructor, Exception, Fallback, Member, Presence, Structure, Union, UnionVariant,
    Usage,
};
use crate::model::traits::{Bounds, HttpBinding};
use crate::model::{self, Kind, Shape, ShapeId, Simple};
use crate::name::{self, Ident, Scope};
use crate::prose;

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
        let members = members.collect();
        // Messages are named for their operation.
        let is_part = matches!(role, Role::Part(_) | Role::Event(_));
        let is_named = is_part || shape.traits.error.is_some();
        let alias = name::alias(shape.id.name(), &name).filter(|_| is_named);
        Structure {
            name,
            members,
            docs: type_docs(&shape.traits, || fallback.to_owned()),
            alias,
            usage: role.usage(),
            sensitive: shape.traits.sensitive,
            constructor: Constructor::Default,
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
            .unwrap_or_else(|| {
                let name = prose::code(name);
                format!("{name} in the API. The model does not document it.")
            });
        let binding = self.binding(&member.traits, target, role);
        let idempotency_token = member.traits.idempotency_token;
        // The client fills in an absent token, but one in a path names something.
        let is_filled = idempotency_token && role == Role::Request && binding != Binding::Label;
        let presence = if is_filled {
            Presence::Optional
        } else {
            self.presence(&shape.id, name, member, role.usage())
        };
        // The service fills in what has a default.
        let is_optional = presence == Presence::Optional
            && (is_filled || self.defaults.get(&shape.id, name).is_some());
        let required = member.traits.required && role.usage().input && !is_optional;
        let is_argument = matches!(presence, Presence::Required(_));
        let sentence = sentence(member, &presence, required);
        let presence = default::presence(presence, target, &member.traits, role.usage());
        Member {
            name: rust_name,
            model_name: name.to_owned(),
            json_name: json_name(name, member, self.protocol()),
            xml: self.xml(name, member, target, &binding),
            docs: docs + &sentence,
            deprecated: deprecation(&member.traits),
            ty: self.event_stream_type(target, role).unwrap_or_else(|| {
                let boxed = self.is_boxed(&shape.id, name);
                self.ty(target, &member.traits, &binding, boxed)
            }),
            presence,
            required,
            idempotency_token,
            default_label: None,
            last_segment: binding == Binding::Label
                && customization::sends_last_segment(self, target),
            checked: (is_argument || idempotency_token) && is_plain_text(target),
            sensitive: member.traits.sensitive || self.is_sensitive(target),
            media_type: media_type(target, &binding),
            binding,
        }
    }

    /// Returns the presence of a member, given the usage of its structure.
    fn presence(
        &self,
        shape: &ShapeId,
        name: &str,
        member: &model::Member,
        usage: Usage,
    ) -> Presence {
        let traits = &member.traits;
        // A path without the label would name something else.
        let is_label = self.protocol().has_http_bindings()
            && traits.bindings.first() == Some(&HttpBinding::Label);
        if traits.client_optional && !is_label {
            return Presence::Optional;
        }
        match (self.defaults.get(shape, name), traits.required) {
            (Some(fallback), true) if usage.output => Presence::Required(fallback.clone()),
            (_, true) => Presence::Required(Fallback::Standard),
            (Some(fallback), false) => Presence::Default(fallback.clone()),
            (None, false) => Presence::Optional,
        }
    }

    pub(super) fn union(&self, shape: &Shape, usage: Usage) -> Union {
        let mut scope = Scope::default();
        let is_stream = shape.is_event_stream();
        // Errors that are received are those of the call. One that is sent has to be a value.
        let is_variant = |member: &model::Member| {
            let is_error = self.model.target(&member.target).traits.error.is_some();
            !is_stream || !is_error || usage.input
        };
        let members = shape.members.iter();
        let variants = members.filter(|(_, member)| is_variant(member));
        let variants = variants.map(|(name, member)| {
            let target = self.model.target(&member.target);
            let is_unit = target.id.as_str() == "smithy.api#Unit";
            let ty = || {
                let boxed = self.is_boxed(&shape.id, name);
                self.ty(target, &member.traits, &Binding::Body, boxed)
            };
            UnionVariant {
                name: scope.claim(name::variant_name(name)),
                model_name: name.clone(),
                json_name: json_name(name, member, self.protocol()),
                xml: self.xml(name, member, target, &Binding::Body),
                docs: docs(&member.traits)
                    .or_else(|| docs(&target.traits))
                    .unwrap_or_else(|| format!("{} in the API.", prose::code(name))),
                deprecated: deprecation(&member.traits),
                ty: (!is_unit).then(ty),
                sensitive: member.traits.sensitive || self.is_sensitive(target),
            }
        });
        let name = self.names.name(shape);
        Union {
            alias: name::alias(shape.id.name(), &name),
            name,
            variants: variants.collect(),
            exceptions: is_stream.then(|| self.exceptions(shape)),
            docs: type_docs(&shape.traits, || {
                let name = prose::code(shape.id.name());
                let kind = if is_stream {
                    "a stream of events"
                } else {
                    "a union, which has one of several members"
                };
                format!("{name} in the API: {kind}.")
            }),
            usage,
            sensitive: shape.traits.sensitive,
        }
    }

    /// Lowers the errors that end a stream of events.
    fn exceptions(&self, stream: &Shape) -> Vec<Exception> {
        let exceptions = self.model.exceptions(stream).map(|(name, member)| {
            let error = self.model.target(&member.target);
            Exception {
                name: name.clone(),
                code: error_code(error, self.selection).to_owned(),
            }
        });
        exceptions.collect()
    }

    /// Returns `true` if a value must stay out of logs: of a list or a map, whether its elements or
    /// its keys must.
    fn is_sensitive(&self, shape: &Shape) -> bool {
        let of_member = |name| {
            let member = shape.members.get(name);
            member.is_some_and(|member| member.traits.sensitive)
                || self.is_sensitive(self.model.member(shape, name))
        };
        shape.traits.sensitive
            || match shape.kind {
                Kind::List => of_member("member"),
                Kind::Map => of_member("key") || of_member("value"),
                _ => false,
            }
    }
}

/// Returns `true` if neither empty text nor text with control characters is ever accepted.
fn is_plain_text(shape: &Shape) -> bool {
    let traits = &shape.traits;
    let is_never_empty = traits.length.as_ref().and_then(Bounds::min) > Some(0.0);
    shape.kind == Kind::Simple(Simple::String)
        && traits.pattern.is_some_and(|pattern| {
            pattern.forbids_control && (pattern.forbids_empty || is_never_empty)
        })
}

/// Returns a sentence about what the type of a member does not show: a default that one would not
/// guess, and that an optional member is required.
fn sentence(member: &model::Member, presence: &Presence, required: bool) -> String {
    match (presence, &member.traits.default) {
        (Presence::Optional, _) if required => {
            "\n\nRequired by the service: a request without it is not sent.".to_owned()
        }
        (Presence::Default(Fallback::Value(_)), Some(default)) => {
            let value = default.value.to_string().replace('`', "'");
            format!("\n\nThe default is `{value}`.")
        }
        _ => String::new(),
    }
}
