//! The client, which builds, signs and sends requests and reads responses.

mod attempt;
mod authorize;
#[cfg(feature = "event-stream")]
mod events;
mod head;
mod payload;
mod skew;
mod span;

use std::borrow::Cow;
use std::fmt;
use std::pin::pin;
use std::sync::Arc;

use http::HeaderValue;
use tracing::Instrument as _;

use crate::body::Body;
use crate::clock::Clock;
use crate::compression::CompressionSettings;
use crate::credentials::{ProvideCredentials, ProvideToken};
use crate::destination::{Destination, Destinations};
use crate::endpoint::EndpointParameters;
use crate::error::{Cause, Error, ErrorModel, Failure};
#[cfg(feature = "event-stream")]
use crate::event_stream::Outgoing;
use crate::limit::ResponseLimit;
use crate::message::{HttpRequest, HttpResponse, InvalidRequest, ResponseMetadata};
use crate::operation::{Auth, Operation, Request, Service};
use crate::recursion::Recursion;
use crate::retry::RetryPolicy;
use crate::schema::{Slot, Structure, Value as _, View, with_fields_mut};
use crate::sigv4::SigningKeys;
use crate::timeout::{Timeouts, within};
use crate::transport::Transport;
use attempt::Progress;

/// The client that generated clients wrap: settings and a connection pool, shared by its clones.
///
/// A generated crate wraps it in a type with one method per operation.
#[derive(Clone)]
pub struct Client {
    core: Arc<Core>,
}

/// The complete and checked settings of a client.
pub(crate) struct Core {
    pub(crate) service: &'static Service,
    pub(crate) destinations: Destinations,
    /// Disables the host prefixes of the model; `None` to disable them only for loopback hosts.
    pub(crate) disable_host_prefix: Option<bool>,
    pub(crate) credentials: Option<Arc<dyn ProvideCredentials>>,
    /// Is `true` if credentials are configured, so that they are used even for operations that do
    /// not require them.
    pub(crate) has_named_credentials: bool,
    pub(crate) bearer_token: Option<Arc<dyn ProvideToken>>,
    /// Is `true` if the token takes precedence over a signature, for all operations.
    pub(crate) prefers_token: bool,
    pub(crate) compression: CompressionSettings,
    pub(crate) retry: RetryPolicy,
    pub(crate) timeouts: Timeouts,
    pub(crate) response_limit: ResponseLimit,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) user_agent: HeaderValue,
    pub(crate) clock: Arc<Clock>,
    pub(crate) signing_keys: SigningKeys,
    pub(crate) recursion: Recursion,
    pub(crate) new_token: Arc<dyn Fn() -> String + Send + Sync>,
    pub(crate) random: Arc<dyn Fn() -> f64 + Send + Sync>,
}

impl Client {
    pub(crate) fn new(core: Core) -> Self {
        Self {
            core: Arc::new(core),
        }
    }

    /// Returns the generator of random numbers, from 0 up to but not including 1.
    pub(crate) fn random(&self) -> &(dyn Fn() -> f64 + Send + Sync) {
        &*self.core.random
    }

