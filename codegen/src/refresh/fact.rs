//! What of a model is a fact of the service, and what is ours.
//!
//! Names, shapes, traits and bounds are facts: whoever describes the service says the same. So are
//! the version of Smithy and the metadata. Ours are the sentences of the documentation, which are not
//! copied from elsewhere, and the rules of endpoints with the cases that hold them to what is right.

use super::node::{Entry, Form, Node};

/// The trait with the documentation of a shape or a member.
pub(super) const DOCUMENTATION: &str = "smithy.api#documentation";

/// The rules of endpoints as a tree, and as a decision diagram.
pub(super) const RULE_SETS: [&str; 2] =
    ["smithy.rules#endpointRuleSet", "smithy.rules#endpointBdd"];

/// The cases that endpoints are tried with.
pub(super) const ENDPOINT_CASES: &str = "smithy.rules#endpointTests";

/// What a value is in a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Document,
    Shapes,
    Shape,
    Members,
    Member,
    Traits,
    /// What has no shapes, members or traits in it, such as the value of a trait.
    Value,
}

impl Level {
    /// What the value under a key of this one is.
    pub(super) fn of(self, key: &str) -> Self {
        match (self, key) {
            (Self::Document, "shapes") => Self::Shapes,
            (Self::Shapes, _) => Self::Shape,
            (Self::Shape, "members") => Self::Members,
            (Self::Members, _) | (Self::Shape, "member" | "key" | "value") => Self::Member,
            (Self::Shape | Self::Member, "traits") => Self::Traits,
            _ => Self::Value,
        }
    }
}

/// The entries of an object that are facts.
pub(super) fn entries<'n, 'a>(node: &'n Node<'a>, level: Level) -> Vec<&'n Entry<'a>> {
    let entries = node.entries().iter();
    entries.filter(|entry| is_fact(entry, level)).collect()
}

/// Whether an entry of an object of this level is a fact. Traits without a fact among them are as
/// good as none.
pub(super) fn is_fact(entry: &Entry<'_>, level: Level) -> bool {
    let key = &*entry.key;
    let is_ours = key == DOCUMENTATION || key == ENDPOINT_CASES || RULE_SETS.contains(&key);
    let is_bare = || {
        let inner = level.of(key);
        let is_object = matches!(entry.value.form, Form::Object(_));
        inner == Level::Traits && is_object && entries(&entry.value, inner).is_empty()
    };
    !is_ours && !is_bare()
}

/// The facts of a value as a text, which is the same for the same facts. The order of members
/// counts, that of all other keys does not.
pub(super) fn canonical(node: &Node<'_>, level: Level) -> String {
    match &node.form {
        Form::Scalar => canonical_scalar(node),
        Form::Array(items) => {
            let items = items.iter().map(|item| canonical(item, Level::Value));
            format!("[{}]", items.collect::<Vec<_>>().join(","))
        }
        Form::Object(_) => {
            let mut facts = entries(node, level);
            if level != Level::Members {
                facts.sort_by(|one, other| one.key.cmp(&other.key));
            }
            let facts = facts.iter().map(|entry| {
                let value = canonical(&entry.value, level.of(&entry.key));
                format!("{}:{value}", quoted(&entry.key))
            });
            format!("{{{}}}", facts.collect::<Vec<_>>().join(","))
        }
    }
}

/// Strings may have escapes that others do without. Numbers are as they are written, so that no
/// digit of a long one is lost.
fn canonical_scalar(node: &Node<'_>) -> String {
    match node.string() {
        Some(text) => quoted(&text),
        None => node.text().to_owned(),
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
