//! Definitions of flows: creating, updating, describing and deleting them.

use std::time::Duration;

use smithy_reqwest::mock::MockError;

use super::account::{Account, arn, initial_status};
use super::flow::{Course, Flow};
use super::record::RunState;
use super::refusal::conflict;
use super::validate::{self, page};
use crate::operation::{
    CreateFlowRequest, CreateFlowResponse, DeleteFlowRequest, DeleteFlowResponse,
    DescribeFlowRequest, DescribeFlowResponse, ListFlowsRequest, ListFlowsResponse,
    UpdateFlowRequest, UpdateFlowResponse,
};
use crate::types::{ExecutionDetails, FlowDefinition, FlowStatus, TriggerType};

impl Account {
    pub(super) fn create_flow(
        &mut self,
        region: &str,
        input: CreateFlowRequest,
    ) -> Result<CreateFlowResponse, MockError> {
        validate::flow_name(&input.flow_name)?;
        validate::description(input.description.as_deref())?;
        validate::client_token(input.client_token.as_deref())?;
        validate::tags(input.tags.as_ref())?;
        let arn = arn(region, &format!("flow/{}", input.flow_name));
        if self.flows.contains_key(&input.flow_name) {
            let message = format!("Flow with name {} already exists.", input.flow_name);
            return Err(conflict(message));
        }
        self.check_profile(input.source_flow_config.connector_profile_name.as_deref())?;
        for destination in &input.destination_flow_config_list {
            self.check_profile(destination.connector_profile_name.as_deref())?;
        }
        let trigger = input.trigger_config.trigger_type.clone();
        self.add_flow(Flow {
            name: input.flow_name.clone(),
            trigger: trigger.clone(),
            course: Course::default(),
        });
        let state = self.flow(&input.flow_name)?;
        state.flow = DescribeFlowResponse {
            description: input.description,
            kms_arn: input.kms_arn,
            source_flow_config: Some(input.source_flow_config),
            destination_flow_config_list: Some(input.destination_flow_config_list),
            trigger_config: Some(input.trigger_config),
            tasks: Some(input.tasks),
            tags: input.tags,
            metadata_catalog_config: input.metadata_catalog_config,
            ..std::mem::take(&mut state.flow)
        };
        Ok(CreateFlowResponse {
            flow_arn: Some(arn),
            flow_status: state.flow.flow_status.clone(),
        })
    }

    pub(super) fn update_flow(
        &mut self,
        input: UpdateFlowRequest,
    ) -> Result<UpdateFlowResponse, MockError> {
        validate::description(input.description.as_deref())?;
        validate::client_token(input.client_token.as_deref())?;
        let now = self.clock.timestamp();
        let state = self.flow(&input.flow_name)?;
        if state.trigger != input.trigger_config.trigger_type {
            state.trigger = input.trigger_config.trigger_type.clone();
            state.flow.flow_status = Some(initial_status(&state.trigger));
        }
        state.flow = DescribeFlowResponse {
            description: input.description,
            source_flow_config: Some(input.source_flow_config),
            destination_flow_config_list: Some(input.destination_flow_config_list),
            trigger_config: Some(input.trigger_config),
            tasks: Some(input.tasks),
            metadata_catalog_config: input.metadata_catalog_config,
            last_updated_at: Some(now),
            ..std::mem::take(&mut state.flow)
        };
        Ok(UpdateFlowResponse {
            flow_status: state.flow.flow_status.clone(),
        })
    }

    pub(super) fn delete_flow(
        &mut self,
        input: &DeleteFlowRequest,
    ) -> Result<DeleteFlowResponse, MockError> {
        let now = self.clock.now();
        let state = self.flow(&input.flow_name)?;
        let is_active = state.trigger != TriggerType::OnDemand
            && state.flow.flow_status == Some(FlowStatus::Active);
        let is_in_use = is_active || state.runs.iter().any(|run| run.is_in_progress(now));
        if is_in_use && input.force_delete != Some(true) {
            let message = format!("Flow with name {} is in use.", input.flow_name);
            return Err(conflict(message));
        }
        self.flows.remove(&input.flow_name);
        Ok(DeleteFlowResponse {})
    }

    pub(super) fn describe_flow(
        &mut self,
        region: &str,
        input: &DescribeFlowRequest,
    ) -> Result<DescribeFlowResponse, MockError> {
        let now = self.clock.now();
        let state = self.flow(&input.flow_name)?;
        let last_run = state.runs.last().cloned();
        let flow = state.flow.clone();
        Ok(DescribeFlowResponse {
            flow_arn: Some(arn(region, &format!("flow/{}", input.flow_name))),
            last_run_execution_details: last_run.map(|run| self.last_run(&run, now)),
            ..flow
        })
    }

    fn last_run(&self, run: &RunState, now: Duration) -> ExecutionDetails {
        let record = run.record(&self.clock, now);
        let error = record.execution_result.and_then(|result| result.error_info);
        ExecutionDetails {
            most_recent_execution_message: error.and_then(|error| error.execution_message),
            most_recent_execution_time: record.started_at,
            most_recent_execution_status: record.execution_status,
        }
    }

    pub(super) fn list_flows(
        &self,
        region: &str,
        input: &ListFlowsRequest,
    ) -> Result<ListFlowsResponse, MockError> {
        let now = self.clock.now();
        let flows = self.flows.iter().map(|(name, state)| {
            let flow = &state.flow;
            let source = flow.source_flow_config.as_ref();
            let destination = flow.destination_flow_config_list.as_deref();
            let destination = destination.and_then(<[_]>::first);
            FlowDefinition {
                flow_arn: Some(arn(region, &format!("flow/{name}"))),
                description: flow.description.clone(),
                flow_name: Some(name.clone()),
                flow_status: flow.flow_status.clone(),
                source_connector_type: source.map(|source| source.connector_type.clone()),
                destination_connector_type: destination.map(|it| it.connector_type.clone()),
                trigger_type: Some(state.trigger.clone()),
                created_at: flow.created_at,
                last_updated_at: flow.last_updated_at,
                tags: flow.tags.clone(),
                last_run_execution_details: state.runs.last().map(|it| self.last_run(it, now)),
                ..FlowDefinition::default()
            }
        });
        let (flows, next_token) = page(
            flows.collect(),
            input.max_results,
            input.next_token.as_deref(),
        )?;
        Ok(ListFlowsResponse {
            flows: Some(flows),
            next_token,
        })
    }
}
