//! What has another name in the official model, by the look of it.
//!
//! To a model, that is something gone and something new, and so our documentation of it goes. Who
//! reads the note can bring it back.

use super::fact::{Level, canonical};
use super::node::{Entry, Node};
use super::undocumented::is_documented;

/// What is said of each documented shape or member that is gone while one with the same facts is new.
pub(super) fn notes(ours: &Node<'_>, official: &Node<'_>) -> Vec<String> {
    let mut notes = of_entries(ours.shapes(), official.shapes(), Level::Shape, "");
    for shape in ours.shapes() {
        if let Some(other) = official.shape(&shape.key) {
            let (members, others) = (shape.value.members(), other.members());
            let owner = format!("{}$", shape.key);
            notes.extend(of_entries(members, others, Level::Member, &owner));
        }
    }
    notes
}

/// The notes on the shapes of a model, or on the members of a shape.
fn of_entries(
    ours: &[Entry<'_>],
    official: &[Entry<'_>],
    level: Level,
    owner: &str,
) -> Vec<String> {
    let only_in = |entries: &[Entry<'_>], entry: &Entry<'_>| {
        !entries.iter().any(|other| other.key == entry.key)
    };
    let gone = ours.iter().filter(|entry| only_in(official, entry));
    let gone = gone.filter(|entry| is_documented(&entry.value));
    let new: Vec<_> = official.iter().filter(|it| only_in(ours, it)).collect();
    let note = |gone: &Entry<'_>| {
        let facts = canonical(&gone.value, level);
        let mut new = new.iter();
        let found = new.find(|it| canonical(&it.value, level) == facts)?;
        let (was, is) = (&gone.key, &found.key);
        Some(format!(
            "{owner}{was} is gone and {owner}{is} is new, with the same facts: where it was renamed, \
             bring back its documentation, which was removed"
        ))
    };
    gone.filter_map(note).collect()
}
