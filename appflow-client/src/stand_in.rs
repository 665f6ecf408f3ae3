//! AppFlow in memory, for tests.
//!
//! A [`StandIn`] is a [`Transport`]: a client sends its requests there instead of to AWS, without a
//! socket. It has all 25 operations, and implements the known rules of the service: names, tokens,
//! states of flows, runs, cancellation, pages, tags, connector profiles. Calls that depend on an
//! application outside AppFlow return an error with the code `NotSimulated`.
//!
//! ```
//! use std::time::Duration;
//!
//! use appflow_client::stand_in::{Flow, StandIn};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let appflow = StandIn::new();
//! appflow.add_flow(Flow::on_demand("orders-to-s3").lasting(Duration::from_secs(90)).records(1_200));
//! let client = appflow.client()?;
//!
//! let run = client.run_flow("orders-to-s3").start().await?;
//! appflow.advance(Duration::from_secs(90));
//! let ended = run.wait().await?.into_success()?;
//! assert_eq!(ended.records_processed(), 1_200);
//! # Ok(())
//! # }
//! ```
//!
//! # Time
//!
//! The clock starts at [`StandIn::now`], and [`StandIn::advance`] moves it. It also follows tokio's
//! clock, so that a test that pauses that one (`#[tokio::test(start_paused = true)]`, with tokio's
//! feature `test-util`) sees runs end while it waits for them, without any real time.
//!
//! # Faults
//!
//! A test can cause faults: [`throttle`](StandIn::throttle), [`fail_calls`](StandIn::fail_calls),
//! [`break_connections`](StandIn::break_connections), [`hide_records`](StandIn::hide_records),
//! [`order_records`](StandIn::order_records),
//! [`refuse_cancellations`](StandIn::refuse_cancellations).
//!
//! # Other languages
//!
//! [`StandIn::serve`] serves it on a free port of 127.0.0.1. An AWS SDK takes the URL as its
//! endpoint, with any region and credentials: a signature is required, but not verified.
//!
//! # Typed mocks
//!
//! A [`Mock`] is for tests of one or two calls: each operation is a function from its request to
//! its response.
//!
//! ```
//! use appflow_client::stand_in::{Mock, MockError};
//! use appflow_client::{Client, Credentials, StartFlowRequest, StartFlowResponse};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), appflow_client::Error> {
//! let mock = Mock::new().on(|request: StartFlowRequest| {
//!     if request.flow_name != "orders-to-s3" {
//!         return Err(MockError::new(404, "ResourceNotFoundException", "no such flow"));
//!     }
//!     let mut started = StartFlowResponse::default();
//!     started.execution_id = Some("run-1".to_owned());
//!     Ok(started)
//! });
//! let client = Client::builder()
//!     .region("us-east-1")
//!     .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
//!     .transport(mock.clone())
//!     .build()?;
//!
//! let started = client.start_flow("orders-to-s3").client_token("nightly").send().await?;
//! assert_eq!(started.execution_id.as_deref(), Some("run-1"));
//! assert_eq!(mock.calls::<StartFlowRequest>()[0].client_token.as_deref(), Some("nightly"));
//! # Ok(())
//! # }
//! ```

mod account;
mod catalog;
mod clock;
mod definition;
mod fault;
mod flow;
mod operation;
mod profile;
mod record;
mod refusal;
mod run;
mod server;
mod tag;
mod validate;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use smithy_reqwest::operation::Request;
use smithy_reqwest::transport::TransportFuture;

use crate::http::{self, HeaderValue};
use crate::{Body, Client, Credentials, Error, ServiceError, Timestamp, Transport, TransportError};

use account::Account;

pub use fault::RecordOrder;
pub use flow::Flow;
pub use server::Server;
pub use smithy_reqwest::mock::{Mock, MockError};

/// The account ID in ARNs.
const ACCOUNT_ID: &str = "123456789012";

/// AppFlow in memory: see the [module](self).
///
/// It is one account in all regions. Clones share it.
#[derive(Clone)]
pub struct StandIn {
    account: Arc<Mutex<Account>>,
    operations: Mock,
}

impl Default for StandIn {
    fn default() -> Self {
        let account = Arc::default();
        let operations = operation::all(&account);
        Self {
            account,
            operations,
        }
    }
}

