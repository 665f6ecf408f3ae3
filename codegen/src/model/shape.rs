//! Shapes, members and traits.

use std::borrow::{Borrow, Cow};
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use indexmap::IndexMap;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::place::{key_span, offset, span_of};
use crate::diagnostic::{Diagnostic, cause};

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

/// A shape as it stands in the document.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawShape<'a> {
    #[serde(borrow, rename = "type")]
    kind: Cow<'a, str>,
    #[serde(borrow, default)]
    traits: Traits<'a>,
    #[serde(borrow, default)]
    members: IndexMap<Cow<'a, str>, &'a RawValue>,
    #[serde(borrow)]
    member: Option<&'a RawValue>,
    #[serde(borrow)]
    key: Option<&'a RawValue>,
    #[serde(borrow)]
    value: Option<&'a RawValue>,
    version: Option<String>,
    #[serde(default)]
    rename: BTreeMap<String, String>,
    #[serde(borrow)]
    input: Option<Reference<'a>>,
    #[serde(borrow)]
    output: Option<Reference<'a>>,
    #[serde(borrow, default)]
    errors: Vec<Reference<'a>>,
    #[serde(borrow, default)]
    operations: Vec<Reference<'a>>,
    #[serde(borrow, default)]
    collection_operations: Vec<Reference<'a>>,
    #[serde(borrow, default)]
    resources: Vec<Reference<'a>>,
    #[serde(borrow)]
    create: Option<Reference<'a>>,
    #[serde(borrow)]
    put: Option<Reference<'a>>,
    #[serde(borrow)]
    read: Option<Reference<'a>>,
    #[serde(borrow)]
    update: Option<Reference<'a>>,
    #[serde(borrow)]
    delete: Option<Reference<'a>>,
    #[serde(borrow)]
    list: Option<Reference<'a>>,
    #[serde(borrow, default)]
    mixins: Vec<Reference<'a>>,
}

#[derive(Deserialize)]
struct Reference<'a> {
    #[serde(borrow)]
    target: &'a RawValue,
}

#[derive(Deserialize)]
struct RawMember<'a> {
    #[serde(borrow)]
    target: &'a RawValue,
    #[serde(borrow, default)]
    traits: Traits<'a>,
}

impl<'a> Shape<'a> {
    /// Reads a shape; `None` stands for an `apply` statement, which is no shape.
    pub(super) fn read(
        source: &'a str,
        id: &str,
        raw: &'a RawValue,
    ) -> Result<Option<Self>, Diagnostic> {
        let reader = Reader { source, id };
        let shape: RawShape<'a> = reader.parse(raw, id)?;
        if shape.kind == "apply" {
            return Ok(None);
        }
        if let Some(mixin) = shape.mixins.first() {
            return Err(Diagnostic::new(
                format!("`{id}` has mixins"),
                span_of(source, mixin.target.get()),
                "mixins are not read",
                "flatten the mixins, with the `flattenAndRemoveMixins` transform of smithy-build",
            ));
        }
        let members = reader.members(&shape)?;
        let traits = shape.traits.clone();
        let kind = reader.kind(shape)?;
        let span = key_span(source, raw.get());
        Ok(Some(Self {
            id: ShapeId::new(id),
            span,
            kind,
            members,
            traits,
        }))
    }
}

/// What reading the parts of one shape needs to know.
struct Reader<'a, 'i> {
    source: &'a str,
    id: &'i str,
}

