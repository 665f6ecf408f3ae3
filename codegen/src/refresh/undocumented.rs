//! What of a model has no documentation, though users are shown it.

use super::fact::DOCUMENTATION;
use super::node::Node;

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
    for shape in model.shapes() {
        let kind = shape.value.kind();
        if !kind.is_some_and(|kind| SHOWN.contains(&&*kind)) {
            continue;
        }
        let id = &shape.key;
        if !is_documented(&shape.value) {
            found.push(id.clone());
        }
        let members = shape.value.members().iter();
        let members = members.filter(|member| !is_documented(&member.value));
        found.extend(members.map(|member| format!("{id}${}", member.key)));
    }
    found
}

/// Whether a shape or a member has documentation that says something.
pub(super) fn is_documented(node: &Node<'_>) -> bool {
    let documentation = node
        .get("traits")
        .and_then(|traits| traits.get(DOCUMENTATION));
    let text = documentation.and_then(Node::string);
    text.is_some_and(|text| !text.trim().is_empty())
}
