//! The span of a call, and the events of its attempts: "Observability" on the front page of the
//! crate.
//!
//! All operations share this code. Headers, bodies and messages are never logged, because they may
//! contain secrets.

use std::time::Duration;

use tracing::field::Empty;
use tracing::{Span, debug, debug_span};

use crate::error::{Cause, Failure};
use crate::message::ResponseMetadata;
use crate::one_line::OneLine;
use crate::operation::{Operation, Service};
use crate::trace::TARGET;

/// Opens the span of a call, around all its attempts.
pub(super) fn open(service: &Service, operation: &Operation) -> Span {
    debug_span!(
        target: TARGET,
        "call",
        service = service.sdk_id,
        operation = operation.name,
        attempts = Empty,
        status = Empty,
        request_id = Empty,
    )
}

/// Records the outcome of a call.
pub(super) fn record_outcome(
    span: &Span,
    attempts: u32,
    outcome: &Result<ResponseMetadata, Failure>,
) {
    let (status, request_id) = match outcome {
        Ok(metadata) => (Some(metadata.status()), metadata.request_id()),
        Err(failure) => (failure.status(), failure.request_id()),
    };
    span.record("attempts", attempts);
    span.record("status", status);
    span.record("request_id", request_id);
}

/// Logs the success of an attempt.
pub(super) fn log_success(metadata: &ResponseMetadata) {
    let (attempt, status) = (metadata.attempts(), metadata.status());
    debug!(target: TARGET, attempt, status, "attempt succeeded");
}

/// Logs the failure of an attempt, with the delay if another attempt follows.
pub(super) fn log_failure(attempt: u32, failure: &Failure, delay: Option<Duration>) {
    debug!(
        target: TARGET,
        attempt,
        failure = kind(failure),
        status = failure.status(),
        code = failure.code().map(|code| display(OneLine(code))),
        delay_ms = delay.map(in_millis),
        "attempt failed"
    );
}

/// Returns the kind of a failure.
fn kind(failure: &Failure) -> &'static str {
    match &*failure.cause {
        Cause::Service { .. } => "service",
        _ if failure.is_timeout() => "timeout",
        Cause::Transport(error) if error.is_connect() => "connect",
        Cause::Transport(_) => "transport",
        // All other failures happen before anything is sent.
        _ => "response",
    }
}

fn in_millis(delay: Duration) -> u64 {
    u64::try_from(delay.as_millis()).unwrap_or(u64::MAX)
}
