//! Cached credentials, with the times at which they are renewed.

use std::time::Duration;

use super::super::Credentials;
use crate::Timestamp;
use crate::random::part;

/// The time before expiration at which credentials are renewed.
const REFRESHED_BEFORE_END: i64 = 5 * 60;
/// The maximum random time that is added, so that machines started together do not renew together.
const MAX_JITTER: i64 = 5 * 60;
/// The time before expiration from which credentials are not used, because a call takes time.
const UNUSABLE_BEFORE_END: i64 = 60;
/// The minimum time for which expired credentials are used if their source fails; the maximum is
/// twice as long.
const EXTENSION: Duration = Duration::from_secs(5 * 60);

/// Credentials with the times, in seconds since 1970, at which their state changes. Credentials
/// that do not expire have none.
#[derive(Clone)]
pub(super) struct Kept {
    pub(super) credentials: Credentials,
    refresh_at: Option<i64>,
    unusable_at: Option<i64>,
}

/// The state of credentials.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Freshness {
    Good,
    /// Valid, but should be renewed.
    Ending,
    Gone,
}

impl Kept {
    /// Creates the state of credentials that were fetched at a time.
    pub(super) fn new(credentials: Credentials, now: Option<i64>, random: f64) -> Self {
        let end = credentials.expires_at().map(Timestamp::as_second);
        let refresh_at = end.map(|end| {
            let latest = end.saturating_sub(REFRESHED_BEFORE_END);
            latest.saturating_sub(jitter(now.map(|now| latest.saturating_sub(now)), random))
        });
        Self {
            credentials,
            refresh_at,
            unusable_at: end.map(|end| end.saturating_sub(UNUSABLE_BEFORE_END)),
        }
    }

    /// Extends the use of expired credentials by some minutes.
    pub(super) fn extend(&mut self, now: i64, random: f64) {
        let until = now.saturating_add(seconds(EXTENSION + part(EXTENSION, random)));
        self.refresh_at = Some(until);
        self.unusable_at = Some(until);
    }

    pub(super) fn freshness(&self, now: Option<i64>) -> Freshness {
        let is_past = |time: Option<i64>| {
            let times = time.zip(now);
            times.is_some_and(|(time, now)| time <= now)
        };
        if is_past(self.unusable_at) {
            Freshness::Gone
        } else if is_past(self.refresh_at) {
            Freshness::Ending
        } else {
            Freshness::Good
        }
    }

    /// Returns `true` if these credentials expire later than others.
    pub(super) fn outlasts(&self, others: &Self) -> bool {
        match (
            self.credentials.expires_at(),
            others.credentials.expires_at(),
        ) {
            (Some(end), Some(other)) => end > other,
            (end, _) => end.is_none(),
        }
    }
}

/// Returns how much earlier than required credentials are renewed: at most half of the remaining
/// time.
fn jitter(spare: Option<i64>, random: f64) -> i64 {
    let most = spare.map_or(0, |spare| spare / 2).clamp(0, MAX_JITTER);
    seconds(part(Duration::from_secs(most.unsigned_abs()), random))
}

/// Returns a duration in whole seconds.
pub(super) fn seconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_secs()).unwrap_or(i64::MAX)
}
