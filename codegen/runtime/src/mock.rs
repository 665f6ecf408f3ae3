//! Typed mocks of a service.
//!
//! A [`Mock`] is a [`Transport`] that responds to the requests of a generated client with functions
//! from requests to responses. Both have the types of the generated crate. A mock also records the
//! requests.
//!
//! ```
//! use smithy_reqwest::mock::{Mock, MockError};
//! # use smithy_reqwest::operation::{Operation, Request};
//! # use smithy_reqwest::{Client, structure};
//! # #[derive(Clone, PartialEq)] pub struct StartFlowRequest { pub flow_name: String }
//! # structure!(StartFlowRequest { flow_name: "flowName" [required] });
//! # #[derive(Clone, PartialEq)] pub struct StartFlowResponse { pub execution_id: Option<String> }
//! # structure!(StartFlowResponse: Default { execution_id: "executionId" });
//! # #[derive(Debug)] pub enum ServiceError {}
//! # smithy_reqwest::service_errors!(ServiceError {});
//! # impl Request for StartFlowRequest {
//! #     type Response = StartFlowResponse;
//! #     type Error = ServiceError;
//! #     const OPERATION: &'static Operation = &Operation::new("StartFlow", "POST", "/start-flow");
//! # }
//! let mock = Mock::new().on(|request: StartFlowRequest| match &*request.flow_name {
//!     "orders-to-s3" => Ok(StartFlowResponse { execution_id: Some("run-1".to_owned()) }),
//!     _ => Err(MockError::new(404, "ResourceNotFoundException", "no such flow")),
//! });
//! // … Client::builder().transport(mock.clone()) …
//! assert!(mock.calls::<StartFlowRequest>().is_empty());
//! ```
//!
//! The service must use restJson1.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use serde_json::json;

use crate::body::Body;
use crate::operation::Request;
use crate::protocol::RestJson1;
use crate::transport::{Transport, TransportError, TransportFuture};

/// An error that a [`Mock`] returns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MockError {
    status: u16,
    code: String,
    message: String,
}

impl MockError {
    /// Creates an error from its HTTP status, code and message. A code that the model declares
    /// becomes the typed variant.
    pub fn new(status: u16, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            status,
            code: code.into(),
            message: message.into(),
        }
    }

    /// Returns the response that a client gets.
    ///
    /// # Errors
    ///
    /// An invalid status, or a code that is invalid in a header.
    pub fn response(&self) -> Result<http::Response<Bytes>, http::Error> {
        http::Response::builder()
            .status(self.status)
            .header("x-amzn-errortype", &self.code)
            .body(json!({ "message": self.message }).to_string().into())
    }
}

/// Responds to a request; `None` if it is for another operation.
type Responder =
    dyn Fn(&http::Request<Bytes>) -> Option<Result<http::Response<Bytes>, MockError>> + Send + Sync;

/// A service whose operations are functions. Clones share the recorded requests.
#[derive(Clone, Default)]
pub struct Mock {
    responders: Vec<Arc<Responder>>,
    requests: Arc<Mutex<Vec<Arc<http::Request<Bytes>>>>>,
}

impl Mock {
    /// Creates a mock without operations: each call fails with the code
    /// `UnknownOperationException`.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the function that responds to an operation, which the type of the request determines.
    /// The first function of an operation is used.
    #[must_use]
    pub fn on<R: Request>(
        self,
        respond: impl Fn(R) -> Result<R::Response, MockError> + Send + Sync + 'static,
    ) -> Self {
        self.on_with_headers(move |input, _| respond(input))
    }

    /// Sets the function that responds to an operation, like [`on`](Self::on). The function also
    /// receives the headers of the request.
    #[must_use]
    pub fn on_with_headers<R: Request>(
        mut self,
        respond: impl Fn(R, &http::HeaderMap) -> Result<R::Response, MockError> + Send + Sync + 'static,
    ) -> Self {
        self.responders.push(Arc::new(move |request| {
            let output = match read::<R>(request)? {
                Ok(input) => respond(input, request.headers()),
                Err(error) => Err(error),
            };
            Some(output.and_then(|output| {
                let body = RestJson1.write_response(&output);
                let body = body.map_err(|error| invalid(&error.to_string()))?;
                Ok(http::Response::new(body.into()))
            }))
        }));
        self
    }

    /// Returns the recorded requests of an operation, in order. Each attempt of a call is a
    /// request.
    #[must_use]
    pub fn calls<R: Request>(&self) -> Vec<R> {
        let requests = self.requests();
        let read = requests
            .iter()
            .filter_map(|request| read::<R>(request)?.ok());
        read.collect()
    }

    fn requests(&self) -> MutexGuard<'_, Vec<Arc<http::Request<Bytes>>>> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, MockError> {
        let request = Arc::new(request);
        self.requests().push(Arc::clone(&request));
        let answer = self.responders.iter().find_map(|answer| answer(&request));
        answer.unwrap_or_else(|| {
            let message = format!(
                "no mocked response for {} {}",
                request.method(),
                request.uri().path()
            );
            Err(MockError::new(404, "UnknownOperationException", message))
        })
    }
}

/// Reads a request; `None` if it is for another operation.
fn read<R: Request>(request: &http::Request<Bytes>) -> Option<Result<R, MockError>> {
    let mut input = R::initial();
    match RestJson1.read_request(R::OPERATION, request, &mut input) {
        Ok(true) => Some(Ok(input)),
        Ok(false) => None,
        Err(error) => Some(Err(invalid(&error.to_string()))),
    }
}

/// Returns the JSON error of a body; `None` if it is valid or empty.
#[must_use]
pub fn json_error(body: &[u8]) -> Option<String> {
    if body.is_empty() {
        return None;
    }
    let read = serde_json::from_slice::<serde_json::Value>(body);
    read.err().map(|error| error.to_string())
}

fn invalid(problem: &str) -> MockError {
    MockError::new(400, "ValidationException", problem)
}

impl Transport for Mock {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = body.collect().await.map_err(TransportError::other)?;
            let answer = self.answer(http::Request::from_parts(head, body));
            let response = answer.or_else(|error| error.response());
            response
                .map(|it| it.map(Body::from))
                .map_err(TransportError::other)
        })
    }
}

impl fmt::Debug for Mock {
    /// Shows the number of requests but not their content, which may be secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mock")
            .field("operations", &self.responders.len())
            .field("requests", &self.requests().len())
            .finish()
    }
}
