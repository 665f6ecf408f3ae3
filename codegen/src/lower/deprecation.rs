//! What should not be used any more.
//!
//! Operations, members and variants get Rust's own attribute, with which the compiler tells who
//! uses them. A type gets a paragraph in its documentation: the crate has to name its types in
//! imports, in re-exports and in other types, where the compiler would complain as well, and who
//! uses such a type comes to it by way of a member or an operation.

use serde::Deserialize;

use crate::ir::Deprecation;
use crate::model::Traits;
use crate::prose;

/// The value of `smithy.api#deprecated`.
#[derive(Default, Deserialize)]
struct Deprecated {
    message: Option<String>,
    since: Option<String>,
}

/// Whether an operation, a member or a variant should not be used any more.
pub(super) fn deprecation(traits: &Traits<'_>) -> Option<Deprecation> {
    traits.raw("smithy.api#deprecated")?;
    let Deprecated { message, since } = traits.get("smithy.api#deprecated").unwrap_or_default();
    let note = message.map(|message| {
        let words = prose::markdown(&message);
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    });
    Some(Deprecation {
        since: since.filter(|since| is_version(since)),
        note: note.filter(|note| !note.is_empty()),
    })
}

/// The documentation of a type, with a paragraph that says whether it is deprecated.
pub(super) fn with_paragraph(docs: String, traits: &Traits<'_>) -> String {
    match deprecation(traits) {
        None => docs,
        Some(Deprecation { note, .. }) => {
            let note = note.unwrap_or_else(|| "Do not use it in new code.".to_owned());
            format!("{docs}\n\n**Deprecated:** {note}")
        }
    }
}

/// Whether a version is one of the form that Rust wants: models often give a date.
fn is_version(text: &str) -> bool {
    let number = |part: &str| {
        let is_plain = part == "0" || !part.starts_with('0');
        is_plain && !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let parts: Vec<&str> = text.split('.').collect();
    parts.len() == 3 && parts.into_iter().all(number)
}
