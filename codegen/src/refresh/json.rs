//! A model as JSON in memory. Keys keep their order, and numbers their digits.

use indexmap::IndexMap;
use serde::{Serialize, Serializer};
use serde_json::ser::PrettyFormatter;
use serde_json::value::RawValue;

use crate::diagnostic::Diagnostics;
use crate::error::Error;
use crate::model::{Model, not_json, without_mark};
use crate::source::ModelText;

/// A JSON object, in the order of the file.
pub(super) type Object = IndexMap<String, Json>;

/// A JSON value. Objects with the same entries in another order are equal.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub(super) enum Json {
    Text(String),
    /// A number, `true`, `false` or `null`, as it is written.
    #[serde(serialize_with = "verbatim")]
    Scalar(String),
    Array(Vec<Json>),
    Object(Object),
}

fn verbatim<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    let raw = RawValue::from_string(text.to_owned());
    raw.map_err(serde::ser::Error::custom)?
        .serialize(serializer)
}

impl Json {
    /// Reads a model, and reports the problems that the generator would report.
    pub(super) fn of_model(model: &ModelText<'_>) -> Result<Self, Error> {
        let mut diagnostics = Diagnostics::new(model.name, model.text);
        Model::read(model.text, &mut diagnostics);
        if !diagnostics.is_empty() {
            return Err(diagnostics.into());
        }
        // serde_json limits the depth of a `Value`, which limits the recursion of `of_raw` as well.
        let text = without_mark(model.text);
        let parsed = serde_json::from_str::<serde_json::Value>(text)
            .and_then(|_| serde_json::from_str(text).and_then(Self::of_raw));
        parsed.map_err(|error| {
            diagnostics.push(not_json(model.text, &error));
            diagnostics.into()
        })
    }

    fn of_raw(raw: &RawValue) -> serde_json::Result<Self> {
        let text = raw.get();
        Ok(match text.as_bytes().first() {
            Some(b'"') => Self::Text(serde_json::from_str(text)?),
            Some(b'[') => {
                let items: Vec<&RawValue> = serde_json::from_str(text)?;
                Self::Array(
                    items
                        .into_iter()
                        .map(Self::of_raw)
                        .collect::<Result<_, _>>()?,
                )
            }
            Some(b'{') => {
                let entries: IndexMap<String, &RawValue> = serde_json::from_str(text)?;
                let entries = entries
                    .into_iter()
                    .map(|(key, value)| Ok((key, Self::of_raw(value)?)));
                Self::Object(entries.collect::<serde_json::Result<_>>()?)
            }
            _ => Self::Scalar(text.to_owned()),
        })
    }

    /// Prints the value with the indent and the line ends of an existing file.
    pub(super) fn print_like(&self, file: &str) -> String {
        let inside = file.trim_start().trim_start_matches('{');
        let (lead, tail) = (
            inside.strip_suffix(inside.trim_start()).unwrap_or_default(),
            file.strip_prefix(file.trim_end()).unwrap_or_default(),
        );
        let Some((_, indent)) = lead.rsplit_once('\n') else {
            return format!("{self}{tail}");
        };
        let mut bytes = Vec::new();
        let formatter = PrettyFormatter::with_indent(indent.as_bytes());
        let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, formatter);
        // Writing values with string keys to memory cannot fail.
        let _ = self.serialize(&mut serializer);
        let text = String::from_utf8_lossy(&bytes);
        let text = if lead.contains("\r\n") {
            text.replace('\n', "\r\n")
        } else {
            text.into_owned()
        };
        text + tail
    }

    pub(super) fn as_object(&self) -> Option<&Object> {
        match self {
            Self::Object(object) => Some(object),
            _ => None,
        }
    }

    pub(super) fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the value under a key of an object.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        self.as_object()?.get(key)
    }

    /// Returns the entries of the object under a key; none if there is no such object.
    pub(super) fn entries(&self, key: &str) -> impl Iterator<Item = (&String, &Self)> + Clone {
        self.get(key)
            .and_then(Self::as_object)
            .into_iter()
            .flatten()
    }

    /// Returns the kind of a shape.
    pub(super) fn kind(&self) -> Option<&str> {
        self.get("type")?.as_str()
    }
}

impl std::fmt::Display for Json {
    /// Returns the value on one line.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| std::fmt::Error)?)
    }
}
