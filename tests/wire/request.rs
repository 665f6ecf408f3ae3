//! What `StartFlow` sends.

use std::sync::atomic::{AtomicU32, Ordering};

use appflow_client::operation::StartFlowRequest;
use appflow_client::{Client, Credentials};
use http::HeaderName;
use uuid::{Uuid, Version};
use workspace_tests::{RecordedRequest, Reply, Server};

use super::{ACCESS_KEY, FLOW, SECRET_KEY, SESSION_TOKEN, builder, only_request};

/// `token-1`, `token-2` and so on.
fn counting() -> impl Fn() -> String + Send + Sync + 'static {
    let count = AtomicU32::new(0);
    move || format!("token-{}", count.fetch_add(1, Ordering::Relaxed) + 1)
}

async fn server() -> Server {
    Server::answering(|_| Reply::json(200, "{}")).await.unwrap()
}

fn names(request: &RecordedRequest) -> Vec<&str> {
    let mut names: Vec<&str> = request.headers.keys().map(HeaderName::as_str).collect();
    names.sort_unstable();
    names
}

#[tokio::test]
async fn start_flow_posts_the_flow_name_and_the_token_as_json() {
    let server = server().await;
    let client = builder(&server.url()).build().unwrap();
    client
        .start_flow(FLOW)
        .client_token("2026-11-22-nightly")
        .send()
        .await
        .unwrap();

    let request = only_request(&server);
    assert_eq!(request.method, "POST");
    assert_eq!(request.target, "/start-flow");
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(
        request.body,
        r#"{"flowName":"orders-to-s3","clientToken":"2026-11-22-nightly"}"#
    );
}

#[tokio::test]
async fn the_token_source_gives_the_absent_token_and_the_invocation_id() {
    let server = server().await;
    let client = builder(&server.url())
        .token_source(counting())
        .build()
        .unwrap();
    client.start_flow(FLOW).send().await.unwrap();

    let request = only_request(&server);
    assert_eq!(
        request.body,
        r#"{"flowName":"orders-to-s3","clientToken":"token-1"}"#
    );
    assert_eq!(request.header("amz-sdk-invocation-id"), Some("token-2"));
}

#[tokio::test]
async fn an_absent_token_is_a_new_uuid_v4_in_every_call() {
    let server = server().await;
    let client = builder(&server.url()).build().unwrap();
    client.start_flow(FLOW).send().await.unwrap();
    client.start_flow(FLOW).send().await.unwrap();

    let mut ids = Vec::new();
    for request in server.requests() {
        let body: serde_json::Value = serde_json::from_slice(&request.body).unwrap();
        assert_eq!(body["flowName"], FLOW);
        ids.push(body["clientToken"].as_str().unwrap().to_owned());
        ids.push(request.header("amz-sdk-invocation-id").unwrap().to_owned());
    }
    for id in &ids {
        let uuid = Uuid::parse_str(id).unwrap();
        assert_eq!(uuid.get_version(), Some(Version::Random), "{id}");
        assert_eq!(uuid.to_string(), *id);
    }
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 4);
}

#[tokio::test]
async fn every_header_is_known_and_sent_once() {
    let server = server().await;
    let client = builder(&server.url())
        .token_source(counting())
        .build()
        .unwrap();
    let call = client.start_flow(FLOW).client_token("nightly");
    call.send().await.unwrap();

    let request = only_request(&server);
    let version = env!("CARGO_PKG_VERSION");
    let os = std::env::consts::OS;
    let user_agent = format!("appflow-client/{version} smithy-reqwest/{version} os/{os} lang/rust");
    let length = request.body.len().to_string();
    let url = server.url();
    let expected = [
        ("accept", "*/*"),
        ("amz-sdk-invocation-id", "token-1"),
        ("amz-sdk-request", "attempt=1; max=3"),
        ("content-length", &length),
        ("content-type", "application/json"),
        ("host", url.strip_prefix("http://").unwrap()),
        ("user-agent", &user_agent),
        ("x-amz-date", "20261122T010203Z"),
        ("x-amz-user-agent", &user_agent),
    ];
    for (name, value) in expected {
        assert_eq!(request.header(name), Some(value), "{name}");
    }
    let mut expected: Vec<&str> = expected.map(|(name, _)| name).into();
    expected.insert(3, "authorization");
    assert_eq!(names(&request), expected);
    assert_eq!(request.headers.len(), expected.len());
}

