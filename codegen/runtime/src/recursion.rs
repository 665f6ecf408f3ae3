//! The trace id of a Lambda invocation, which a function passes on: by it AWS finds functions that
//! call each other without end.

use http::header::{HeaderMap, HeaderName, HeaderValue};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::environment::Environment;

const TRACE_ID: HeaderName = HeaderName::from_static("x-amzn-trace-id");
/// What no header can carry. All that is not ASCII is escaped anyway.
const UNSENDABLE: &AsciiSet = CONTROLS;

/// The variables of a Lambda function; none elsewhere.
#[derive(Debug, Default)]
pub(crate) struct Recursion(Option<Environment>);

impl Recursion {
    pub(crate) fn of(environment: &Environment) -> Self {
        let function = environment.get("AWS_LAMBDA_FUNCTION_NAME");
        Self(function.map(|_| environment.clone()))
    }

    /// Adds the trace id, which changes from one invocation to the next. One that is there stays.
    pub(crate) fn add_to(&self, headers: &mut HeaderMap) {
        let id = self.0.as_ref();
        let id = id.and_then(|environment| environment.verbatim("_X_AMZN_TRACE_ID"));
        let id = id.map(|id| utf8_percent_encode(&id, UNSENDABLE).to_string());
        if let Some(id) = id.and_then(|id| HeaderValue::try_from(id).ok()) {
            headers.entry(TRACE_ID).or_insert(id);
        }
    }
}
