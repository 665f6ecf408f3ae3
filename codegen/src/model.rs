//! The first stage, *read*: a Smithy 2.0 JSON AST, typed, with the place of everything in it.
//!
//! The document is read in layers. Every layer keeps the values of the next one as
//! [`RawValue`]s, which borrow from the source: where such a value begins is where it is in the
//! file. So each shape is checked on its own, all broken ones are reported in one run, and nothing
//! has to carry positions around.

mod foreign;
pub(crate) mod place;
mod read;
mod shape;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::diagnostic::{Diagnostic, Diagnostics, cause};

pub use shape::{Kind, Member, Shape, ShapeId, Simple, Target, Traits};

/// A model: shapes by id, in the order of their ids.
#[derive(Debug)]
pub struct Model<'a> {
    /// The JSON document.
    pub source: &'a str,
    /// Every shape of the document and of Smithy's prelude.
    pub shapes: BTreeMap<ShapeId, Shape<'a>>,
    /// The ids of shapes that are malformed, and so not among the others.
    pub malformed: BTreeSet<ShapeId>,
}

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow)]
    smithy: Option<&'a RawValue>,
    #[serde(borrow)]
    shapes: Option<&'a RawValue>,
}

impl<'a> Model<'a> {
    /// Reads a JSON document. What is wrong with it is told to `diagnostics`; of the shapes, those
    /// that are not malformed are returned.
    pub fn read(source: &'a str, diagnostics: &mut Diagnostics) -> Self {
        let mut model = Self {
            source,
            shapes: read::prelude(),
            malformed: BTreeSet::new(),
        };
        match serde_json::from_str::<&'a RawValue>(without_mark(source)) {
            Err(error) => diagnostics.push(not_json(source, 0, &error)),
            Ok(document) => match serde_json::from_str::<Document<'a>>(document.get()) {
                Ok(Document {
                    smithy: Some(version),
                    shapes: Some(shapes),
                }) => {
                    model.check_version(version, diagnostics);
                    model.read_shapes(shapes, diagnostics);
                }
                _ => diagnostics.push(not_an_ast(source, 0..0)),
            },
        }
        model
    }

    fn check_version(&self, version: &'a RawValue, diagnostics: &mut Diagnostics) {
        let text = serde_json::from_str::<Cow<'a, str>>(version.get()).unwrap_or_default();
        if !matches!(&*text, "2" | "2.0") {
            diagnostics.push(Diagnostic::new(
                format!(
                    "the model is of Smithy version {}, which is not known here",
                    version.get()
                ),
                place::span_of(self.source, version.get()),
                "only 2.0 is read",
                "convert the model to Smithy 2.0, with `smithy ast` of the Smithy CLI",
            ));
        }
    }

    fn read_shapes(&mut self, shapes: &'a RawValue, diagnostics: &mut Diagnostics) {
        let Ok(shapes) = serde_json::from_str::<IndexMap<Cow<'a, str>, &'a RawValue>>(shapes.get())
        else {
            diagnostics.push(not_an_ast(
                self.source,
                place::span_of(self.source, shapes.get()),
            ));
            return;
        };
        let mut applied = Vec::new();
        for (id, raw) in shapes {
            match Shape::read(self.source, &id, raw) {
                Ok(Some(shape)) => drop(self.shapes.insert(shape.id.clone(), shape)),
                Ok(None) => applied.push((id, raw)),
                Err(diagnostic) => {
                    diagnostics.push(diagnostic);
                    self.malformed.insert(ShapeId::new(id));
                }
            }
        }
        for (id, raw) in applied {
            self.apply(&id, raw, diagnostics);
        }
    }

    /// Adds the traits of an `apply` statement to the shape or the member that it names.
    fn apply(&mut self, id: &str, raw: &'a RawValue, diagnostics: &mut Diagnostics) {
        #[derive(Deserialize)]
        struct Apply<'a> {
            #[serde(borrow, default)]
            traits: Traits<'a>,
        }

        let (shape, member) = id
            .split_once('$')
            .map_or((id, None), |(shape, member)| (shape, Some(member)));
        let traits = match (self.shapes.get_mut(shape), member) {
            (Some(shape), None) => Some(&mut shape.traits),
            (Some(shape), Some(member)) => shape
                .members
                .get_mut(member)
                .map(|member| &mut member.traits),
            (None, _) => None,
        };
        match (traits, serde_json::from_str::<Apply<'a>>(raw.get())) {
            (Some(traits), Ok(apply)) => traits.extend(apply.traits),
            (traits, _) => diagnostics.push(Diagnostic::new(
                format!("`{id}` cannot be applied"),
                place::key_span(self.source, raw.get()),
                if traits.is_none() {
                    "no shape or member has this id"
                } else {
                    "its `traits` are not an object"
                },
                "correct the statement, or remove it",
            )),
        }
    }

    /// The shape of an id.
    #[must_use]
    pub fn shape(&self, id: &ShapeId) -> Option<&Shape<'a>> {
        self.shapes.get(id)
    }

    /// The place of a value that was read from this model.
    #[must_use]
    pub fn span(&self, raw: &RawValue) -> Range<usize> {
        place::span_of(self.source, raw.get())
    }

    /// The place of the key of a value that was read from this model.
    #[must_use]
    pub fn key_span(&self, raw: &RawValue) -> Range<usize> {
        place::key_span(self.source, raw.get())
    }
}

pub(crate) fn not_json(source: &str, offset: usize, error: &serde_json::Error) -> Diagnostic {
    let at = (offset + place::offset(source, error.line(), error.column())).min(source.len());
    Diagnostic::new(
        "the model is not JSON",
        at..at,
        cause(error),
        foreign::help_for_text(without_mark(source), error),
    )
}

/// A document without the byte-order mark that some editors put at its beginning.
pub(crate) fn without_mark(source: &str) -> &str {
    source.strip_prefix('\u{feff}').unwrap_or(source)
}

fn not_an_ast(source: &str, span: Range<usize>) -> Diagnostic {
    Diagnostic::new(
        "the model is JSON, but not a Smithy AST",
        span,
        "here should be an object with `smithy`, the version, and `shapes`, an object",
        foreign::help_for_json(without_mark(source)),
    )
}
