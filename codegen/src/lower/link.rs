//! Links from the documentation to operations.
//!
//! Documentation refers to an operation by its name, as code: `StartFlow`. If the operation is in
//! the crate, this becomes a link to its method. Types need no links, because rustdoc links those
//! of members and arguments.

use std::collections::BTreeMap;

use crate::ir::{Service, Structure, TypeItem};

/// Links all that a service says about its operations.
pub(super) fn link_operations(service: &mut Service) {
    let methods = service.operations.iter().map(|operation| {
        let method = operation.method.to_string();
        let method = method.strip_prefix("r#").unwrap_or(&method).to_owned();
        (operation.name.clone(), method)
    });
    let links = Links(methods.collect());
    for operation in &mut service.operations {
        links.add(&mut operation.docs);
        links.add_to_structure(&mut operation.request);
        links.add_to_structure(&mut operation.response);
    }
    for item in &mut service.types {
        links.add_to_type(item);
    }
    for error in &mut service.errors {
        links.add_to_structure(&mut error.structure);
    }
}

/// The methods of the client, by the names of their operations.
struct Links(BTreeMap<String, String>);

impl Links {
    fn add_to_type(&self, item: &mut TypeItem) {
        let add = |docs: &mut String| self.add(docs);
        match item {
            TypeItem::Structure(structure) => self.add_to_structure(structure),
            TypeItem::Enumeration(enumeration) => {
                add(&mut enumeration.docs);
                let variants = enumeration.variants.iter_mut();
                variants.for_each(|variant| add(&mut variant.docs));
            }
            TypeItem::Union(union) => {
                add(&mut union.docs);
                let variants = union.variants.iter_mut();
                variants.for_each(|variant| add(&mut variant.docs));
            }
        }
    }

    fn add_to_structure(&self, structure: &mut Structure) {
        self.add(&mut structure.docs);
        for member in &mut structure.members {
            self.add(&mut member.docs);
        }
    }

    /// Makes links of names that stand alone as code. What is a link already stays one, and so does
    /// text in which backticks do something else than surround a word or two.
    fn add(&self, docs: &mut String) {
        let is_balanced = docs.matches('`').count().is_multiple_of(2);
        if !is_balanced || docs.contains("```") || docs.contains("\\`") {
            return;
        }
        let mut linked = String::new();
        for (index, part) in docs.split('`').enumerate() {
            let is_code = !index.is_multiple_of(2);
            let is_in_link = linked.rfind('[') > linked.rfind(']');
            match self.0.get(part) {
                Some(method) if is_code && !is_in_link => {
                    linked.push_str(&format!("[`{part}`](crate::Client::{method})"));
                }
                _ if is_code => linked.push_str(&format!("`{part}`")),
                _ => linked.push_str(part),
            }
        }
        *docs = linked;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_are_linked_where_they_stand_alone_as_code() {
        let links = Links([("StartFlow".to_owned(), "start_flow".to_owned())].into());
        for (docs, linked) in [
            (
                "See `StartFlow`, and `x`.",
                "See [`StartFlow`](crate::Client::start_flow), and `x`.",
            ),
            ("StartFlow, `StartFlows`", "StartFlow, `StartFlows`"),
            ("[`StartFlow`](x)", "[`StartFlow`](x)"),
            ("[the call `StartFlow`](x)", "[the call `StartFlow`](x)"),
            ("``StartFlow``", "``StartFlow``"),
            ("`a`StartFlow`b`", "`a`StartFlow`b`"),
            ("`StartFlow` \\` \\`", "`StartFlow` \\` \\`"),
            ("a ` and `StartFlow`", "a ` and `StartFlow`"),
            ("```text\n`StartFlow`\n```", "```text\n`StartFlow`\n```"),
        ] {
            let mut text = docs.to_owned();
            links.add(&mut text);
            assert_eq!(text, linked);
        }
    }
}
