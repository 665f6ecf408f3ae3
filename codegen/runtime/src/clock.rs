//! The time that requests are signed for.
//!
//! A service refuses a signature whose time is more than a few minutes from its own. Its answer has
//! the time of its clock, so the caller's clock need not be right: the difference is remembered, and
//! the request is signed again.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::SystemTime;

use crate::message::HttpResponse;
use crate::timestamp::{Timestamp, TimestampFormat};
use crate::trace;

/// The least difference in seconds that can be why a service takes a signature for a wrong one.
const NOTICEABLE: i64 = 4 * 60;

/// Codes that say that the time of a request is wrong.
const SKEWED: [&str; 3] = [
    "RequestExpired",
    "RequestInTheFuture",
    "RequestTimeTooSkewed",
];

/// Codes that say that the signature of a request is wrong, as it also is where its time is.
const REFUSED: [&str; 3] = [
    "AuthFailure",
    "InvalidSignatureException",
    "SignatureDoesNotMatch",
];

/// The error of a clock whose time is out of the range of [`Timestamp`].
#[derive(Debug, thiserror::Error)]
#[error("the clock is not in the years -9999 to 9999: set it right")]
pub(crate) struct UnusableTime;

/// A time as a timestamp.
pub(crate) fn timestamp(time: SystemTime) -> Result<Timestamp, UnusableTime> {
    Timestamp::try_from(time).map_err(|_| UnusableTime)
}

/// The caller's clock, set right by the services that have been called.
pub(crate) struct Clock {
    now: Arc<dyn Fn() -> SystemTime + Send + Sync>,
    /// How many seconds the service is ahead.
    skew: AtomicI64,
}

impl Clock {
    pub(crate) fn new(now: Arc<dyn Fn() -> SystemTime + Send + Sync>) -> Self {
        let skew = AtomicI64::new(0);
        Self { now, skew }
    }

    /// The time of the service, as far as is known.
    pub(crate) fn now(&self) -> Result<Timestamp, UnusableTime> {
        let own = timestamp((self.now)())?;
        let skew = self.skew.load(Ordering::Relaxed);
        // A service whose clock is at the end of time must not end the calls of others.
        let second = own.as_second().saturating_add(skew);
        Ok(Timestamp::new(second, own.subsec_nanosecond()).unwrap_or(own))
    }

    /// Sets the clock by the error response to a request that was signed for this time, if that can
    /// be why it was refused. Returns whether it can.
    ///
    /// The time of the signature counts, not the time of the response: a process that is suspended
    /// between signing and sending, as an AWS Lambda function may be, has the right clock by then.
    pub(crate) fn correct(&self, response: &HttpResponse, code: &str, signed: Timestamp) -> bool {
        let date = response.header("date");
        let date = date.and_then(|date| Timestamp::parse(date, TimestampFormat::HttpDate));
        let (Some(date), Ok(own)) = (date, timestamp((self.now)())) else {
            return false;
        };
        let ahead = date.as_second() - own.as_second();
        let is_noticeable = (date.as_second() - signed.as_second()).abs() >= NOTICEABLE;
        if SKEWED.contains(&code) || (REFUSED.contains(&code) && is_noticeable) {
            // Of calls side by side, the first tells of it.
            if self.skew.swap(ahead, Ordering::Relaxed) != ahead {
                trace::clock_corrected(ahead);
            }
            return true;
        }
        false
    }
}
