//! The traits of a member in XML and in queries.

use super::Member;

/// The names of a member in XML and in queries.
#[derive(Debug, Clone, Copy)]
pub struct Xml {
    /// The name of its element or attribute (`smithy.api#xmlName`).
    pub name: &'static str,
    /// The name in queries, if it differs (`aws.protocols#ec2QueryName`).
    pub query_name: Option<&'static str>,
    /// Is `true` if it is an attribute of the structure's element (`smithy.api#xmlAttribute`).
    pub is_attribute: bool,
    /// Is `true` if its elements or entries have no enclosing element (`smithy.api#xmlFlattened`).
    pub is_flattened: bool,
    /// The namespace of its element (`smithy.api#xmlNamespace`).
    pub namespace: Option<Namespace>,
    /// The names in it, if it is a list or a map.
    pub elements: Elements,
}

impl Xml {
    pub(super) const fn new(name: &'static str) -> Self {
        Self {
            name,
            query_name: None,
            is_attribute: false,
            is_flattened: false,
            namespace: None,
            elements: Elements::new(),
        }
    }
}

/// A namespace declaration of an element.
#[derive(Debug, Clone, Copy)]
pub struct Namespace {
    /// The URI.
    pub uri: &'static str,
    /// The prefix; empty for the default namespace.
    pub prefix: &'static str,
}

/// The names of the elements in a list or in a map.
#[derive(Debug, Clone, Copy, Default)]
pub struct Elements {
    /// An element of a list, or the value of an entry; `None` for `member` and `value`.
    pub element: Option<&'static str>,
    /// The key of an entry; `None` for `key`.
    pub key: Option<&'static str>,
    /// The namespace of an element or of a value.
    pub namespace: Option<Namespace>,
    /// The namespace of a key.
    pub key_namespace: Option<Namespace>,
    /// The names in an element or in a value, if that is a list or a map.
    pub inner: Option<&'static Elements>,
}

impl Elements {
    pub(crate) const STANDARD: &'static Self = &Self::new();

    /// Creates the standard names, without namespaces.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            element: None,
            key: None,
            namespace: None,
            key_namespace: None,
            inner: None,
        }
    }

    /// Sets the name of an element or of a value.
    #[must_use]
    pub const fn element(mut self, name: &'static str) -> Self {
        self.element = Some(name);
        self
    }

    /// Sets the name of a key.
    #[must_use]
    pub const fn key(mut self, name: &'static str) -> Self {
        self.key = Some(name);
        self
    }

    /// Sets the namespace of an element or of a value, and its prefix.
    #[must_use]
    pub const fn namespace(mut self, uri: &'static str, prefix: &'static str) -> Self {
        self.namespace = Some(Namespace { uri, prefix });
        self
    }

    /// Sets the namespace of a key, and its prefix.
    #[must_use]
    pub const fn key_namespace(mut self, uri: &'static str, prefix: &'static str) -> Self {
        self.key_namespace = Some(Namespace { uri, prefix });
        self
    }

    /// Sets the names in an element or in a value.
    #[must_use]
    pub const fn inner(mut self, elements: &'static Self) -> Self {
        self.inner = Some(elements);
        self
    }

    /// Returns the names in an element or in a value.
    pub(crate) fn within(&self) -> &'static Self {
        self.inner.unwrap_or(Self::STANDARD)
    }
}

/// The traits of members that XML and queries have.
impl Member {
    /// Sets the name of the element or the attribute.
    #[must_use]
    pub const fn xml_name(mut self, name: &'static str) -> Self {
        self.xml.name = name;
        self
    }

    /// Sets the name in queries.
    #[must_use]
    pub const fn query_name(mut self, name: &'static str) -> Self {
        self.xml.query_name = Some(name);
        self
    }

    /// Makes the member an attribute.
    #[must_use]
    pub const fn xml_attribute(mut self) -> Self {
        self.xml.is_attribute = true;
        self
    }

    /// Omits the element around a list or a map.
    #[must_use]
    pub const fn xml_flattened(mut self) -> Self {
        self.xml.is_flattened = true;
        self
    }

    /// Sets the namespace of the element, and its prefix.
    #[must_use]
    pub const fn xml_namespace(mut self, uri: &'static str, prefix: &'static str) -> Self {
        self.xml.namespace = Some(Namespace { uri, prefix });
        self
    }

    /// Sets the name of the elements of a list.
    #[must_use]
    pub const fn xml_element(mut self, name: &'static str) -> Self {
        self.xml.elements = Elements::new().element(name);
        self
    }

    /// Sets the names of the elements in a list or in a map.
    #[must_use]
    pub const fn xml_elements(mut self, elements: Elements) -> Self {
        self.xml.elements = elements;
        self
    }
}
