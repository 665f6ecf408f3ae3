//! Setters of retries.

use std::time::Duration;

use super::ClientBuilder;
use crate::retry::RetryQuota;

impl<C> ClientBuilder<C> {
    /// How often a request is sent at most, the first time included: 3 by default. 1 switches
    /// retries off; 0 is an error of [`build`](Self::build). What is retried, and when that is safe,
    /// is told in [`retry`](crate::retry).
    #[must_use]
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.retry.max_attempts = Some(attempts);
        self
    }

    /// The longest delay between two attempts: 20 s by default. A service may ask for up to 5 s
    /// more.
    #[must_use]
    pub fn max_backoff(mut self, delay: Duration) -> Self {
        self.retry.max_backoff = Some(delay);
        self
    }

    /// What retries are paid with, to share it with another client or to watch it. One of its own by
    /// default.
    #[must_use]
    pub fn retry_quota(mut self, quota: RetryQuota) -> Self {
        self.retry.quota = Some(quota);
        self
    }
}
