//! The tests of event streams.

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::{Map, Value};

/// The value of an entry of `smithy.test#eventStreamTests`, as far as it is used.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EventTest {
    #[serde(default)]
    pub(crate) initial_request_params: Map<String, Value>,
    pub(crate) initial_request: Option<InitialRequest>,
    #[serde(default)]
    pub(crate) initial_response_params: Map<String, Value>,
    pub(crate) initial_response: Option<InitialResponse>,
    #[serde(default)]
    pub(crate) events: Vec<Event>,
    expectation: Option<Expectation>,
}

impl EventTest {
    /// Returns the failure that the test expects; `None` if it expects success.
    pub(crate) fn failure(&self) -> Option<&Failure> {
        match &self.expectation {
            Some(Expectation::Failure(failure)) => Some(failure),
            Some(Expectation::Success {}) | None => None,
        }
    }
}

/// The HTTP request that opens a stream.
#[derive(Debug, Deserialize)]
pub(crate) struct InitialRequest {
    pub(crate) method: String,
    pub(crate) uri: String,
    #[serde(default)]
    pub(crate) headers: IndexMap<String, String>,
}

/// The HTTP response that opens a stream, or fails to.
#[derive(Debug, Deserialize)]
pub(crate) struct InitialResponse {
    pub(crate) code: u16,
    #[serde(default)]
    pub(crate) headers: IndexMap<String, String>,
    #[serde(default)]
    pub(crate) body: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Event {
    #[serde(rename = "type")]
    pub(crate) direction: Direction,
    /// The event, as a value of the union.
    #[serde(default)]
    pub(crate) params: Map<String, Value>,
    /// The message with the event, in base64.
    pub(crate) bytes: Option<String>,
}

/// The direction in which an event travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Direction {
    Request,
    Response,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Expectation {
    Success {},
    Failure(Failure),
}

/// The failure that a test expects.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Failure {
    /// The shape of the error, if it is a modeled one.
    pub(crate) error_id: Option<String>,
}
