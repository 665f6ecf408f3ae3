//! What is logged while calls are made over real HTTP, at every level.

use appflow_client::{Client, Error};
use smithy_reqwest::http_client_builder;
use smithy_reqwest::reqwest::Proxy;
use workspace_tests::{RecordedRequest, Reply, Server};

use super::{PASSWORD, SESSION_TOKEN, auth_client, builder, expect_no_secret, journal, sensitive};

const FLOW: &str = "orders-to-s3";

async fn server(answers: impl IntoIterator<Item = Reply>) -> Server {
    Server::scripted(answers).await.unwrap()
}

/// Looks whether the journal has a secret, or anything that proves who sent these requests.
#[track_caller]
fn expect_nothing_logged(requests: &[RecordedRequest]) {
    let journal = journal::text();
    expect_no_secret(&journal);
    for request in requests {
        let authorization = request.header("authorization").unwrap();
        let (_, proof) = authorization.rsplit_once(['=', ' ']).unwrap();
        assert!(!journal.contains(proof), "{journal}");
    }
}

#[tokio::test]
async fn a_signed_call_that_is_retried_logs_no_secret() {
    journal::begin();
    let server = server([Reply::new(503), Reply::json(200, "{}")]).await;
    let client: Client = builder(&server.url()).build().unwrap();
    client.start_flow(FLOW).send().await.unwrap();
    let requests = server.requests();
    assert_eq!(requests.len(), 2);
    let token = requests[0].header("x-amz-security-token");
    assert_eq!(token, Some(SESSION_TOKEN));
    expect_nothing_logged(&requests);
    // What there is to hear is heard: from us, from what is below us, and from reqwest.
    let journal = journal::text();
    for line in [
        "DEBUG smithy_reqwest: attempt failed attempt=1",
        "DEBUG hyper_util::client::legacy::connect::http: connected to",
        "DEBUG reqwest::connect: starting new connection",
    ] {
        assert!(journal.contains(line), "{journal}");
    }
}

#[tokio::test]
async fn a_call_with_a_token_logs_no_secret() {
    journal::begin();
    let server = server([Reply::json(200, "{}")]).await;
    let client: auth_client::Client = builder(&server.url()).build().unwrap();
    client.bear().send().await.unwrap();
    let requests = server.requests();
    let authorization = requests[0].header("authorization");
    assert_eq!(authorization, Some("Bearer hunter2.bearer.token"));
    expect_nothing_logged(&requests);
}

#[tokio::test]
async fn sensitive_members_and_errors_are_not_logged() {
    journal::begin();
    let token = format!(r#"{{"token":"{PASSWORD}"}}"#);
    let message = format!(r#"{{"code":"Denied","message":"{PASSWORD}"}}"#);
    let server = server([
        Reply::json(200, token),
        Reply::json(403, message.clone()),
        Reply::json(500, message),
        Reply::json(200, r#"{"token":"hunter2"#).cut_off(),
        Reply::json(200, r#"{"token":["hunter2-password"]}"#),
    ])
    .await;
    let client = sensitive(&server);
    client.log_in(PASSWORD).send().await.unwrap();
    client.log_in(PASSWORD).send().await.unwrap_err();
    let error = client.log_in(PASSWORD).send().await.unwrap_err();
    assert_eq!(error.attempts(), 3);
    let requests = server.requests();
    assert_eq!(requests.len(), 5);
    expect_nothing_logged(&requests);
}

#[tokio::test]
async fn failures_to_connect_log_no_secret() {
    journal::begin();
    let gone = server([]).await.url();
    // Nobody listens there, and a server without TLS answers no handshake.
    let plain = server([]).await;
    let tls = plain.url().replace("http://", "https://");
    for url in [gone, tls] {
        let client: Client = builder(&url).build().unwrap();
        let error = client.start_flow(FLOW).send().await.unwrap_err();
        assert!(error.is_connect(), "{error}");
    }
    expect_nothing_logged(&[]);
}

/// The error of a call that goes through a proxy with a password, to an endpoint that only the
/// proxy knows.
async fn error_by_proxy(proxy: &str, endpoint: &str) -> Error {
    let proxy = proxy.replace("http://", "http://me:hunter2-proxy@");
    let http = http_client_builder().unwrap();
    let http = http.proxy(Proxy::all(proxy).unwrap()).build().unwrap();
    let client: Client = builder(endpoint).http_client(http).build().unwrap();
    client.start_flow(FLOW).send().await.unwrap_err()
}

#[tokio::test]
async fn the_password_of_a_proxy_is_neither_logged_nor_in_an_error() {
    journal::begin();
    let proxy = server([Reply::new(400), Reply::new(407)]).await;
    let gone = server([]).await.url();
    for (proxy, endpoint) in [
        (proxy.url(), "http://appflow.test"),
        (proxy.url(), "https://appflow.test"),
        (gone.clone(), "http://appflow.test"),
        (gone, "https://appflow.test"),
    ] {
        let error = error_by_proxy(&proxy, endpoint).await;
        expect_no_secret(&format!("{error} {error:?} {error:#?}"));
    }
    let requests = proxy.requests();
    for request in &requests[..2] {
        let authorization = request.header("proxy-authorization");
        assert_eq!(authorization, Some("Basic bWU6aHVudGVyMi1wcm94eQ=="));
    }
    expect_nothing_logged(&requests[..1]);
}
