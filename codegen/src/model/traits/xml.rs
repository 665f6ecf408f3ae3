//! Names in XML and in queries.

use serde::Deserialize;

/// The traits of a shape or a member that say how it is written.
#[derive(Debug, Default)]
pub(crate) struct XmlTraits {
    pub(crate) name: Option<String>,
    pub(crate) namespace: Option<XmlNamespace>,
    pub(crate) is_attribute: bool,
    pub(crate) is_flattened: bool,
    pub(crate) ec2_name: Option<String>,
}

/// The value of `smithy.api#xmlNamespace`.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct XmlNamespace {
    pub(crate) uri: String,
    #[serde(default)]
    pub(crate) prefix: String,
}

/// The value of `aws.protocols#awsQueryError`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct QueryError {
    pub(crate) code: String,
    pub(crate) http_response_code: u16,
}
