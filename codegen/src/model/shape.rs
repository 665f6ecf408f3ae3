//! Shapes and members.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use indexmap::IndexMap;

use super::traits::Traits;

/// An absolute shape id: `com.amazonaws.appflow#StartFlow`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ShapeId(String);

impl ShapeId {
    /// Creates an id from its text.
    pub(crate) fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// Returns the whole text.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns what follows the namespace.
    pub(crate) fn name(&self) -> &str {
        self.0.split_once('#').map_or(&self.0, |(_, name)| name)
    }
}

impl fmt::Display for ShapeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for ShapeId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

#[derive(Debug)]
pub(crate) struct Shape {
    pub(crate) id: ShapeId,
    /// The place of the id in the source.
    pub(crate) span: Range<usize>,
    pub(crate) kind: Kind,
    /// The members, in the order of the model: those of a list are called `member`, those of a map
    /// `key` and `value`.
    pub(crate) members: IndexMap<String, Member>,
    pub(crate) traits: Traits,
}

impl Shape {
    /// Returns `true` if it is a string that lists its values in the manner of Smithy 1.0.
    pub(crate) fn is_enum_trait(&self) -> bool {
        self.kind == Kind::Simple(Simple::String) && self.traits.values.is_some()
    }

    /// Returns `true` if its values are text, and not from a list.
    pub(crate) fn is_text(&self) -> bool {
        self.kind == Kind::Simple(Simple::String) && self.traits.values.is_none()
    }

    /// Returns `true` if it is bytes that are sent or received as they come.
    pub(crate) fn is_byte_stream(&self) -> bool {
        self.kind == Kind::Simple(Simple::Blob) && self.traits.streaming
    }

    /// Returns `true` if it is a stream of events.
    pub(crate) fn is_event_stream(&self) -> bool {
        self.kind == Kind::Union && self.traits.streaming
    }

    /// Returns the members that refer to other shapes: an enumeration has values alone.
    pub(crate) fn references(&self) -> impl Iterator<Item = &Member> {
        let lists_values = matches!(self.kind, Kind::Enum | Kind::IntEnum);
        self.members.values().filter(move |_| !lists_values)
    }
}

/// The kinds of shapes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    Service(Service),
    Resource(Resource),
    Operation(Operation),
    Structure,
    Union,
    Enum,
    IntEnum,
    List,
    Map,
    /// A value without members.
    Simple(Simple),
    /// A kind that Smithy does not have.
    Unknown(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Service {
    /// The version of the API.
    pub(crate) version: String,
    /// Its operations, and its resources with theirs.
    pub(crate) parts: Resource,
    /// The errors that every operation can return.
    pub(crate) errors: Vec<Target>,
    /// Shapes that this service has under another name, where two would have the same.
    pub(crate) rename: BTreeMap<ShapeId, String>,
}

/// Operations and resources that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Resource {
    /// Lifecycle, instance and collection operations.
    pub(crate) operations: Vec<Target>,
    /// The resources inside this one.
    pub(crate) resources: Vec<Target>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Operation {
    /// The structure that it sends.
    pub(crate) input: Option<Target>,
    /// The structure that it returns.
    pub(crate) output: Option<Target>,
    /// The errors that it can return.
    pub(crate) errors: Vec<Target>,
}

/// Values without members.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Simple {
    Blob,
    Boolean,
    String,
    Byte,
    Short,
    Integer,
    Long,
    Float,
    Double,
    BigInteger,
    BigDecimal,
    Timestamp,
    Document,
}

#[derive(Debug)]
pub(crate) struct Member {
    /// The shape of its value.
    pub(crate) target: Target,
    /// The place of its name in the source.
    pub(crate) span: Range<usize>,
    pub(crate) traits: Traits,
}

/// A reference to a shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target {
    /// The id it refers to.
    pub(crate) id: ShapeId,
    /// The place of the reference in the source.
    pub(crate) span: Range<usize>,
}
