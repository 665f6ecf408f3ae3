//! Activations of flows.

use crate::types::FlowStatus;

/// A scheduled or event-triggered flow that was activated. There is nothing to wait for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activation {
    pub(super) flow_name: String,
    pub(super) flow_status: Option<FlowStatus>,
}

impl Activation {
    /// Returns the name of the flow.
    #[must_use]
    pub fn flow_name(&self) -> &str {
        &self.flow_name
    }

    /// Returns the status of the flow after the call, if there is one.
    #[must_use]
    pub fn flow_status(&self) -> Option<&FlowStatus> {
        self.flow_status.as_ref()
    }
}
