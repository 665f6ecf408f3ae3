//! The types of members.

use super::binding::timestamp_format;
use super::context::Context;
use super::role::Role;
use crate::ir::{Binding, Type};
use crate::model::{Kind, Shape, Simple, Traits};

impl Context<'_> {
    /// Returns the type of a shape, if it is the target of a member with these traits and this
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
                Type::Timestamp(timestamp_format(self.protocol(), shape, member, binding))
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

    /// Returns the type of a stream of events in a message; nothing for another shape.
    pub(super) fn event_stream_type(&self, shape: &Shape, role: Role) -> Option<Type> {
        let name = shape.is_event_stream().then(|| self.names.name(shape))?;
        Some(match role {
            Role::Request => Type::EventSender(name),
            _ => Type::EventReceiver(name),
        })
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
