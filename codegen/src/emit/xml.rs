//! Names of members in XML and in queries, as traits in their tables.

use proc_macro2::Literal;

use crate::ir::xml::{Elements, Namespace, Xml};

const ELEMENTS: &str = "smithy_reqwest::schema::Elements::new()";

/// Returns the traits of a member.
pub(super) fn traits(xml: &Xml) -> Vec<String> {
    let mut traits = Vec::new();
    if let Some(name) = &xml.name {
        traits.push(format!("xml_name({})", Literal::string(name)));
    }
    if let Some(name) = &xml.query_name {
        traits.push(format!("query_name({})", Literal::string(name)));
    }
    if xml.is_attribute {
        traits.push("xml_attribute".to_owned());
    }
    if xml.is_flattened {
        traits.push("xml_flattened".to_owned());
    }
    if let Some(namespace) = &xml.namespace {
        traits.push(format!("xml_namespace{}", arguments(namespace)));
    }
    let elements = &xml.elements;
    let has_one_name = Elements {
        element: None,
        ..elements.clone()
    } == Elements::default();
    match &elements.element {
        Some(name) if has_one_name => {
            traits.push(format!("xml_element({})", Literal::string(name)));
        }
        None if has_one_name => {}
        _ => traits.push(format!("xml_elements({})", expression(elements))),
    }
    traits
}

/// Returns the names in a list or a map, as an expression.
fn expression(elements: &Elements) -> String {
    let mut text = ELEMENTS.to_owned();
    if let Some(name) = &elements.element {
        text.push_str(&format!(".element({})", Literal::string(name)));
    }
    if let Some(name) = &elements.key {
        text.push_str(&format!(".key({})", Literal::string(name)));
    }
    if let Some(namespace) = &elements.namespace {
        text.push_str(&format!(".namespace{}", arguments(namespace)));
    }
    if let Some(namespace) = &elements.key_namespace {
        text.push_str(&format!(".key_namespace{}", arguments(namespace)));
    }
    if let Some(inner) = &elements.inner {
        text.push_str(&format!(".inner(&const {{ {} }})", expression(inner)));
    }
    text
}

/// Returns the URI and the prefix of a namespace.
fn arguments(namespace: &Namespace) -> String {
    let Namespace { uri, prefix } = namespace;
    format!("({}, {})", Literal::string(uri), Literal::string(prefix))
}
