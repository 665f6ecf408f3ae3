//! The time for which requests are signed.
//!
//! A service rejects a signature whose time differs from its own by more than a few minutes. The
//! response contains the time of the service, so the local clock may be wrong: the difference is
//! stored, and the request is signed again.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::SystemTime;

use crate::message::HttpResponse;
use crate::timestamp::{Timestamp, TimestampFormat};
use crate::trace;

/// The minimum difference in seconds for which a service rejects a signature because of its time.
const NOTICEABLE: i64 = 4 * 60;

/// Error codes for a wrong time.
const SKEWED: [&str; 3] = [
    "RequestExpired", "RequestInTheFuture", "RequestTimeTooSkewed",
];

/// Error codes for a wrong signature, which a wrong time also causes.
const REFUSED: [&str; 3] = [
    "AuthFailure",
    "InvalidSignatureException",
    "SignatureDoesNotMatch",
];

/// The error of a clock whose time is out of the range of [`Timestamp`].
#[derive(Debug, thiserror::Error)]
#[error("the clock is not in the years -9999 to 9999: set it right")]
pub(crate) struct UnusableTime;

/// Converts a time to a timestamp.
pub(crate) fn timestamp(time: SystemTime) -> Result<Timestamp, UnusableTime> {
    Timestamp::try_from(time).map_err(|_| UnusableTime)
}

/// The local clock, corrected by the time of the services that were called.
pub(crate) struct Clock {
    now: Arc<dyn Fn() -> SystemTime + Send + Sync>,
    /// The number of seconds by which the service is ahead.
    skew: AtomicI64,
}

impl Clock {
    pub(crate) fn new(now: Arc<dyn Fn() -> SystemTime + Send + Sync>) -> Self {
        let skew = AtomicI64::new(0);
        Self { now, skew }
    }

    /// Returns the time of the service, as far as it is known.
    pub(crate) fn now(&self) -> Result<Timestamp, UnusableTime> {
        let own = timestamp((self.now)())?;
        let skew = self.skew.load(Ordering::Relaxed);
        // An invalid time of a service must not make other calls fail.
        let second = own.as_second().saturating_add(skew);
        Ok(Timestamp::new(second, own.subsec_nanosecond()).unwrap_or(own))
    }

    /// Corrects the clock by the error response to a request that was signed for this time. Returns
    /// `true` if the wrong time may be the reason for the error.
    ///
    /// The time of the signature counts, not the time of the response: if a process is suspended
    /// between signing and sending, such as an AWS Lambda function, its clock is right by then.
    pub(crate) fn correct(&self, response: &HttpResponse, code: &str, signed: Timestamp) -> bool {
        let date = response.header("date");
        let date = date.and_then(|date| Timestamp::parse(date, TimestampFormat::HttpDate));
        let (Some(date), Ok(own)) = (date, timestamp((self.now)())) else {
            return false;
        };
        let ahead = date.as_second() - own.as_second();
        let is_noticeable = (date.as_second() - signed.as_second()).abs() >= NOTICEABLE;
        if SKEWED.contains(&code) || (REFUSED.contains(&code) && is_noticeable) {
            // Only the first of several concurrent calls logs the difference.
            if self.skew.swap(ahead, Ordering::Relaxed) != ahead {
                trace::clock_corrected(ahead);
            }
            return true;
        }
        false
    }
}
