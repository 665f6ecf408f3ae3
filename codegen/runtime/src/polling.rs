//! The clock, the randomness and the streams of code that polls a service.
//!
//! The hand-written parts of a generated crate use the clock of the client's own retries and
//! [waiters](crate::waiter), so that a test that pauses tokio's clock pauses them too.

pub use futures_core::Stream;
pub use tokio::time::{Instant, sleep_until, timeout_at};

pub use crate::random::random;
