//! A model as JSON of which every part knows its place in the text.
//!
//! Like the generator's own reading, it goes by layers of [`RawValue`]s, which borrow from the
//! source. Unlike it, it knows nothing of shapes, and keeps all that there is.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::place::{key_span, span_of};
use crate::model::{Model, not_json};
use crate::source::ModelText;

/// A value.
#[derive(Debug, Clone)]
pub(super) struct Node<'a> {
    pub source: &'a str,
    pub span: Range<usize>,
    pub form: Form<'a>,
}

#[derive(Debug, Clone)]
pub(super) enum Form<'a> {
    Scalar,
    Array(Vec<Node<'a>>),
    Object(Vec<Entry<'a>>),
}

/// A value of an object, under its key.
#[derive(Debug, Clone)]
pub(super) struct Entry<'a> {
    pub key: String,
    /// Where the key begins.
    pub start: usize,
    pub value: Node<'a>,
}

impl<'a> Node<'a> {
    /// Reads a model, with every problem that the generator would have with the reading of it.
    pub(super) fn of_model(document: &ModelText<'a>) -> Result<Self, Diagnostics> {
        let source = document.text;
        let mut diagnostics = Diagnostics::new(document.name, source);
        Model::read(source, &mut diagnostics);
        diagnostics.none_or(())?;
        // Reading a value into memory has a limit of nesting, which guards the recursion here.
        if let Err(error) = serde_json::from_str::<Value>(source) {
            diagnostics.push(not_json(source, 0, &error));
            return Err(diagnostics);
        }
        Self::read(source, source.trim()).map_err(|problem| {
            diagnostics.push(problem);
            diagnostics
        })
    }

    /// Reads a part of a source. That it is JSON is known, so the places of errors are not.
    pub(super) fn read(source: &'a str, part: &'a str) -> Result<Self, Diagnostic> {
        let malformed = |error| not_json(source, 0, &error);
        let form = match part.as_bytes().first() {
            Some(b'[') => {
                let items: Vec<&'a RawValue> = serde_json::from_str(part).map_err(malformed)?;
                let items = items.iter().map(|raw| Self::read(source, raw.get()));
                Form::Array(items.collect::<Result<_, _>>()?)
            }
            Some(b'{') => {
                let raw: RawEntries<'a> = serde_json::from_str(part).map_err(malformed)?;
                Form::Object(read_entries(source, raw)?)
            }
            _ => Form::Scalar,
        };
        let span = span_of(source, part);
        Ok(Self { source, span, form })
    }

    /// The value as it is written.
    pub(super) fn text(&self) -> &'a str {
        self.source.get(self.span.clone()).unwrap_or_default()
    }

    /// The text of a scalar that is a string.
    pub(super) fn string(&self) -> Option<String> {
        serde_json::from_str(self.text()).ok()
    }

    /// The entries of an object; of anything else, none.
    pub(super) fn entries(&self) -> &[Entry<'a>] {
        match &self.form {
            Form::Object(entries) => entries,
            Form::Scalar | Form::Array(_) => &[],
        }
    }

    /// The value under a key.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        let entry = self.entries().iter().find(|entry| entry.key == key);
        entry.map(|entry| &entry.value)
    }

    /// The shapes of a model.
    pub(super) fn shapes(&self) -> &[Entry<'a>] {
        self.get("shapes").map(Self::entries).unwrap_or_default()
    }

    /// A shape of a model.
    pub(super) fn shape(&self, id: &str) -> Option<&Self> {
        self.get("shapes")?.get(id)
    }

    /// The members of a shape that has names for them.
    pub(super) fn members(&self) -> &[Entry<'a>] {
        self.get("members").map(Self::entries).unwrap_or_default()
    }

    /// A member of a shape.
    pub(super) fn member(&self, name: &str) -> Option<&Self> {
        self.get("members")?.get(name)
    }

    /// The kind of a shape.
    pub(super) fn kind(&self) -> Option<String> {
        self.get("type")?.string()
    }

    /// The places of what is between the brackets, keys included.
    pub(super) fn items(&self) -> Vec<Range<usize>> {
        match &self.form {
            Form::Scalar => Vec::new(),
            Form::Array(items) => items.iter().map(|item| item.span.clone()).collect(),
            Form::Object(entries) => entries
                .iter()
                .map(|entry| entry.start..entry.value.span.end)
                .collect(),
        }
    }
}

fn read_entries<'a>(source: &'a str, raw: RawEntries<'a>) -> Result<Vec<Entry<'a>>, Diagnostic> {
    let mut entries: Vec<Entry<'a>> = Vec::new();
    let mut keys = BTreeSet::new();
    for (key, raw) in raw.0 {
        let key_span = key_span(source, raw.get());
        if !keys.insert(key.clone()) {
            return Err(Diagnostic::new(
                format!("`{key}` stands twice in one object"),
                key_span,
                "it was there before",
                "keep the one of them that is meant",
            ));
        }
        entries.push(Entry {
            key,
            start: key_span.start,
            value: Node::read(source, raw.get())?,
        });
    }
    Ok(entries)
}

/// An object as it is written: in its order, and with keys that stand twice.
struct RawEntries<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for RawEntries<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = RawEntries<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(RawEntries(entries))
            }
        }

        deserializer.deserialize_map(InOrder)
    }
}
