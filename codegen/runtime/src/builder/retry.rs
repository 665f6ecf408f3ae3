//! Setters of retries.

use std::time::Duration;

use super::ClientBuilder;
use crate::retry::RetryQuota;

impl<C> ClientBuilder<C> {
    /// Sets the maximum number of attempts, including the first. Defaults to 3. 1 disables retries;
    /// 0 is an error of [`build`](Self::build). See [`retry`](crate::retry) for the rules.
    #[must_use]
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.retry.max_attempts = Some(attempts);
        self
    }

    /// Sets the maximum delay between two attempts. Defaults to 20 s. A service can extend a delay
    /// by up to 5 s.
    #[must_use]
    pub fn max_backoff(mut self, delay: Duration) -> Self {
        self.retry.max_backoff = Some(delay);
        self
    }

    /// Sets the retry quota, to share it with another client or to observe it. By default, each
    /// client has its own.
    #[must_use]
    pub fn retry_quota(mut self, quota: RetryQuota) -> Self {
        self.retry.quota = Some(quota);
        self
    }
}
