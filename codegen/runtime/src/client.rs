//! The path of one call: write, sign, send, read.

use std::borrow::Cow;
use std::fmt;
use std::pin::pin;
use std::sync::Arc;

use http::HeaderValue;
use tracing::Instrument as _;

use crate::auth::BearerToken;
use crate::body::Body;
use crate::clock::Clock;
use crate::compression::CompressionSettings;
use crate::credentials::ProvideCredentials;
use crate::destination::{Destination, Destinations};
use crate::endpoint::EndpointParameters;
use crate::error::{Cause, Error, Failure, Marks};
use crate::limit::ResponseLimit;
use crate::operation::{
    Auth, HttpRequest, HttpResponse, InvalidRequest, InvalidResponse, Operation, Request, Service,
};
use crate::recursion::Recursion;
use crate::retry::{Progress, RetryPolicy};
use crate::sigv4::SigningKeys;
use crate::timeout::{Timeouts, timed_out, within};
use crate::trace::{self, Answer};
use crate::transport::Transport;

/// What every generated client is made of: settings and a connection pool, shared by its clones.
///
/// A generated crate wraps it in a type with one method an operation.
#[derive(Clone)]
pub struct Client {
    core: Arc<Core>,
}

/// The settings of a client, complete and checked.
pub(crate) struct Core {
    pub(crate) service: &'static Service,
    pub(crate) destinations: Destinations,
    pub(crate) credentials: Option<Arc<dyn ProvideCredentials>>,
    /// Whether somebody has said where the credentials are, so that calls are made with them where
    /// they may be made without.
    pub(crate) has_named_credentials: bool,
    pub(crate) bearer_token: Option<BearerToken>,
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

    /// What makes random numbers, from 0 up to and without 1.
    pub(crate) fn random(&self) -> &(dyn Fn() -> f64 + Send + Sync) {
        &*self.core.random
    }

    /// Makes one call: what the `send` of every generated operation does.
    ///
    /// The request is written at once, and the future holds its bytes alone: some requests are
    /// large, and all futures around this one would be as large again.
    ///
    /// # Errors
    ///
    /// Everything that [`ErrorKind`](crate::ErrorKind) lists.
    pub fn send<R: Request>(
        &self,
        request: R,
    ) -> impl Future<Output = Result<R::Response, Error<R::Error>>> + Send {
        let written = self.write(request);
        async move {
            let mut output = None;
            let mut read = |response: &mut HttpResponse| {
                output = Some(R::read(response)?);
                Ok(())
            };
            let outcome = match written {
                Ok((http, parameters)) => {
                    let core = &self.core;
                    let marks = Marks::of::<R::Error>();
                    core.call(R::OPERATION, marks, http, parameters, &mut read)
                        .await
                }
                Err(error) => Err(Cause::InvalidRequest(error).into()),
            };
            match (outcome, output) {
                (Ok(()), Some(output)) => Ok(output),
                // `call` ends well only after `read` did, and `read` sets the output.
                (Ok(()), None) => unreachable!("a call ended well without reading its output"),
                (Err(failure), _) => Err(Error::new(Failure {
                    operation: Some(R::OPERATION.name),
                    ..failure
                })),
            }
        }
    }

    /// The message of a request, and what it says about the endpoint.
    fn write<R: Request>(
        &self,
        mut request: R,
    ) -> Result<(HttpRequest, EndpointParameters), InvalidRequest> {
        request.fill_tokens(&*self.core.new_token);
        let mut http = HttpRequest::new();
        let mut parameters = EndpointParameters::default();
        request.endpoint_parameters(&mut parameters)?;
        request.write(&mut http)?;
        Ok((http, parameters))
    }
}

/// Reads an answer of status 2xx and keeps its output.
pub(crate) type Read<'a> = dyn FnMut(&mut HttpResponse) -> Result<(), InvalidResponse> + Send + 'a;

/// What is the same for all attempts of a call, beside the request.
pub(crate) struct Call<'a> {
    pub(crate) operation: &'static Operation,
    pub(crate) auth: Auth,
    pub(crate) destination: Cow<'a, Destination>,
    /// What the model marks of the errors.
    pub(crate) marks: Marks,
}

impl Core {
    /// Sends a request and has its answer read. It is compiled once, not once an operation.
    async fn call(
        &self,
        operation: &'static Operation,
        marks: Marks,
        request: HttpRequest,
        parameters: EndpointParameters,
        read: &mut Read<'_>,
    ) -> Result<(), Failure> {
        let call = Call {
            operation,
            auth: self.auth(operation),
            destination: self.destinations.of_call(self.service, parameters)?,
            marks,
        };
        if let (Auth::SigV4, Some(schemes)) = (call.auth, &call.destination.unknown_schemes) {
            return Err(Failure::configuration(format!(
                "the endpoint takes only requests that are signed by {schemes}, which this client \
                 cannot do"
            )));
        }
        let mut progress = Progress::new(self.timeouts.call);
        let span = trace::span(self.service, operation);
        // All futures around this one hold it, so it has a place of its own.
        let done = Box::pin(
            self.perform(&call, request, &mut progress, read)
                .instrument(span.clone()),
        );
        let outcome = within(self.timeouts.call, done).await;
        let outcome = outcome.unwrap_or_else(|limit| Err(progress.timed_out(limit)));
        trace::call_ended(&span, progress.attempts, &outcome);
        outcome.map(drop).map_err(|failure| Failure {
            attempts: progress.attempts,
            ..failure
        })
    }

    /// Makes a call, however long it takes.
    async fn perform(
        &self,
        call: &Call<'_>,
        mut request: HttpRequest,
        progress: &mut Progress,
        read: &mut Read<'_>,
    ) -> Result<Answer, Failure> {
        self.prepare(call, &mut request).await?;
        self.attempt(call, request, progress, read).await
    }

    /// Sends a request once, and reads the answer, within the time that an attempt may take.
    pub(crate) async fn exchange(
        &self,
        call: &Call<'_>,
        request: http::Request<Body>,
        read: &mut Read<'_>,
    ) -> Result<Answer, Failure> {
        // Handed on as it is, it would be there twice in every future around this one.
        let answered = pin!(self.send_and_read(call, request, read));
        let outcome = within(self.timeouts.attempt, answered).await;
        outcome.unwrap_or_else(|limit| {
            let problem = format!("the attempt was not done within {limit:?}");
            Err(timed_out(problem))
        })
    }

    async fn send_and_read(
        &self,
        call: &Call<'_>,
        request: http::Request<Body>,
        read: &mut Read<'_>,
    ) -> Result<Answer, Failure> {
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
        };
        let is_handed_on = call.operation.streams && response.status.is_success();
        if !is_handed_on {
            match self.response_limit.read(response.stream()).await {
                Ok(bytes) => response.body = bytes.into(),
                Err(source) => return Err(Failure::unread(response, source, call.marks)),
            }
        }
        if !response.status.is_success() {
            return Err(Failure::service(response, call.marks));
        }
        match read(&mut response) {
            Ok(()) => Ok(Answer::of(&response)),
            Err(error) => {
                let error = error.into();
                Err(Cause::InvalidResponse { response, error }.into())
            }
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
