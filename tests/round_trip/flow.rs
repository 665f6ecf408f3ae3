//! Flows: what they read, what they make of it, where they write it, and what starts them.

use appflow_client::operation::{CreateFlowRequired, UpdateFlowRequired};
use appflow_client::types::{
    AggregationConfig, AggregationType, ConnectorOperator, ConnectorType, DataPullMode,
    DestinationConnectorProperties, DestinationFlowConfig, ExecutionStatus, FileType, FlowStatus,
    GlueDataCatalogConfig, GlueDataCatalogConfigRequired, IncrementalPullConfig,
    MetadataCatalogConfig, OperatorPropertiesKeys, PathPrefix, PrefixConfig, PrefixFormat,
    PrefixType, S3DestinationProperties, S3OutputFormatConfig, SalesforceConnectorOperator,
    SalesforceDataTransferApi, SalesforceSourceProperties, ScheduledTriggerProperties,
    SourceConnectorProperties, SourceFlowConfig, Task, TaskType, TriggerConfig, TriggerProperties,
    TriggerType,
};
use serde_json::{Value, json};

use super::{at, round_trip};

const ARN: &str = "arn:aws:appflow:eu-west-1:123456789012:flow/orders-to-s3";
const KEY: &str = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd";

/// Every night at one, for a year.
fn nightly() -> TriggerConfig {
    let schedule = ScheduledTriggerProperties::new("cron(0 1 * * ? *)")
        .data_pull_mode(DataPullMode::Incremental)
        .schedule_start_time(at(1_795_309_200))
        .schedule_end_time(at(1_826_845_200))
        .timezone("Europe/Dublin")
        .schedule_offset(3600)
        .first_execution_from(at(1_795_222_800))
        .flow_error_deactivation_threshold(5);
    let properties = TriggerProperties::default().scheduled(schedule);
    TriggerConfig::new(TriggerType::Scheduled).trigger_properties(properties)
}

fn nightly_json() -> Value {
    json!({
        "triggerType": "Scheduled",
        "triggerProperties": {
            "Scheduled": {
                "scheduleExpression": "cron(0 1 * * ? *)",
                "dataPullMode": "Incremental",
                "scheduleStartTime": 1_795_309_200,
                "scheduleEndTime": 1_826_845_200,
                "timezone": "Europe/Dublin",
                "scheduleOffset": 3600,
                "firstExecutionFrom": 1_795_222_800,
                "flowErrorDeactivationThreshold": 5
            }
        }
    })
}

fn orders() -> SourceFlowConfig {
    let object = SalesforceSourceProperties::new("Order")
        .enable_dynamic_field_update(true)
        .include_deleted_records(true)
        .data_transfer_api(SalesforceDataTransferApi::Bulkv2);
    let properties = SourceConnectorProperties::default().salesforce(object);
    SourceFlowConfig::new(ConnectorType::Salesforce, properties)
        .api_version("60.0")
        .connector_profile_name("sales")
        .incremental_pull_config(
            IncrementalPullConfig::default().datetime_type_field_name("LastModifiedDate"),
        )
}

fn orders_json() -> Value {
    json!({
        "connectorType": "Salesforce",
        "apiVersion": "60.0",
        "connectorProfileName": "sales",
        "sourceConnectorProperties": {
            "Salesforce": {
                "object": "Order",
                "enableDynamicFieldUpdate": true,
                "includeDeletedRecords": true,
                "dataTransferApi": "BULKV2"
            }
        },
        "incrementalPullConfig": { "datetimeTypeFieldName": "LastModifiedDate" }
    })
}

fn bucket() -> DestinationFlowConfig {
    let prefix = PrefixConfig::default()
        .prefix_type(PrefixType::PathAndFilename)
        .prefix_format(PrefixFormat::Day)
        .path_prefix_hierarchy([PathPrefix::SchemaVersion, PathPrefix::ExecutionId]);
    let aggregation = AggregationConfig::default()
        .aggregation_type(AggregationType::SingleFile)
        .target_file_size(128);
    let format = S3OutputFormatConfig::default()
        .file_type(FileType::Parquet)
        .prefix_config(prefix)
        .aggregation_config(aggregation)
        .preserve_source_data_typing(false);
    let bucket = S3DestinationProperties::new("orders-bucket")
        .bucket_prefix("raw/orders")
        .s3_output_format_config(format);
    let properties = DestinationConnectorProperties::default().s3(bucket);
    DestinationFlowConfig::new(ConnectorType::S3, properties)
}

