//! Names of members in XML and in queries.

use super::context::Context;
use crate::ir::xml::{Elements, Namespace, Xml};
use crate::ir::{Binding, Protocol};
use crate::model::traits::XmlTraits;
use crate::model::{Kind, Member, Shape};
use crate::select::Operation;

impl Context<'_> {
    /// Lowers how a member is written; `target` is the shape of its value.
    pub(super) fn xml(
        &self,
        name: &str,
        member: &Member,
        target: &Shape,
        binding: &Binding,
    ) -> Xml {
        if !self.protocol().has_xml() {
            return Xml::default();
        }
        let traits = &member.traits.xml;
        let mut xml = Xml {
            name: traits.name.clone(),
            query_name: (self.protocol() == Protocol::Ec2Query).then(|| ec2_name(name, traits)),
            is_attribute: traits.is_attribute,
            is_flattened: traits.is_flattened,
            namespace: traits.namespace.clone(),
            elements: self.elements(target),
        };
        if *binding == Binding::Payload {
            let of_target = &target.traits.xml;
            let name = xml.name.or_else(|| of_target.name.clone());
            xml.name = name.or_else(|| Some(target.id.name().to_owned()));
            xml.namespace = xml.namespace.or_else(|| self.root_namespace(target));
        }
        xml
    }

    /// Lowers the names in a list or a map.
    fn elements(&self, shape: &Shape) -> Elements {
        let (inner, key) = match shape.kind {
            Kind::List => ("member", None),
            Kind::Map => ("value", shape.members.get("key")),
            _ => return Elements::default(),
        };
        let element = shape.members.get(inner).map(|member| &member.traits.xml);
        let key = key.map(|key| &key.traits.xml);
        let within = self.elements(self.model.member(shape, inner));
        Elements {
            element: element.and_then(|xml| xml.name.clone()),
            key: key.and_then(|xml| xml.name.clone()),
            namespace: element.and_then(|xml| xml.namespace.clone()),
            key_namespace: key.and_then(|xml| xml.namespace.clone()),
            inner: (within != Elements::default()).then(|| Box::new(within)),
        }
    }

    /// Returns the element that is the body of a request, and its namespace.
    pub(super) fn xml_root(
        &self,
        operation: &Operation<'_>,
    ) -> Option<(String, Option<Namespace>)> {
        let input = self.model.target(operation.input?);
        (self.protocol() == Protocol::RestXml).then(|| {
            let name = input.traits.xml.name.as_deref();
            let name = name.unwrap_or(input.id.name()).to_owned();
            (name, self.root_namespace(input))
        })
    }

    /// Returns the namespace of a structure, or else that of the service.
    fn root_namespace(&self, shape: &Shape) -> Option<Namespace> {
        let of_shape = shape.traits.xml.namespace.as_ref();
        let of_service = &self.selection.service.shape.traits.xml.namespace;
        of_shape.or(of_service.as_ref()).cloned()
    }
}

/// Returns the name that a member has in a query of Amazon EC2.
fn ec2_name(name: &str, traits: &XmlTraits) -> String {
    if let Some(name) = &traits.ec2_name {
        return name.clone();
    }
    let name = traits.name.as_deref().unwrap_or(name);
    let mut characters = name.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(characters).collect()
}
