//! The first stage, *read*: a typed Smithy 2.0 JSON AST, with the location of everything in it.
//!
//! The document is read in layers. Every layer keeps the values of the next one as [`RawValue`]s,
//! which borrow from the source: the address of such a value is its location in the file. So each
//! shape and each trait is read separately, and one run reports all invalid ones. Traits of shapes
//! that are not selected may be invalid.

mod foreign;
mod read;
mod shape;
pub(crate) mod span;
pub(crate) mod traits;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::value::RawValue;

use self::read::Entry;
use crate::diagnostic::{Diagnostic, Diagnostics, cause};

pub(crate) use shape::{Kind, Member, Service, Shape, ShapeId, Simple, Target};
pub(crate) use traits::Traits;

/// A model: shapes by id, in the order of their ids.
#[derive(Debug)]
pub(crate) struct Model {
    /// Every shape of the document and of Smithy's prelude.
    pub(crate) shapes: BTreeMap<ShapeId, Shape>,
    /// The ids of shapes that are malformed, and so not among the others.
    pub(crate) malformed: BTreeSet<ShapeId>,
    /// The shape that a dangling reference is taken to lead to.
    unknown: Shape,
}

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow)]
    smithy: Option<&'a RawValue>,
    #[serde(borrow)]
    shapes: Option<&'a RawValue>,
}

impl Model {
    /// Reads a JSON document. Problems are added to `diagnostics`; shapes that are malformed are
    /// left out.
    pub(crate) fn read(source: &str, diagnostics: &mut Diagnostics) -> Self {
        let mut model = Self {
            shapes: read::prelude(),
            malformed: BTreeSet::new(),
            unknown: read::unknown(),
        };
        match serde_json::from_str::<&RawValue>(without_mark(source)) {
            Err(error) => diagnostics.push(not_json(source, &error)),
            Ok(document) => match serde_json::from_str::<Document<'_>>(document.get()) {
                Ok(Document {
                    smithy: Some(version),
                    shapes: Some(shapes),
                }) => {
                    check_version(source, version, diagnostics);
                    model.read_shapes(source, shapes, diagnostics);
                }
                _ => diagnostics.push(not_an_ast(source, 0..0)),
            },
        }
        model
    }

    fn read_shapes<'a>(
        &mut self,
        source: &'a str,
        shapes: &'a RawValue,
        diagnostics: &mut Diagnostics,
    ) {
        let Ok(shapes) = serde_json::from_str::<IndexMap<Cow<'a, str>, &'a RawValue>>(shapes.get())
        else {
            diagnostics.push(not_an_ast(source, span::span_of(source, shapes.get())));
            return;
        };
        let mut applied = Vec::new();
        for (id, raw) in shapes {
            match Entry::read(source, &id, raw) {
                Ok(Entry::Shape(shape)) => drop(self.shapes.insert(shape.id.clone(), *shape)),
                Ok(Entry::Apply(traits)) => applied.push((id, raw, traits)),
                Err(diagnostic) => {
                    diagnostics.push(diagnostic);
                    self.malformed.insert(ShapeId::new(id));
                }
            }
        }
        for (id, raw, traits) in applied {
            let Some(found) = self.traits(&id) else {
                diagnostics.push(Diagnostic::new(
                    format!("traits cannot be applied to `{id}`"),
                    span::key_span(source, raw.get()),
                    "no shape or member has this id",
                    "correct the statement, or remove it",
                ));
                continue;
            };
            for (trait_id, value) in traits {
                found.read(source, &id, &trait_id, value);
            }
        }
    }

    /// Returns the traits of the shape or the member of an id.
    fn traits(&mut self, id: &str) -> Option<&mut Traits> {
        match id.split_once('$') {
            None => Some(&mut self.shapes.get_mut(id)?.traits),
            Some((shape, member)) => {
                let members = &mut self.shapes.get_mut(shape)?.members;
                Some(&mut members.get_mut(member)?.traits)
            }
        }
    }

    /// Returns the shape of an id.
    pub(crate) fn shape(&self, id: &ShapeId) -> Option<&Shape> {
        self.shapes.get(id)
    }

    /// Returns the shape that a reference leads to. Models with dangling references are refused by
    /// `select`; here such a reference leads to a shape of an unknown kind.
    pub(crate) fn target(&self, target: &Target) -> &Shape {
        self.shapes.get(&target.id).unwrap_or(&self.unknown)
    }

    /// Returns the event streams that a message has.
    pub(crate) fn event_streams<'m>(
        &'m self,
        message: &'m Shape,
    ) -> impl Iterator<Item = &'m Shape> {
        let targets = message.references().map(|member| &member.target.id);
        let targets = targets.filter_map(|id| self.shape(id));
        targets.filter(|target| target.is_event_stream())
    }

    /// Returns the members of an event stream that are events.
    pub(crate) fn events<'m>(
        &'m self,
        stream: &'m Shape,
    ) -> impl Iterator<Item = (&'m String, &'m Member)> {
        let members = stream.members.iter();
        members.filter(|(_, member)| self.target(&member.target).traits.error.is_none())
    }

    /// Returns the members of an event stream that are errors, which end it.
    pub(crate) fn exceptions<'m>(
        &'m self,
        stream: &'m Shape,
    ) -> impl Iterator<Item = (&'m String, &'m Member)> {
        let members = stream.members.iter();
        members.filter(|(_, member)| self.target(&member.target).traits.error.is_some())
    }

    /// Returns the shape of a member, or a shape of an unknown kind if there is no such member,
    /// as in a list without a `member`, which `check` reports.
    pub(crate) fn member(&self, shape: &Shape, name: &str) -> &Shape {
        let member = shape.members.get(name);
        member.map_or(&self.unknown, |member| self.target(&member.target))
    }
}

fn check_version(source: &str, version: &RawValue, diagnostics: &mut Diagnostics) {
    let version = version.get();
    if !matches!(version, r#""2""# | r#""2.0""#) {
        diagnostics.push(Diagnostic::new(
            format!("the model has the Smithy version {version}, which is not supported"),
            span::span_of(source, version),
            "only 2.0 is supported",
            "convert the model to Smithy 2.0, with `smithy ast` of the Smithy CLI",
        ));
    }
}

pub(crate) fn not_json(source: &str, error: &serde_json::Error) -> Diagnostic {
    let at = span::offset(source, error.line(), error.column());
    Diagnostic::new(
        "the model is not JSON",
        at..at,
        cause(error),
        foreign::help_for_text(without_mark(source), error),
    )
}

/// Returns a document without the byte-order mark that some editors put at its beginning.
pub(crate) fn without_mark(source: &str) -> &str {
    source.strip_prefix('\u{feff}').unwrap_or(source)
}

fn not_an_ast(source: &str, span: Range<usize>) -> Diagnostic {
    Diagnostic::new(
        "the model is JSON, but not a Smithy AST",
        span,
        "expected an object with `smithy`, the version, and `shapes`, an object",
        foreign::help_for_json(without_mark(source)),
    )
}
