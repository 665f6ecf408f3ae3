//! The bodies that are read and written, and the time that takes.

use std::fmt::Write as _;
use std::time::Instant;

const FLOWS: usize = 1_000;
const TASKS: usize = 200;
const ROUNDS: usize = 30;
const REPEATED: usize = 5;

/// One kind of work on a body.
pub struct Work<'a> {
    /// The bytes of the body.
    pub length: usize,
    /// Does it once.
    pub run: &'a dyn Fn(),
}

/// Prints how many MB a second each does: the best of some rounds, in which they take turns.
pub fn print_speeds(works: &[Work<'_>]) {
    let mut best = vec![f64::MAX; works.len()];
    for _ in 0..ROUNDS {
        for (best, work) in best.iter_mut().zip(works) {
            let start = Instant::now();
            (0..REPEATED).for_each(|_| (work.run)());
            *best = best.min(start.elapsed().as_secs_f64() / REPEATED as f64);
        }
    }
    let mut line = String::new();
    for (best, work) in best.iter().zip(works) {
        let _ = write!(line, "{} ", work.length as f64 / 1e6 / best);
    }
    println!("{line}");
}

/// A list of flows as AppFlow writes it: the response of `ListFlows`.
#[must_use]
pub fn flows() -> String {
    let flow = |index: usize| {
        let second = 1_700_000_000 + index;
        format!(
            r#"{{"flowArn":"arn:aws:appflow:us-east-1:123456789012:flow/orders-to-s3-{index}","description":"Copies the orders of region {index} \u00e0 la carte","flowName":"orders-to-s3-{index}","flowStatus":"Active","sourceConnectorType":"Salesforce","sourceConnectorLabel":"Salesforce","destinationConnectorType":"S3","destinationConnectorLabel":"Amazon S3","triggerType":"Scheduled","createdAt":{second}.25,"lastUpdatedAt":{second},"createdBy":"arn:aws:iam::123456789012:user/ann","lastUpdatedBy":"arn:aws:iam::123456789012:user/bob","tags":{{"cost-center":"{index}","team":"sales"}},"lastRunExecutionDetails":{{"mostRecentExecutionMessage":"Successful, {index} records","mostRecentExecutionTime":{second}.5,"mostRecentExecutionStatus":"Successful"}}}}"#
        )
    };
    let flows: Vec<String> = (0..FLOWS).map(flow).collect();
    format!(r#"{{"flows":[{}]}}"#, flows.join(","))
}

/// The names of the fields that the tasks of [`creation`] map, each to itself.
#[must_use]
pub fn fields() -> Vec<String> {
    (0..TASKS)
        .map(|index| format!("Custom_Field_{index}__c"))
        .collect()
}

/// The request of `CreateFlow` with a task for each field.
#[must_use]
pub fn creation() -> String {
    let task = |field: &String| {
        format!(
            r#"{{"sourceFields":["{field}"],"connectorOperator":{{"Salesforce":"NO_OP"}},"destinationField":"{field}","taskType":"Map","taskProperties":{{"DESTINATION_DATA_TYPE":"string","SOURCE_DATA_TYPE":"string"}}}}"#
        )
    };
    let tasks: Vec<String> = fields().iter().map(task).collect();
    format!(
        r#"{{"flowName":"orders-to-s3","description":"Copies the orders of all regions","triggerConfig":{{"triggerType":"OnDemand"}},"sourceFlowConfig":{{"connectorType":"Salesforce","sourceConnectorProperties":{{"Salesforce":{{"object":"Order"}}}}}},"destinationFlowConfigList":[{{"connectorType":"S3","destinationConnectorProperties":{{"S3":{{"bucketName":"orders"}}}}}}],"tasks":[{}],"clientToken":"e8ec0de5-0000-4000-8000-000000000001"}}"#,
        tasks.join(",")
    )
}
