//! Ends of runs.

use std::time::Duration;

use crate::types::{ErrorInfo, ExecutionRecord, ExecutionResult, ExecutionStatus};

/// The outcome of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// The run completed without an error.
    Successful,
    /// The run failed.
    Failed {
        /// AppFlow's message, at most 2,048 characters, if it gave one.
        message: Option<String>,
        /// The number of records that could not be put into the destination.
        put_failures: i64,
    },
    /// The run was canceled before it finished.
    Canceled,
}

impl Outcome {
    /// Returns the outcome that a record shows; `None` if the run continues, which includes unknown
    /// statuses.
    fn of(record: &ExecutionRecord) -> Option<Self> {
        match record.execution_status.as_ref()? {
            ExecutionStatus::Successful => Some(Self::Successful),
            ExecutionStatus::Canceled => Some(Self::Canceled),
            ExecutionStatus::Error => {
                let error = error_info(record);
                Some(Self::Failed {
                    message: error.and_then(|error| error.execution_message.clone()),
                    put_failures: error.and_then(|it| it.put_failures_count).unwrap_or(0),
                })
            }
            _ => None,
        }
    }
}

fn error_info(record: &ExecutionRecord) -> Option<&ErrorInfo> {
    record.execution_result.as_ref()?.error_info.as_ref()
}

/// A run that has ended, with its figures.
///
/// AppFlow may omit any figure; it is then 0 here, and absent in [`record`](Self::record).
#[derive(Debug, Clone, PartialEq)]
pub struct EndedRun {
    flow_name: String,
    execution_id: String,
    outcome: Outcome,
    record: ExecutionRecord,
}

impl EndedRun {
    /// Returns the end that a record shows; `None` if the run continues.
    pub(super) fn of(
        flow_name: &str,
        execution_id: &str,
        record: &ExecutionRecord,
    ) -> Option<Self> {
        Some(Self {
            outcome: Outcome::of(record)?,
            flow_name: flow_name.to_owned(),
            execution_id: execution_id.to_owned(),
            record: record.clone(),
        })
    }

    /// Returns the name of the flow.
    #[must_use]
    pub fn flow_name(&self) -> &str {
        &self.flow_name
    }

    /// Returns the execution ID.
    #[must_use]
    pub fn execution_id(&self) -> &str {
        &self.execution_id
    }

    /// Returns the outcome.
    #[must_use]
    pub fn outcome(&self) -> &Outcome {
        &self.outcome
    }

    /// Returns `true` if the run completed without an error.
    #[must_use]
    pub fn is_successful(&self) -> bool {
        self.outcome == Outcome::Successful
    }

    /// Returns the number of records that the run processed.
    #[must_use]
    pub fn records_processed(&self) -> i64 {
        figure(&self.record, |result| result.records_processed)
    }

    /// Returns the amount of data that the run processed, in bytes.
    #[must_use]
    pub fn bytes_processed(&self) -> i64 {
        figure(&self.record, |result| result.bytes_processed)
    }

    /// Returns the amount of data that the run wrote, in bytes.
    #[must_use]
    pub fn bytes_written(&self) -> i64 {
        figure(&self.record, |result| result.bytes_written)
    }

    /// Returns the number of records that could not be put into the destination. A successful run
    /// can have some too, if the flow is set up to ignore them.
    #[must_use]
    pub fn put_failures(&self) -> i64 {
        let error = error_info(&self.record);
        error.and_then(|it| it.put_failures_count).unwrap_or(0)
    }

    /// Returns the time from the start of the run to its last update, by AppFlow's clock; `None` if
    /// AppFlow gave no such times.
    #[must_use]
    pub fn duration(&self) -> Option<Duration> {
        let (start, end) = (self.record.started_at?, self.record.last_updated_at?);
        (end >= start).then(|| end.duration_since(start))
    }

    /// Returns AppFlow's record of the run.
    #[must_use]
    pub fn record(&self) -> &ExecutionRecord {
        &self.record
    }
}

/// Returns a figure of a record; 0 if it is absent.
pub(super) fn figure(
    record: &ExecutionRecord,
    of: impl FnOnce(&ExecutionResult) -> Option<i64>,
) -> i64 {
    record.execution_result.as_ref().and_then(of).unwrap_or(0)
}
