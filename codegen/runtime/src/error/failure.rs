//! The error of the code that all services share, before it gets the type of a service.

use std::fmt;
use std::time::Duration;

use super::Cause;
use crate::body::BoxError;
use crate::message::{HttpResponse, InvalidResponse};
use crate::one_line::{OneLine, excerpt};
use crate::protocol::{ErrorMetadata, Protocol};
use crate::retry;
use crate::schema::{ErrorShape, ModeledError, Retryable};
use crate::transport::TransportError;

/// The number of bytes of the body of an error response that are kept.
const BODY_START: usize = 4_096;

/// An error without the modeled errors of a service.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) operation: Option<&'static str>,
    pub(crate) attempts: u32,
    pub(crate) cause: Box<Cause>,
}

/// The modeled errors of a service, and the protocol that reads them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ErrorModel {
    pub(crate) protocol: &'static dyn Protocol,
    shapes: &'static [ErrorShape],
}

impl ErrorModel {
    pub(crate) fn of<S: ModeledError>(protocol: &'static dyn Protocol) -> Self {
        Self {
            protocol,
            shapes: S::SHAPES,
        }
    }

    /// Returns `true` if the message of an error must not be shown.
    pub(super) fn is_secret(self, code: Option<&str>) -> bool {
        let mut shapes = self.shapes.iter();
        shapes.any(|error| error.sensitive && Some(error.code) == code)
    }
}

impl Failure {
    /// Creates an error of the settings.
    pub(crate) fn configuration(problem: impl Into<BoxError>) -> Self {
        Cause::Configuration(problem.into()).into()
    }

    /// Creates the error of a call or an attempt that timed out.
    pub(crate) fn timed_out(problem: String) -> Self {
        Cause::Transport(TransportError::timeout(problem)).into()
    }

    /// Creates the error of a response with an error status.
    pub(crate) fn service(response: HttpResponse, errors: ErrorModel) -> Self {
        let metadata = errors.protocol.error_metadata(&response);
        Self::described(response, metadata, errors)
    }

    /// A response that is an error, and what it says about the error.
    pub(crate) fn described(
        response: HttpResponse,
        metadata: ErrorMetadata,
        errors: ErrorModel,
    ) -> Self {
        let ErrorMetadata {
            code,
            query_code,
            message,
            request_id,
        } = metadata;
        let message = message.filter(|_| !errors.is_secret(code.as_deref()));
        let status = response.status.as_u16();
        let of_code =
            |code: &Option<String>| retry::retryable(status, code.as_deref(), errors.shapes);
        let retryable = of_code(&code).or_else(|| of_code(&query_code));
        Cause::Service {
            response,
            protocol: errors.protocol,
            code,
            query_code,
            message,
            request_id,
            retryable,
        }
        .into()
    }

    /// Creates the error of a response whose body could not be read completely.
    pub(crate) fn unread(response: HttpResponse, problem: BoxError, errors: ErrorModel) -> Self {
        let error: BoxError = match problem.downcast::<InvalidResponse>() {
            Ok(error) => error,
            Err(source) => Box::new(TransportError::from_source(source)),
        };
        // If the head identifies the error, only its message is lost. An incomplete error response
        // may have contained a retryable code; one that is too long would be too long again.
        let is_known = errors.protocol.error_metadata(&response).code.is_some()
            || response.status.is_server_error()
            || is_too_long(&error);
        if is_known && !response.status.is_success() {
            return Self::service(response, errors);
        }
        Cause::InvalidResponse { response, error }.into()
    }

    pub(super) fn response(&self) -> Option<&HttpResponse> {
        match &*self.cause {
            Cause::Service { response, .. } | Cause::InvalidResponse { response, .. } => {
                Some(response)
            }
            _ => None,
        }
    }

    pub(crate) fn status(&self) -> Option<u16> {
        self.response().map(|response| response.status.as_u16())
    }

    pub(crate) fn request_id(&self) -> Option<&str> {
        let in_body = match &*self.cause {
            Cause::Service { request_id, .. } => request_id.as_deref(),
            _ => None,
        };
        self.response()?.request_id().or(in_body)
    }

    pub(crate) fn code(&self) -> Option<&str> {
        match &*self.cause {
            Cause::Service {
                code, query_code, ..
            } => query_code.as_deref().or(code.as_deref()),
            _ => None,
        }
    }

    /// Returns `true` if the response has this code, either of the model or of awsQuery.
    pub(crate) fn has_code(&self, wanted: &str) -> bool {
        match &*self.cause {
            Cause::Service {
                code, query_code, ..
            } => [code, query_code]
                .map(Option::as_deref)
                .contains(&Some(wanted)),
            _ => false,
        }
    }

