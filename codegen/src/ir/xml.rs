//! Names in XML and in queries.

/// The names of a member, if they differ from the default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Xml {
    /// The name of its element or attribute.
    pub name: Option<String>,
    /// The name in queries.
    pub query_name: Option<String>,
    /// Is `true` if it is an attribute.
    pub is_attribute: bool,
    /// Is `true` if its elements or entries have no enclosing element.
    pub is_flattened: bool,
    /// The namespace of its element.
    pub namespace: Option<Namespace>,
    /// The names in it, if it is a list or a map.
    pub elements: Elements,
}

#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
pub struct Namespace {
    pub uri: String,
    /// The prefix; empty for the default namespace.
    #[serde(default)]
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
