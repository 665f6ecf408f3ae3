//! Examples and protocol tests: values for operations.

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::{Map, Value};

/// An entry of `smithy.api#examples`, as far as it is used.
#[derive(Debug, Deserialize)]
pub(crate) struct Example {
    #[serde(default)]
    pub(crate) title: String,
    pub(crate) input: Option<Value>,
    pub(crate) error: Option<Value>,
}

/// An entry of `smithy.test#httpRequestTests`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RequestTest {
    #[serde(flatten)]
    pub(crate) message: Message,
    pub(crate) method: String,
    pub(crate) uri: String,
    pub(crate) host: Option<String>,
    pub(crate) resolved_host: Option<String>,
    #[serde(default)]
    pub(crate) query_params: Vec<String>,
    #[serde(default)]
    pub(crate) forbid_query_params: Vec<String>,
    #[serde(default)]
    pub(crate) require_query_params: Vec<String>,
    #[serde(default)]
    pub(crate) forbid_headers: Vec<String>,
    #[serde(default)]
    pub(crate) require_headers: Vec<String>,
}

/// An entry of `smithy.test#httpResponseTests`.
#[derive(Debug, Deserialize)]
pub(crate) struct ResponseTest {
    #[serde(flatten)]
    pub(crate) message: Message,
    pub(crate) code: u16,
}

/// The members of both kinds of tests.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Message {
    pub(crate) id: String,
    pub(crate) protocol: String,
    #[serde(default)]
    pub(crate) documentation: String,
    #[serde(default)]
    pub(crate) params: Map<String, Value>,
    #[serde(default)]
    pub(crate) headers: IndexMap<String, String>,
    pub(crate) body: Option<String>,
    pub(crate) body_media_type: Option<String>,
    pub(crate) applies_to: Option<String>,
}