    pub(super) fn message(&self) -> Option<&str> {
        match &*self.cause {
            Cause::Service { message, .. } => message.as_deref(),
            _ => None,
        }
    }

    /// Returns the beginning of the body of an error response.
    pub(super) fn body_start(&self) -> Option<&[u8]> {
        match &*self.cause {
            Cause::Service { response, .. } => {
                let body = response.bytes();
                Some(body.get(..BODY_START).unwrap_or(body))
            }
            _ => None,
        }
    }

    pub(super) fn transport(&self) -> Option<&TransportError> {
        match &*self.cause {
            Cause::Transport(error) => Some(error),
            _ => None,
        }
    }

    pub(crate) fn is_timeout(&self) -> bool {
        let error = match &*self.cause {
            // Reading the body may time out, too.
            Cause::InvalidResponse { error, .. } => error.downcast_ref(),
            _ => self.transport(),
        };
        error.is_some_and(TransportError::is_timeout)
    }

    /// Returns why a retry may succeed; `None` if the failure is final.
    pub(crate) fn retryable(&self) -> Option<Retryable> {
        match &*self.cause {
            Cause::Service { retryable, .. } => *retryable,
            // The service has processed the request, and would return the same response again.
            Cause::InvalidResponse { error, .. } if error.is::<InvalidResponse>() => None,
            Cause::InvalidResponse { .. } | Cause::Transport(_) => Some(Retryable::Transient),
            Cause::RepeatedToken(_)
            | Cause::Configuration(_)
            | Cause::Credentials(_)
            | Cause::InvalidRequest(_)
            | Cause::Signing(_) => None,
        }
    }

    /// Returns `true` if another host of the service may not fail: one that is broken or overloaded
    /// fails with a status of 5xx, or with no response.
    pub(crate) fn may_be_of_host(&self) -> bool {
        match &*self.cause {
            Cause::Service { response, .. } => response.status.is_server_error(),
            Cause::InvalidResponse { .. } | Cause::Transport(_) => true,
            _ => false,
        }
    }

    /// Returns `true` if getting credentials failed temporarily. Their sources have already
    /// retried, so the call is not retried.
    pub(super) fn lacks_credentials_for_now(&self) -> bool {
        matches!(&*self.cause, Cause::Credentials(error) if error.is_temporary())
    }

    /// Appends an earlier failure to this one.
    pub(crate) fn following(mut self, before: Option<&Self>) -> Self {
        if let (Cause::Credentials(error), Some(before)) = (&mut *self.cause, before) {
            *error = error.clone().following(before);
        }
        self
    }

    /// Returns the retry delay that the service asks for.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        let millis = self.response()?.header("x-amz-retry-after")?;
        millis.parse().ok().map(Duration::from_millis)
    }

    /// Returns the cause, if there is one.
    fn error(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &*self.cause {
            Cause::Service { .. } => None,
            Cause::Configuration(error) | Cause::InvalidResponse { error, .. } => {
                Some(error.as_ref())
            }
            Cause::RepeatedToken(error) => Some(error),
            Cause::Credentials(error) => Some(error),
            Cause::InvalidRequest(error) => Some(error),
            Cause::Signing(error) => Some(error),
            Cause::Transport(error) => Some(error),
        }
    }
}

fn is_too_long(error: &BoxError) -> bool {
    matches!(error.downcast_ref(), Some(InvalidResponse::TooLong(_)))
}

impl From<Cause> for Failure {
    fn from(cause: Cause) -> Self {
        Self {
            operation: None,
            attempts: 0,
            cause: Box::new(cause),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.operation {
            write!(f, "{operation}: ")?;
        }
        if let Some(error) = self.error() {
            write!(f, "{}", OneLine(&error.to_string()))?;
        } else {
            let code = self.code().unwrap_or("an error without a code");
            write!(f, "{}", OneLine(code))?;
            if let Some(message) = self.message() {
                write!(f, ": {}", OneLine(message))?;
            }
        }
        self.write_details(f)?;
        match self.body_start().and_then(excerpt) {
            Some(text) if self.code().is_none() && self.message().is_none() => {
                write!(f, ": {text}")
            }
            _ => Ok(()),
        }
    }
}

impl Failure {
    fn write_details(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut details = Vec::new();
        if let Some(response) = self.response() {
            details.push(format!("status {}", response.status.as_u16()));
            let id = self.request_id();
            details.extend(id.map(|id| format!("request id {}", OneLine(id))));
        }
        if self.attempts > 1 {
            details.push(format!("{} attempts", self.attempts));
        }
        if details.is_empty() {
            return Ok(());
        }
        write!(f, " ({})", details.join(", "))
    }
}
