//! The target of all spans and events, and warnings: "Observability" on the front page of the
//! crate.
//!
//! Headers, bodies and messages are never logged, because they may contain secrets.

use tracing::warn;

/// The target of spans and events.
pub(crate) const TARGET: &str = "smithy_reqwest";

/// Warns that the local clock is wrong, because no error is returned if the next attempt succeeds.
pub(crate) fn clock_corrected(offset_seconds: i64) {
    warn!(
        target: TARGET,
        offset_seconds,
        "the clock of the service differs from that of this machine; requests are now signed for \
         its time"
    );
}

/// Warns that credentials that will expire could not be renewed, because no error is returned while
/// the old ones are valid. The reason is not logged, because it may contain text from services and
/// providers.
pub(crate) fn credentials_not_replaced() {
    warn!(target: TARGET, "credentials will expire soon and could not be renewed");
}

/// Warns that credentials have expired and could not be renewed, because no error is returned while
/// the service accepts them.
pub(crate) fn credentials_extended() {
    warn!(
        target: TARGET,
        "credentials have expired and could not be renewed; they are used until their source has \
         new ones"
    );
}