impl StandIn {
    /// Creates an account without flows. Its clock shows 2026-01-01T00:00:00Z.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates an account with a flow of each kind: `orders-to-s3` (on-demand, 6 s),
    /// `invoices-to-redshift` (on-demand, fails after 4 s), `nightly-export` (scheduled) and
    /// `contacts-on-change` (event-triggered).
    #[must_use]
    pub fn with_samples() -> Self {
        let stand_in = Self::new();
        for flow in Flow::samples() {
            stand_in.add_flow(flow);
        }
        stand_in
    }

    /// Returns a client that calls this, in the region us-east-1.
    ///
    /// # Errors
    ///
    /// The HTTP client could not be created.
    pub fn client(&self) -> Result<Client, Error> {
        Client::builder()
            .region("us-east-1")
            .credentials(Credentials::new("AKIDEXAMPLE", "not-a-secret", None))
            .transport(self.clone())
            .build()
    }

    /// Adds a flow, replacing one of the same name.
    pub fn add_flow(&self, flow: Flow) {
        self.account().add_flow(flow);
    }

    /// Returns the time of the stand-in.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.account().clock.timestamp()
    }

    /// Advances the clock.
    pub fn advance(&self, by: Duration) {
        self.account().clock.advance(by);
    }

    /// Returns the names of the flows that were started, in order. A call that repeats a token
    /// starts nothing.
    #[must_use]
    pub fn starts(&self) -> Vec<String> {
        self.account().starts.clone()
    }

    /// Returns the received requests of an operation, in order. Each attempt of a call is a
    /// request. Requests that failed because of [`throttle`](Self::throttle),
    /// [`fail_calls`](Self::fail_calls) or [`break_connections`](Self::break_connections) are not
    /// included.
    #[must_use]
    pub fn calls<R>(&self) -> Vec<R>
    where
        R: Request<Error = ServiceError>,
    {
        self.operations.calls()
    }

    fn account(&self) -> MutexGuard<'_, Account> {
        self.account.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn answer(
        &self,
        request: http::Request<Body>,
    ) -> Result<http::Response<Body>, TransportError> {
        let (head, body) = request.into_parts();
        let body = body.collect().await.map_err(TransportError::other)?;
        let (fault, request_id) = {
            let mut account = self.account();
            (account.faults.next(), account.next_request_id())
        };
        let refusal = match fault {
            Some(fault) => Some(fault?),
            None => refusal::of_request(&head, &body),
        };
        let mut response = if let Some(error) = refusal {
            let response = error.response().map_err(TransportError::other)?;
            response.map(Body::from)
        } else {
            let request = http::Request::from_parts(head, body.into());
            self.operations.send(request).await?
        };
        let headers = response.headers_mut();
        headers.insert("content-type", HeaderValue::from_static("application/json"));
        if let Ok(id) = HeaderValue::from_str(&request_id) {
            headers.insert("x-amzn-requestid", id);
        }
        Ok(response)
    }
}

/// Faults.
impl StandIn {
    /// Refuses the next requests with `ThrottlingException` and status 429. Each attempt of a call
    /// is a request.
    pub fn throttle(&self, requests: u32) {
        let error = MockError::new(429, "ThrottlingException", "Rate exceeded");
        self.fail_calls(requests, &error);
    }

    /// Refuses the next requests with an error.
    pub fn fail_calls(&self, requests: u32, error: &MockError) {
        self.account().faults.fail(requests, error);
    }

    /// Breaks the connection of the next requests, which have no effect.
    pub fn break_connections(&self, requests: u32) {
        self.account().faults.break_connections(requests);
    }

    /// Leaves the record of a run out of the history of its flow for some time after the start.
    pub fn hide_records(&self, time: Duration) {
        self.account().faults.hidden = time;
    }

    /// Sets the order of the records in the history of a flow. Defaults to the newest first.
    pub fn order_records(&self, order: RecordOrder) {
        self.account().faults.order = order;
    }

    /// Refuses the cancellation of every run in the next requests: their IDs come back in
    /// `invalidExecutions`.
    pub fn refuse_cancellations(&self, requests: u32) {
        self.account().faults.refused_cancellations = requests;
    }
}

impl Transport for StandIn {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        Box::pin(self.answer(request))
    }
}

impl fmt::Debug for StandIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let account = self.account();
        f.debug_struct("StandIn")
            .field("now", &account.clock.timestamp())
            .field("flows", &account.flows.keys())
            .finish_non_exhaustive()
    }
}
