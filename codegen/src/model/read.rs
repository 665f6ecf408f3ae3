//! Shapes, read from the document.

use std::borrow::Cow;
use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::shape::{Kind, Member, Operation, Resource, Service, Shape, ShapeId, Simple, Target};
use super::span::{key_span, offset, span_of};
use super::traits::Traits;
use crate::diagnostic::{Diagnostic, cause};

/// A shape of the document, of any kind.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawShape<'a> {
    #[serde(borrow, rename = "type")]
    kind: Cow<'a, str>,
    #[serde(default)]
    traits: RawTraits<'a>,
    #[serde(default)]
    members: IndexMap<Cow<'a, str>, &'a RawValue>,
    member: Option<&'a RawValue>,
    key: Option<&'a RawValue>,
    value: Option<&'a RawValue>,
    version: Option<String>,
    #[serde(default)]
    rename: BTreeMap<String, String>,
    input: Option<Reference<'a>>,
    output: Option<Reference<'a>>,
    #[serde(default)]
    errors: Vec<Reference<'a>>,
    #[serde(default)]
    operations: Vec<Reference<'a>>,
    #[serde(default)]
    collection_operations: Vec<Reference<'a>>,
    #[serde(default)]
    resources: Vec<Reference<'a>>,
    create: Option<Reference<'a>>,
    put: Option<Reference<'a>>,
    read: Option<Reference<'a>>,
    update: Option<Reference<'a>>,
    delete: Option<Reference<'a>>,
    list: Option<Reference<'a>>,
    #[serde(default)]
    mixins: Vec<Reference<'a>>,
}

/// The traits of a shape or a member, by id.
pub(super) type RawTraits<'a> = IndexMap<Cow<'a, str>, &'a RawValue>;

#[derive(Deserialize)]
struct Reference<'a> {
    #[serde(borrow)]
    target: &'a RawValue,
}

#[derive(Deserialize)]
struct RawMember<'a> {
    #[serde(borrow)]
    target: &'a RawValue,
    #[serde(default)]
    traits: RawTraits<'a>,
}

/// An entry of the object `shapes`.
pub(super) enum Entry<'a> {
    Shape(Box<Shape>),
    /// The traits that an `apply` statement adds to a shape or a member.
    Apply(RawTraits<'a>),
}

impl<'a> Entry<'a> {
    pub(super) fn read(source: &'a str, id: &str, raw: &'a RawValue) -> Result<Self, Diagnostic> {
        let reader = Reader { source, id };
        let shape: RawShape<'a> = reader.parse(raw, id)?;
        if shape.kind == "apply" {
            return Ok(Self::Apply(shape.traits));
        }
        if let Some(mixin) = shape.mixins.first() {
            return Err(Diagnostic::new(
                format!("`{id}` has mixins"),
                span_of(source, mixin.target.get()),
                "mixins are not read",
                "flatten the mixins, with the `flattenAndRemoveMixins` transform of smithy-build",
            ));
        }
        Ok(Self::Shape(Box::new(Shape {
            id: ShapeId::new(id),
            span: key_span(source, raw.get()),
            members: reader.members(&shape)?,
            traits: reader.traits(id, &shape.traits),
            kind: reader.kind(shape)?,
        })))
    }
}

/// The context of reading a shape.
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

    fn traits(&self, subject: &str, raw: &RawTraits<'_>) -> Traits {
        let mut traits = Traits::default();
        for (id, value) in raw {
            traits.read(self.source, subject, id, value);
        }
        traits
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

    fn members(&self, shape: &RawShape<'a>) -> Result<IndexMap<String, Member>, Diagnostic> {
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
                let id = format!("{}${name}", self.id);
                let member: RawMember<'a> = self.parse(raw, &id)?;
                let member = Member {
                    target: self.target(member.target)?,
                    span: key_span(self.source, raw.get()),
                    traits: self.traits(&id, &member.traits),
                };
                Ok((name.to_owned(), member))
            })
            .collect()
    }

    fn kind(&self, shape: RawShape<'a>) -> Result<Kind, Diagnostic> {
        Ok(match &*shape.kind {
            "service" => Kind::Service(Service {
                version: shape.version.unwrap_or_default(),
                parts: Resource {
                    operations: self.targets(shape.operations)?,
                    resources: self.targets(shape.resources)?,
                },
                errors: self.targets(shape.errors)?,
                rename: shape
                    .rename
                    .into_iter()
                    .map(|(id, name)| (ShapeId::new(id), name))
                    .collect(),
            }),
            "resource" => {
                let lifecycle = [
                    shape.create, shape.put, shape.read, shape.update, shape.delete, shape.list,
                ];
                let operations = lifecycle
                    .into_iter()
                    .flatten()
                    .chain(shape.operations)
                    .chain(shape.collection_operations);
                Kind::Resource(Resource {
                    operations: self.targets(operations)?,
                    resources: self.targets(shape.resources)?,
                })
            }
            "operation" => {
                let target = |reference: Reference<'a>| self.target(reference.target);
                Kind::Operation(Operation {
                    input: shape.input.map(target).transpose()?,
                    output: shape.output.map(target).transpose()?,
                    errors: self.targets(shape.errors)?,
                })
            }
            "structure" => Kind::Structure,
            "union" => Kind::Union,
            "enum" => Kind::Enum,
            "intEnum" => Kind::IntEnum,
            "list" | "set" => Kind::List,
            "map" => Kind::Map,
            name => match SIMPLE.iter().find(|(simple, _)| *simple == name) {
                Some((_, simple)) => Kind::Simple(*simple),
                None => Kind::Unknown(name.to_owned()),
            },
        })
    }
}

/// The kinds of values without members, by name.
const SIMPLE: [(&str, Simple); 13] = [
    ("blob", Simple::Blob),
    ("boolean", Simple::Boolean),
    ("string", Simple::String),
    ("byte", Simple::Byte),
    ("short", Simple::Short),
    ("integer", Simple::Integer),
    ("long", Simple::Long),
    ("float", Simple::Float),
    ("double", Simple::Double),
    ("bigInteger", Simple::BigInteger),
    ("bigDecimal", Simple::BigDecimal),
    ("timestamp", Simple::Timestamp),
    ("document", Simple::Document),
];

/// Returns a shape that is not in the document.
fn built_in(id: ShapeId, kind: Kind) -> Shape {
    Shape {
        id,
        span: 0..0,
        kind,
        members: IndexMap::new(),
        traits: Traits::default(),
    }
}

/// Returns the shape of an unknown kind, which dangling references lead to.
pub(super) fn unknown() -> Shape {
    built_in(ShapeId::new(""), Kind::Unknown(String::new()))
}

/// Returns the shapes that every model may refer to: every simple kind, those of Java's primitive
/// types under a second name, and `Unit`.
pub(super) fn prelude() -> BTreeMap<ShapeId, Shape> {
    use Simple::{Boolean, Byte, Double, Float, Integer, Long, Short};

    let simple = SIMPLE.iter().flat_map(|(name, kind)| {
        let name = heck::AsUpperCamelCase(name).to_string();
        let is_primitive = matches!(
            kind,
            Boolean | Byte | Short | Integer | Long | Float | Double
        );
        let primitive = is_primitive.then(|| format!("Primitive{name}"));
        let names = std::iter::once(name).chain(primitive);
        names.map(|name| (name, Kind::Simple(*kind)))
    });
    let shapes = simple.chain([("Unit".to_owned(), Kind::Structure)]);
    shapes
        .map(|(name, kind)| {
            let id = ShapeId::new(format!("smithy.api#{name}"));
            (id.clone(), built_in(id, kind))
        })
        .collect()
}
