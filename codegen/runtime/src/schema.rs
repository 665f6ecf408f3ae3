//! Schemas: descriptions of the values of a service, as data.
//!
//! A generated type is plain Rust data with a static table of its members, declared by
//! [`structure!`](crate::structure), [`union!`](crate::union), [`string_enum!`](crate::string_enum)
//! or [`int_enum!`](crate::int_enum). Codecs, protocols, serde and `Debug` use only the table, so
//! they are compiled once, in this crate, not once per type.
//!
//! A value is read as one of a dozen kinds ([`View`]) and written through the corresponding
//! [`Slot`]. Code that reads or writes values matches on these:
//!
//! ```
//! use smithy_reqwest::schema::{Value, View};
//!
//! let names = vec!["a".to_owned(), "b".to_owned()];
//! let View::List(list) = names.view() else { unreachable!() };
//! assert_eq!(list.len(), 2);
//! ```
//!
//! The functions of generated types are `#[inline]`: they are compiled in the programs that use
//! them, and a program with one call compiles only the types of that call.
//!
//! This module is only for generated code. It is public, but not covered by semantic versioning.

mod aggregate;
mod collection;
mod debug;
mod deserialize;
mod document;
mod enumeration;
mod error;
mod member;
mod scalar;
mod serialize;
mod structure;
mod union;

use std::any::Any;

use bytes::Bytes;

use crate::Document;
use crate::Timestamp;
use crate::body::Body;

pub use aggregate::{Key, List, Map, Structure, Union, Variant};
pub(crate) use aggregate::{with_fields, with_fields_mut};
pub use debug::Redacted;
#[doc(hidden)]
pub use debug::{debug_structure, debug_union};
#[doc(hidden)]
pub use deserialize::deserialize;
pub(crate) use deserialize::non_finite as non_finite_value;
pub use document::to_document;
pub use enumeration::{Enumeration, UnknownValue};
#[doc(hidden)]
pub use error::display_error;
pub use error::{ErrorShape, ModeledError, Retryable};
#[cfg(feature = "xml")]
pub use member::{Elements, Namespace, Xml};
pub use member::{Location, Member, Schema, Unsent};
#[doc(hidden)]
pub use serde_core as serde;
pub use serialize::WithoutSecrets;
pub(crate) use serialize::non_finite;
#[doc(hidden)]
pub use serialize::serialize;

/// A value of a member, which can be read and written without knowing its type.
pub trait Value: Send + Sync {
    /// Returns the value for an absent member: `None`, an empty list, zero.
    fn initial() -> Self
    where
        Self: Sized;

    /// Returns the element for a `null` in a list or a map of this type; `None` if nulls are
    /// skipped.
    #[must_use]
    fn null() -> Option<Self>
    where
        Self: Sized,
    {
        None
    }

    /// Returns the value for reading.
    fn view(&self) -> View<'_>;

    /// Returns the value for writing. An absent one is set to its initial value first.
    fn slot(&mut self) -> Slot<'_>;

    /// Makes an optional value absent; has no effect on others.
    fn clear(&mut self) {}
}

/// A value for reading, by its kind.
#[derive(Clone, Copy)]
pub enum View<'a> {
    /// An absent value.
    Null,
    /// A boolean.
    Boolean(bool),
    /// An integer of up to 64 bits, or the number of an enumeration.
    Integer(i64),
    /// A single-precision number.
    Float(f32),
    /// A double-precision number.
    Double(f64),
    /// The digits of a number of any size.
    Number(&'a str),
    /// Text.
    String(&'a str),
    /// A value of a string enum.
    Enumeration(&'a dyn Enumeration),
    /// Bytes.
    Blob(&'a Bytes),
    /// A body that is sent or received as a stream.
    Stream(&'a Body),
    /// A stream of events, which is read or written by its owner.
    Events,
    /// A point in time.
    Timestamp(Timestamp),
    /// Any JSON value.
    Document(&'a Document),
    /// A list.
    List(&'a dyn List),
    /// A map.
    Map(&'a dyn Map),
    /// A structure.
    Structure(&'a dyn Structure),
    /// A union.
    Union(&'a dyn Union),
}

/// A value for writing: the counterpart of [`View`].
pub enum Slot<'a> {
    /// A boolean.
    Boolean(&'a mut bool),
    /// An integer of up to 64 bits, or the number of an enumeration.
    Integer(&'a mut dyn Integer),
    /// A single-precision number.
    Float(&'a mut f32),
    /// A double-precision number.
    Double(&'a mut f64),
    /// A number of any size.
    Number(&'a mut dyn Text),
    /// Text, or the text of an enumeration.
    String(&'a mut dyn Text),
    /// Bytes.
    Blob(&'a mut Bytes),
    /// A body that is sent or received as a stream.
    Stream(&'a mut Body),
    /// A stream of events: the part of it that does not depend on their type.
    Events(&'a mut (dyn Any + Send + Sync)),
    /// A point in time.
    Timestamp(&'a mut Timestamp),
    /// Any JSON value.
    Document(&'a mut Document),
    /// A list.
    List(&'a mut dyn List),
    /// A map.
    Map(&'a mut dyn Map),
    /// A structure.
    Structure(&'a mut dyn Structure),
    /// A union.
    Union(&'a mut dyn Union),
}

impl Slot<'_> {
    /// Returns the expected kind of value, for errors: `a timestamp`.
    #[must_use]
    pub fn expectation(&self) -> &'static str {
        match self {
            Self::Boolean(_) => "a boolean",
            Self::Integer(_) => "an integer in range",
            Self::Float(_) | Self::Double(_) | Self::Number(_) => "a number",
            Self::String(_) => "a string",
            Self::Blob(_) | Self::Stream(_) => "base64 text",
            Self::Events(_) => "a stream of events",
            Self::Timestamp(_) => "a timestamp",
            Self::Document(_) => "a JSON value",
            Self::List(_) => "a list",
            Self::Map(_) | Self::Structure(_) => "an object",
            Self::Union(_) => "an object with one member",
        }
    }
}

/// Sets a slot to a value. Returns `false` if there is none.
pub(crate) fn set<T>(slot: &mut T, value: Option<T>) -> bool {
    let is_set = value.is_some();
    if let Some(value) = value {
        *slot = value;
    }
    is_set
}

/// An integer of any width.
pub trait Integer {
    /// Sets the integer. Returns `false` if the type cannot hold the value.
    #[must_use]
    fn set(&mut self, value: i64) -> bool;
}

/// A value that is parsed from text.
pub trait Text {
    /// Sets the value. Returns `false` if the text is invalid.
    #[must_use]
    fn set(&mut self, text: &str) -> bool;
}
