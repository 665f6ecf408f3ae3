//! What is told of a call while it is under way: "Observability" on the front page of the crate.
//!
//! It is made in the path that all operations share. Nothing here takes a header, a body or a
//! message, which may hold secrets.

use std::time::Duration;

use tracing::field::Empty;
use tracing::{Level, Span, debug, debug_span, warn};

use crate::error::{Cause, Failure};
use crate::message::HttpResponse;
use crate::one_line::OneLine;
use crate::operation::{Operation, Service};
use crate::profile::InvalidProfile;

/// What spans and events are filtered by.
const TARGET: &str = "smithy_reqwest";

/// What is told of an answer that was read.
pub(crate) struct Answer {
    status: u16,
    request_id: Option<String>,
}

impl Answer {
    pub(crate) fn of(response: &HttpResponse) -> Self {
        // Where nobody listens, nothing is kept for them.
        let is_heard = tracing::enabled!(target: TARGET, Level::DEBUG);
        let request_id = response.request_id().filter(|_| is_heard);
        Self {
            status: response.status.as_u16(),
            request_id: request_id.map(str::to_owned),
        }
    }
}

/// The span of one call, around all its attempts.
pub(crate) fn span(service: &Service, operation: &Operation) -> Span {
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

/// A call is over.
pub(crate) fn call_ended(span: &Span, attempts: u32, outcome: &Result<Answer, Failure>) {
    let (status, request_id) = match outcome {
        Ok(answer) => (Some(answer.status), answer.request_id.as_deref()),
        Err(failure) => (failure.status(), failure.request_id()),
    };
    span.record("attempts", attempts);
    span.record("status", status);
    span.record("request_id", request_id);
}

/// An attempt is over, and so is the call.
pub(crate) fn attempt_succeeded(attempt: u32, answer: &Answer) {
    let status = answer.status;
    debug!(target: TARGET, attempt, status, "attempt succeeded");
}

/// An attempt is over, and is followed by another after a delay where there is one.
pub(crate) fn attempt_failed(attempt: u32, failure: &Failure, delay: Option<Duration>) {
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

/// The caller's clock was found to be wrong, which no error says where the next attempt succeeds.
pub(crate) fn clock_corrected(offset_seconds: i64) {
    warn!(
        target: TARGET,
        offset_seconds,
        "the service has another time than this machine, and requests are signed for its time now"
    );
}

/// A part of a profile file is unusable, which is an error only where that part is needed.
pub(crate) fn profile_file_fault(fault: &InvalidProfile) {
    let fault = fault.to_string();
    warn!(
        target: TARGET,
        fault = display(OneLine(&fault)),
        "a part of a profile file is passed over"
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

/// Why an attempt failed, in a word.
fn kind(failure: &Failure) -> &'static str {
    match &*failure.cause {
        Cause::Service { .. } => "service",
        _ if failure.is_timeout() => "timeout",
        Cause::Transport(error) if error.is_connect() => "connect",
        Cause::Transport(_) => "transport",
        // Whatever else can go wrong does so before anything is sent.
        _ => "response",
    }
}

fn in_millis(delay: Duration) -> u64 {
    u64::try_from(delay.as_millis()).unwrap_or(u64::MAX)
}
