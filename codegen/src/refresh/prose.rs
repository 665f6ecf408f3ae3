//! Sentences of AWS's that come along with facts.
//!
//! Documentation is left out of what is taken over. But some traits have sentences inside their
//! values, such as the message of a deprecation or the titles of examples. They are facts to this
//! crate, and generated code shows them, so somebody has to see whether they may be published.

use super::fact::{self, Level, canonical};
use super::node::{Form, Node};

/// The keys that have sentences under them, in the traits of Smithy.
const KEYS: [&str; 5] = ["description", "documentation", "message", "reason", "title"];

/// What is said of each trait with sentences that the official model has and ours has not.
pub(super) fn notes(ours: &Node<'_>, official: &Node<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    for shape in official.shapes() {
        let of_ours = ours.shape(&shape.key);
        notes.extend(of_traits(&shape.key, of_ours, &shape.value));
        for member in shape.value.members() {
            let id = format!("{}${}", shape.key, member.key);
            let of_ours = of_ours.and_then(|shape| shape.member(&member.key));
            notes.extend(of_traits(&id, of_ours, &member.value));
        }
    }
    notes
}

/// The notes on the traits of one shape or member.
fn of_traits(id: &str, ours: Option<&Node<'_>>, official: &Node<'_>) -> Vec<String> {
    let facts = |part: &Node<'_>| canonical(part, Level::Value);
    let ours = ours.and_then(|part| part.get("traits"));
    let traits = official
        .get("traits")
        .map(|it| fact::entries(it, Level::Traits));
    let new = traits.into_iter().flatten().filter(|entry| {
        let before = ours.and_then(|traits| traits.get(&entry.key));
        before.map(facts) != Some(facts(&entry.value)) && has_sentences(&entry.value)
    });
    let note = |name: &str| {
        format!("{name} of {id} has sentences of AWS's in it: see whether they may be published")
    };
    new.map(|entry| note(&entry.key)).collect()
}

fn has_sentences(value: &Node<'_>) -> bool {
    match &value.form {
        Form::Scalar => false,
        Form::Array(items) => items.iter().any(has_sentences),
        Form::Object(entries) => entries.iter().any(|entry| {
            let text = entry.value.string();
            let is_sentence = text.is_some_and(|text| text.contains(' '));
            is_sentence && KEYS.contains(&&*entry.key) || has_sentences(&entry.value)
        }),
    }
}
