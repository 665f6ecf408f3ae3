//! The way to the network, and what takes its place.

use std::net::TcpListener;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use appflow_client::types::FlowStatus;
use appflow_client::{Client, Error, ErrorKind};
use bytes::BytesMut;
use hyper::body::Frame;
use smithy_reqwest::{Body, Bytes, TransportError, reqwest};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use workspace_tests::{Reply, Server, read_request};

use super::{FLOW, builder, expect_error, only_request};

/// The URL of a port that nobody listens on.
fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

/// A reqwest client as an application may have one, with a mark to know it by.
fn marked_client() -> reqwest::Client {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    let mark = http::HeaderValue::from_static("marked");
    reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .default_headers(
            [(http::HeaderName::from_static("x-mark"), mark)]
                .into_iter()
                .collect(),
        )
        .build()
        .unwrap()
}

#[track_caller]
fn expect_connect_error(error: &Error, attempts: u32) {
    let line = error.to_string();
    assert!(line.starts_with("StartFlow: could not connect: "), "{line}");
    assert!(matches!(error.kind(), ErrorKind::Transport), "{error:?}");
    assert!(error.is_connect() && !error.is_timeout());
    assert!(error.is_retryable() && !error.is_throttling());
    assert_eq!(error.operation(), Some("StartFlow"));
    assert_eq!(error.attempts(), attempts);
    assert_eq!((error.status(), error.request_id()), (None, None));
}

#[tokio::test]
async fn a_refused_connection_is_a_transport_error() {
    let client = builder(&nobody()).build().unwrap();
    expect_connect_error(&expect_error(client.start_flow(FLOW).send().await), 3);
}

