//! The progress of a run.

use std::time::Duration;

use super::EndedRun;
use super::outcome::figure;
use crate::types::{ExecutionRecord, ExecutionStatus};

/// The state of a run at one moment of a [`Wait`](super::Wait).
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    pub(super) record: Option<ExecutionRecord>,
    pub(super) elapsed: Duration,
    pub(super) ended: Option<EndedRun>,
}

impl Progress {
    /// Returns the status of the run; `None` if AppFlow does not list the run yet, or lists it
    /// without a status.
    #[must_use]
    pub fn status(&self) -> Option<&ExecutionStatus> {
        self.record.as_ref()?.execution_status.as_ref()
    }

    /// Returns the number of records processed so far; 0 if AppFlow gives none.
    #[must_use]
    pub fn records_processed(&self) -> i64 {
        self.figure(|result| result.records_processed)
    }

    /// Returns the amount of data processed so far, in bytes; 0 if AppFlow gives none.
    #[must_use]
    pub fn bytes_processed(&self) -> i64 {
        self.figure(|result| result.bytes_processed)
    }

    /// Returns the time since this process started the run, or else since the wait began.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// Returns AppFlow's record of the run; `None` if AppFlow does not list the run yet.
    #[must_use]
    pub fn record(&self) -> Option<&ExecutionRecord> {
        self.record.as_ref()
    }

    /// Returns the end of the run; `None` if the run continues.
    #[must_use]
    pub fn ended(&self) -> Option<&EndedRun> {
        self.ended.as_ref()
    }

    fn figure(&self, of: impl FnOnce(&crate::types::ExecutionResult) -> Option<i64>) -> i64 {
        self.record.as_ref().map_or(0, |record| figure(record, of))
    }
}
