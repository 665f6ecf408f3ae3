//! The clock of the stand-in.

use std::time::Duration;

use smithy_reqwest::polling::Instant;

use crate::Timestamp;

/// The time of the stand-in.
#[derive(Debug)]
pub(super) struct Clock {
    origin: Instant,
    ahead: Duration,
}

impl Default for Clock {
    fn default() -> Self {
        Self {
            origin: Instant::now(),
            ahead: Duration::ZERO,
        }
    }
}

impl Clock {
    /// Returns the time since the start.
    pub(super) fn now(&self) -> Duration {
        self.origin.elapsed().saturating_add(self.ahead)
    }

    pub(super) fn advance(&mut self, by: Duration) {
        self.ahead = self.ahead.saturating_add(by);
    }

    pub(super) fn timestamp(&self) -> Timestamp {
        self.at(self.now())
    }

    /// Returns a time since the start as a timestamp.
    #[expect(clippy::unused_self, reason = "a time belongs to a clock")]
    pub(super) fn at(&self, time: Duration) -> Timestamp {
        // 2026-01-01T00:00:00Z.
        const START: i64 = 1_767_225_600_000;
        let millis = i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
        Timestamp::from_millisecond(START.saturating_add(millis)).unwrap_or_default()
    }
}
