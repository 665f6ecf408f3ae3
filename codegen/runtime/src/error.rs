//! The error of a call.

mod cause;
mod failure;

use std::fmt;

use bytes::Bytes;
use http::HeaderMap;

use crate::message::HttpResponse;
use crate::protocol::Protocol;
use crate::schema::{ModeledError, Retryable, Structure};
use crate::transport::TransportError;

pub(crate) use cause::{Cause, RepeatedToken};
pub(crate) use failure::{ErrorModel, Failure};

/// The error of a call, or of creating a client.
///
/// `Display` prints one line with the operation, the error code, the message and the request ID. If
/// the response has neither code nor message, such as an error page of a proxy, it prints the start
/// of the body instead.
///
/// `S` is the generated enum of the service's modeled errors. A generated crate has an alias
/// `Error` without a parameter. The type has the size of a pointer.
pub struct Error<S>(Box<Details<S>>);

struct Details<S> {
    kind: ErrorKind<S>,
    failure: Failure,
}

/// The kind of an [`Error`].
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind<S> {
    /// The service returned an error that its model declares.
    Service(S),
    /// The service returned an error that its model does not declare, which is common for
    /// throttling, validation and access errors. [`Error::code`] returns its code.
    Unmodeled,
    /// The settings are incomplete or invalid, for example without a region or without TLS.
    Configuration,
    /// Missing credentials, or a missing token for an operation that requires one.
    Credentials,
    /// The request is invalid and was not sent.
    InvalidRequest,
    /// There was no response: connecting failed, the connection was lost, or it timed out.
    Transport,
    /// The response could not be read, or its pagination token is that of the request.
    InvalidResponse,
}

impl<S> Error<S> {
    /// Returns the kind of the error.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind<S> {
        &self.0.kind
    }

    /// Returns the modeled error, if the service returned one.
    #[must_use]
    pub fn service(&self) -> Option<&S> {
        match &self.0.kind {
            ErrorKind::Service(error) => Some(error),
            _ => None,
        }
    }

    /// Returns the operation that failed, such as `StartFlow`; `None` for an error of creating a
    /// client.
    #[must_use]
    pub fn operation(&self) -> Option<&str> {
        self.0.failure.operation
    }

    /// Returns the error code of the response, such as `ThrottlingException`.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.0.failure.code()
    }

    /// Returns `true` if the response has this code, either of the model or of awsQuery.
    pub(crate) fn has_code(&self, code: &str) -> bool {
        self.0.failure.has_code(code)
    }

    /// Returns the error message of the response.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.0.failure.message()
    }

    /// Returns the request ID of the response, which AWS Support asks for.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.failure.request_id()
    }

    /// Returns the HTTP status of the response, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.0.failure.status()
    }

    /// Returns the headers of the response, if there was one.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.failure.response().map(|response| &response.headers)
    }

    /// Returns the start of the body of an error response, at most 4,096 bytes. `None` if there was
    /// no error response; empty if the model marks the error as sensitive.
    #[must_use]
    pub fn body_start(&self) -> Option<&[u8]> {
        self.0.failure.body_start()
    }

    /// Returns the number of attempts: 0 if no request was sent, more than 1 after a
    /// [retry](crate::retry).
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.failure.attempts
    }

    /// Returns `true` if the service rejected the call because of too many calls: wait, then try
    /// again.
    ///
    /// For a response with status 429 and without a throttling code, this returns `true` but
    /// [`is_retryable`](Self::is_retryable) returns `false`, following the standard retry mode.
    #[must_use]
    pub fn is_throttling(&self) -> bool {
        self.0.failure.retryable() == Some(Retryable::Throttling) || self.status() == Some(429)
    }

    /// Returns `true` if the same call may succeed later: throttling, a server error, a lost
    /// connection, an error that the model marks as retryable, or a temporary failure of a
    /// credentials source. The client has already used all its attempts: see
    /// [`retry`](crate::retry).
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.0.failure.retryable().is_some() || self.0.failure.lacks_credentials_for_now()
    }

    /// Returns `true` for a timeout.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.0.failure.is_timeout()
    }

    /// Returns `true` if the last attempt could not connect. If it was the only attempt, the
    /// service has not received the request.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.0
            .failure
            .transport()
            .is_some_and(TransportError::is_connect)
    }
}

/// Fills the members of a modeled error.
type ReadError<'a> = &'a dyn Fn(&dyn Protocol, &mut HttpResponse, &mut dyn Structure);

impl<S: ModeledError> Error<S> {
    pub(crate) fn new(failure: Failure) -> Self {
        Self::reading(failure, &|protocol, response, error| {
            protocol.read_error(response, error);
        })
    }

    /// Creates an error of which the members are read in a way of its own.
    pub(crate) fn reading(mut failure: Failure, read: ReadError<'_>) -> Self {
        let start = failure.body_start().map(Bytes::copy_from_slice);
        let kind = match &mut *failure.cause {
            Cause::Service {
                response,
                code,
                protocol,
                ..
            } => {
                let kind = match code.as_deref().and_then(S::of_code) {
                    Some(mut error) => {
                        read(*protocol, response, error.structure_mut());
                        ErrorKind::Service(error)
                    }
                    None => ErrorKind::Unmodeled,
                };
                let is_secret = ErrorModel::of::<S>(*protocol).is_secret(code.as_deref());
                let start = start.filter(|_| !is_secret);
                response.body = start.unwrap_or_default().into();
                kind
            }
            Cause::Configuration(_) => ErrorKind::Configuration,
            Cause::Credentials(_) => ErrorKind::Credentials,
            Cause::InvalidRequest(_) | Cause::Signing(_) => ErrorKind::InvalidRequest,
            Cause::Transport(_) => ErrorKind::Transport,
            Cause::InvalidResponse { .. } | Cause::RepeatedToken(_) => ErrorKind::InvalidResponse,
        };
        Self(Box::new(Details { kind, failure }))
    }
}

impl<S> fmt::Display for Error<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0.failure, f)
    }
}

impl<S: fmt::Debug> fmt::Debug for Error<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", self.kind())
            .field("operation", &self.operation())
            .field("code", &self.code())
            .field("message", &self.message())
            .field("request_id", &self.request_id())
            .field("status", &self.status())
            .field("attempts", &self.attempts())
            .field("cause", &self.0.failure.cause)
            .finish()
    }
}

/// Without a `source`, because `Display` prints the whole chain of causes.
impl<S: ModeledError> std::error::Error for Error<S> {}
