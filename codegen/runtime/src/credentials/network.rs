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

/// How one asks a service.
pub(super) struct Manner {
    /// The limit of one attempt.
    pub(super) limit: Duration,
    /// Whether to try again where no connection was made.
    pub(super) repeats_connecting: bool,
    /// Whether an answer says that another attempt may help.
    pub(super) is_transient: fn(&Answer) -> bool,
}

/// What came back.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) body: Bytes,
}

impl Network {
    /// Sends a request until it is answered. The error is the problem in words.
    pub(super) async fn ask(
        &self,
        transport: &dyn Transport,
        manner: &Manner,
        request: impl Fn() -> http::Result<http::Request<Body>>,
    ) -> Result<Answer, String> {
        let mut attempt = 0;
        loop {
            let request = request().map_err(|error| error.to_string())?;
            let answer = within(manner.limit.into(), exchange(transport, request)).await;
            let answer = answer.unwrap_or_else(|limit| {
                let problem = format!("no answer within {limit:?}");
                Err(TransportError::timeout(problem))
            });
            let is_transient = match &answer {
                Ok(answer) => (manner.is_transient)(answer),
                Err(error) => manner.repeats_connecting || !error.is_connect(),
            };
            attempt += 1;
            if !is_transient || attempt >= MAX_ATTEMPTS {
                return answer.map_err(|error| error.to_string());
            }
            let random = (self.random)();
            let transient = Retryable::Transient;
            sleep(delay(transient, attempt - 1, MAX_BACKOFF, random, None)).await;
        }
    }
}

async fn exchange(
    transport: &dyn Transport,
    request: http::Request<Body>,
) -> Result<Answer, TransportError> {
    let (head, body) = transport.send(request).await?.into_parts();
    let body = Limited::new(body, MAX_ANSWER).collect().await;
    let body = body.map_err(TransportError::from_source)?.to_bytes();
    let status = head.status;
    Ok(Answer { status, body })
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
