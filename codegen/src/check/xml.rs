//! Names of members in XML.

use std::collections::BTreeSet;

use super::checker::Checker;
use crate::model::traits::is_xml_name;
use crate::model::{Kind, Shape};

impl Checker<'_, '_> {
    /// Checks that names of members in XML are valid and unique, and that attributes are text.
    pub(super) fn xml(&mut self, shape: &Shape) {
        if !self.protocol().has_xml() || !matches!(shape.kind, Kind::Structure | Kind::Union) {
            return;
        }
        let shape_id = &shape.id;
        let mut seen = BTreeSet::new();
        for (name, member) in &shape.members {
            if !self.bindings(member).is_empty() {
                continue;
            }
            let id = format!("{shape_id}${name}");
            let xml = &member.traits.xml;
            let xml_name = xml.name.as_deref().unwrap_or(name);
            if !is_xml_name(xml_name) {
                self.report(
                    format!("`{id}` cannot be the name of an XML element"),
                    member.span.clone(),
                    "it needs letters, digits, `-` and `_`, and no digit first",
                    "give it a name in XML with `smithy.api#xmlName`",
                );
            }
            if !seen.insert((xml.is_attribute, xml_name)) {
                self.report(
                    format!("two members of `{shape_id}` have the name in XML {xml_name:?}"),
                    member.span.clone(),
                    "this is the second of them",
                    "remove one of them, or change it",
                );
            }
            let target = self.model.shape(&member.target.id);
            let has_parts = target.is_some_and(|target| {
                matches!(
                    target.kind,
                    Kind::List | Kind::Map | Kind::Structure | Kind::Union
                )
            });
            if xml.is_attribute && has_parts {
                self.report(
                    format!("`{id}` is an XML attribute, but not text"),
                    member.span.clone(),
                    format!("`{}` has elements of its own", member.target.id),
                    "remove `smithy.api#xmlAttribute`",
                );
            }
        }
    }
}
