//! The types of a crate: structures with their members, and unions.

use super::constructor::Constructor;
use super::enumeration::Enumeration;
use super::value::Value;
use super::xml::Xml;
use super::{Deprecation, Type};
use crate::name::Ident;

#[derive(Debug, Clone)]
pub struct Structure {
    /// The Rust name.
    pub name: Ident,
    /// The name in the model, if the Rust name is another one.
    pub alias: Option<String>,
    /// Markdown.
    pub docs: String,
    /// The members, in the order of the model.
    pub members: Vec<Member>,
    pub usage: Usage,
    /// Is `true` if all of it is secret.
    pub sensitive: bool,
    /// The constructor.
    pub constructor: Constructor,
}

/// The direction in which a type travels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// Is `true` if it is part of requests.
    pub input: bool,
    /// Is `true` if it is part of responses.
    pub output: bool,
}

/// A member of a structure.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of the model")]
pub struct Member {
    /// The Rust name.
    pub name: Ident,
    /// The name in the model, which errors use.
    pub model_name: String,
    /// The name in JSON.
    pub json_name: String,
    /// The names in XML and in queries.
    pub xml: Xml,
    /// Markdown.
    pub docs: String,
    pub deprecated: Option<Deprecation>,
    /// The type, `Option` aside.
    pub ty: Type,
    /// The presence of the member.
    pub presence: Presence,
    /// Is `true` if the service rejects requests without it.
    pub required: bool,
    /// Is `true` if an absent one is filled with a random token.
    pub idempotency_token: bool,
    /// The location in the HTTP message.
    pub binding: Binding,
    /// The media type of a payload or a header. Header text with a media type is sent in base64.
    pub media_type: Option<String>,
    /// The text that stands for an absent label.
    pub default_label: Option<String>,
    /// Is `true` if only the text after the last slash of a label is sent.
    pub last_segment: bool,
    /// Is `true` if empty text and control characters are rejected.
    pub checked: bool,
    /// Is `true` if it is secret.
    pub sensitive: bool,
}

impl Member {
    /// Returns `true` if its field always has a value, and so is not an `Option`.
    pub fn is_always_there(&self) -> bool {
        self.presence != Presence::Optional
    }

    /// Returns `true` if it is an argument of the constructor of its structure.
    pub fn is_argument(&self) -> bool {
        matches!(self.presence, Presence::Required(_))
    }

    /// Returns `true` if it is set by a setter, and a request without it is refused.
    pub fn is_required_setting(&self) -> bool {
        self.required && !self.is_argument()
    }
}

/// The presence of a member.
#[derive(Debug, Clone, PartialEq)]
pub enum Presence {
    /// It may be absent.
    Optional,
    /// It has to be given. A response that lacks it is read as if it had this value.
    Required(Fallback),
    /// It has this value if no other is given.
    Default(Fallback),
    /// It has this value if no other is given, and is left out of requests with it.
    Unsent(Fallback),
}

impl Presence {
    /// Returns the value of an absent member; `None` if it has none.
    pub fn fallback(&self) -> Option<&Fallback> {
        match self {
            Self::Optional => None,
            Self::Required(fallback) | Self::Default(fallback) | Self::Unsent(fallback) => {
                Some(fallback)
            }
        }
    }
}

/// The value of a member that a message lacks.
#[derive(Debug, Clone, PartialEq)]
pub enum Fallback {
    /// That of Rust's `Default`: `false`, zero, nothing.
    Standard,
    /// Another one.
    Value(Value),
}

/// The location of a member in an HTTP message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Binding {
    /// In the body.
    Body,
    /// In the path.
    Label,
    /// In the query, under this name.
    Query(String),
    /// In the query, an entry a parameter.
    QueryParams,
    /// In the header of this name, in lower case.
    Header(String),
    /// In the headers whose names begin so, in lower case.
    PrefixHeaders(String),
    /// It is the whole body.
    Payload,
    /// It is the status of the response.
    ResponseCode,
    /// It is the stream of events that follows the message.
    EventStream,
    /// It is a header of an event, under its name in the model.
    EventHeader,
    /// It is the whole payload of an event.
    EventPayload,
}

impl Structure {
    /// Returns the members that its constructor takes, in order.
    pub fn arguments(&self) -> impl Iterator<Item = &Member> {
        let names = self.constructor.members().iter();
        names.filter_map(|name| self.members.iter().find(|member| member.name == *name))
    }

    /// Returns the event stream member, and the union of its events.
    pub fn event_stream(&self) -> Option<(&Ident, &Ident)> {
        let mut members = self.members.iter();
        members.find_map(|member| match &member.ty {
            Type::EventReceiver(union) | Type::EventSender(union) => Some((&member.name, union)),
            _ => None,
        })
    }

    /// Returns `true` if a member is a stream of events.
    pub fn has_events(&self) -> bool {
        self.event_stream().is_some()
    }

    /// Returns `true` if a member is a stream, so that the structure can be used only once.
    pub fn streams(&self) -> bool {
        self.members.iter().any(|member| member.ty.is_stream())
    }
}

/// A type of the crate.
#[derive(Debug, Clone)]
pub enum TypeItem {
    Structure(Structure),
    Enumeration(Enumeration),
    Union(Union),
}

impl TypeItem {
    /// Returns the Rust name.
    pub fn name(&self) -> &Ident {
        match self {
            Self::Structure(structure) => &structure.name,
            Self::Enumeration(enumeration) => &enumeration.name,
            Self::Union(union) => &union.name,
        }
    }
}

/// A union: a value that is one of several.
#[derive(Debug, Clone)]
pub struct Union {
    /// The Rust name.
    pub name: Ident,
    /// The name in the model, where the Rust name is another one.
    pub alias: Option<String>,
    /// Markdown.
    pub docs: String,
    /// The members, in the order of the model.
    pub variants: Vec<UnionVariant>,
    /// The errors that end it, if it is a stream of events.
    pub exceptions: Option<Vec<Exception>>,
    pub usage: Usage,
    /// Is `true` if all of it is secret.
    pub sensitive: bool,
}

/// An error that ends a stream of events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// The name of the member in the model, which is its type on the wire.
    pub name: String,
    /// The code of the error.
    pub code: String,
}

/// A member of a union.
#[derive(Debug, Clone)]
pub struct UnionVariant {
    /// The Rust name.
    pub name: Ident,
    /// The name in the model.
    pub model_name: String,
    /// The name in JSON.
    pub json_name: String,
    /// The names in XML and in queries.
    pub xml: Xml,
    /// Markdown.
    pub docs: String,
    pub deprecated: Option<Deprecation>,
    /// The type of its value; `None` for a member without a value.
    pub ty: Option<Type>,
    /// Is `true` if it is secret.
    pub sensitive: bool,
}
