//! Which answers are worth another attempt.

use crate::schema::{ErrorShape, Retryable};

/// Codes that say "too many calls", whatever the status: those of the standard mode.
const THROTTLING: [&str; 14] = [
    "BandwidthLimitExceeded",
    "EC2ThrottledException",
    "LimitExceededException",
    "PriorRequestNotComplete",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestThrottledException",
    "SlowDown",
    "ThrottledException",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
    "TransactionInProgressException",
];

/// Codes that say "not now", whatever the status.
const TRANSIENT: [&str; 2] = ["RequestTimeout", "RequestTimeoutException"];

/// Why an error answer is worth another attempt; `None` where it is not. `errors` are the modeled ones.
pub(crate) fn retryable(
    status: u16,
    code: Option<&str>,
    errors: &[ErrorShape],
) -> Option<Retryable> {
    if code.is_some_and(is_throttling) {
        return Some(Retryable::Throttling);
    }
    let mut modeled = errors.iter().filter(|error| Some(error.code) == code);
    if let Some(retryable) = modeled.find_map(|error| error.retryable) {
        return Some(retryable);
    }
    let is_transient = matches!(status, 500 | 502 | 503 | 504)
        || code.is_some_and(|code| TRANSIENT.contains(&code));
    is_transient.then_some(Retryable::Transient)
}

fn is_throttling(code: &str) -> bool {
    THROTTLING.contains(&code)
}
