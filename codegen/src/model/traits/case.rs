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

/// A protocol test: an entry of a trait of `smithy.test`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Test<T> {
    pub(crate) id: String,
    protocol: String,
    #[serde(default)]
    pub(crate) documentation: String,
    applies_to: Option<String>,
    #[serde(flatten)]
    pub(crate) value: T,
}

impl<T> Test<T> {
    /// Returns `true` if it is for clients of a protocol.
    pub(crate) fn is_for(&self, protocol: &str) -> bool {
        let applies_to = self.applies_to.as_deref();
        self.protocol == protocol && applies_to.is_none_or(|who| who == "client")
    }
}

/// The value of an entry of `smithy.test#httpRequestTests`.
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

/// The value of an entry of `smithy.test#httpResponseTests`.
#[derive(Debug, Deserialize)]
pub(crate) struct ResponseTest {
    #[serde(flatten)]
    pub(crate) message: Message,
    pub(crate) code: u16,
}

/// The fields that request and response tests have in common.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Message {
    #[serde(default)]
    pub(crate) params: Map<String, Value>,
    #[serde(default)]
    pub(crate) headers: IndexMap<String, String>,
    pub(crate) body: Option<String>,
    pub(crate) body_media_type: Option<String>,
}
