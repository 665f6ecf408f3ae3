//! Settings of retries.

use std::num::NonZeroU32;
use std::time::Duration;

use super::{Reservation, RetryQuota, delay};
use crate::schema::Retryable;
use crate::setting::Settings;

const MAX_ATTEMPTS: u32 = 3;
const MAX_BACKOFF: Duration = Duration::from_secs(20);
const RANGE: &str = "set it to 1, which disables retries, or more";

/// The settings in code or from the environment.
#[derive(Debug, Default)]
pub(crate) struct RetrySettings {
    pub(crate) max_attempts: Option<u32>,
    pub(crate) max_backoff: Option<Duration>,
    pub(crate) quota: Option<RetryQuota>,
}

/// The checked settings of a client.
#[derive(Debug)]
pub(crate) struct RetryPolicy {
    pub(crate) max_attempts: u32,
    max_backoff: Duration,
    pub(crate) quota: RetryQuota,
}

impl RetrySettings {
    /// Reads settings that are not set in code.
    pub(crate) fn fill(&mut self, settings: &Settings) -> Result<(), String> {
        check_mode(settings)?;
        if self.max_attempts.is_none() {
            let attempts: Option<NonZeroU32> =
                settings.parse("AWS_MAX_ATTEMPTS", "max_attempts", RANGE)?;
            self.max_attempts = attempts.map(NonZeroU32::get);
        }
        Ok(())
    }

    /// Checks the settings.
    pub(crate) fn policy(self) -> Result<RetryPolicy, String> {
        if self.max_attempts == Some(0) {
            return Err(format!("the maximum number of attempts is 0; {RANGE}"));
        }
        Ok(RetryPolicy {
            max_attempts: self.max_attempts.unwrap_or(MAX_ATTEMPTS),
            max_backoff: self.max_backoff.unwrap_or(MAX_BACKOFF),
            quota: self.quota.unwrap_or_default(),
        })
    }
}

impl RetryPolicy {
    /// Returns the reserved quota of a retry, and the delay before it; `None` if all attempts are
    /// used, or if the quota is too low. `asked` is the delay that the service asks for, and
    /// `random` is called for a number from 0 up to and without 1.
    pub(crate) fn plan(
        &self,
        attempts: u32,
        retryable: Retryable,
        asked: Option<Duration>,
        random: &dyn Fn() -> f64,
    ) -> Option<(Reservation<'_>, Duration)> {
        if attempts >= self.max_attempts {
            return None;
        }
        let reservation = self.quota.reserve(retryable)?;
        let delay = delay(retryable, attempts - 1, self.max_backoff, random(), asked);
        Some((reservation, delay))
    }
}

/// Rejects an unknown mode. All known modes mean `standard`: `legacy` is an older mode of some
/// SDKs, and `adaptive` adds experimental client-side rate limiting.
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
