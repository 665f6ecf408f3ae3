//! The subcommands that show flows and their runs.

use appflow_client::types::{ExecutionDetails, ExecutionRecord, FlowDefinition};
use appflow_client::{Client, DescribeFlowResponse, Timestamp};
use serde_json::{Value, json};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{amount, plain, print, print_json, print_table};

/// The number of flows or runs per page, the most that AppFlow allows.
const PAGE_SIZE: i32 = 100;

/// Lists flows.
pub(crate) async fn flows(client: &Client, json: bool) -> Result<Exit, Failure> {
    let flows = client.list_flows().max_results(PAGE_SIZE).items();
    let flows: Vec<FlowDefinition> = flows.try_collect().await?;
    if json {
        print_json::<Failure>(&json!({ "flows": flows.iter().map(flow_json).collect::<Value>() }))?;
        return Ok(Exit::Done);
    }
    let mut rows = vec![heading(&["NAME", "TRIGGER", "STATUS", "LAST RUN", "AT"])];
    rows.extend(flows.iter().map(|flow| {
        let last = flow.last_run_execution_details.as_ref();
        vec![
            text(flow.flow_name.as_deref()),
            text(
                flow.trigger_type
                    .as_ref()
                    .map(appflow_client::types::TriggerType::as_str),
            ),
            text(
                flow.flow_status
                    .as_ref()
                    .map(appflow_client::types::FlowStatus::as_str),
            ),
            text(last.and_then(last_status)),
            time(last.and_then(|last| last.most_recent_execution_time)),
        ]
    }));
    print_table::<Failure>(&rows)?;
    Ok(Exit::Done)
}

fn last_status(last: &ExecutionDetails) -> Option<&str> {
    let status = last.most_recent_execution_status.as_ref();
    status.map(appflow_client::types::ExecutionStatus::as_str)
}

fn flow_json(flow: &FlowDefinition) -> Value {
    let last = flow.last_run_execution_details.as_ref();
    json!({
        "flowArn": flow.flow_arn,
        "flowName": flow.flow_name,
        "flowStatus": flow.flow_status.as_ref().map(appflow_client::types::FlowStatus::as_str),
        "lastRunAt": last.and_then(|it| it.most_recent_execution_time).map(|it| it.to_string()),
        "lastRunStatus": last.and_then(last_status),
        "triggerType": flow.trigger_type.as_ref().map(appflow_client::types::TriggerType::as_str),
    })
}

/// Shows a flow.
pub(crate) async fn flow(client: &Client, name: &str, json: bool) -> Result<Exit, Failure> {
    let flow = client.describe_flow(name).send().await?;
    let last = flow.last_run_execution_details.as_ref();
    let last_at = last.and_then(|last| last.most_recent_execution_time);
    if json {
        print_json::<Failure>(&json!({
            "description": flow.description,
            "flowArn": flow.flow_arn,
            "flowName": flow.flow_name,
            "flowStatus": flow.flow_status.as_ref().map(appflow_client::types::FlowStatus::as_str),
            "lastRunAt": last_at.map(|it| it.to_string()),
            "lastRunStatus": last.and_then(last_status),
            "triggerType": trigger(&flow),
        }))?;
        return Ok(Exit::Done);
    }
    print::<Failure>(&format!(
        "flow:      {}\nstatus:    {}\ntrigger:   {}\nlast run:  {} {}\n",
        text(flow.flow_name.as_deref()),
        text(
            flow.flow_status
                .as_ref()
                .map(appflow_client::types::FlowStatus::as_str)
        ),
        text(trigger(&flow)),
        text(last.and_then(last_status)),
        last_at.map(|_| time(last_at)).unwrap_or_default(),
    ))?;
    Ok(Exit::Done)
}

fn trigger(flow: &DescribeFlowResponse) -> Option<&str> {
    let trigger = flow.trigger_config.as_ref();
    trigger.map(|trigger| trigger.trigger_type.as_str())
}

/// Lists the runs of a flow, the newest first.
pub(crate) async fn runs(client: &Client, name: &str, json: bool) -> Result<Exit, Failure> {
    let history = client.describe_flow_execution_records(name);
    let records = history.max_results(PAGE_SIZE).items();
    let mut records: Vec<ExecutionRecord> = records.try_collect().await?;
    records.sort_by_key(|record| std::cmp::Reverse(record.started_at));
    if json {
        let runs: Value = records.iter().map(record_json).collect();
        print_json::<Failure>(&json!({ "flowName": name, "runs": runs }))?;
        return Ok(Exit::Done);
    }
    let mut rows = vec![heading(&["RUN", "STATUS", "STARTED", "RECORDS", "READ"])];
    rows.extend(records.iter().map(|record| {
        let result = record.execution_result.as_ref();
        let records = result.and_then(|result| result.records_processed);
        let bytes = result.and_then(|result| result.bytes_processed);
        vec![
            text(record.execution_id.as_deref()),
            text(
                record
                    .execution_status
                    .as_ref()
                    .map(appflow_client::types::ExecutionStatus::as_str),
            ),
            time(record.started_at),
            records.map_or_else(|| "-".to_owned(), |it| it.to_string()),
            bytes.map_or_else(|| "-".to_owned(), amount),
        ]
    }));
    print_table::<Failure>(&rows)?;
    Ok(Exit::Done)
}

/// Returns a run as JSON.
pub(crate) fn record_json(record: &ExecutionRecord) -> Value {
    let result = record.execution_result.as_ref();
    let error = result.and_then(|result| result.error_info.as_ref());
    json!({
        "bytesProcessed": result.and_then(|it| it.bytes_processed),
        "bytesWritten": result.and_then(|it| it.bytes_written),
        "executionId": record.execution_id,
        "lastUpdatedAt": record.last_updated_at.map(|it| it.to_string()),
        "message": error.and_then(|it| it.execution_message.as_deref()),
        "putFailures": error.and_then(|it| it.put_failures_count),
        "recordsProcessed": result.and_then(|it| it.records_processed),
        "startedAt": record.started_at.map(|it| it.to_string()),
        "status": record.execution_status.as_ref().map(appflow_client::types::ExecutionStatus::as_str),
    })
}

/// Returns a run as text.
pub(crate) fn record_text(record: &ExecutionRecord) -> String {
    let result = record.execution_result.as_ref();
    let records = result.and_then(|result| result.records_processed);
    let bytes = result.and_then(|result| result.bytes_processed);
    format!(
        "run:      {}\nstatus:   {}\nstarted:  {}\nrecords:  {}\nread:     {}\n",
        text(record.execution_id.as_deref()),
        text(
            record
                .execution_status
                .as_ref()
                .map(appflow_client::types::ExecutionStatus::as_str)
        ),
        time(record.started_at),
        records.map_or_else(|| "-".to_owned(), |it| it.to_string()),
        bytes.map_or_else(|| "-".to_owned(), amount),
    )
}

fn heading(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

fn text(text: Option<&str>) -> String {
    text.map_or_else(|| "-".to_owned(), plain)
}

/// Shows a time, to the second.
fn time(time: Option<Timestamp>) -> String {
    let time = time.and_then(|time| Timestamp::new(time.as_second(), 0).ok());
    time.map_or_else(|| "-".to_owned(), |time| time.to_string())
}
