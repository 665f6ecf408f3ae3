//! The stand-in of AppFlow does what the service does. Where a test needs time to pass, it moves the
//! clock of the stand-in.

#![cfg(test)]

use std::collections::BTreeSet;
use std::time::Duration;

use appflow_client::stand_in::{Flow, MockError, Server, StandIn};
use appflow_client::types::{
    ConnectionMode, ConnectorProfileConfig, ConnectorProfileProperties, ConnectorType,
    DestinationConnectorProperties, DestinationFlowConfig, ExecutionStatus, FlowStatus,
    S3DestinationProperties, SalesforceConnectorProfileProperties, SalesforceSourceProperties,
    SourceConnectorProperties, SourceFlowConfig, Task, TaskType, TriggerConfig, TriggerType,
};
use appflow_client::{
    Client, CreateConnectorProfileRequired, CreateFlowRequired, Credentials, Error, ServiceError,
    StartFlowRequest, StartFlowResponse, UpdateFlowRequired, http_client_builder,
};
use serde_json::Value;
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpStream;
use tokio::task::JoinSet;

const ON_DEMAND: &str = "orders-to-s3";
const SCHEDULED: &str = "nightly-export";
const EVENT: &str = "contacts-on-change";

const NO_JSON: &str = "SerializationException";
const NO_SIGNATURE: &str = "MissingAuthenticationTokenException";
const UNKNOWN_OPERATION: &str = "UnknownOperationException";
const VALIDATION: &str = "ValidationException";

/// A client of the stand-in that signs for a region.
fn client_in(region: &str, stand_in: &StandIn) -> Client {
    Client::builder()
        .region(region)
        .credentials(Credentials::new("AKIDEXAMPLE", "not-a-secret", None))
        .transport(stand_in.clone())
        .build()
        .unwrap()
}

/// A stand-in with a flow of each kind, and a client of it.
fn ready() -> (StandIn, Client) {
    let stand_in = StandIn::new();
    stand_in.add_flow(Flow::on_demand(ON_DEMAND));
    stand_in.add_flow(Flow::scheduled(SCHEDULED));
    stand_in.add_flow(Flow::event_triggered(EVENT));
    let client = stand_in.client().unwrap();
    (stand_in, client)
}

