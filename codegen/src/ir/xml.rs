//! How values are written as XML and in queries.

/// How a member is written, as far as that differs from the standard.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Xml {
    /// The name of its element or attribute.
    pub name: Option<String>,
    /// The name in queries.
    pub query_name: Option<String>,
    /// Whether it is an attribute.
    pub is_attribute: bool,
    /// Whether its elements or entries have no element around all of them.
    pub is_flattened: bool,
    /// The namespace of its element.
    pub namespace: Option<Namespace>,
    /// The names in it, if it is a list or a map.
    pub elements: Elements,
}

/// A namespace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Namespace {
    /// The URI.
    pub uri: String,
    /// The prefix; empty for the default namespace.
    pub prefix: String,
}

/// The names of the elements in a list or in a map, as far as they differ from the standard.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Elements {
    /// An element of a list, or the value of an entry.
    pub element: Option<String>,
    /// The key of an entry.
    pub key: Option<String>,
    /// The namespace of an element or of a value.
    pub namespace: Option<Namespace>,
    /// The namespace of a key.
    pub key_namespace: Option<Namespace>,
    /// The names in an element or in a value.
    pub inner: Option<Box<Elements>>,
}
