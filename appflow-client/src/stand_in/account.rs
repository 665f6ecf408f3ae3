//! The state of an account: flows and their runs.

use std::collections::BTreeMap;
use std::time::Duration;

use smithy_reqwest::mock::MockError;
use smithy_reqwest::polling::Instant;

use super::ACCOUNT_ID;
use super::fault::Faults;
use super::flow::{Course, Flow};
use super::record::RunState;
use super::refusal::{not_found, validation};
use super::validate;
use crate::Timestamp;
use crate::operation::DescribeFlowResponse;
use crate::types::{ConnectorProfile, FlowStatus, TriggerConfig, TriggerType};

/// The maximum number of tags of a resource.
const MAX_TAGS: usize = 50;

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

/// A flow, as `DescribeFlow` returns it, and its runs.
#[derive(Debug, Clone)]
pub(super) struct FlowState {
    pub(super) flow: DescribeFlowResponse,
    pub(super) trigger: TriggerType,
    pub(super) course: Course,
    pub(super) runs: Vec<RunState>,
}

/// The resources of an account.
#[derive(Default)]
pub(super) struct Account {
    pub(super) clock: Clock,
    pub(super) flows: BTreeMap<String, FlowState>,
    pub(super) starts: Vec<String>,
    pub(super) faults: Faults,
    pub(super) profiles: BTreeMap<String, ConnectorProfile>,
    pub(super) connectors: BTreeMap<String, super::catalog::Connector>,
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

/// Returns an error if a resource has too many tags.
pub(super) fn check_tag_count(tags: &BTreeMap<String, String>) -> Result<(), MockError> {
    if tags.len() > MAX_TAGS {
        return Err(validation(format!(
            "A resource has at most {MAX_TAGS} tags."
        )));
    }
    Ok(())
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
