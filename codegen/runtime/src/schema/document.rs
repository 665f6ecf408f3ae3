//! Values as JSON documents, for what leads through them by name.

use super::{Structure, View, serialize};
use crate::Document;

/// Returns a structure as a document, by its names in JSON. What JSON cannot hold is null.
#[must_use]
pub fn to_document(structure: &dyn Structure) -> Document {
    serialize::view(
        View::Structure(structure),
        serialize::Style::default(),
        serde_json::value::Serializer,
    )
    .unwrap_or_default()
}
