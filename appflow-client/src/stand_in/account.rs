//! The state of an account: flows with their runs, connectors, and connector profiles.

use std::collections::BTreeMap;
use std::time::Duration;

use smithy_reqwest::mock::MockError;

use super::ACCOUNT_ID;
use super::clock::Clock;
use super::fault::Faults;
use super::flow::{Course, Flow};
use super::record::RunState;
use super::refusal::not_found;
use super::validate;
use crate::Timestamp;
use crate::operation::DescribeFlowResponse;
use crate::types::{
    ConnectorProfile, ConnectorProvisioningConfig, ConnectorProvisioningType, FlowStatus,
    TriggerConfig, TriggerType,
};

/// A flow, as `DescribeFlow` returns it, and its runs.
#[derive(Debug, Clone)]
pub(super) struct FlowState {
    pub(super) flow: DescribeFlowResponse,
    pub(super) trigger: TriggerType,
    pub(super) course: Course,
    pub(super) runs: Vec<RunState>,
}

/// A registered connector.
#[derive(Debug, Clone)]
pub(super) struct Connector {
    pub(super) arn: String,
    pub(super) description: Option<String>,
    pub(super) provisioning_type: Option<ConnectorProvisioningType>,
    pub(super) provisioning: Option<ConnectorProvisioningConfig>,
    pub(super) registered_at: Timestamp,
}

/// The resources of an account.
#[derive(Default)]
pub(super) struct Account {
    pub(super) clock: Clock,
    pub(super) flows: BTreeMap<String, FlowState>,
    pub(super) starts: Vec<String>,
    pub(super) faults: Faults,
    pub(super) profiles: BTreeMap<String, ConnectorProfile>,
    pub(super) connectors: BTreeMap<String, Connector>,
    /// The run that each token started of each flow, and when.
    pub(super) tokens: BTreeMap<(String, String), (Duration, Option<String>)>,
    requests: u64,
}

/// Returns the ARN of a resource: `flow/orders-to-s3`.
pub(super) fn arn(region: &str, resource: &str) -> String {
    let partition = match region {
        region if region.starts_with("cn-") => "aws-cn",
        region if region.starts_with("us-gov-") => "aws-us-gov",
        _ => "aws",
    };
    format!("arn:{partition}:appflow:{region}:{ACCOUNT_ID}:{resource}")
}

impl Account {
    pub(super) fn next_request_id(&mut self) -> String {
        self.requests = self.requests.saturating_add(1);
        format!("5ca1ab1e-0000-4000-8000-{:012x}", self.requests)
    }

    pub(super) fn add_flow(&mut self, flow: Flow) {
        let now = self.clock.timestamp();
        let state = FlowState {
            flow: DescribeFlowResponse {
                flow_name: Some(flow.name.clone()),
                flow_status: Some(initial_status(&flow.trigger)),
                trigger_config: Some(TriggerConfig::new(flow.trigger.clone())),
                created_at: Some(now),
                last_updated_at: Some(now),
                ..DescribeFlowResponse::default()
            },
            trigger: flow.trigger,
            course: flow.course,
            runs: Vec::new(),
        };
        self.flows.insert(flow.name, state);
    }

    pub(super) fn flow(&mut self, name: &str) -> Result<&mut FlowState, MockError> {
        validate::flow_name(name)?;
        self.flows
            .get_mut(name)
            .ok_or_else(|| not_found("Flow", name))
    }

    /// Returns the tags of the resource of an ARN.
    pub(super) fn tags(
        &mut self,
        arn: &str,
    ) -> Result<&mut Option<BTreeMap<String, String>>, MockError> {
        validate::resource_arn(arn)?;
        let name = arn.rsplit_once(":flow/").map_or("", |(_, name)| name);
        let flow = self.flows.get_mut(name);
        let flow = flow.ok_or_else(|| not_found("Resource", arn))?;
        Ok(&mut flow.flow.tags)
    }
}

/// Returns the initial status: an on-demand flow can run immediately, others are drafts until
/// activated.
pub(super) fn initial_status(trigger: &TriggerType) -> FlowStatus {
    if *trigger == TriggerType::OnDemand {
        FlowStatus::Active
    } else {
        FlowStatus::Draft
    }
}
