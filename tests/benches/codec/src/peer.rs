//! The same list and request with serde's derives, as one would write them by hand.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A list of flows.
#[derive(Clone, Serialize, Deserialize)]
pub struct Flows {
    /// The flows.
    pub flows: Vec<Flow>,
}

/// A flow.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Flow {
    flow_arn: Option<String>,
    description: Option<String>,
    flow_name: Option<String>,
    flow_status: Option<Status>,
    source_connector_type: Option<Connector>,
    source_connector_label: Option<String>,
    destination_connector_type: Option<Connector>,
    destination_connector_label: Option<String>,
    trigger_type: Option<Trigger>,
    created_at: Option<f64>,
    last_updated_at: Option<i64>,
    created_by: Option<String>,
    last_updated_by: Option<String>,
    tags: Option<BTreeMap<String, String>>,
    last_run_execution_details: Option<Details>,
}

#[derive(Clone, Serialize, Deserialize)]
enum Status {
    Active,
}

#[derive(Clone, Serialize, Deserialize)]
enum Connector {
    Salesforce,
    S3,
}

#[derive(Clone, Serialize, Deserialize)]
enum Trigger {
    Scheduled,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Details {
    most_recent_execution_message: Option<String>,
    most_recent_execution_time: Option<f64>,
    most_recent_execution_status: Option<Execution>,
}

#[derive(Clone, Serialize, Deserialize)]
enum Execution {
    Successful,
}

/// The request to create a flow.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Creation {
    flow_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    trigger_config: TriggerConfig,
    source_flow_config: Source,
    destination_flow_config_list: Vec<Destination>,
    tasks: Vec<Task>,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_token: Option<String>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct TriggerConfig {
    trigger_type: TriggerType,
}

#[derive(Clone, Serialize, Deserialize)]
enum TriggerType {
    OnDemand,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Source {
    connector_type: Connector,
    source_connector_properties: SourceProperties,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct SourceProperties {
    #[serde(skip_serializing_if = "Option::is_none")]
    salesforce: Option<SalesforceSource>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct SalesforceSource {
    object: String,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Destination {
    connector_type: Connector,
    destination_connector_properties: DestinationProperties,
}

#[derive(Clone, Serialize, Deserialize)]
struct DestinationProperties {
    #[serde(rename = "S3", skip_serializing_if = "Option::is_none")]
    s3: Option<S3Destination>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct S3Destination {
    bucket_name: String,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Task {
    source_fields: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    connector_operator: Option<Operator>,
    #[serde(skip_serializing_if = "Option::is_none")]
    destination_field: Option<String>,
    task_type: TaskType,
    #[serde(skip_serializing_if = "Option::is_none")]
    task_properties: Option<BTreeMap<Property, String>>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Operator {
    #[serde(skip_serializing_if = "Option::is_none")]
    salesforce: Option<SalesforceOperator>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum SalesforceOperator {
    NoOp,
}

#[derive(Clone, Serialize, Deserialize)]
enum TaskType {
    Map,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Property {
    DestinationDataType,
    SourceDataType,
}
