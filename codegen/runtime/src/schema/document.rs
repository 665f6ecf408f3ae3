//! Values as JSON documents, for paths by name.

use super::{Structure, View, serialize};
use crate::Document;

/// Returns a structure as a document, with its JSON names. Values that JSON cannot represent become
/// null.
#[must_use]
pub fn to_document(structure: &dyn Structure) -> Document {
    serialize::view(
        View::Structure(structure),
        serialize::Style::default(),
        serde_json::value::Serializer,
    )
    .unwrap_or_default()
}
