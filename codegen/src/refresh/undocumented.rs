//! What of a model has no documentation, though users are shown it.

use super::fact::DOCUMENTATION;
use super::node::{Entry, Node};

/// The kinds of shapes that generated code has documentation of, and of their members.
const SHOWN: [&str; 6] = [
    "service",
    "operation",
    "structure",
    "union",
    "enum",
    "intEnum",
];

/// The ids of shapes and members without documentation, in the order of the file.
pub(super) fn undocumented(model: &Node<'_>) -> Vec<String> {
    let mut found = Vec::new();
    for shape in entries(model.get("shapes")) {
        let kind = shape.value.get("type").and_then(Node::string);
        if !kind.is_some_and(|kind| SHOWN.contains(&&*kind)) {
            continue;
        }
        let id = &shape.key;
        if !is_documented(&shape.value) {
            found.push(id.clone());
        }
        let members = entries(shape.value.get("members"));
        let members = members
            .iter()
            .filter(|member| !is_documented(&member.value));
        found.extend(members.map(|member| format!("{id}${}", member.key)));
    }
    found
}

fn entries<'n, 'a>(node: Option<&'n Node<'a>>) -> &'n [Entry<'a>] {
    node.map(Node::entries).unwrap_or_default()
}

fn is_documented(node: &Node<'_>) -> bool {
    let documentation = node
        .get("traits")
        .and_then(|traits| traits.get(DOCUMENTATION));
    documentation.is_some_and(|text| text.string().is_some())
}
