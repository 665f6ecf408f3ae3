//! Documentation as Markdown.

use super::deprecation::deprecation;
use crate::ir::Deprecation;
use crate::model::Traits;
use crate::prose;

/// Returns the documentation of a shape or a member, where the model has one.
pub(super) fn docs(traits: &Traits) -> Option<String> {
    markdown(traits.documentation.as_deref()?)
}

/// Returns text of a model as Markdown, where there is any.
pub(super) fn markdown(text: &str) -> Option<String> {
    let docs = prose::markdown(text);
    Some(docs.trim().to_owned()).filter(|docs| !docs.is_empty())
}

/// Returns text of a model as Markdown in one line.
pub(super) fn one_line(text: &str) -> String {
    prose::markdown(&words(text))
}

/// Returns text with one space between its words.
pub(super) fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the documentation of a type: that of the model or else another one, and a paragraph
/// about its deprecation.
pub(super) fn type_docs(traits: &Traits, otherwise: impl FnOnce() -> String) -> String {
    let docs = docs(traits).unwrap_or_else(otherwise);
    match deprecation(traits) {
        None => docs,
        Some(Deprecation { note, .. }) => {
            let note = note.as_deref().unwrap_or("Do not use it in new code.");
            format!("{docs}\n\n**Deprecated:** {note}")
        }
    }
}
