//! In which facts two models differ.

use std::fmt;

use indexmap::IndexMap;

use super::fact::{self, Level, canonical};
use super::node::{Entry, Form, Node};

/// How much of a value is told, in characters.
const SHOWN: usize = 80;

/// A difference between the facts of two models.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// What differs, as in `member com.amazonaws.appflow#StartFlowRequest$flowName`.
    pub subject: String,
    /// How it differs.
    pub kind: ChangeKind,
}

/// How something differs. Values are JSON in short.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChangeKind {
    /// It is new; a value tells more of it where its name does not say all.
    Added(Option<String>),
    /// It is gone.
    Removed(Option<String>),
    /// It has another value.
    Replaced {
        /// The value before.
        old: String,
        /// The value now.
        new: String,
    },
    /// It has the same members or elements in another order.
    Reordered,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let subject = &self.subject;
        match &self.kind {
            ChangeKind::Added(None) => write!(f, "+ {subject}"),
            ChangeKind::Added(Some(value)) => write!(f, "+ {subject}: {value}"),
            ChangeKind::Removed(None) => write!(f, "- {subject}"),
            ChangeKind::Removed(Some(value)) => write!(f, "- {subject}: {value}"),
            ChangeKind::Replaced { old, new } => write!(f, "~ {subject}: {old} -> {new}"),
            ChangeKind::Reordered => write!(f, "~ {subject}: in another order"),
        }
    }
}

/// The differences from one model to another, in the order of the new one.
pub(super) fn changes(old: &Node<'_>, new: &Node<'_>) -> Vec<Change> {
    let mut comparison = Comparison::default();
    let (old, new) = (
        fact::entries(old, Level::Document),
        fact::entries(new, Level::Document),
    );
    comparison.objects(&old, &new, Level::Document, "");
    comparison.found
}

#[derive(Default)]
struct Comparison {
    found: Vec<Change>,
}

impl Comparison {
    /// Compares two objects of `owner`: a shape or a member, or nothing at the top.
    fn objects(&mut self, old: &[&Entry<'_>], new: &[&Entry<'_>], level: Level, owner: &str) {
        let by_key = |entries: &[&Entry<'_>]| -> IndexMap<String, usize> {
            let keys = entries.iter().enumerate();
            keys.map(|(index, entry)| (entry.key.clone(), index))
                .collect()
        };
        let (old_keys, new_keys) = (by_key(old), by_key(new));
        if level == Level::Members {
            self.order(&old_keys, &new_keys, owner);
        }
        for entry in new {
            let before = old_keys.get(&entry.key).and_then(|index| old.get(*index));
            self.values(
                before.map(|old| &old.value),
                Some(&entry.value),
                level,
                (owner, &entry.key),
            );
        }
        for entry in old.iter().filter(|old| !new_keys.contains_key(&old.key)) {
            self.values(Some(&entry.value), None, level, (owner, &entry.key));
        }
    }

    fn order(&mut self, old: &IndexMap<String, usize>, new: &IndexMap<String, usize>, owner: &str) {
        let before = old.keys().filter(|key| new.contains_key(*key));
        let now = new.keys().filter(|key| old.contains_key(*key));
        if !before.eq(now) {
            self.push(format!("members of {owner}"), ChangeKind::Reordered);
        }
    }

    /// Compares what two objects of a level have under a key.
    fn values(
        &mut self,
        old: Option<&Node<'_>>,
        new: Option<&Node<'_>>,
        level: Level,
        (owner, key): (&str, &str),
    ) {
        let inner = level.of(key);
        let (subject, owner) = match (level, inner) {
            (_, Level::Shape) => (format!("shape {key}"), key.to_owned()),
            (_, Level::Member) => (format!("member {owner}${key}"), format!("{owner}${key}")),
            (Level::Traits, _) => (format!("trait {key} of {owner}"), String::new()),
            (Level::Document, _) => (key.to_owned(), String::new()),
            _ => (format!("{key} of {owner}"), owner.to_owned()),
        };
        let text = |node: &Node<'_>| canonical(node, inner);
        if old.map(text) == new.map(text) {
            return;
        }
        match (inner, old, new) {
            // These are told by what is in them, whether or not there were any before.
            (Level::Shapes | Level::Members | Level::Traits, _, _)
            | (Level::Shape | Level::Member, Some(_), Some(_)) => {
                let old = old
                    .map(|node| fact::entries(node, inner))
                    .unwrap_or_default();
                let new = new
                    .map(|node| fact::entries(node, inner))
                    .unwrap_or_default();
                self.objects(&old, &new, inner, &owner);
            }
            (_, Some(old), Some(new)) => match (&old.form, &new.form) {
                (Form::Array(old), Form::Array(new)) if level == Level::Shape => {
                    self.lists(old, new, &subject);
                }
                _ => {
                    let (old, new) = (short(&text(old)), short(&text(new)));
                    self.push(subject, ChangeKind::Replaced { old, new });
                }
            },
            (_, None, Some(new)) => self.push(subject, ChangeKind::Added(detail(new, inner))),
            (_, Some(old), None) => self.push(subject, ChangeKind::Removed(detail(old, inner))),
            (_, None, None) => {}
        }
    }

    /// Compares lists of a shape, such as the operations of a service.
    fn lists(&mut self, old: &[Node<'_>], new: &[Node<'_>], subject: &str) {
        let texts = |nodes: &[Node<'_>]| -> Vec<String> {
            nodes
                .iter()
                .map(|node| canonical(node, Level::Value))
                .collect()
        };
        let (old, new) = (texts(old), texts(new));
        let count = self.found.len();
        for text in new.iter().filter(|text| !old.contains(text)) {
            self.push(subject.to_owned(), ChangeKind::Added(Some(short(text))));
        }
        for text in old.iter().filter(|text| !new.contains(text)) {
            self.push(subject.to_owned(), ChangeKind::Removed(Some(short(text))));
        }
        if self.found.len() == count {
            self.push(subject.to_owned(), ChangeKind::Reordered);
        }
    }

    fn push(&mut self, subject: String, kind: ChangeKind) {
        self.found.push(Change { subject, kind });
    }
}

/// What is told of something that is new or gone, beside its name.
fn detail(node: &Node<'_>, level: Level) -> Option<String> {
    match level {
        Level::Shape | Level::Member => None,
        _ => Some(canonical(node, level))
            .filter(|text| text != "{}")
            .map(|text| short(&text)),
    }
}

fn short(text: &str) -> String {
    let start: String = text.chars().take(SHOWN).collect();
    if start.len() < text.len() {
        format!("{start}…")
    } else {
        start
    }
}
