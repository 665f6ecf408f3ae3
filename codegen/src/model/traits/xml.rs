//! Names in XML and in queries.

use serde::Deserialize;

use crate::ir::xml::Namespace;

/// The traits of a shape or a member that say how it is written.
#[derive(Debug, Default)]
pub(crate) struct XmlTraits {
    pub(crate) name: Option<String>,
    pub(crate) namespace: Option<Namespace>,
    pub(crate) is_attribute: bool,
    pub(crate) is_flattened: bool,
    pub(crate) ec2_name: Option<String>,
}

/// The value of `aws.protocols#awsQueryError`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct QueryError {
    pub(crate) code: String,
    pub(crate) http_response_code: u16,
}

/// Returns `true` if text can be the name of an element or an attribute, as the trait
/// `smithy.api#xmlName` has it: with a prefix or without.
pub(crate) fn is_xml_name(text: &str) -> bool {
    match text.split_once(':') {
        Some((prefix, name)) => is_prefix(prefix) && is_prefix(name),
        None => is_prefix(text),
    }
}

/// Returns `true` if text can be the prefix of a namespace.
pub(crate) fn is_prefix(text: &str) -> bool {
    let is_first = |c: char| c.is_ascii_alphabetic() || c == '_';
    let is_other = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    text.starts_with(is_first) && text.chars().all(is_other)
}