    /// Sends a request.
    ///
    /// The request is written immediately, and the future holds only its bytes: some requests are
    /// large, and every future around this one would be as large.
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`](crate::ErrorKind).
    pub fn send<R: Request>(
        &self,
        request: R,
    ) -> impl Future<Output = Result<R::Response, Error<R::Error>>> + Send {
        let call = self.send_with_metadata(request);
        async move { call.await.map(|(response, _)| response) }
    }

    /// Sends a request. Returns the response with its metadata.
    ///
    /// # Errors
    ///
    /// See [`ErrorKind`](crate::ErrorKind).
    pub fn send_with_metadata<R: Request>(
        &self,
        mut request: R,
    ) -> impl Future<Output = Result<(R::Response, ResponseMetadata), Error<R::Error>>> + Send {
        let mut parameters = EndpointParameters::default();
        let written = request
            .endpoint_parameters(&mut parameters)
            .and_then(|()| self.core.write(R::OPERATION, &mut request));
        async move {
            let core = &self.core;
            let mut output = R::Response::initial();
            let outcome = match written {
                Ok(http) => {
                    let errors = ErrorModel::of::<R::Error>(core.service.protocol);
                    core.call(R::OPERATION, errors, http, parameters, &mut output)
                        .await
                }
                Err(error) => Err(Cause::InvalidRequest(error).into()),
            };
            outcome
                .map(|metadata| (output, metadata))
                .map_err(|failure| {
                    Error::new(Failure {
                        operation: Some(R::OPERATION.name),
                        ..failure
                    })
                })
        }
    }
}

/// The data that all attempts of a call share, except for the request.
pub(crate) struct CallContext<'a> {
    pub(crate) operation: &'static Operation,
    pub(crate) auth: Auth,
    pub(crate) destination: Cow<'a, Destination>,
    /// The modeled errors.
    pub(crate) errors: ErrorModel,
}

impl Core {
    /// Writes a request, with a random token for each absent idempotency token. This happens once
    /// per call, so that all attempts have the same token.
    fn write(
        &self,
        operation: &Operation,
        request: &mut dyn Structure,
    ) -> Result<HttpRequest, InvalidRequest> {
        let members = request.schema().members;
        if members.iter().any(|member| member.idempotency_token) {
            with_fields_mut(request, |fields| {
                for (member, field) in members.iter().zip(fields) {
                    if member.idempotency_token
                        && matches!(field.view(), View::Null)
                        && let Slot::String(token) = field.slot()
                    {
                        // Any text is a valid token.
                        let _ = token.set(&(self.new_token)());
                    }
                }
            });
        }
        let protocol = self.service.protocol;
        #[cfg_attr(
            not(feature = "event-stream"),
            expect(unused_mut, reason = "it has events")
        )]
        let mut written = protocol.write_request(operation, request)?;
        #[cfg(feature = "event-stream")]
        Outgoing::attach(protocol, &self.clock, request, &mut written)?;
        Ok(written)
    }

    /// Sends a request and fills the output from the response. It is compiled once, not once per
    /// operation.
    async fn call(
        &self,
        operation: &'static Operation,
        errors: ErrorModel,
        request: HttpRequest,
        parameters: EndpointParameters,
        output: &mut dyn Structure,
    ) -> Result<ResponseMetadata, Failure> {
        let call = CallContext {
            operation,
            auth: self.choose_auth(operation),
            destination: self.destinations.of_call(self.service, parameters)?,
            errors,
        };
        if let (Auth::SigV4, Some(schemes)) = (call.auth, &call.destination.unknown_schemes) {
            return Err(Failure::configuration(format!(
                "the endpoint requires authentication by {schemes}, which this client does not \
                 support"
            )));
        }
        let mut progress = Progress::new(self.timeouts.call);
        let span = span::open(self.service, operation);
        // Boxed, because every future around this one contains it.
        let done = Box::pin(
            self.perform(&call, request, &mut progress, output)
                .instrument(span.clone()),
        );
        let outcome = within(self.timeouts.call, done).await;
        let outcome = outcome.unwrap_or_else(|limit| Err(progress.timed_out(limit)));
        span::record_outcome(&span, progress.attempts, &outcome);
        outcome.map_err(|failure| Failure {
            attempts: progress.attempts,
            ..failure
        })
    }

    /// Makes a call without a timeout.
    async fn perform(
        &self,
        call: &CallContext<'_>,
        mut request: HttpRequest,
        progress: &mut Progress,
        output: &mut dyn Structure,
    ) -> Result<ResponseMetadata, Failure> {
        self.prepare(call, &mut request).await?;
        self.attempt(call, request, progress, output).await
    }

    /// Sends a request once and reads the response, within the timeout of an attempt.
    async fn exchange(
        &self,
        call: &CallContext<'_>,
        request: http::Request<Body>,
        output: &mut dyn Structure,
    ) -> Result<HttpResponse, Failure> {
        // Pinned here, because `within` would contain it twice.
        let answered = pin!(self.send_and_read(call, request, output));
        let outcome = within(self.timeouts.attempt, answered).await;
        outcome.unwrap_or_else(|limit| {
            let problem = format!("the attempt took longer than {limit:?}");
            Err(Failure::timed_out(problem))
        })
    }

    async fn send_and_read(
        &self,
        call: &CallContext<'_>,
        request: http::Request<Body>,
        output: &mut dyn Structure,
    ) -> Result<HttpResponse, Failure> {
        let (head, body) = self
            .transport
            .send(request)
            .await
            .map_err(Cause::Transport)?
            .into_parts();
        let mut response = HttpResponse {
            status: head.status,
            headers: head.headers,
            body,
            max_decoded_size: self.response_limit.decoded,
        };
        let is_handed_on = call.operation.streams && response.status.is_success();
        if !is_handed_on {
            match self
                .response_limit
                .read(std::mem::take(&mut response.body))
                .await
            {
                Ok(bytes) => response.body = bytes.into(),
                Err(source) => return Err(Failure::unread(response, source, call.errors)),
            }
        }
        if !response.status.is_success() {
            return Err(Failure::service(response, call.errors));
        }
        #[cfg(feature = "event-stream")]
        if events::has_events(output) {
            // The futures of other calls are smaller without this one.
            return Box::pin(self.receive(call, response, output)).await;
        }
        read(call, response, output)
    }
}

/// Fills the output from a response.
fn read(
    call: &CallContext<'_>,
    mut response: HttpResponse,
    output: &mut dyn Structure,
) -> Result<HttpResponse, Failure> {
    match call.errors.protocol.read_response(&mut response, output) {
        Ok(()) => Ok(response),
        Err(error) => {
            let error = error.into();
            Err(Cause::InvalidResponse { response, error }.into())
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("service", &self.core.service.sdk_id)
            .field("endpoint", &self.core.destinations.base_url())
            .field("region", &self.core.destinations.region())
            .field("credentials", &self.core.credentials)
            .field("bearer_token", &self.core.bearer_token)
            .finish_non_exhaustive()
    }
}
