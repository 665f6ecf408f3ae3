//! Runs, and the records of them.

use std::time::Duration;

use super::clock::Clock;
use super::flow::Course;
use crate::types::{ErrorInfo, ExecutionRecord, ExecutionResult, ExecutionStatus};

/// The time that canceling a run takes.
const CANCELLATION: Duration = Duration::from_secs(2);

/// A run of a flow. Times are since the start of the clock.
#[derive(Debug, Clone)]
pub(super) struct RunState {
    pub(super) id: String,
    pub(super) started: Duration,
    pub(super) course: Course,
    pub(super) canceled: Option<Duration>,
}

impl RunState {
    /// Returns `true` if the run can be canceled.
    pub(super) fn is_in_progress(&self, now: Duration) -> bool {
        self.canceled.is_none() && now < self.started.saturating_add(self.course.duration)
    }

    /// Returns the time at which the run ends, or has ended.
    fn end(&self) -> Duration {
        match self.canceled {
            Some(canceled) => canceled.saturating_add(CANCELLATION),
            None => self.started.saturating_add(self.course.duration),
        }
    }

    pub(super) fn status(&self, now: Duration) -> ExecutionStatus {
        match (now < self.end(), &self.canceled, &self.course.failure) {
            (true, None, _) => self.course.status.clone(),
            (true, Some(_), _) => ExecutionStatus::CancelStarted,
            (false, Some(_), _) => ExecutionStatus::Canceled,
            (false, None, Some(_)) => ExecutionStatus::Error,
            (false, None, None) => ExecutionStatus::Successful,
        }
    }

    pub(super) fn record(&self, clock: &Clock, now: Duration) -> ExecutionRecord {
        let updated = now.min(self.end());
        let active = self
            .canceled
            .unwrap_or(updated)
            .saturating_sub(self.started);
        let records = part(self.course.records, active, self.course.duration);
        let bytes = self
            .course
            .bytes
            .unwrap_or(self.course.records.saturating_mul(1_000));
        let bytes = part(bytes, active, self.course.duration);
        let status = self.status(now);
        let failure = self
            .course
            .failure
            .as_ref()
            .filter(|_| status == ExecutionStatus::Error);
        ExecutionRecord {
            execution_id: Some(self.id.clone()),
            execution_status: Some(status),
            execution_result: Some(ExecutionResult {
                error_info: failure.map(|(message, put_failures)| ErrorInfo {
                    put_failures_count: Some(*put_failures),
                    execution_message: Some(message.clone()),
                }),
                bytes_processed: Some(bytes),
                bytes_written: Some(if failure.is_some() { 0 } else { bytes }),
                records_processed: Some(records),
                ..ExecutionResult::default()
            }),
            started_at: Some(clock.at(self.started)),
            last_updated_at: Some(clock.at(updated)),
            ..ExecutionRecord::default()
        }
    }
}

/// Returns the part of a figure that is done after a part of the time.
fn part(of: i64, after: Duration, duration: Duration) -> i64 {
    if after >= duration {
        return of;
    }
    let millis = |time: Duration| i128::try_from(time.as_millis()).unwrap_or(i128::MAX);
    let done = i128::from(of).saturating_mul(millis(after)) / millis(duration).max(1);
    i64::try_from(done).unwrap_or(of)
}
