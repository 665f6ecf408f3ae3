//! Small traits of operations.

use serde::Deserialize;
use serde_json::Value;

use super::http::Template;

/// The value of `smithy.api#endpoint`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Endpoint {
    pub(crate) host_prefix: Template,
}

/// The value of `smithy.api#paginated`. An operation takes what it leaves out from the service.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Paginated {
    pub(crate) input_token: Option<String>,
    pub(crate) output_token: Option<String>,
    pub(crate) items: Option<String>,
    pub(crate) page_size: Option<String>,
}

/// The value of `aws.protocols#httpChecksum`, as far as it changes what must be sent.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct HttpChecksum {
    #[serde(default)]
    pub(crate) request_checksum_required: bool,
}

/// The value of `smithy.api#requestCompression`.
#[derive(Debug, Deserialize)]
pub(crate) struct RequestCompression {
    pub(crate) encodings: Vec<String>,
}

/// The value of `smithy.rules#contextParam`.
#[derive(Debug, Deserialize)]
pub(crate) struct NamedParameter {
    pub(crate) name: String,
}

/// A value of `smithy.rules#operationContextParams`.
#[derive(Debug, Deserialize)]
pub(crate) struct PathParameter {
    pub(crate) path: String,
}

/// A value of `smithy.rules#staticContextParams`.
#[derive(Debug, Deserialize)]
pub(crate) struct ConstantParameter {
    pub(crate) value: Value,
}
