//! Deprecations.
//!
//! Operations, members and variants get the attribute `#[deprecated]`. A type gets a paragraph in
//! its documentation instead, because the attribute would cause warnings in the imports, re-exports
//! and other types of the crate. Its users reach it through a member or an operation.

use super::docs::{docs, words};
use crate::ir::Deprecation;
use crate::model::Traits;
use crate::prose;

/// Returns the deprecation of an operation, a member or a variant.
pub(super) fn deprecation(traits: &Traits) -> Option<Deprecation> {
    let deprecated = traits.deprecated.as_ref()?;
    let note = deprecated.message.as_deref().map(prose::markdown);
    let note = note.map(|note| words(&note));
    let since = deprecated.since.clone();
    Some(Deprecation {
        since: since.filter(|since| is_version(since)),
        note: note.filter(|note| !note.is_empty()),
    })
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

/// Returns `true` if a version is one of the form that Rust wants: models often give a date.
fn is_version(text: &str) -> bool {
    let number = |part: &str| {
        let is_plain = part == "0" || !part.starts_with('0');
        is_plain && !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let parts: Vec<&str> = text.split('.').collect();
    parts.len() == 3 && parts.into_iter().all(number)
}
