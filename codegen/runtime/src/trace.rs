//! The target of all spans and events, and warnings: "Observability" on the front page of the crate.
//!
//! Nothing here takes a header, a body or a message, which may hold secrets.

use tracing::warn;

/// What spans and events are filtered by.
pub(crate) const TARGET: &str = "smithy_reqwest";

/// The caller's clock was found to be wrong, which no error says where the next attempt succeeds.
pub(crate) fn clock_corrected(offset_seconds: i64) {
    warn!(
        target: TARGET,
        offset_seconds,
        "the service has another time than this machine, and requests are signed for its time now"
    );
}

/// Credentials that will expire could not be replaced, which no error says while the old ones serve. The
/// reason is not logged: it may contain what services and providers say.
pub(crate) fn credentials_not_replaced() {
    warn!(target: TARGET, "credentials will expire soon and could not be replaced yet");
}

/// Credentials have expired and could not be replaced, which no error says while the service takes
/// them.
pub(crate) fn credentials_extended() {
    warn!(
        target: TARGET,
        "credentials have expired and their source has no others; they are used until it has"
    );
}
