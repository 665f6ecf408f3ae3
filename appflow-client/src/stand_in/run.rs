//! Starting flows, and canceling their runs.

use std::time::Duration;

use smithy_reqwest::mock::MockError;

use super::account::{Account, arn};
use super::fault::RecordOrder;
use super::record::RunState;
use super::refusal::{conflict, validation};
use super::validate::{self, page};
use crate::operation::{
    CancelFlowExecutionsRequest, CancelFlowExecutionsResponse, DescribeFlowExecutionRecordsRequest,
    DescribeFlowExecutionRecordsResponse, StartFlowRequest, StartFlowResponse, StopFlowRequest,
    StopFlowResponse,
};
use crate::types::{ExecutionRecord, FlowStatus, TriggerType};

/// The time for which a client token is remembered.
const TOKEN_LIFETIME: Duration = Duration::from_secs(8 * 60 * 60);

impl Account {
    pub(super) fn start_flow(
        &mut self,
        region: &str,
        input: &StartFlowRequest,
    ) -> Result<StartFlowResponse, MockError> {
        validate::flow_name(&input.flow_name)?;
        let token = validate::client_token(input.client_token.as_deref())?;
        let now = self.clock.now();
        let is_on_demand = self.flow(&input.flow_name)?.trigger == TriggerType::OnDemand;
        self.tokens
            .retain(|_, (since, _)| now.saturating_sub(*since) < TOKEN_LIFETIME);
        let key = (token.to_owned(), input.flow_name.clone());
        let execution_id = if let Some((_, run)) = self.tokens.get(&key) {
            run.clone()
        } else {
            if !is_on_demand && self.tokens.keys().any(|(used, _)| used == token) {
                let message = "The client token was used with other input in the last 8 hours.";
                return Err(conflict(message));
            }
            self.starts.push(input.flow_name.clone());
            let id = format!("e8ec0de5-0000-4000-8000-{:012x}", self.starts.len());
            let id = is_on_demand.then_some(id);
            self.tokens.insert(key, (now, id.clone()));
            let flow = self.flow(&input.flow_name)?;
            flow.flow.flow_status = Some(FlowStatus::Active);
            if let Some(id) = id.clone() {
                let course = flow.course.clone();
                flow.runs.push(RunState {
                    id,
                    started: now,
                    course,
                    canceled: None,
                });
            }
            id
        };
        Ok(StartFlowResponse {
            flow_arn: Some(arn(region, &format!("flow/{}", input.flow_name))),
            flow_status: self.flow(&input.flow_name)?.flow.flow_status.clone(),
            execution_id,
        })
    }

    pub(super) fn stop_flow(
        &mut self,
        region: &str,
        input: &StopFlowRequest,
    ) -> Result<StopFlowResponse, MockError> {
        let flow = self.flow(&input.flow_name)?;
        if flow.trigger == TriggerType::OnDemand {
            let message = "An on-demand flow cannot be stopped: cancel its runs.";
            return Err(MockError::new(
                400,
                "UnsupportedOperationException",
                message,
            ));
        }
        if flow.flow.flow_status == Some(FlowStatus::Active) {
            flow.flow.flow_status = Some(FlowStatus::Suspended);
        }
        Ok(StopFlowResponse {
            flow_arn: Some(arn(region, &format!("flow/{}", input.flow_name))),
            flow_status: flow.flow.flow_status.clone(),
        })
    }

    pub(super) fn records(
        &mut self,
        input: &DescribeFlowExecutionRecordsRequest,
    ) -> Result<DescribeFlowExecutionRecordsResponse, MockError> {
        let now = self.clock.now();
        let (hidden, order) = (self.faults.hidden, self.faults.order);
        let mut runs = self.flow(&input.flow_name)?.runs.clone();
        runs.retain(|run| now.saturating_sub(run.started) >= hidden);
        match order {
            RecordOrder::NewestFirst => runs.reverse(),
            RecordOrder::OldestFirst => {}
            RecordOrder::Shuffled => runs.sort_by_key(|run| shuffled(&run.id)),
        }
        let records = runs.iter().map(|run| run.record(&self.clock, now));
        let records: Vec<ExecutionRecord> = records.collect();
        let (records, next_token) = page(records, input.max_results, input.next_token.as_deref())?;
        Ok(DescribeFlowExecutionRecordsResponse {
            flow_executions: Some(records),
            next_token,
        })
    }

    pub(super) fn cancel(
        &mut self,
        input: &CancelFlowExecutionsRequest,
    ) -> Result<CancelFlowExecutionsResponse, MockError> {
        let now = self.clock.now();
        let is_refused = self.faults.refuses_cancellation();
        let flow = self.flow(&input.flow_name)?;
        let ids = match &input.execution_ids {
            Some(ids) if ids.len() > 100 => {
                return Err(validation(
                    "Value at 'executionIds' failed to satisfy constraint: Member must have length \
                     less than or equal to 100",
                ));
            }
            Some(ids) if !ids.is_empty() => ids.clone(),
            _ => {
                let active = flow.runs.iter().filter(|run| run.is_in_progress(now));
                active.map(|run| run.id.clone()).collect()
            }
        };
        let mut invalid = Vec::new();
        for id in ids {
            let mut runs = flow.runs.iter_mut();
            match runs.find(|run| run.id == id && run.is_in_progress(now)) {
                Some(run) if !is_refused => run.canceled = Some(now),
                _ => invalid.push(id),
            }
        }
        Ok(CancelFlowExecutionsResponse {
            invalid_executions: Some(invalid),
        })
    }
}

/// Returns a key whose order has nothing to do with that of IDs: FNV-1a.
fn shuffled(id: &str) -> u64 {
    id.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
