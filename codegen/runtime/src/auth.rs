//! Credentials that are missing, and those that a service refuses.

use crate::credentials::CredentialsError;
use crate::error::{Cause, Failure};

/// What to do where a call must be signed and there is nothing to sign with.
pub(crate) const NO_CREDENTIALS: &str = "no credentials: call `credentials(…)` on the builder, or \
     make the client with `from_env` or `build_from_env`, which look for them";

/// Codes that say that the credentials of a signature have expired, or are not known.
const REFUSED: [&str; 4] = [
    "ExpiredToken",
    "ExpiredTokenException",
    "InvalidClientTokenId",
    "UnrecognizedClientException",
];

/// The failure of a call or a client that must sign and cannot.
pub(crate) fn no_credentials() -> Failure {
    Cause::Credentials(CredentialsError::new(NO_CREDENTIALS)).into()
}

/// Returns `true` if an error code says that the credentials have expired or are unknown.
pub(crate) fn refuses_credentials(code: &str) -> bool {
    REFUSED.contains(&code)
}
