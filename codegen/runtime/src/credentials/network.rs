//! Requests for credentials.
//!
//! They are few and small, and no call can be made before they are answered, so they have short
//! limits of time and retries of their own. They take nothing from the quota of the calls.

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use http_body_util::{BodyExt, Limited};
use tokio::time::sleep;

use super::CredentialsError;
use crate::body::Body;
use crate::retry::{Retryable, delay};
use crate::timeout::within;
use crate::tls::{self, TlsError};
use crate::transport::{Http, Transport, TransportError, TransportFuture, chain};

/// How often a request is sent at most.
const MAX_ATTEMPTS: u32 = 3;
const MAX_BACKOFF: Duration = Duration::from_secs(1);
/// More than any answer with credentials has.
const MAX_ANSWER: usize = 1 << 20;

/// The ways to the sources of credentials.
#[derive(Clone)]
pub(crate) struct Network {
    /// To AWS.
    pub(crate) internet: Arc<dyn Transport>,
    /// To what is beside this machine.
    pub(crate) metadata: Arc<dyn Transport>,
    pub(crate) random: Arc<dyn Fn() -> f64 + Send + Sync>,
    pub(crate) new_token: Arc<dyn Fn() -> String + Send + Sync>,
}

/// How long one waits for a service, and when one asks it again.
pub(super) struct Policy {
    /// The limit of one attempt.
    pub(super) limit: Duration,
    /// Whether to ask again where no connection was made.
    pub(super) repeats_connecting: bool,
    /// Whether to ask again where the answer took too long.
    pub(super) repeats_waiting: bool,
    /// Why another attempt may help after an answer.
    pub(super) retryable: fn(&Response) -> Option<Retryable>,
}

/// What came back.
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
    /// Sends a request until it is answered. An answer that is an error is no error here.
    pub(super) async fn ask(
        &self,
        transport: &dyn Transport,
        policy: &Policy,
        request: impl Fn() -> http::Result<http::Request<Body>>,
    ) -> Result<Response, TransportError> {
        let mut attempt = 0;
        loop {
            let request = request().map_err(TransportError::other)?;
            let outcome = within(policy.limit.into(), exchange(transport, request)).await;
            let outcome = outcome.unwrap_or_else(|limit| {
                let problem = format!("no answer within {limit:?}");
                Err(TransportError::timeout(problem))
            });
            attempt += 1;
            let retryable = policy.retryable(&outcome);
            let Some(retryable) = retryable.filter(|_| attempt < MAX_ATTEMPTS) else {
                return outcome;
            };
            let random = (self.random)();
            sleep(delay(retryable, attempt - 1, MAX_BACKOFF, random, None)).await;
        }
    }
}

/// A source that cannot be reached now.
impl From<TransportError> for CredentialsError {
    fn from(error: TransportError) -> Self {
        Self::temporary(error.to_string())
    }
}

async fn exchange(
    transport: &dyn Transport,
    request: http::Request<Body>,
) -> Result<Response, TransportError> {
    let (head, body) = transport.send(request).await?.into_parts();
    let body = read(body).await?;
    let status = head.status;
    Ok(Response { status, body })
}

/// Reads a body that is no longer than one with credentials is.
pub(super) async fn read(body: Body) -> Result<Bytes, TransportError> {
    let body = Limited::new(body, MAX_ANSWER).collect().await;
    Ok(body.map_err(TransportError::from_source)?.to_bytes())
}

impl fmt::Debug for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Network").finish_non_exhaustive()
    }
}

/// The transport to what is beside this machine, where the caller has given none. Most clients never
/// need it, so it is set up when it is first used.
#[derive(Default)]
pub(crate) struct Metadata(OnceLock<Result<Http, TlsError>>);

impl Transport for Metadata {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        match self
            .0
            .get_or_init(|| tls::metadata_client().map(Http::from))
        {
            Ok(http) => http.send(request),
            Err(error) => {
                let error = TransportError::connect(chain(error));
                Box::pin(std::future::ready(Err(error)))
            }
        }
    }
}