/// The same, served on a port.
async fn served() -> (StandIn, Server, Client) {
    let (stand_in, _) = ready();
    let server = stand_in.serve().await.unwrap();
    let client = Client::builder()
        .region("us-east-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "not-a-secret", None))
        .endpoint_url(server.endpoint_url())
        .build()
        .unwrap();
    (stand_in, server, client)
}

async fn start(client: &Client, flow: &str, token: &str) -> Result<StartFlowResponse, Error> {
    client.start_flow(flow).client_token(token).send().await
}

/// The execution id of a call that must succeed.
async fn execution_id(client: &Client, flow: &str, token: &str) -> Option<String> {
    start(client, flow, token).await.unwrap().execution_id
}

#[tokio::test]
async fn an_on_demand_flow_runs_and_the_others_are_activated() {
    let (stand_in, client) = ready();
    for (flow, runs) in [(ON_DEMAND, true), (SCHEDULED, false), (EVENT, false)] {
        let started = client.start_flow(flow).send().await.unwrap();
        assert_eq!(started.flow_status, Some(FlowStatus::Active), "{flow}");
        assert_eq!(started.execution_id.is_some(), runs, "{flow}");
    }
    assert_eq!(stand_in.starts(), [ON_DEMAND, SCHEDULED, EVENT]);
}

#[tokio::test]
async fn flows_are_listed_page_by_page() {
    let (_stand_in, client) = ready();
    for (size, lengths) in [(1, &[1, 1, 1][..]), (2, &[2, 1]), (3, &[3]), (100, &[3])] {
        let pages = client.list_flows().max_results(size).pages();
        let pages: Vec<_> = pages.try_collect().await.unwrap();
        let flows = pages.into_iter().map(|page| page.flows.unwrap());
        let flows: Vec<_> = flows.collect();
        assert!(flows.iter().map(Vec::len).eq(lengths.iter().copied()));
        let names = flows.iter().flatten().map(|flow| flow.flow_name.as_deref());
        assert!(names.eq([EVENT, SCHEDULED, ON_DEMAND].map(Some)));
    }
    let call = client.list_flows().next_token("page two").send();
    assert_eq!(call.await.unwrap_err().code(), Some(VALIDATION));
}

#[tokio::test]
async fn the_arn_names_the_flow_and_the_region_of_the_signature() {
    let (stand_in, _) = ready();
    for region in ["us-east-1", "eu-west-1"] {
        let client = client_in(region, &stand_in);
        let started = client.start_flow(ON_DEMAND).send().await.unwrap();
        let arn = format!("arn:aws:appflow:{region}:123456789012:flow/{ON_DEMAND}");
        assert_eq!(started.flow_arn, Some(arn));
    }
}

#[tokio::test]
async fn a_call_with_the_same_token_is_answered_alike_and_starts_nothing() {
    for flow in [ON_DEMAND, SCHEDULED, EVENT] {
        let (stand_in, client) = ready();
        let first = start(&client, flow, "token").await.unwrap();
        let second = start(&client, flow, "token").await.unwrap();
        assert_eq!(first, second);
        assert_eq!(stand_in.starts(), [flow]);
    }
}

#[tokio::test]
async fn a_call_with_another_token_is_a_new_start() {
    let (stand_in, client) = ready();
    let first = execution_id(&client, ON_DEMAND, "one").await;
    let second = execution_id(&client, ON_DEMAND, "two").await;
    assert_ne!(first, second);
    assert_eq!(stand_in.starts(), [ON_DEMAND, ON_DEMAND]);
}

#[tokio::test]
async fn calls_at_the_same_time_with_one_token_start_a_flow_once() {
    let (stand_in, client) = ready();
    let mut calls = JoinSet::new();
    for _ in 0..8 {
        let client = client.clone();
        calls.spawn(async move { execution_id(&client, ON_DEMAND, "token").await });
    }
    let executions = BTreeSet::from_iter(calls.join_all().await);
    assert_eq!(executions.len(), 1, "{executions:?}");
    assert_eq!(stand_in.starts(), [ON_DEMAND]);
}

#[tokio::test]
async fn a_token_used_for_another_flow_is_a_conflict_unless_the_flow_is_on_demand() {
    let cases = [
        // The flow that had the token, the flow that is given it, whether that is a conflict.
        (ON_DEMAND, SCHEDULED, true),
        (ON_DEMAND, EVENT, true),
        (SCHEDULED, EVENT, true),
        (EVENT, SCHEDULED, true),
        (SCHEDULED, ON_DEMAND, false),
        (EVENT, ON_DEMAND, false),
    ];
    for (first, second, is_conflict) in cases {
        let (stand_in, client) = ready();
        start(&client, first, "token").await.unwrap();
        let outcome = start(&client, second, "token").await;
        if is_conflict {
            let error = outcome.unwrap_err();
            let service = error.service();
            assert!(
                matches!(service, Some(ServiceError::ConflictException(_))),
                "{error}"
            );
            assert_eq!(error.status(), Some(409));
            assert_eq!(stand_in.starts(), [first]);
        } else {
            assert!(outcome.unwrap().execution_id.is_some());
            assert_eq!(stand_in.starts(), [first, second]);
        }
    }
}

#[tokio::test]
async fn a_token_is_known_for_8_hours() {
    let (stand_in, client) = ready();
    let second = Duration::from_secs(1);
    let lifetime = 8 * 60 * 60 * second;
    let execution = execution_id(&client, ON_DEMAND, "token").await;

    stand_in.advance(lifetime.saturating_sub(10 * second));
    assert_eq!(execution_id(&client, ON_DEMAND, "token").await, execution);
    let error = start(&client, SCHEDULED, "token").await.unwrap_err();
    assert_eq!(error.code(), Some("ConflictException"));

    // The repetition has not made it live longer.
    stand_in.advance(10 * second);
    assert_eq!(execution_id(&client, SCHEDULED, "token").await, None);
    let later = execution_id(&client, ON_DEMAND, "token").await;
    assert!(later.is_some() && later != execution);
    assert_eq!(stand_in.starts(), [ON_DEMAND, SCHEDULED, ON_DEMAND]);
}

#[tokio::test]
async fn a_flow_name_or_a_token_that_breaks_its_constraint_is_refused() {
    let too_long = "a".repeat(257);
    let cases = [
        // The flow name, the token, the member that the answer names.
        ("a", "token", "flowName"),
        ("-orders", "token", "flowName"),
        ("orders to s3", "token", "flowName"),
        ("orders/s3", "token", "flowName"),
        ("órdenes", "token", "flowName"),
        ("ordené", "token", "flowName"),
        (&too_long, "token", "flowName"),
        (ON_DEMAND, "é", "clientToken"),
        (ON_DEMAND, &too_long, "clientToken"),
    ];
    let (stand_in, client) = ready();
    for (flow, token, member) in cases {
        let error = start(&client, flow, token).await.unwrap_err();
        assert_eq!(error.code(), Some(VALIDATION), "{error}");
        assert_eq!(error.status(), Some(400), "{error}");
        let message = error.message().unwrap();
        assert!(message.contains(&format!("'{member}'")), "{message}");
    }
    assert!(stand_in.starts().is_empty());
}

#[tokio::test]
async fn a_token_at_the_edge_of_its_constraint_is_accepted() {
    let longest = "~".repeat(256);
    let (stand_in, client) = ready();
    for token in [" ", "~", "a b", &longest] {
        assert!(execution_id(&client, ON_DEMAND, token).await.is_some());
    }
    assert_eq!(stand_in.starts().len(), 4);
}

#[tokio::test]
async fn a_flow_that_does_not_exist_is_not_found() {
    let longest = "a".repeat(256);
    let (stand_in, client) = ready();
    for flow in ["a-", "0_!@#.-", "Orders-to-s3", &longest] {
        let error = start(&client, flow, "token").await.unwrap_err();
        let service = error.service();
        assert!(
            matches!(service, Some(ServiceError::ResourceNotFoundException(_))),
            "{error}"
        );
        assert_eq!(error.status(), Some(404));
        assert!(error.message().unwrap().contains(flow), "{error}");
    }
    assert!(stand_in.starts().is_empty());
}

#[tokio::test]
async fn a_request_that_is_no_start_of_a_flow_is_refused() {
    let valid = r#"{"flowName":"orders-to-s3","clientToken":"token"}"#;
    // Our client sends none of these: it checks texts first, and fills in a token.
    let no_name = r#"{"flowName":"","clientToken":"token"}"#;
    let number = r#"{"flowName":7,"clientToken":"token"}"#;
    let no_token = r#"{"flowName":"orders-to-s3"}"#;
    let empty_token = r#"{"flowName":"orders-to-s3","clientToken":""}"#;
    let tab = r#"{"flowName":"orders-to-s3","clientToken":"a\tb"}"#;
    let signed = Some("AWS4-HMAC-SHA256 Credential=…");
    let cases = [
        // The request line, the authorization and the body; the status and the code.
        ("GET /start-flow", signed, valid, 404, UNKNOWN_OPERATION),
        ("POST /halt-flow", signed, valid, 404, UNKNOWN_OPERATION),
        ("POST /start-flow", None, valid, 403, NO_SIGNATURE),
        ("POST /start-flow", signed, "{", 400, NO_JSON),
        ("POST /start-flow", signed, "{}", 400, VALIDATION),
        ("POST /start-flow", signed, no_name, 400, VALIDATION),
        ("POST /start-flow", signed, number, 400, VALIDATION),
        ("POST /start-flow", signed, no_token, 400, VALIDATION),
        ("POST /start-flow", signed, empty_token, 400, VALIDATION),
        ("POST /start-flow", signed, tab, 400, VALIDATION),
    ];
    let (stand_in, server, _) = served().await;
    let http = http_client_builder().unwrap().build().unwrap();
    let mut request_ids = BTreeSet::new();
    for (line, authorization, body, status, code) in cases {
        let (method, path) = line.split_once(' ').unwrap();
        let url = format!("{}{path}", server.endpoint_url());
        let mut request = http.request(method.parse().unwrap(), url).body(body);
        if let Some(authorization) = authorization {
            request = request.header("authorization", authorization);
        }
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), status, "{line}: {body}");
        assert_eq!(answer.headers()["x-amzn-errortype"], code);
        request_ids.insert(answer.headers()["x-amzn-requestid"].clone());
        let body: Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
        assert!(body["message"].is_string(), "{body}");
    }
    assert_eq!(request_ids.len(), cases.len(), "each has an id of its own");
    assert!(stand_in.starts().is_empty());
}