fn bucket_json() -> Value {
    json!({
        "connectorType": "S3",
        "destinationConnectorProperties": {
            "S3": {
                "bucketName": "orders-bucket",
                "bucketPrefix": "raw/orders",
                "s3OutputFormatConfig": {
                    "fileType": "PARQUET",
                    "prefixConfig": {
                        "prefixType": "PATH_AND_FILENAME",
                        "prefixFormat": "DAY",
                        "pathPrefixHierarchy": ["SCHEMA_VERSION", "EXECUTION_ID"]
                    },
                    "aggregationConfig": { "aggregationType": "SingleFile", "targetFileSize": 128 },
                    "preserveSourceDataTyping": false
                }
            }
        }
    })
}

/// Maps one field, and copies the others as they are.
fn tasks() -> [Task; 2] {
    let operator = ConnectorOperator::default().salesforce(SalesforceConnectorOperator::NoOp);
    let types = [
        (OperatorPropertiesKeys::SourceDataType, "currency"),
        (OperatorPropertiesKeys::DestinationDataType, "double"),
    ];
    let map = Task::new(["Amount"], TaskType::Map)
        .connector_operator(operator)
        .destination_field("amount")
        .task_properties(types);
    [map, Task::new(Vec::<String>::new(), TaskType::MapAll)]
}

fn tasks_json() -> Value {
    json!([
        {
            "sourceFields": ["Amount"],
            "connectorOperator": { "Salesforce": "NO_OP" },
            "destinationField": "amount",
            "taskType": "Map",
            "taskProperties": { "SOURCE_DATA_TYPE": "currency", "DESTINATION_DATA_TYPE": "double" }
        },
        { "sourceFields": [], "taskType": "Map_all" }
    ])
}

fn catalog() -> MetadataCatalogConfig {
    let glue = GlueDataCatalogConfig::new(GlueDataCatalogConfigRequired {
        role_arn: "arn:aws:iam::123456789012:role/glue".into(),
        database_name: "sales".into(),
        table_prefix: "raw_".into(),
    });
    MetadataCatalogConfig::default().glue_data_catalog(glue)
}

fn catalog_json() -> Value {
    json!({
        "glueDataCatalog": {
            "roleArn": "arn:aws:iam::123456789012:role/glue",
            "databaseName": "sales",
            "tablePrefix": "raw_"
        }
    })
}

pub(super) async fn create_flow() {
    let created = round_trip(
        |client| {
            client
                .create_flow(CreateFlowRequired {
                    flow_name: "orders-to-s3".into(),
                    trigger_config: nightly(),
                    source_flow_config: orders(),
                    destination_flow_config_list: vec![bucket()],
                    tasks: tasks().into(),
                })
                .description("Orders, every night")
                .kms_arn(KEY)
                .tags([("team", "sales")])
                .metadata_catalog_config(catalog())
                .client_token("made-once")
        },
        "POST /create-flow",
        json!({
            "flowName": "orders-to-s3",
            "description": "Orders, every night",
            "kmsArn": KEY,
            "triggerConfig": nightly_json(),
            "sourceFlowConfig": orders_json(),
            "destinationFlowConfigList": [bucket_json()],
            "tasks": tasks_json(),
            "tags": { "team": "sales" },
            "metadataCatalogConfig": catalog_json(),
            "clientToken": "made-once"
        }),
        json!({ "flowArn": ARN, "flowStatus": "Draft" }),
    )
    .await;
    assert_eq!(created.flow_arn.as_deref(), Some(ARN));
    assert_eq!(created.flow_status, Some(FlowStatus::Draft));
}

pub(super) async fn update_flow() {
    let on_demand = TriggerConfig::new(TriggerType::OnDemand);
    let updated = round_trip(
        |client| {
            client
                .update_flow(UpdateFlowRequired {
                    flow_name: "orders-to-s3".into(),
                    trigger_config: on_demand,
                    source_flow_config: orders(),
                    destination_flow_config_list: vec![bucket()],
                    tasks: tasks().into(),
                })
                .description("Orders, when asked for")
                .metadata_catalog_config(catalog())
                .client_token("changed-once")
        },
        "POST /update-flow",
        json!({
            "flowName": "orders-to-s3",
            "description": "Orders, when asked for",
            "triggerConfig": { "triggerType": "OnDemand" },
            "sourceFlowConfig": orders_json(),
            "destinationFlowConfigList": [bucket_json()],
            "tasks": tasks_json(),
            "metadataCatalogConfig": catalog_json(),
            "clientToken": "changed-once"
        }),
        json!({ "flowStatus": "Active" }),
    )
    .await;
    assert_eq!(updated.flow_status, Some(FlowStatus::Active));
}

