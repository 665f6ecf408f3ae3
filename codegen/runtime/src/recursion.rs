//! The trace ID of a Lambda invocation, which AWS uses to detect recursive calls.

use http::header::{HeaderMap, HeaderName, HeaderValue};
use percent_encoding::{CONTROLS, utf8_percent_encode};

use crate::environment::EnvironmentVariables;

const TRACE_ID: HeaderName = HeaderName::from_static("x-amzn-trace-id");

/// The variables of a Lambda function; none elsewhere.
#[derive(Debug, Default)]
pub(crate) struct Recursion(Option<EnvironmentVariables>);

impl Recursion {
    pub(crate) fn of(environment: &EnvironmentVariables) -> Self {
        let function = environment.get("AWS_LAMBDA_FUNCTION_NAME");
        Self(function.map(|_| environment.clone()))
    }

    /// Adds the trace ID, which changes with each invocation. An existing one is kept.
    pub(crate) fn add_to(&self, headers: &mut HeaderMap) {
        let id = self.0.as_ref();
        let id = id.and_then(|environment| environment.verbatim("_X_AMZN_TRACE_ID"));
        // Characters that are invalid in a header are escaped, and so is everything that is not
        // ASCII.
        let id = id.map(|id| utf8_percent_encode(&id, CONTROLS).to_string());
        if let Some(id) = id.and_then(|id| HeaderValue::try_from(id).ok()) {
            headers.entry(TRACE_ID).or_insert(id);
        }
    }
}