#[tokio::test]
async fn a_server_is_gone_when_it_is_dropped() {
    let (_stand_in, server, client) = served().await;
    let url = server.endpoint_url();
    let open = TcpStream::connect(url.trim_start_matches("http://"));
    let mut open = open.await.unwrap();
    drop(server);
    // Both the connection and the listener are closed.
    assert_eq!(open.read(&mut [0]).await.ok().unwrap_or(0), 0);
    let error = client.start_flow(ON_DEMAND).send().await.unwrap_err();
    assert!(error.is_connect(), "{error}");
}

#[tokio::test]
async fn a_served_stand_in_is_the_one_in_memory() {
    let (stand_in, _server, over_http) = served().await;
    let started = over_http.start_flow(ON_DEMAND).send().await.unwrap();
    let id = started.execution_id.unwrap();
    let in_memory = stand_in.client().unwrap().flow_run(ON_DEMAND, &id);
    let record = in_memory.record().await.unwrap().unwrap();
    assert_eq!(record.execution_status, Some(ExecutionStatus::InProgress));
    stand_in.break_connections(10);
    let error = over_http.list_flows().send().await.unwrap_err();
    assert!(error.is_retryable() && error.status().is_none(), "{error}");
}

#[tokio::test]
async fn a_flow_that_is_not_on_demand_is_stopped_and_another_is_not() {
    let (_stand_in, client) = ready();
    for flow in [SCHEDULED, EVENT] {
        let status = |flow: appflow_client::DescribeFlowResponse| flow.flow_status.unwrap();
        let described = client.describe_flow(flow).send().await.unwrap();
        assert_eq!(status(described), FlowStatus::Draft);
        start(&client, flow, flow).await.unwrap();
        let stopped = client.stop_flow(flow).send().await.unwrap();
        assert_eq!(stopped.flow_status, Some(FlowStatus::Suspended));
        let described = client.describe_flow(flow).send().await.unwrap();
        assert_eq!(status(described), FlowStatus::Suspended);
    }
    let error = client.stop_flow(ON_DEMAND).send().await.unwrap_err();
    let service = error.service();
    assert!(
        matches!(
            service,
            Some(ServiceError::UnsupportedOperationException(_))
        ),
        "{error}"
    );
}

