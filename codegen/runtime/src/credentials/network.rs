//! Requests for credentials.
//!
//! They are few and small, and calls wait for them, so they have short timeouts and their own
//! retries. They do not use the retry quota of calls.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::StatusCode;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use tokio::time::sleep;

use super::CredentialsError;
use crate::body::{Body, BoxError};
use crate::clock::Clock;
use crate::http_client::{self, ByHost};
use crate::random::random;
use crate::retry::{Retryable, delay};
use crate::timeout::{Timeouts, within};
use crate::transport::{Transport, TransportError};

/// The default timeout for connecting to a metadata endpoint.
pub(crate) const CONNECT_TIMEOUT: Duration = Duration::from_secs(1);

const MAX_BACKOFF: Duration = Duration::from_secs(1);

/// The parts of a client that its [provider](super::ProvideCredentials::attach) shares: the HTTP
/// client, the clock and the region.
#[derive(Clone)]
pub struct Network {
    /// The transport to AWS.
    pub(crate) internet: Arc<dyn Transport>,
    /// The transport to metadata endpoints.
    pub(crate) metadata: Arc<dyn Transport>,
    pub(crate) clock: Arc<Clock>,
    pub(crate) random: Arc<dyn Fn() -> f64 + Send + Sync>,
    pub(crate) new_token: Arc<dyn Fn() -> String + Send + Sync>,
    pub(crate) region: Region,
}

/// The settings that determine the endpoints of AWS services.
#[derive(Debug, Clone, Default)]
pub(crate) struct Region {
    pub(crate) name: Option<String>,
    pub(crate) use_fips: bool,
    pub(crate) use_dual_stack: bool,
}

/// The network of a provider that is not part of a client.
impl Default for Network {
    #[expect(clippy::disallowed_methods, reason = "this is the default time source")]
    fn default() -> Self {
        Self {
            internet: Arc::new(ByHost::new(Timeouts::default(), None)),
            metadata: Arc::new(http_client::metadata(CONNECT_TIMEOUT)),
            clock: Arc::new(Clock::new(Arc::new(SystemTime::now))),
            random: Arc::new(random),
            new_token: Arc::new(|| uuid::Uuid::new_v4().to_string()),
            region: Region::default(),
        }
    }
}

/// The timeout, retries and size limit of requests to one service.
#[derive(Debug, Clone)]
pub(super) struct Policy {
    /// The timeout of one attempt.
    pub(super) limit: Duration,
    /// The maximum number of attempts.
    pub(super) max_attempts: u32,
    /// The maximum length of a response, in bytes.
    pub(super) max_response: usize,
    /// Is `true` if failed connections are retried.
    pub(super) repeats_connecting: bool,
    /// Is `true` if timeouts are retried.
    pub(super) repeats_waiting: bool,
    /// Returns why a response is retryable.
    pub(super) retryable: fn(&Response) -> Option<Retryable>,
}

/// A response with its whole body.
pub(super) struct Response {
    pub(super) status: StatusCode,
    pub(super) body: Bytes,
}

impl Policy {
    fn retryable(&self, outcome: &Result<Response, TransportError>) -> Option<Retryable> {
        match outcome {
            Ok(response) => (self.retryable)(response),
            Err(error) if error.is_connect() && !self.repeats_connecting => None,
            Err(error) if error.is_timeout() && !self.repeats_waiting => None,
            Err(_) => Some(Retryable::Transient),
        }
    }
}

impl Network {
    /// Sends a request until there is a response, with any status.
    pub(super) async fn ask<E: Into<BoxError>>(
        &self,
        transport: &dyn Transport,
        policy: &Policy,
        request: impl Fn() -> Result<http::Request<Body>, E>,
    ) -> Result<Response, TransportError> {
        let mut attempt = 0;
        loop {
            let request = request().map_err(TransportError::other)?;
            let outcome = within(
                policy.limit.into(),
                exchange(transport, request, policy.max_response),
            )
            .await;
            let outcome = outcome.unwrap_or_else(|limit| {
                let problem = format!("no response within {limit:?}");
                Err(TransportError::timeout(problem))
            });
            attempt += 1;
            let retryable = policy.retryable(&outcome);
            let Some(retryable) = retryable.filter(|_| attempt < policy.max_attempts) else {
                return outcome;
            };
            let random = (self.random)();
            sleep(delay(retryable, attempt - 1, MAX_BACKOFF, random, None)).await;
        }
    }
}

/// Creates the error of a source that cannot be reached.
impl From<TransportError> for CredentialsError {
    fn from(error: TransportError) -> Self {
        Self::temporary(error.to_string())
    }
}

async fn exchange(
    transport: &dyn Transport,
    request: http::Request<Body>,
    max_response: usize,
) -> Result<Response, TransportError> {
    let (head, body) = transport.send(request).await?.into_parts();
    let body = read(body, max_response).await?;
    let status = head.status;
    Ok(Response { status, body })
}

/// Reads a body up to a maximum length in bytes.
pub(super) async fn read(body: Body, limit: usize) -> Result<Bytes, TransportError> {
    let body = Limited::new(body, limit).collect().await;
    let body = body.map_err(|error| {
        if error.is::<LengthLimitError>() {
            TransportError::other(format!("the response is longer than {limit} bytes"))
        } else {
            TransportError::from_source(error)
        }
    });
    Ok(body?.to_bytes())
}

impl fmt::Debug for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Network").finish_non_exhaustive()
    }
}
