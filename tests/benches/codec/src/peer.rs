//! The same list with serde's derives, as one would write it by hand.

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