#[tokio::test]
async fn a_connection_that_ends_without_an_answer_is_a_transport_error() {
    // A header that HTTP does not have makes the server hang up.
    let server = Server::scripted([Reply::new(200).header("x", "\n")])
        .await
        .unwrap();
    let client = builder(&server.url()).max_attempts(1).build().unwrap();
    let error = expect_error(client.start_flow(FLOW).send().await);
    let line = error.to_string();
    assert!(
        line.starts_with("StartFlow: the request failed: "),
        "{line}"
    );
    assert!(matches!(error.kind(), ErrorKind::Transport));
    assert!(error.is_retryable() && !error.is_connect());
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_closure_answers_in_place_of_the_network() {
    let transport = |request: http::Request<Body>| async move {
        assert_eq!(request.uri(), "http://nowhere.test/start-flow");
        assert!(request.headers().contains_key("authorization"));
        let body = request.into_body().collect().await?;
        assert!(body.starts_with(br#"{"flowName":"orders-to-s3","#));
        let answer = http::Response::new(r#"{"flowStatus":"Active"}"#);
        Ok::<_, smithy_reqwest::BoxError>(answer)
    };
    let builder = builder("http://nowhere.test").transport(transport);
    let client = builder.build().unwrap();
    let started = client.start_flow(FLOW).send().await.unwrap();
    assert_eq!(started.flow_status, Some(FlowStatus::Active));
}

#[tokio::test]
async fn the_error_of_a_closure_is_a_transport_error() {
    // An error, what it says, whether no connection was made, whether a time limit passed.
    let cases = [
        (
            TransportError::connect("no route"),
            "could not connect: no route",
            true,
            false,
        ),
        (
            TransportError::timeout("too late"),
            "timed out: too late",
            false,
            true,
        ),
        (
            TransportError::other("the wire\nis cut"),
            "the request failed: the wire is cut",
            false,
            false,
        ),
    ];
    for (error, line, is_connect, is_timeout) in cases {
        let error = Mutex::new(Some(error));
        let transport = move |_: http::Request<Body>| {
            let error = error.lock().unwrap().take().unwrap();
            std::future::ready(Err::<http::Response<Body>, _>(error))
        };
        let builder = builder("http://nowhere.test").max_attempts(1);
        let client = builder.transport(transport).build();
        let error = expect_error(client.unwrap().start_flow(FLOW).send().await);
        assert_eq!(error.to_string(), format!("StartFlow: {line}"));
        assert!(matches!(error.kind(), ErrorKind::Transport));
        assert_eq!(error.is_connect(), is_connect);
        assert_eq!(error.is_timeout(), is_timeout);
        let (_, source) = line.split_once(": ").unwrap();
        let first_word = source.split(' ').next().unwrap();
        let shown = format!("{error:?}");
        assert!(
            shown.contains(&format!("source: \"{first_word}")),
            "{shown}"
        );
    }
}

#[tokio::test]
async fn a_closure_around_reqwest_keeps_what_went_wrong() {
    let inner = marked_client();
    let transport = move |request: http::Request<Body>| {
        let inner = inner.clone();
        async move {
            let request = reqwest::Request::try_from(request.map(reqwest::Body::wrap))?;
            let answer = http::Response::from(inner.execute(request).await?);
            Ok::<_, reqwest::Error>(answer.map(Body::wrap))
        }
    };
    let url = nobody();
    let builder = builder(&url).max_attempts(1);
    let client = builder.transport(transport).build().unwrap();
    let error = expect_error(client.start_flow(FLOW).send().await);
    expect_connect_error(&error, 1);
    assert!(!error.to_string().contains(&url), "{error}");
}

#[tokio::test]
async fn a_time_limit_in_the_middle_of_a_body_is_a_timeout() {
    /// A body that is never done in time.
    struct Late;

    impl hyper::body::Body for Late {
        type Data = Bytes;
        type Error = TransportError;

        fn poll_frame(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
            Poll::Ready(Some(Err(TransportError::timeout("no more for 60 s"))))
        }
    }

    let transport =
        |_: http::Request<Body>| async { http::Response::builder().body(Body::wrap(Late)) };
    let builder = builder("http://nowhere.test").max_attempts(1);
    let client = builder.transport(transport).build();
    let error = expect_error(client.unwrap().start_flow(FLOW).send().await);
    assert_eq!(
        error.to_string(),
        "StartFlow: timed out: no more for 60 s (status 200)"
    );
    assert!(matches!(error.kind(), ErrorKind::InvalidResponse));
    assert!(error.is_timeout() && error.is_retryable());
}

#[tokio::test]
async fn a_reqwest_client_of_ones_own_sends_the_signed_request() {
    let server = Server::scripted([Reply::json(200, r#"{"executionId":"e-1"}"#)])
        .await
        .unwrap();
    let builder = builder(&server.url()).http_client(marked_client());
    let client = builder.build().unwrap();
    let started = client.start_flow(FLOW).send().await.unwrap();
    assert_eq!(started.execution_id.as_deref(), Some("e-1"));

    let request = only_request(&server);
    assert_eq!(request.header("x-mark"), Some("marked"));
    let authorization = request.header("authorization").unwrap();
    assert!(!authorization.contains("x-mark"), "{authorization}");
}

#[tokio::test]
async fn a_connection_that_is_closed_between_two_calls_costs_neither() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let client = builder(&url).max_attempts(1).build().unwrap();
    for run in ["first", "second"] {
        let call = tokio::spawn(client.start_flow(run).send());
        // The connection of the call before is closed, so each has its own.
        let (mut connection, _) = listener.accept().await.unwrap();
        let request = read_request(&mut connection, &mut BytesMut::new()).await;
        let body = request.unwrap().unwrap().body;
        let begin = format!(r#"{{"flowName":"{run}""#);
        assert!(body.starts_with(begin.as_bytes()), "{body:?}");
        let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
        connection.write_all(answer).await.unwrap();
        call.await.unwrap().unwrap();
        // The client closes its side when it sees the end.
        connection.shutdown().await.unwrap();
        assert_eq!(connection.read(&mut [0]).await.unwrap(), 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clone_makes_calls_on_another_thread() {
    fn is_shareable<T: Clone + Send + Sync + 'static>(_: &T) {}
    fn is_send<T: Send + 'static>(future: T) -> T {
        future
    }

    let server = Server::answering(|_| Reply::json(200, "{}")).await.unwrap();
    let client: Client = builder(&server.url()).build().unwrap();
    is_shareable(&client);
    let here = client.clone();
    let there = tokio::spawn(is_send(client.start_flow(FLOW).send()));
    is_send(here.start_flow(FLOW).send()).await.unwrap();
    there.await.unwrap().unwrap();
    assert_eq!(server.requests().len(), 2);
}
