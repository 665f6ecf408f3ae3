//! The stand-in of Amazon AppFlow, which the example and other tests call, does what the service
//! does with `StartFlow`, and lists its flows.
//!
//! The generated client makes the calls, over loopback. Where a test needs time to pass, it moves
//! the clock of the stand-in.

#![cfg(test)]

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use appflow_client::error::{Error, ServiceError};
use appflow_client::operation::StartFlowResponse;
use appflow_client::types::FlowStatus;
use appflow_client::{Client, Credentials};
use serde_json::Value;
use smithy_reqwest::http_client_builder;
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use stand_in::StandIn;

#[path = "../appflow-client/examples/start_flow/stand_in.rs"]
mod stand_in;

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
        .endpoint_url(stand_in.endpoint_url())
        .build()
        .unwrap()
}

async fn running() -> (StandIn, Client) {
    let stand_in = StandIn::start().await.unwrap();
    let client = client_in("us-east-1", &stand_in);
    (stand_in, client)
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
    let (stand_in, client) = running().await;
    for (flow, runs) in [(ON_DEMAND, true), (SCHEDULED, false), (EVENT, false)] {
        let started = client.start_flow(flow).send().await.unwrap();
        assert_eq!(started.flow_status, Some(FlowStatus::Active), "{flow}");
        assert_eq!(started.execution_id.is_some(), runs, "{flow}");
    }
    assert_eq!(stand_in.starts(), [ON_DEMAND, SCHEDULED, EVENT]);
}

#[tokio::test]
async fn flows_are_listed_page_by_page() {
    let (_stand_in, client) = running().await;
    for (size, lengths) in [(1, &[1, 1, 1][..]), (2, &[2, 1]), (3, &[3]), (100, &[3])] {
        let pages = client.list_flows().max_results(size).pages();
        let pages: Vec<_> = pages.try_collect().await.unwrap();
        let flows = pages.into_iter().map(|page| page.flows.unwrap());
        let flows: Vec<_> = flows.collect();
        assert!(flows.iter().map(Vec::len).eq(lengths.iter().copied()));
        let names = flows.iter().flatten().map(|flow| flow.flow_name.as_deref());
        assert!(names.eq([ON_DEMAND, SCHEDULED, EVENT].map(Some)));
    }
    let call = client.list_flows().next_token("page two").send();
    assert_eq!(call.await.unwrap_err().code(), Some(VALIDATION));
}

#[tokio::test]
async fn the_arn_names_the_flow_and_the_region_of_the_signature() {
    let (stand_in, _) = running().await;
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
        let (stand_in, client) = running().await;
        let first = start(&client, flow, "token").await.unwrap();
        let second = start(&client, flow, "token").await.unwrap();
        assert_eq!(first, second);
        assert_eq!(stand_in.starts(), [flow]);
    }
}

#[tokio::test]
async fn a_call_with_another_token_is_a_new_start() {
    let (stand_in, client) = running().await;
    let first = execution_id(&client, ON_DEMAND, "one").await;
    let second = execution_id(&client, ON_DEMAND, "two").await;
    assert_ne!(first, second);
    assert_eq!(stand_in.starts(), [ON_DEMAND, ON_DEMAND]);
}

#[tokio::test]
async fn calls_at_the_same_time_with_one_token_start_a_flow_once() {
    let (stand_in, client) = running().await;
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
        let (stand_in, client) = running().await;
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
    let seconds = Arc::new(AtomicU64::new(0));
    let time = Arc::clone(&seconds);
    let clock = move || Duration::from_secs(time.load(Ordering::SeqCst));
    let stand_in = StandIn::start_with_clock(clock).await.unwrap();
    let client = client_in("us-east-1", &stand_in);
    let execution = execution_id(&client, ON_DEMAND, "token").await;

    seconds.store(8 * 60 * 60 - 1, Ordering::SeqCst);
    assert_eq!(execution_id(&client, ON_DEMAND, "token").await, execution);
    let error = start(&client, SCHEDULED, "token").await.unwrap_err();
    assert_eq!(error.code(), Some("ConflictException"));

    // The repetition a second ago has not made it live longer.
    seconds.store(8 * 60 * 60, Ordering::SeqCst);
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
    let (stand_in, client) = running().await;
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
    let (stand_in, client) = running().await;
    for token in [" ", "~", "a b", &longest] {
        assert!(execution_id(&client, ON_DEMAND, token).await.is_some());
    }
    assert_eq!(stand_in.starts().len(), 4);
}

#[tokio::test]
async fn a_flow_that_does_not_exist_is_not_found() {
    let longest = "a".repeat(256);
    let (stand_in, client) = running().await;
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
        ("POST /stop-flow", signed, valid, 404, UNKNOWN_OPERATION),
        ("POST /start-flow", None, valid, 403, NO_SIGNATURE),
        ("POST /start-flow", signed, "{", 400, NO_JSON),
        ("POST /start-flow", signed, "{}", 400, VALIDATION),
        ("POST /start-flow", signed, no_name, 400, VALIDATION),
        ("POST /start-flow", signed, number, 400, VALIDATION),
        ("POST /start-flow", signed, no_token, 400, VALIDATION),
        ("POST /start-flow", signed, empty_token, 400, VALIDATION),
        ("POST /start-flow", signed, tab, 400, VALIDATION),
    ];
    let (stand_in, _) = running().await;
    let http = http_client_builder().unwrap().build().unwrap();
    let mut request_ids = BTreeSet::new();
    for (line, authorization, body, status, code) in cases {
        let (method, path) = line.split_once(' ').unwrap();
        let url = format!("{}{path}", stand_in.endpoint_url());
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
async fn a_stand_in_is_gone_when_it_is_dropped() {
    let (stand_in, client) = running().await;
    let url = stand_in.endpoint_url();
    let open = TcpStream::connect(url.trim_start_matches("http://"));
    let mut open = open.await.unwrap();
    drop(stand_in);
    // Both the connection and the listener are closed.
    assert_eq!(open.read(&mut [0]).await.ok().unwrap_or(0), 0);
    let error = client.start_flow(ON_DEMAND).send().await.unwrap_err();
    assert!(error.is_connect(), "{error}");
}
