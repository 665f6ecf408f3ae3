//! Classification of error responses.

use crate::schema::{ErrorShape, Retryable};

/// The throttling codes of the standard mode, with any status.
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

/// The transient codes, with any status.
const TRANSIENT: [&str; 2] = ["RequestTimeout", "RequestTimeoutException"];

/// Returns why an error response is retryable; `None` if it is final. `errors` are the modeled
/// errors.
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
