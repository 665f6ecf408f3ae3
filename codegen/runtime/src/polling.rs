//! The clock, randomness and streams, for code that polls a service.
//!
//! Hand-written parts of a generated crate use the same clock as retries and
//! [waiters](crate::waiter), so pausing tokio's clock in a test pauses them, too.

#[doc(no_inline)]
pub use futures_core::Stream;
#[doc(no_inline)]
pub use tokio::time::{Instant, sleep_until, timeout_at};

pub use crate::random::random;
