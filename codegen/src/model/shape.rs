//! Shapes, members and traits.

use std::borrow::{Borrow, Cow};
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use indexmap::IndexMap;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

/// An absolute shape id: `com.amazonaws.appflow#StartFlow`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShapeId(String);

impl ShapeId {
    /// An id as it is written.
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The id as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What follows the namespace.
    #[must_use]
    pub fn name(&self) -> &str {
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

/// A shape.
#[derive(Debug, Clone)]
pub struct Shape<'a> {
    /// The id.
    pub id: ShapeId,
    /// The place of the id in the source.
    pub span: Range<usize>,
    /// What kind of shape it is, with what only this kind has.
    pub kind: Kind,
    /// The members, in the order of the model: those of a list are called `member`, those of a map
    /// `key` and `value`.
    pub members: IndexMap<String, Member<'a>>,
    /// The traits.
    pub traits: Traits<'a>,
}

/// The kinds of shapes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A service, with its operations, its resources and the errors of all its operations.
    Service {
        /// The version of the API.
        version: String,
        /// Operations that belong to no resource.
        operations: Vec<Target>,
        /// Resources, which have operations too.
        resources: Vec<Target>,
        /// Errors that every operation can answer with.
        errors: Vec<Target>,
        /// Shapes that this service has under another name, where two would have the same.
        rename: BTreeMap<ShapeId, String>,
    },
    /// A resource, with its operations of every kind.
    Resource {
        /// Lifecycle, instance and collection operations.
        operations: Vec<Target>,
        /// Resources inside this one.
        resources: Vec<Target>,
    },
    /// An operation.
    Operation {
        /// The structure that goes in.
        input: Option<Target>,
        /// The structure that comes out.
        output: Option<Target>,
        /// The errors that it can answer with.
        errors: Vec<Target>,
    },
    /// Members that are there together.
    Structure,
    /// Members of which one is there.
    Union,
    /// Text out of a list.
    Enum,
    /// An integer out of a list.
    IntEnum,
    /// A list.
    List,
    /// A map.
    Map,
    /// A value without members.
    Simple(Simple),
    /// A kind that Smithy does not have.
    Unknown(String),
}

/// Values without members.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Simple {
    /// Bytes.
    Blob,
    /// True or false.
    Boolean,
    /// Text.
    String,
    /// 8 bits.
    Byte,
    /// 16 bits.
    Short,
    /// 32 bits.
    Integer,
    /// 64 bits.
    Long,
    /// A float of 32 bits.
    Float,
    /// A float of 64 bits.
    Double,
    /// An integer of any size.
    BigInteger,
    /// A decimal number of any size.
    BigDecimal,
    /// A moment.
    Timestamp,
    /// Any JSON value.
    Document,
}

/// A member of a shape.
#[derive(Debug, Clone)]
pub struct Member<'a> {
    /// The shape of its value.
    pub target: Target,
    /// The place of its name in the source.
    pub span: Range<usize>,
    /// The traits.
    pub traits: Traits<'a>,
}

/// A reference to a shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The id it refers to.
    pub id: ShapeId,
    /// The place of the reference in the source.
    pub span: Range<usize>,
}

/// The traits of a shape or a member, by id.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(transparent)]
pub struct Traits<'a>(#[serde(borrow)] IndexMap<Cow<'a, str>, &'a RawValue>);

impl<'a> Traits<'a> {
    /// Whether there is a trait of this id.
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }

    /// The value of a trait, as it is written.
    #[must_use]
    pub fn raw(&self, id: &str) -> Option<&'a RawValue> {
        self.0.get(id).copied()
    }

    /// The value of a trait; `None` where there is no such trait or its value is of another form.
    #[must_use]
    pub fn get<T: DeserializeOwned>(&self, id: &str) -> Option<T> {
        serde_json::from_str(self.raw(id)?.get()).ok()
    }

    /// The ids of all traits.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(AsRef::as_ref)
    }

    pub(super) fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }
}
