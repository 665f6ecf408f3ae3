//! What goes wrong with a call, in one type.

mod cause;
mod failure;

use std::fmt;

use bytes::Bytes;
use http::HeaderMap;

use crate::schema::{ModeledError, Retryable};
use crate::transport::TransportError;

pub(crate) use cause::{Cause, RepeatedToken};
pub(crate) use failure::{ErrorModel, Failure};

/// Why a call, or the making of a client, failed.
///
/// `Display` says it in one line: the operation, the error code, the message and the request id. Where
/// the response has neither code nor message, as with the page of a proxy, it shows the beginning of
/// the body instead.
/// `S` is the generated enumeration of the service's modeled errors; a generated crate names this
/// type `Error`, without a parameter. It is one word wide.
pub struct Error<S>(Box<Details<S>>);

struct Details<S> {
    kind: ErrorKind<S>,
    failure: Failure,
}

/// What kind of failure an [`Error`] is.
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind<S> {
    /// The service answered with an error that its model declares.
    Service(S),
    /// The service answered with an error that its model does not declare, as often with
    /// throttling, a failed validation or a refused access. [`Error::code`] tells which, and does
    /// so for modeled errors too.
    Unmodeled,
    /// The client, or a call, cannot be made from these settings: no region, a contradiction, no
    /// TLS.
    Configuration,
    /// There are no credentials to sign with, or no token where one is wanted.
    Credentials,
    /// The request can never succeed, so it was not sent.
    InvalidRequest,
    /// No answer came: the connection could not be made, broke, or took too long.
    Transport,
    /// The answer came but could not be read, or is a page that names itself as the one that
    /// follows it.
    InvalidResponse,
}

impl<S> Error<S> {
    /// What kind of failure this is.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind<S> {
        &self.0.kind
    }

    /// The modeled error, where the service answered with one.
    #[must_use]
    pub fn service(&self) -> Option<&S> {
        match &self.0.kind {
            ErrorKind::Service(error) => Some(error),
            _ => None,
        }
    }

    /// The operation that failed, as in `StartFlow`; `None` while a client is made.
    #[must_use]
    pub fn operation(&self) -> Option<&str> {
        self.0.failure.operation
    }

    /// The error code of the service's answer, as in `ThrottlingException`.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.0.failure.code()
    }

    /// Returns whether the service answered with a code, be it that of the model or the one of
    /// awsQuery.
    pub(crate) fn has_code(&self, code: &str) -> bool {
        self.0.failure.has_code(code)
    }

    /// The message of the service's answer.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.0.failure.message()
    }

    /// The id under which the service logged the request: what AWS Support asks for.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.failure.request_id()
    }

    /// The HTTP status of the answer, where one came.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.0.failure.status()
    }

    /// Returns the headers of the response, if there was one.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.failure.response().map(|response| &response.headers)
    }

    /// Returns the beginning of the body of an error response, at most 4,096 bytes, as it was
    /// received. `None` if there was no error response, and empty if the model marks the error as
    /// sensitive.
    #[must_use]
    pub fn body_start(&self) -> Option<&[u8]> {
        self.0.failure.body_start()
    }

    /// How often the request was sent: more than once where a [retry](crate::retry) did not help, 0
    /// where it never was.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.failure.attempts
    }

    /// Returns whether the service refused the call because there are too many: wait, then try
    /// again.
    ///
    /// Of an answer with status 429 and no code of throttling this is true, but
    /// [`is_retryable`](Self::is_retryable) is not, as the standard retry mode has it.
    #[must_use]
    pub fn is_throttling(&self) -> bool {
        self.0.failure.retryable() == Some(Retryable::Throttling) || self.status() == Some(429)
    }

    /// Returns whether the same call may succeed when it is made again: throttling, a failing
    /// server, a broken connection, an error that the model marks so, credentials that could not be
    /// fetched. The client has tried again already, as often as it may: see
    /// [`retry`](crate::retry).
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.0.failure.retryable().is_some() || self.0.failure.lacks_credentials_for_now()
    }

    /// Returns whether a time limit passed.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.0.failure.is_timeout()
    }

    /// Returns whether no connection was made in the last attempt. Where that was the only one, the
    /// request cannot have been received.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.0
            .failure
            .transport()
            .is_some_and(TransportError::is_connect)
    }
}

impl<S: ModeledError> Error<S> {
    pub(crate) fn new(mut failure: Failure) -> Self {
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
                        protocol.read_error(response, error.structure_mut());
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

/// It has no `source`: `Display` tells the whole chain of causes already.
impl<S: ModeledError> std::error::Error for Error<S> {}
