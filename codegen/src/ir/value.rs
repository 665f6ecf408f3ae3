//! Values: defaults of members, inputs of examples, and inputs and outputs of protocol tests.

use super::{Constructor, Type};
use crate::name::Ident;

/// A value of a type of the crate.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Boolean(bool),
    Integer(i64),
    /// A float, with the number of its bits.
    Float(f64, u8),
    /// A number of any size: its type and its digits.
    BigNumber(Ident, String),
    Text(String),
    Bytes(Vec<u8>),
    /// Bytes that are sent or received as they come.
    Stream(Vec<u8>),
    /// The events of a stream that is sent.
    Events {
        /// The union of the events.
        name: Ident,
        events: Vec<Value>,
    },
    /// A moment, in seconds since 1970 and nanoseconds.
    Timestamp(i64, i32),
    /// A moment, as in RFC 3339.
    TimestampText(String),
    /// Any JSON value.
    Document(serde_json::Value),
    /// A variant of an enumeration.
    Variant {
        /// The enumeration.
        name: Ident,
        variant: Ident,
    },
    /// A value of an enumeration that has no variant to name: text or a number.
    Unlisted {
        /// The enumeration.
        name: Ident,
        value: Box<Value>,
    },
    Structure(StructureValue),
    /// A member of a union.
    Member {
        /// The union.
        name: Ident,
        variant: Ident,
        /// The value, if the member has one.
        value: Option<Box<Value>>,
    },
    List {
        /// The type of the elements.
        element: Type,
        /// The elements; `None` is null.
        elements: Vec<Option<Value>>,
        /// Is `true` if elements can be null.
        sparse: bool,
    },
    Map {
        /// The type of the keys.
        key: Type,
        /// The type of the values.
        value: Type,
        /// The entries; `None` is null.
        entries: Vec<(Value, Option<Value>)>,
        /// Is `true` if values can be null.
        sparse: bool,
    },
    /// A variable of an example.
    Variable(Ident),
    /// A value in a box.
    Boxed(Box<Value>),
}

/// A structure with values for some of its members.
#[derive(Debug, Clone, PartialEq)]
pub struct StructureValue {
    /// The type.
    pub name: Ident,
    /// The members that have a value, in the order of the type.
    pub fields: Vec<FieldValue>,
    /// Is `true` if the type has a constructor and setters.
    pub has_setters: bool,
    /// The constructor of the type.
    pub constructor: Constructor,
}

/// A member with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldValue {
    /// The Rust name.
    pub name: Ident,
    /// The kind of field.
    pub field: Field,
    pub value: Value,
}

/// The kind of field of a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// As an argument of the constructor.
    Argument,
    /// With a setter, and always with a value.
    Plain,
    /// With a setter, as an `Option`.
    Optional,
}