#[tokio::test]
async fn without_ids_every_run_is_canceled() {
    let (stand_in, client) = ready();
    let mut runs = Vec::new();
    for _ in 0..3 {
        runs.push(client.run_flow(ON_DEMAND).start().await.unwrap());
    }
    let call = client
        .cancel_flow_executions(ON_DEMAND)
        .send()
        .await
        .unwrap();
    assert_eq!(call.invalid_executions, Some(Vec::new()));
    stand_in.advance(Duration::from_secs(2));
    for run in runs {
        let record = run.record().await.unwrap().unwrap();
        assert_eq!(record.execution_status, Some(ExecutionStatus::Canceled));
    }
}

#[tokio::test]
async fn a_flow_is_created_described_updated_tagged_and_deleted() {
    let stand_in = StandIn::new();
    let client = stand_in.client().unwrap();
    let source = || {
        let orders = SalesforceSourceProperties::new("Order");
        let properties = SourceConnectorProperties::default().salesforce(orders);
        SourceFlowConfig::new(ConnectorType::Salesforce, properties).connector_profile_name("sales")
    };
    let destination = || {
        let bucket = S3DestinationProperties::new("my-bucket");
        let properties = DestinationConnectorProperties::default().s3(bucket);
        DestinationFlowConfig::new(ConnectorType::S3, properties)
    };
    let trigger = || TriggerConfig::new(TriggerType::OnDemand);
    let tasks = || vec![Task::new(Vec::<String>::new(), TaskType::MapAll)];
    let create = || {
        client.create_flow(CreateFlowRequired {
            flow_name: "orders".into(),
            trigger_config: trigger(),
            source_flow_config: source(),
            destination_flow_config_list: vec![destination()],
            tasks: tasks(),
        })
    };

    // The profile that it names has to be there.
    let error = create().send().await.unwrap_err();
    assert_eq!(error.status(), Some(404), "{error}");
    let properties = ConnectorProfileProperties::default()
        .salesforce(SalesforceConnectorProfileProperties::default());
    client
        .create_connector_profile(CreateConnectorProfileRequired {
            connector_profile_name: "sales".into(),
            connector_type: ConnectorType::Salesforce,
            connection_mode: ConnectionMode::Public,
            connector_profile_config: ConnectorProfileConfig::new(properties),
        })
        .send()
        .await
        .unwrap();
    let created = create().description("All orders").send().await.unwrap();
    assert_eq!(created.flow_status, Some(FlowStatus::Active));
    let error = create().send().await.unwrap_err();
    assert_eq!(error.status(), Some(409), "{error}");

    let arn = created.flow_arn.unwrap();
    let tag = |key: &str| std::collections::BTreeMap::from([(key.to_owned(), "1".to_owned())]);
    client.tag_resource(&arn, tag("team")).send().await.unwrap();
    client.tag_resource(&arn, tag("cost")).send().await.unwrap();
    client.untag_resource(&arn, ["team"]).send().await.unwrap();
    let tags = client.list_tags_for_resource(&arn).send().await.unwrap();
    assert_eq!(tags.tags, Some(tag("cost")));

    let update = client.update_flow(UpdateFlowRequired {
        flow_name: "orders".into(),
        trigger_config: trigger(),
        source_flow_config: source(),
        destination_flow_config_list: vec![destination()],
        tasks: tasks(),
    });
    update.description("Orders").send().await.unwrap();
    let flow = client.describe_flow("orders").send().await.unwrap();
    assert_eq!(flow.description.as_deref(), Some("Orders"));
    assert_eq!(flow.source_flow_config, Some(source()));

    let error = client
        .delete_connector_profile("sales")
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.status(), Some(409), "{error}");
    client.delete_flow("orders").send().await.unwrap();
    client
        .delete_connector_profile("sales")
        .send()
        .await
        .unwrap();
    let profiles = client.describe_connector_profiles().items();
    assert_eq!(profiles.try_collect::<Vec<_>>().await.unwrap(), []);
    assert!(client.describe_flow("orders").send().await.is_err());
}

