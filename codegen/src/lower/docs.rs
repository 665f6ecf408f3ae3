//! Documentation as Markdown.

use crate::model::Traits;
use crate::prose;

/// Returns the documentation of a shape or a member, if the model has one.
pub(super) fn docs(traits: &Traits) -> Option<String> {
    markdown(traits.documentation.as_deref()?)
}

/// Returns text of a model as Markdown, if there is any.
pub(super) fn markdown(text: &str) -> Option<String> {
    let docs = prose::markdown(text);
    Some(docs.trim().to_owned()).filter(|docs| !docs.is_empty())
}

/// Returns text with one space between its words.
pub(super) fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
