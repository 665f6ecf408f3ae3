//! One operation for each way in which members of AppFlow's messages travel, over HTTP.
//!
//! `tests/round_trip` has all operations, without a network.

use std::collections::BTreeMap;

use appflow_client::Timestamp;
use appflow_client::operation::UpdateFlowRequired;
use appflow_client::types::{
    ConnectorOperator, ConnectorType, CustomConnectorSourceProperties, Operator,
    OperatorPropertiesKeys, ScheduledTriggerProperties, SourceConnectorProperties,
    SourceFlowConfig, Task, TaskType, TriggerConfig, TriggerProperties, TriggerType,
};
use serde_json::{Value, json};
use workspace_tests::{Reply, Server};

use super::{builder, expect_error, only_request};

const ARN: &str = "arn:aws:appflow:us-east-1:123456789012:flow/orders-to-s3";

async fn answering(answer: Value) -> Server {
    let answer = Reply::json(200, answer.to_string());
    Server::scripted([answer]).await.unwrap()
}

#[tokio::test]
async fn a_label_is_one_segment_of_the_path_whatever_is_in_it() {
    let cases = [
        (
            ARN,
            "arn%3Aaws%3Aappflow%3Aus-east-1%3A123456789012%3Aflow%2Forders-to-s3",
        ),
        ("a b/../c?d#e&f=g", "a%20b%2F..%2Fc%3Fd%23e%26f%3Dg"),
        ("100%25+~._-", "100%2525%2B~._-"),
        ("café 🚀", "caf%C3%A9%20%F0%9F%9A%80"),
    ];
    for (arn, segment) in cases {
        let server = answering(json!({ "tags": { "team": "sales" } })).await;
        let client = builder(&server.url()).build().unwrap();
        let listed = client.list_tags_for_resource(arn).send().await.unwrap();
        assert_eq!(listed.tags.unwrap()["team"], "sales");

        let request = only_request(&server);
        assert_eq!(request.method, "GET");
        assert_eq!(request.target, format!("/tags/{segment}"));
        assert_eq!(request.header("content-type"), None);
        assert!(request.body.is_empty());
    }
}

#[tokio::test]
async fn a_label_that_is_no_segment_is_refused_before_anything_is_sent() {
    for arn in ["", ".", ".."] {
        let server = answering(json!({})).await;
        let client = builder(&server.url()).build().unwrap();
        let error = expect_error(client.list_tags_for_resource(arn).send().await);
        assert_eq!(
            error.to_string(),
            format!(
                "ListTagsForResource: `resourceArn` is {arn:?}, which cannot be a segment of a path"
            )
        );
        assert!(server.requests().is_empty());
    }
}

#[tokio::test]
async fn a_list_in_the_query_is_a_parameter_for_each_of_its_elements() {
    let cases: [(&[&str], &str); 3] = [
        (&["team"], "?tagKeys=team"),
        (
            &["cost centre", "a&b=c", "", "team"],
            "?tagKeys=cost%20centre&tagKeys=a%26b%3Dc&tagKeys=&tagKeys=team",
        ),
        (&[], ""),
    ];
    for (keys, query) in cases {
        let server = answering(json!({})).await;
        let client = builder(&server.url()).build().unwrap();
        let keys: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
        client.untag_resource("flow", keys).send().await.unwrap();

        let request = only_request(&server);
        assert_eq!(request.method, "DELETE");
        assert_eq!(request.target, format!("/tags/flow{query}"));
        assert!(request.body.is_empty());
    }
}

#[tokio::test]
async fn what_is_in_the_path_is_not_in_the_body_too() {
    let server = answering(json!({})).await;
    let client = builder(&server.url()).build().unwrap();
    let tags = BTreeMap::from([("équipe".to_owned(), "\"sales\"\n".to_owned())]);
    client.tag_resource(ARN, tags).send().await.unwrap();

    let request = only_request(&server);
    assert_eq!(request.method, "POST");
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.body, r#"{"tags":{"équipe":"\"sales\"\n"}}"#);
}

#[tokio::test]
async fn structures_maps_and_timestamps_nest_in_the_body() {
    let server = answering(json!({ "flowStatus": "Active" })).await;
    let client = builder(&server.url()).build().unwrap();
    let start: Timestamp = "2026-11-22T01:02:03.25Z".parse().unwrap();
    let schedule = ScheduledTriggerProperties::new("rate(1days)").schedule_start_time(start);
    let trigger = TriggerConfig::new(TriggerType::Scheduled)
        .trigger_properties(TriggerProperties::default().scheduled(schedule));
    let custom = CustomConnectorSourceProperties::new("order")
        .custom_properties(BTreeMap::from([("shop".to_owned(), "17".to_owned())]));
    let source = SourceFlowConfig::new(
        ConnectorType::CustomConnector,
        SourceConnectorProperties::default().custom_connector(custom),
    );
    let mask = BTreeMap::from([(OperatorPropertiesKeys::MaskLength, "4".to_owned())]);
    let task = Task::new(["card"], TaskType::Mask)
        .connector_operator(ConnectorOperator::default().custom_connector(Operator::MaskFirstN))
        .task_properties(mask);
    client
        .update_flow(UpdateFlowRequired {
            flow_name: "orders".into(),
            trigger_config: trigger,
            source_flow_config: source,
            destination_flow_config_list: Vec::new(),
            tasks: vec![task],
        })
        .client_token("once")
        .send()
        .await
        .unwrap();

    let body: Value = serde_json::from_slice(&only_request(&server).body).unwrap();
    assert_eq!(
        body,
        json!({
            "flowName": "orders",
            "triggerConfig": {
                "triggerType": "Scheduled",
                "triggerProperties": {
                    "Scheduled": {
                        "scheduleExpression": "rate(1days)",
                        "scheduleStartTime": 1_795_309_323.25
                    }
                }
            },
            "sourceFlowConfig": {
                "connectorType": "CustomConnector",
                "sourceConnectorProperties": {
                    "CustomConnector": {
                        "entityName": "order",
                        "customProperties": { "shop": "17" }
                    }
                }
            },
            "destinationFlowConfigList": [],
            "tasks": [{
                "sourceFields": ["card"],
                "connectorOperator": { "CustomConnector": "MASK_FIRST_N" },
                "taskType": "Mask",
                "taskProperties": { "MASK_LENGTH": "4" }
            }],
            "clientToken": "once"
        })
    );
}