#[tokio::test]
async fn a_required_member_that_is_missing_is_named() {
    let (_stand_in, server, _) = served().await;
    let http = http_client_builder().unwrap().build().unwrap();
    let body = r#"{"flowName":"orders","clientToken":"t","triggerConfig":{},"tasks":[],
        "sourceFlowConfig":{"connectorType":"S3","sourceConnectorProperties":{}},
        "destinationFlowConfigList":[]}"#;
    let request = http.post(format!("{}/create-flow", server.endpoint_url()));
    let request = request.header("authorization", "AWS4-HMAC-SHA256 Credential=…");
    let answer = request.body(body).send().await.unwrap();
    assert_eq!(answer.status(), 400);
    let body: Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
    assert_eq!(
        body["message"],
        "`triggerConfig.triggerType` is required, but missing"
    );
}

#[tokio::test]
async fn what_depends_on_an_application_is_said_not_to_be_simulated() {
    let (_stand_in, client) = ready();
    let entity = client.describe_connector_entity("Order").send().await;
    let entities = client.list_connector_entities().send().await;
    let connectors = client.describe_connectors().send().await;
    for error in [
        entity.unwrap_err(),
        entities.unwrap_err(),
        connectors.unwrap_err(),
    ] {
        assert_eq!(error.code(), Some("NotSimulated"), "{error}");
        assert!(!error.is_retryable());
    }
}

#[tokio::test]
async fn a_mock_answers_typed_requests_and_keeps_them() {
    let mock = appflow_client::stand_in::Mock::new().on(|request: StartFlowRequest| {
        if request.flow_name != ON_DEMAND {
            return Err(MockError::new(
                404,
                "ResourceNotFoundException",
                "no such flow",
            ));
        }
        let mut started = StartFlowResponse::default();
        started.execution_id = Some("run-1".to_owned());
        Ok(started)
    });
    let client = Client::builder()
        .region("us-east-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "not-a-secret", None))
        .transport(mock.clone())
        .build()
        .unwrap();
    assert_eq!(
        execution_id(&client, ON_DEMAND, "one").await.as_deref(),
        Some("run-1")
    );
    let error = start(&client, "another", "two").await.unwrap_err();
    assert!(matches!(
        error.service(),
        Some(ServiceError::ResourceNotFoundException(_))
    ));
    let error = client.list_flows().send().await.unwrap_err();
    assert_eq!(error.code(), Some("UnknownOperationException"));
    let tokens: Vec<_> = mock
        .calls()
        .into_iter()
        .map(|it: StartFlowRequest| it.client_token)
        .collect();
    assert_eq!(tokens, ["one", "two"].map(|token| Some(token.to_owned())));
    assert_eq!(format!("{mock:?}"), "Mock { operations: 1, requests: 3 }");
}
