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
    /// An answer with an error status.
    Service {
        response: HttpResponse,
        protocol: &'static dyn Protocol,
        code: Option<String>,
        query_code: Option<String>,
        message: Option<String>,
        request_id: Option<String>,
        retryable: Option<Retryable>,
    },
    /// An answer that could not be read; of its body there may be nothing.
    InvalidResponse {
        response: HttpResponse,
        error: BoxError,
    },
    /// A page that names itself as the one that follows it.
    RepeatedToken(RepeatedToken),
    /// Settings that do not make a client.
    Configuration(BoxError),
    /// No credentials.
    Credentials(CredentialsError),
    /// A value that can never be sent.
    InvalidRequest(InvalidRequest),
    /// A request that cannot be signed.
    Signing(SigningError),
    /// No answer.
    Transport(TransportError),
}

/// A page that names itself as the one that follows it.
#[derive(Debug, thiserror::Error)]
#[error("the token of the next page is the one just sent, so the pages would never end")]
pub(crate) struct RepeatedToken;
