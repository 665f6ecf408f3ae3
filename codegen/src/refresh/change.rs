//! In which facts two models differ.

use std::collections::BTreeMap;
use std::fmt;

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
    let level = Level::Document;
    comparison.objects(
        &fact::entries(old, level),
        &fact::entries(new, level),
        level,
        "",
    );
    comparison.found
}

#[derive(Default)]
struct Comparison {
    found: Vec<Change>,
}

impl Comparison {
    /// Compares two objects of `owner`: a shape or a member, or nothing at the top.
    fn objects(&mut self, old: &[&Entry<'_>], new: &[&Entry<'_>], level: Level, owner: &str) {
        let (old_keys, new_keys) = (by_key(old), by_key(new));
        let before = old
            .iter()
            .filter(|entry| new_keys.contains_key(&*entry.key));
        let now = new
            .iter()
            .filter(|entry| old_keys.contains_key(&*entry.key));
        let is_reordered = !before
            .map(|entry| &entry.key)
            .eq(now.map(|entry| &entry.key));
        if level == Level::Members && is_reordered {
            self.push(format!("members of {owner}"), ChangeKind::Reordered);
        }
        for entry in new {
            let before = old_keys.get(&*entry.key).copied();
            self.values(before, Some(&entry.value), level, (owner, &entry.key));
        }
        for entry in old.iter().filter(|old| !new_keys.contains_key(&*old.key)) {
            self.values(Some(&entry.value), None, level, (owner, &entry.key));
        }
    }

    /// Compares what two objects of `owner` have under a key.
    fn values(
        &mut self,
        old: Option<&Node<'_>>,
        new: Option<&Node<'_>>,
        level: Level,
        (owner, key): (&str, &str),
    ) {
        let inner = level.of(key);
        let text = |node: &Node<'_>| canonical(node, inner);
        if old.map(text) == new.map(text) {
            return;
        }
        let subject = subject(level, owner, key);
        match (inner, old, new) {
            // These are told by what is in them, whether or not there were any before.
            (Level::Shapes | Level::Members | Level::Traits, _, _) => {
                self.objects(&entries(old, inner), &entries(new, inner), inner, owner);
            }
            (Level::Shape | Level::Member, Some(_), Some(_)) => {
                let owner = id(level, owner, key);
                self.objects(&entries(old, inner), &entries(new, inner), inner, &owner);
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

fn by_key<'n, 'a>(entries: &[&'n Entry<'a>]) -> BTreeMap<&'n str, &'n Node<'a>> {
    let entries = entries.iter();
    entries.map(|entry| (&*entry.key, &entry.value)).collect()
}

/// The facts in an object; where there is none, there are none.
fn entries<'n, 'a>(node: Option<&'n Node<'a>>, level: Level) -> Vec<&'n Entry<'a>> {
    node.map(|node| fact::entries(node, level))
        .unwrap_or_default()
}

/// What stands under a key of an object of `owner`, in words.
fn subject(level: Level, owner: &str, key: &str) -> String {
    match (level, level.of(key)) {
        (_, Level::Shape) => format!("shape {key}"),
        (_, Level::Member) => format!("member {}", id(level, owner, key)),
        (Level::Traits, _) => format!("trait {key} of {owner}"),
        (Level::Document, _) => key.to_owned(),
        _ => format!("{key} of {owner}"),
    }
}

/// The id of a shape, or of a member of `owner`.
fn id(level: Level, owner: &str, key: &str) -> String {
    if level == Level::Shapes {
        key.to_owned()
    } else {
        format!("{owner}${key}")
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