pub(super) async fn delete_flow() {
    round_trip(
        |client| client.delete_flow("orders-to-s3").force_delete(true),
        "POST /delete-flow",
        json!({ "flowName": "orders-to-s3", "forceDelete": true }),
        json!({}),
    )
    .await;
}

pub(super) async fn describe_flow() {
    let described = round_trip(
        |client| client.describe_flow("orders-to-s3"),
        "POST /describe-flow",
        json!({ "flowName": "orders-to-s3" }),
        json!({
            "flowArn": ARN,
            "description": "Orders, every night",
            "flowName": "orders-to-s3",
            "kmsArn": KEY,
            "flowStatus": "Errored",
            "flowStatusMessage": "The bucket is gone.",
            "sourceFlowConfig": orders_json(),
            "destinationFlowConfigList": [bucket_json()],
            "lastRunExecutionDetails": {
                "mostRecentExecutionMessage": "The bucket is gone.",
                "mostRecentExecutionTime": 1_795_309_323,
                "mostRecentExecutionStatus": "Error"
            },
            "triggerConfig": nightly_json(),
            "tasks": tasks_json(),
            "createdAt": 1_795_222_800,
            "lastUpdatedAt": 1_795_222_801.5,
            "createdBy": "arn:aws:iam::123456789012:user/ada",
            "lastUpdatedBy": "arn:aws:iam::123456789012:user/grace",
            "tags": { "team": "sales" },
            "metadataCatalogConfig": catalog_json(),
            "lastRunMetadataCatalogDetails": [{ "catalogType": "GLUE", "tableName": "orders" }],
            "schemaVersion": 7
        }),
    )
    .await;
    // What was described can be sent again as it is.
    assert_eq!(described.trigger_config, Some(nightly()));
    assert_eq!(described.source_flow_config, Some(orders()));
    assert_eq!(described.destination_flow_config_list.unwrap(), [bucket()]);
    assert_eq!(described.tasks.unwrap(), tasks());
    assert_eq!(described.metadata_catalog_config, Some(catalog()));
    assert_eq!(described.created_at, Some(at(1_795_222_800)));
    assert_eq!(described.schema_version, Some(7));
}

pub(super) async fn list_flows() {
    let listed = round_trip(
        |client| client.list_flows().max_results(20).next_token("page-2"),
        "POST /list-flows",
        json!({ "maxResults": 20, "nextToken": "page-2" }),
        json!({
            "flows": [{
                "flowArn": ARN,
                "description": "Orders, every night",
                "flowName": "orders-to-s3",
                "flowStatus": "Active",
                "sourceConnectorType": "CustomConnector",
                "sourceConnectorLabel": "shop",
                "destinationConnectorType": "SAPOData",
                "destinationConnectorLabel": "erp",
                "triggerType": "OnDemand",
                "createdAt": 1_795_222_800,
                "lastUpdatedAt": 1_795_222_801,
                "createdBy": "arn:aws:iam::123456789012:user/ada",
                "lastUpdatedBy": "arn:aws:iam::123456789012:user/grace",
                "tags": { "team": "sales" },
                "lastRunExecutionDetails": { "mostRecentExecutionStatus": "Successful" }
            }],
            "nextToken": "page-3"
        }),
    )
    .await;
    assert_eq!(listed.next_token.as_deref(), Some("page-3"));
    let flows = listed.flows.unwrap();
    let [flow] = flows.as_slice() else {
        panic!("{flows:?}");
    };
    let (source, destination) = (ConnectorType::CustomConnector, ConnectorType::SapoData);
    assert_eq!(flow.source_connector_type, Some(source));
    assert_eq!(flow.destination_connector_type, Some(destination));
    assert_eq!(flow.trigger_type, Some(TriggerType::OnDemand));
    let run = flow.last_run_execution_details.as_ref().unwrap();
    let status = &run.most_recent_execution_status;
    assert_eq!(*status, Some(ExecutionStatus::Successful));
}
