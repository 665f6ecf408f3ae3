//! Causes of failures.

use crate::body::BoxError;
use crate::credentials::CredentialsError;
use crate::message::{HttpResponse, InvalidRequest};
use crate::protocol::Protocol;
use crate::schema::Retryable;
use crate::sigv4::SigningError;
use crate::transport::TransportError;

/// The cause of a failure.
#[derive(Debug)]
pub(crate) enum Cause {
    /// A response with an error status.
    Service {
        response: HttpResponse,
        protocol: &'static dyn Protocol,
        code: Option<String>,
        query_code: Option<String>,
        message: Option<String>,
        request_id: Option<String>,
        retryable: Option<Retryable>,
    },
    /// A response that could not be read. Its body may be incomplete.
    InvalidResponse {
        response: HttpResponse,
        error: BoxError,
    },
    /// A repeated pagination token.
    RepeatedToken(RepeatedToken),
    /// Invalid settings.
    Configuration(BoxError),
    /// No credentials.
    Credentials(CredentialsError),
    /// An invalid request.
    InvalidRequest(InvalidRequest),
    /// A request that cannot be signed.
    Signing(SigningError),
    /// No response.
    Transport(TransportError),
}

/// The error of a repeated pagination token.
#[derive(Debug, thiserror::Error)]
#[error("the response repeats the pagination token of the request, so pagination would never end")]
pub(crate) struct RepeatedToken;