#[tokio::test]
async fn temporary_credentials_add_the_security_token_and_nothing_else() {
    let server = server().await;
    for token in [None, Some(SESSION_TOKEN.to_owned())] {
        let credentials = Credentials::new(ACCESS_KEY, SECRET_KEY, token);
        let client = builder(&server.url()).credentials(credentials).build();
        client.unwrap().start_flow(FLOW).send().await.unwrap();
    }

    let requests = server.requests();
    let [lasting, temporary] = requests.as_slice() else {
        panic!("{requests:?}");
    };
    assert_eq!(
        temporary.header("x-amz-security-token"),
        Some(SESSION_TOKEN)
    );
    let mut others = names(temporary);
    others.retain(|name| *name != "x-amz-security-token");
    assert_eq!(names(lasting), others);
}

#[tokio::test]
async fn a_request_of_ones_own_sends_what_the_method_sends() {
    let server = server().await;
    let mut request = StartFlowRequest::new(FLOW);
    request.client_token = Some("nightly".to_owned());
    let make = || -> Client {
        let builder = builder(&server.url()).token_source(counting());
        builder.build().unwrap()
    };
    make().send(request).await.unwrap();
    let call = make().start_flow(FLOW).client_token("nightly");
    call.send().await.unwrap();

    let requests = server.requests();
    assert_eq!(requests[0].body, requests[1].body);
    assert_eq!(requests[0].headers, requests[1].headers);
}

#[tokio::test]
async fn text_is_escaped_as_json_wants_it() {
    let server = server().await;
    let client = builder(&server.url()).build().unwrap();
    let call = client.start_flow(r#"café "\" 🚀"#).client_token("t");
    call.send().await.unwrap();

    assert_eq!(
        only_request(&server).body,
        r#"{"flowName":"café \"\\\" 🚀","clientToken":"t"}"#
    );
}

#[tokio::test]
async fn the_application_id_ends_the_user_agent() {
    let long = "x".repeat(60);
    let cut = "x".repeat(50);
    let cases = [
        ("orders-etl", "orders-etl"),
        ("orders etl/(nightly)\r\n", "orders-etl--nightly---"),
        ("büro", "b-ro"),
        (long.as_str(), cut.as_str()),
    ];
    let server = server().await;
    for (app_id, _) in cases {
        let client = builder(&server.url()).app_id(app_id).build().unwrap();
        client.start_flow(FLOW).send().await.unwrap();
    }
    for (request, (app_id, sent)) in server.requests().iter().zip(cases) {
        let user_agent = request.header("user-agent").unwrap();
        let (_, end) = user_agent.split_once(" lang/rust ").unwrap();
        assert_eq!(end, format!("app/{sent}"), "{app_id:?}");
        assert_eq!(request.header("x-amz-user-agent"), Some(user_agent));
    }
    assert_eq!(server.requests().len(), cases.len());
}

#[tokio::test]
async fn the_path_of_an_endpoint_comes_before_that_of_the_operation() {
    let cases = [
        ("", "/start-flow"),
        ("/", "/start-flow"),
        ("/stage", "/stage/start-flow"),
        ("/stage/v1/", "/stage/v1/start-flow"),
        ("/a%20b/ü", "/a%20b/%C3%BC/start-flow"),
    ];
    let server = server().await;
    for (path, _) in cases {
        let client = builder(&format!("{}{path}", server.url())).build().unwrap();
        client.start_flow(FLOW).send().await.unwrap();
    }
    let targets: Vec<String> = server.requests().into_iter().map(|r| r.target).collect();
    assert_eq!(targets, cases.map(|(_, target)| target));
}
