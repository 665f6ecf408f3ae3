//! Missing and rejected credentials.

use crate::credentials::CredentialsError;
use crate::error::{Cause, Failure};

/// The message for a call that must be signed without credentials.
pub(crate) const NO_CREDENTIALS: &str = "no credentials: call `credentials(…)` on the builder, or \
     create the client with `from_env` or `build_from_env`";

/// Error codes for expired or unknown credentials.
const REFUSED: [&str; 4] = [
    "ExpiredToken",
    "ExpiredTokenException",
    "InvalidClientTokenId",
    "UnrecognizedClientException",
];

/// Returns the failure of a call or a client without credentials.
pub(crate) fn no_credentials() -> Failure {
    Cause::Credentials(CredentialsError::new(NO_CREDENTIALS)).into()
}

/// Returns `true` if an error code means that the credentials have expired or are unknown.
pub(crate) fn refuses_credentials(code: &str) -> bool {
    REFUSED.contains(&code)
}
