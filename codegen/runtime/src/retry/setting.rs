//! How often a client retries.

use std::num::NonZeroU32;
use std::time::Duration;

use super::RetryQuota;
use crate::builder::ClientBuilder;
use crate::setting::Settings;

const MAX_ATTEMPTS: u32 = 3;
const MAX_BACKOFF: Duration = Duration::from_secs(20);
const RANGE: &str = "set it to 1, which switches retries off, or more";

/// What is set, in code or by the environment.
#[derive(Debug, Default)]
pub(crate) struct RetrySettings {
    max_attempts: Option<u32>,
    max_backoff: Option<Duration>,
    quota: Option<RetryQuota>,
}

/// What a client goes by.
#[derive(Debug)]
pub(crate) struct RetryPolicy {
    pub(crate) max_attempts: u32,
    pub(super) max_backoff: Duration,
    pub(super) quota: RetryQuota,
}

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

impl RetrySettings {
    /// Takes what is not set in code.
    pub(crate) fn fill(&mut self, settings: &Settings) -> Result<(), String> {
        check_mode(settings)?;
        if self.max_attempts.is_none() {
            let attempts: Option<NonZeroU32> =
                settings.parse("AWS_MAX_ATTEMPTS", "max_attempts", RANGE)?;
            self.max_attempts = attempts.map(NonZeroU32::get);
        }
        Ok(())
    }

    /// Refuses a client that may send nothing.
    pub(crate) fn policy(self) -> Result<RetryPolicy, String> {
        if self.max_attempts == Some(0) {
            return Err(format!("the greatest number of attempts is 0; {RANGE}"));
        }
        Ok(RetryPolicy {
            max_attempts: self.max_attempts.unwrap_or(MAX_ATTEMPTS),
            max_backoff: self.max_backoff.unwrap_or(MAX_BACKOFF),
            quota: self.quota.unwrap_or_default(),
        })
    }
}

/// Refuses a mode that no SDK has. There is one here, so the others stand for it: `legacy` is what
/// some SDKs had before it, and `adaptive` the same with an experimental limit of the rate.
fn check_mode(settings: &Settings) -> Result<(), String> {
    let is_known = |mode: &str| {
        let modes = ["standard", "adaptive", "legacy"];
        modes.iter().any(|known| known.eq_ignore_ascii_case(mode))
    };
    match settings.get("AWS_RETRY_MODE", "retry_mode") {
        Some(mode) if !is_known(&mode.text) => {
            Err(mode.refuse("set it to `standard`, or leave it out"))
        }
        _ => Ok(()),
    }
}
