//! Faults.

use std::collections::VecDeque;
use std::time::Duration;

use smithy_reqwest::mock::MockError;

use crate::TransportError;

/// The order of the records in the history of a flow, which AppFlow does not document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RecordOrder {
    /// The newest run first.
    #[default]
    NewestFirst,
    /// The oldest run first.
    OldestFirst,
    /// No order that can be seen, but the same one in each call.
    Shuffled,
}

/// The faults that a test has asked for.
#[derive(Debug, Default)]
pub(super) struct Faults {
    /// Errors of the next requests; `None` breaks the connection.
    requests: VecDeque<Option<MockError>>,
    /// The time after its start for which a run is not listed.
    pub(super) hidden: Duration,
    pub(super) order: RecordOrder,
    pub(super) refused_cancellations: u32,
}

impl Faults {
    pub(super) fn fail(&mut self, requests: u32, error: &MockError) {
        self.requests
            .extend((0..requests).map(|_| Some(error.clone())));
    }

    pub(super) fn break_connections(&mut self, requests: u32) {
        self.requests.extend((0..requests).map(|_| None));
    }

    /// Returns the fault of the next request, if it has one.
    pub(super) fn next(&mut self) -> Option<Result<MockError, TransportError>> {
        let fault = self.requests.pop_front()?;
        let broken = || TransportError::other("the stand-in broke the connection");
        Some(fault.ok_or_else(broken))
    }

    /// Returns `true` if the runs of this request cannot be canceled.
    pub(super) fn refuses_cancellation(&mut self) -> bool {
        let refuses = self.refused_cancellations > 0;
        self.refused_cancellations = self.refused_cancellations.saturating_sub(1);
        refuses
    }
}
