//! Flows of the stand-in.

use std::time::Duration;

use crate::types::{ExecutionStatus, TriggerType};

/// A flow of a [`StandIn`](super::StandIn), with the course of its runs.
///
/// A run lasts 10 s and processes 100 records of 1,000 bytes, by default.
#[derive(Debug, Clone)]
#[must_use = "a flow is there when it is added to a stand-in"]
pub struct Flow {
    pub(super) name: String,
    pub(super) trigger: TriggerType,
    pub(super) course: Course,
}

/// The course of a run.
#[derive(Debug, Clone)]
pub(super) struct Course {
    pub(super) duration: Duration,
    pub(super) records: i64,
    pub(super) bytes: Option<i64>,
    /// The message and the number of failed puts of a run that fails.
    pub(super) failure: Option<(String, i64)>,
    /// The status of a run that has not ended.
    pub(super) status: ExecutionStatus,
}

impl Default for Course {
    fn default() -> Self {
        Self {
            duration: Duration::from_secs(10),
            records: 100,
            bytes: None,
            failure: None,
            status: ExecutionStatus::InProgress,
        }
    }
}

impl Flow {
    /// Creates a flow that runs when it is started.
    pub fn on_demand(name: impl Into<String>) -> Self {
        Self::new(name, TriggerType::OnDemand)
    }

    /// Creates a flow that a start activates, and that its schedule would run.
    pub fn scheduled(name: impl Into<String>) -> Self {
        Self::new(name, TriggerType::Scheduled)
    }

    /// Creates a flow that a start activates, and that events of its source would run.
    pub fn event_triggered(name: impl Into<String>) -> Self {
        Self::new(name, TriggerType::Event)
    }

    fn new(name: impl Into<String>, trigger: TriggerType) -> Self {
        Self {
            name: name.into(),
            trigger,
            course: Course::default(),
        }
    }

    /// Returns the flows of [`StandIn::with_samples`](super::StandIn::with_samples).
    pub(super) fn samples() -> [Self; 4] {
        [
            Self::on_demand("orders-to-s3")
                .lasting(Duration::from_secs(6))
                .records(1_200)
                .bytes(345_678),
            Self::on_demand("invoices-to-redshift")
                .lasting(Duration::from_secs(4))
                .records(64)
                .failing("The destination table does not exist.", 64),
            Self::scheduled("nightly-export"),
            Self::event_triggered("contacts-on-change"),
        ]
    }

    /// Sets how long a run lasts.
    pub fn lasting(mut self, duration: Duration) -> Self {
        self.course.duration = duration;
        self
    }

    /// Sets the number of records that a run processes. They are processed evenly over its time.
    pub fn records(mut self, records: i64) -> Self {
        self.course.records = records;
        self
    }

    /// Sets the amount of data that a run processes, in bytes.
    pub fn bytes(mut self, bytes: i64) -> Self {
        self.course.bytes = Some(bytes);
        self
    }

    /// Makes runs fail, with AppFlow's message and the number of records that could not be put into
    /// the destination.
    pub fn failing(mut self, message: impl Into<String>, put_failures: i64) -> Self {
        self.course.failure = Some((message.into(), put_failures));
        self
    }

    /// Sets the status of a run that has not ended. Defaults to `InProgress`.
    pub fn reporting(mut self, status: ExecutionStatus) -> Self {
        self.course.status = status;
        self
    }
}