impl<'a> Reader<'a, '_> {
    fn parse<T: Deserialize<'a>>(&self, raw: &'a RawValue, what: &str) -> Result<T, Diagnostic> {
        serde_json::from_str(raw.get()).map_err(|error| {
            let start = span_of(self.source, raw.get()).start;
            let at = start + offset(raw.get(), error.line(), error.column());
            Diagnostic::new(
                format!("`{what}` is malformed"),
                at..at,
                cause(&error),
                "see the page \"JSON AST\" of the Smithy 2.0 reference for what may stand here",
            )
        })
    }

    fn target(&self, raw: &'a RawValue) -> Result<Target, Diagnostic> {
        let id: Cow<'a, str> = self.parse(raw, self.id)?;
        Ok(Target {
            id: ShapeId::new(id),
            span: span_of(self.source, raw.get()),
        })
    }

    fn targets(
        &self,
        references: impl IntoIterator<Item = Reference<'a>>,
    ) -> Result<Vec<Target>, Diagnostic> {
        references
            .into_iter()
            .map(|reference| self.target(reference.target))
            .collect()
    }

    fn members(&self, shape: &RawShape<'a>) -> Result<IndexMap<String, Member<'a>>, Diagnostic> {
        let named = shape.members.iter().map(|(name, raw)| (&**name, *raw));
        let fixed = [
            ("member", shape.member),
            ("key", shape.key),
            ("value", shape.value),
        ];
        let fixed = fixed
            .into_iter()
            .filter_map(|(name, raw)| Some((name, raw?)));
        named
            .chain(fixed)
            .map(|(name, raw)| {
                let member: RawMember<'a> = self.parse(raw, &format!("{}${name}", self.id))?;
                let target = self.target(member.target)?;
                let span = key_span(self.source, raw.get());
                Ok((
                    name.to_owned(),
                    Member {
                        target,
                        span,
                        traits: member.traits,
                    },
                ))
            })
            .collect()
    }

    fn kind(&self, shape: RawShape<'a>) -> Result<Kind, Diagnostic> {
        Ok(match &*shape.kind {
            "service" => Kind::Service {
                version: shape.version.unwrap_or_default(),
                operations: self.targets(shape.operations)?,
                resources: self.targets(shape.resources)?,
                errors: self.targets(shape.errors)?,
                rename: shape
                    .rename
                    .into_iter()
                    .map(|(id, name)| (ShapeId(id), name))
                    .collect(),
            },
            "resource" => {
                let lifecycle = [
                    shape.create,
                    shape.put,
                    shape.read,
                    shape.update,
                    shape.delete,
                    shape.list,
                ];
                let operations = lifecycle
                    .into_iter()
                    .flatten()
                    .chain(shape.operations)
                    .chain(shape.collection_operations);
                Kind::Resource {
                    operations: self.targets(operations)?,
                    resources: self.targets(shape.resources)?,
                }
            }
            "operation" => Kind::Operation {
                input: shape
                    .input
                    .map(|input| self.target(input.target))
                    .transpose()?,
                output: shape
                    .output
                    .map(|output| self.target(output.target))
                    .transpose()?,
                errors: self.targets(shape.errors)?,
            },
            "structure" => Kind::Structure,
            "union" => Kind::Union,
            "enum" => Kind::Enum,
            "intEnum" => Kind::IntEnum,
            "list" | "set" => Kind::List,
            "map" => Kind::Map,
            name => Simple::of(name).map_or_else(|| Kind::Unknown(name.to_owned()), Kind::Simple),
        })
    }
}

impl Simple {
    /// The kind of a name as it stands in a document, as in `bigInteger`.
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "blob" => Self::Blob,
            "boolean" => Self::Boolean,
            "string" => Self::String,
            "byte" => Self::Byte,
            "short" => Self::Short,
            "integer" => Self::Integer,
            "long" => Self::Long,
            "float" => Self::Float,
            "double" => Self::Double,
            "bigInteger" => Self::BigInteger,
            "bigDecimal" => Self::BigDecimal,
            "timestamp" => Self::Timestamp,
            "document" => Self::Document,
            _ => return None,
        })
    }
}

/// The shapes that every model may refer to.
pub(super) fn prelude<'a>() -> BTreeMap<ShapeId, Shape<'a>> {
    let simple = [
        ("Blob", Simple::Blob),
        ("Boolean", Simple::Boolean),
        ("PrimitiveBoolean", Simple::Boolean),
        ("String", Simple::String),
        ("Byte", Simple::Byte),
        ("PrimitiveByte", Simple::Byte),
        ("Short", Simple::Short),
        ("PrimitiveShort", Simple::Short),
        ("Integer", Simple::Integer),
        ("PrimitiveInteger", Simple::Integer),
        ("Long", Simple::Long),
        ("PrimitiveLong", Simple::Long),
        ("Float", Simple::Float),
        ("PrimitiveFloat", Simple::Float),
        ("Double", Simple::Double),
        ("PrimitiveDouble", Simple::Double),
        ("BigInteger", Simple::BigInteger),
        ("BigDecimal", Simple::BigDecimal),
        ("Timestamp", Simple::Timestamp),
        ("Document", Simple::Document),
    ];
    let simple = simple
        .into_iter()
        .map(|(name, kind)| (name, Kind::Simple(kind)));
    simple
        .chain([("Unit", Kind::Structure)])
        .map(|(name, kind)| {
            let id = ShapeId::new(format!("smithy.api#{name}"));
            let shape = Shape {
                id: id.clone(),
                span: 0..0,
                kind,
                members: IndexMap::new(),
                traits: Traits::default(),
            };
            (id, shape)
        })
        .collect()
}
