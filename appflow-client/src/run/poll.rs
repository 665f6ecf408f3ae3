//! The polls of a wait, and the pauses between them.

use std::time::Duration;

use smithy_reqwest::polling::{Instant, random, sleep_until, timeout_at};

use super::{EndedRun, Progress, Run, RunError};
use crate::Error;
use crate::types::ExecutionRecord;

/// The longest pause between two polls, unless the interval is longer.
const LONGEST_PAUSE: Duration = Duration::from_secs(20);

/// The settings and state of a wait.
pub(super) struct Poller {
    pub(super) run: Run,
    pub(super) timeout: Duration,
    pub(super) interval: Duration,
    pub(super) listed_within: Duration,
    pub(super) failure_budget: Duration,
    /// The time of the first poll.
    begun: Option<Instant>,
    polls: u32,
    /// The time since which the run is not listed.
    unlisted_since: Option<Instant>,
    /// The time since which polls fail.
    failing_since: Option<Instant>,
    /// The last record.
    record: Option<ExecutionRecord>,
}

impl Poller {
    pub(super) fn new(run: Run) -> Self {
        Self {
            run,
            timeout: Duration::from_secs(24 * 60 * 60),
            interval: Duration::from_secs(2),
            listed_within: Duration::from_secs(60),
            failure_budget: Duration::from_secs(5 * 60),
            begun: None,
            polls: 0,
            unlisted_since: None,
            failing_since: None,
            record: None,
        }
    }

    /// Polls, after a pause unless it is the first time, until there is a result.
    pub(super) async fn step(mut self: Box<Self>) -> (Self, Result<Progress, RunError>) {
        loop {
            let outcome = self.poll().await.transpose();
            if let Some(outcome) = outcome {
                return (*self, outcome);
            }
        }
    }

    /// Pauses and polls once; `None` if the poll failed temporarily.
    async fn poll(&mut self) -> Result<Option<Progress>, RunError> {
        let now = Instant::now();
        let begun = *self.begun.get_or_insert(now);
        let deadline = later(begun, self.timeout);
        if self.polls > 0 {
            sleep_until(self.next_poll(now).min(deadline)).await;
        }
        let is_last = self.polls > 0 && Instant::now() >= deadline;
        self.polls = self.polls.saturating_add(1);
        let record = self.run.record();
        let outcome = if is_last {
            record.await
        } else {
            let in_time = timeout_at(deadline, record).await;
            in_time.map_err(|_| self.timed_out())?
        };
        let now = Instant::now();
        match outcome {
            Ok(record) => {
                self.failing_since = None;
                self.see(record, now)?;
            }
            Err(error) => self.bear(error, now)?,
        }
        let is_failing = self.failing_since.is_some();
        let progress = self.progress(now);
        if is_last && progress.ended.is_none() {
            return Err(self.timed_out());
        }
        Ok(Some(progress).filter(|_| !is_failing))
    }

    /// Keeps the record of a poll, or the time since which there is none.
    fn see(&mut self, record: Option<ExecutionRecord>, now: Instant) -> Result<(), RunError> {
        if record.is_some() {
            self.unlisted_since = None;
            self.record = record;
            return Ok(());
        }
        let since = *self.unlisted_since.get_or_insert(now);
        let waited = now.duration_since(since);
        if waited >= self.listed_within {
            let run = self.run.clone();
            return Err(RunError::NotListed { run, waited });
        }
        Ok(())
    }

    /// Tolerates a temporary failure, within the budget.
    fn bear(&mut self, error: Error, now: Instant) -> Result<(), RunError> {
        let since = *self.failing_since.get_or_insert(now);
        let may_pass = error.is_retryable() || error.is_throttling() || error.is_timeout();
        if may_pass && now.duration_since(since) < self.failure_budget {
            Ok(())
        } else {
            Err(RunError::Call(error))
        }
    }

    fn progress(&self, now: Instant) -> Progress {
        let (flow, id) = (self.run.flow_name(), self.run.execution_id());
        let since = self.run.started.or(self.begun).unwrap_or(now);
        let record = self.record.as_ref();
        Progress {
            ended: record.and_then(|record| EndedRun::of(flow, id, record)),
            record: record.cloned(),
            elapsed: now.duration_since(since),
        }
    }

    fn timed_out(&self) -> RunError {
        RunError::TimedOut {
            run: self.run.clone(),
            timeout: self.timeout,
            progress: Some(Box::new(self.progress(Instant::now())))
                .filter(|progress| progress.record.is_some()),
        }
    }

    /// Returns the time of the next poll, which is at most the end of the time for a run that is
    /// not listed, or for failures.
    fn next_poll(&self, now: Instant) -> Instant {
        let next = later(now, pause(self.interval, self.polls, random()));
        let decisive = [
            self.unlisted_since
                .map(|since| later(since, self.listed_within)),
            self.failing_since
                .map(|since| later(since, self.failure_budget)),
        ];
        let decisive = decisive.into_iter().flatten();
        decisive.filter(|time| *time > now).fold(next, Instant::min)
    }
}

/// Returns the pause after a poll of a number, counted from 1; `random` is from 0 up to but not
/// including 1.
fn pause(interval: Duration, poll: u32, random: f64) -> Duration {
    // From 10 ms, 11 doublings lead to the longest pause.
    let doubled = interval.saturating_mul(1 << poll.min(16));
    let longest = doubled.min(LONGEST_PAUSE.max(interval));
    let shortest = interval.max(longest / 2);
    shortest + longest.saturating_sub(shortest).mul_f64(random)
}

/// Returns a time after another; far in the future if the duration is out of range.
fn later(time: Instant, by: Duration) -> Instant {
    const FAR: Duration = Duration::from_secs(30 * 365 * 24 * 60 * 60);
    time + by.min(FAR)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the shortest and the longest pauses, in seconds.
    fn pauses(interval: u64) -> Vec<(u64, u64)> {
        let interval = Duration::from_secs(interval);
        let seconds = |poll, random| pause(interval, poll, random).as_secs_f64().round();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "small"
        )]
        let bounds = |poll| (seconds(poll, 0.0) as u64, seconds(poll, 0.999_999) as u64);
        [1, 2, 3, 4, 5, u32::MAX].map(bounds).into()
    }

    #[test]
    fn pauses_double_from_the_interval_up_to_20_seconds() {
        let expected = [(2, 4), (4, 8), (8, 16), (10, 20), (10, 20), (10, 20)];
        assert_eq!(pauses(2), expected);
    }

    #[test]
    fn an_interval_above_20_seconds_is_kept() {
        assert_eq!(pauses(60), [(60, 60); 6]);
    }

    #[test]
    fn an_interval_of_nothing_is_no_pause() {
        assert_eq!(pauses(0), [(0, 0); 6]);
    }
}
