//! The runs of flows.

use appflow_client::types::{CatalogType, ExecutionStatus, FlowStatus};
use serde_json::json;

use super::{at, round_trip};

const ARN: &str = "arn:aws:appflow:eu-west-1:123456789012:flow/orders-to-s3";

pub(super) async fn start_flow() {
    let started = round_trip(
        |client| client.start_flow("orders-to-s3").client_token("nightly"),
        "POST /start-flow",
        json!({ "flowName": "orders-to-s3", "clientToken": "nightly" }),
        json!({ "flowArn": ARN, "flowStatus": "Active", "executionId": "run-1" }),
    )
    .await;
    assert_eq!(started.flow_arn.as_deref(), Some(ARN));
    assert_eq!(started.flow_status, Some(FlowStatus::Active));
    assert_eq!(started.execution_id.as_deref(), Some("run-1"));
}

pub(super) async fn stop_flow() {
    let stopped = round_trip(
        |client| client.stop_flow("orders-to-s3"),
        "POST /stop-flow",
        json!({ "flowName": "orders-to-s3" }),
        json!({ "flowArn": ARN, "flowStatus": "Suspended" }),
    )
    .await;
    assert_eq!(stopped.flow_arn.as_deref(), Some(ARN));
    assert_eq!(stopped.flow_status, Some(FlowStatus::Suspended));
}

pub(super) async fn cancel_flow_executions() {
    let runs = ["run-1", "run-2"].map(str::to_owned);
    let cancelled = round_trip(
        |client| {
            let call = client.cancel_flow_executions("orders-to-s3");
            call.execution_ids(runs)
        },
        "POST /cancel-flow-executions",
        json!({ "flowName": "orders-to-s3", "executionIds": ["run-1", "run-2"] }),
        json!({ "invalidExecutions": ["run-2"] }),
    )
    .await;
    assert_eq!(cancelled.invalid_executions.unwrap(), ["run-2"]);
}

pub(super) async fn describe_flow_execution_records() {
    let records = round_trip(
        |client| {
            let call = client.describe_flow_execution_records("orders-to-s3");
            call.max_results(5).next_token("page-2")
        },
        "POST /describe-flow-execution-records",
        json!({ "flowName": "orders-to-s3", "maxResults": 5, "nextToken": "page-2" }),
        json!({
            "flowExecutions": [{
                "executionId": "run-1",
                "executionStatus": "CancelStarted",
                "executionResult": {
                    "errorInfo": { "putFailuresCount": 3, "executionMessage": "3 records failed" },
                    "bytesProcessed": 9_007_199_254_740_993_i64,
                    "bytesWritten": 0,
                    "recordsProcessed": 12,
                    "numParallelProcesses": 4,
                    "maxPageSize": 1000
                },
                "startedAt": 1_795_309_323,
                "lastUpdatedAt": 1_795_309_324.25,
                "dataPullStartTime": 1_795_222_923,
                "dataPullEndTime": 1_795_309_322,
                "metadataCatalogDetails": [{
                    "catalogType": "GLUE",
                    "tableName": "orders",
                    "tableRegistrationOutput": {
                        "message": "1 table", "result": "created", "status": "Successful"
                    },
                    "partitionRegistrationOutput": { "status": "InProgress" }
                }]
            }],
            "nextToken": "page-3"
        }),
    )
    .await;
    assert_eq!(records.next_token.as_deref(), Some("page-3"));
    let runs = records.flow_executions.unwrap();
    let [run] = runs.as_slice() else {
        panic!("{runs:?}");
    };
    assert_eq!(run.execution_status, Some(ExecutionStatus::CancelStarted));
    assert_eq!(run.started_at, Some(at(1_795_309_323)));
    // The fraction of a second is kept.
    let updated = run.last_updated_at.unwrap();
    assert_eq!(updated.as_millisecond(), 1_795_309_324_250);
    // A float would have lost the last digit.
    let result = run.execution_result.as_ref().unwrap();
    assert_eq!(result.bytes_processed, Some(9_007_199_254_740_993));
    let catalogs = run.metadata_catalog_details.as_ref().unwrap();
    assert_eq!(catalogs[0].catalog_type, Some(CatalogType::Glue));
}
