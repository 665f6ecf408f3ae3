//! Bodies that are sent and received as they come.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::SystemTime;

use http_body_util::Empty;
use hyper::body::Body as _;
use smithy_reqwest::sigv4::{Payload, Signing};
use smithy_reqwest::{
    Body, BoxError, Bytes, ClientBuilder, Credentials, ErrorKind, Timestamp, Transport, http,
};
use workspace_tests::{Reply, Server};

use super::streaming_client::Client;

/// A stream of chunks, of which the last may be an error.
pub(super) struct Chunks(pub(super) Vec<Result<&'static str, BoxError>>);

impl futures_core::Stream for Chunks {
    type Item = Result<&'static str, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = (!self.0.is_empty()).then(|| self.0.remove(0));
        Poll::Ready(next)
    }
}

pub(super) fn chunks(chunks: &[&'static str]) -> Body {
    Body::wrap_stream(Chunks(chunks.iter().copied().map(Ok).collect()))
}

pub(super) fn builder() -> ClientBuilder<Client> {
    Client::builder()
        .region("us-east-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .max_attempts(1)
}

pub(super) fn client(transport: impl Transport) -> Client {
    builder().transport(transport).build().unwrap()
}

/// A request as it was sent: its head, and its body before anyone read it.
type Sent = Arc<Mutex<Vec<(http::request::Parts, Body)>>>;

fn recording() -> (Client, Sent) {
    let sent = Sent::default();
    let recorder = Arc::clone(&sent);
    let client = client(move |request: http::Request<Body>| {
        recorder.lock().unwrap().push(request.into_parts());
        std::future::ready(Ok::<_, Infallible>(http::Response::new("{}")))
    });
    (client, sent)
}

fn header<'a>(parts: &'a http::request::Parts, name: &str) -> Option<&'a str> {
    Some(parts.headers.get(name)?.to_str().unwrap())
}

#[test]
fn bytes_and_text_are_bodies() {
    for body in [
        Body::from("abc"),
        Body::from("abc".to_owned()),
        Body::from(&b"abc"[..]),
        Body::from(b"abc".to_vec()),
        Body::from(Bytes::from_static(b"abc")),
    ] {
        assert_eq!(body.length(), Some(3));
        assert_eq!(body.bytes().unwrap(), "abc");
    }
}

/// A transport sends nothing after the head where a body says that it has ended.
#[test]
fn an_empty_body_has_ended_unless_its_length_says_otherwise() {
    let empty = || Body::wrap(Empty::new());
    for (body, has_ended) in [
        (Body::default(), true),
        (Body::from("a"), false),
        (empty(), true),
        (empty().with_length(1), false),
        (chunks(&["a"]), false),
        (chunks(&["a"]).with_length(0), false),
    ] {
        assert_eq!(body.is_end_stream(), has_ended, "{body:?}");
    }
}

#[tokio::test]
async fn an_unsigned_payload_is_handed_on_as_it_came_and_the_request_says_so() {
    let (client, sent) = recording();
    client.put_object("k", "bytes").send().await.unwrap();
    client
        .put_object("k", chunks(&["a", "bc"]))
        .kind("text/x-abc")
        .send()
        .await
        .unwrap();
    let (stream, content) = sent.lock().unwrap().pop().unwrap();
    let (bytes, _) = sent.lock().unwrap().pop().unwrap();
    for parts in [&bytes, &stream] {
        assert_eq!(
            header(parts, "x-amz-content-sha256"),
            Some("UNSIGNED-PAYLOAD")
        );
        let authorization = header(parts, "authorization").unwrap();
        assert!(authorization.contains("x-amz-content-sha256"));
    }
    assert_eq!(header(&bytes, "content-length"), Some("5"));
    assert_eq!(
        header(&bytes, "content-type"),
        Some("application/octet-stream")
    );
    assert_eq!(header(&stream, "content-length"), None);
    assert_eq!(header(&stream, "content-type"), Some("text/x-abc"));
    assert_eq!(content.bytes(), None);
    assert_eq!(content.collect().await.unwrap(), "abc");
}

#[tokio::test]
async fn an_unsigned_payload_is_only_sent_where_nobody_can_change_it() {
    for (url, is_signed) in [
        ("http://storage.example", true),
        ("http://127.0.0.1:8080", true),
        ("https://storage.example", false),
    ] {
        let sent = Sent::default();
        let recorder = Arc::clone(&sent);
        let transport = move |request: http::Request<Body>| {
            recorder.lock().unwrap().push(request.into_parts());
            std::future::ready(Ok::<_, Infallible>(http::Response::new("{}")))
        };
        let builder = builder()
            .endpoint_url(url)
            .time_source(|| SystemTime::UNIX_EPOCH);
        let client = builder.transport(transport).build().unwrap();
        client.put_object("k", "bytes").send().await.unwrap();
        let (parts, _) = sent.lock().unwrap().pop().unwrap();
        let unsigned = (!is_signed).then_some("UNSIGNED-PAYLOAD");
        assert_eq!(header(&parts, "x-amz-content-sha256"), unsigned, "{url}");
        if is_signed {
            let credentials = Credentials::new("AKIDEXAMPLE", "secret", None);
            let time = Timestamp::from_second(0).unwrap();
            let signing = Signing::new(&credentials, "us-east-1", "fixture", time);
            let mut expected = parts.clone();
            for name in ["content-length", "amz-sdk-invocation-id", "amz-sdk-request"] {
                expected.headers.remove(name);
            }
            expected.headers.remove("x-amz-user-agent");
            let payload = Payload::Bytes(b"bytes");
            signing.sign(&mut expected, payload).unwrap();
            assert_eq!(
                parts.headers["authorization"],
                expected.headers["authorization"]
            );
        }

        let outcome = client.put_object("k", chunks(&["a"])).send().await;
        if url == "http://storage.example" {
            let error = outcome.unwrap_err();
            let expected =
                "PutObject: a streamed body is not signed, so it is sent only over https";
            assert!(error.to_string().starts_with(expected), "{error}");
            assert!(matches!(error.kind(), ErrorKind::Configuration));
            assert!(sent.lock().unwrap().is_empty());
        } else {
            outcome.unwrap();
            let (parts, _) = sent.lock().unwrap().pop().unwrap();
            let unsigned = Some("UNSIGNED-PAYLOAD");
            assert_eq!(header(&parts, "x-amz-content-sha256"), unsigned, "{url}");
        }
    }
}

#[tokio::test]
async fn a_stream_that_must_be_signed_is_in_memory_before_it_is_sent() {
    let (client, sent) = recording();
    let call = client.sign().secret(chunks(&["a", "bc"]));
    assert!(!format!("{call:?}").contains("stream"), "{call:?}");
    call.send().await.unwrap();
    let (parts, content) = sent.lock().unwrap().pop().unwrap();
    assert_eq!(header(&parts, "x-amz-content-sha256"), None);
    assert_eq!(header(&parts, "content-length"), Some("3"));
    assert_eq!(content.bytes().unwrap(), "abc");

    let broken = Body::wrap_stream(Chunks(vec![Ok("a"), Err("the disk failed".into())]));
    let error = client.sign().secret(broken).send().await.unwrap_err();
    let expected = "Sign: `body` could not be read: the disk failed";
    assert_eq!(
        (error.to_string().as_str(), error.attempts()),
        (expected, 0)
    );
    assert!(sent.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_stream_of_unknown_length_is_refused_where_the_length_is_required() {
    let (client, sent) = recording();
    let error = client.append().lines(chunks(&["a"])).send().await;
    let expected = "Append: `lines` is a stream of unknown length, but the service requires the \
                    length: give it with `Body::with_length`";
    assert_eq!(error.unwrap_err().to_string(), expected);
    assert!(sent.lock().unwrap().is_empty());

    let lines = chunks(&["a", "bc"]).with_length(3);
    client.append().lines(lines).send().await.unwrap();
    let (parts, content) = sent.lock().unwrap().pop().unwrap();
    assert_eq!(header(&parts, "content-length"), Some("3"));
    assert_eq!(content.collect().await.unwrap(), "abc");
}

#[tokio::test]
async fn a_streamed_answer_is_handed_on_before_it_is_read() {
    let client = client(|_: http::Request<Body>| async {
        let body = Body::wrap_stream(Chunks(vec![Ok("a"), Ok("bc"), Err("cut".into())]));
        let response = http::Response::builder().header("content-type", "text/x-abc");
        response.body(body)
    });
    let mut object = client.get_object("k").send().await.unwrap();
    assert_eq!(object.kind.as_deref(), Some("text/x-abc"));
    assert_eq!(object.content.chunk().await.unwrap().unwrap(), "a");
    assert_eq!(object.content.chunk().await.unwrap().unwrap(), "bc");
    let error = object.content.chunk().await.unwrap_err();
    assert_eq!(error.to_string(), "cut");
}

#[tokio::test]
async fn an_error_is_read_to_its_end_where_an_answer_would_stream() {
    let client = client(|_: http::Request<Body>| async {
        let parts = [Ok(r#"{"code":"No"#), Ok(r#"Object","message":"gone"}"#)];
        http::Response::builder()
            .status(404)
            .body(Body::wrap_stream(Chunks(parts.into())))
    });
    let error = client.get_object("k").send().await.unwrap_err();
    assert_eq!(error.to_string(), "GetObject: NoObject: gone (status 404)");
}

#[tokio::test]
async fn streams_travel_over_http_both_ways() {
    let server = Server::scripted([
        Reply::json(200, r#"{"tag":"1"}"#),
        Reply::json(200, r#"{"tag":"2"}"#),
        Reply::new(200).body("the answer"),
        Reply::new(200).body("the an").cut_off(),
    ])
    .await
    .unwrap();
    let client = builder().endpoint_url(server.url()).build().unwrap();
    let put = client.put_object("k", chunks(&["a", "bc"]));
    assert_eq!(put.send().await.unwrap().tag.as_deref(), Some("1"));
    let put = client.put_object("k", chunks(&["a", "bc"]).with_length(3));
    assert_eq!(put.send().await.unwrap().tag.as_deref(), Some("2"));
    let object = client.get_object("k").send().await.unwrap();
    assert_eq!(object.content.collect().await.unwrap(), "the answer");
    let object = client.get_object("k").send().await.unwrap();
    let error = object.content.collect().await.unwrap_err();
    assert!(error.is::<smithy_reqwest::TransportError>(), "{error}");
    assert!(!error.to_string().contains("127.0.0.1"), "{error}");

    let requests = server.requests();
    for request in &requests[..2] {
        assert_eq!(request.body, Bytes::from("abc"));
    }
    assert_eq!(requests[0].header("transfer-encoding"), Some("chunked"));
    assert_eq!(requests[0].header("content-length"), None);
    assert_eq!(requests[1].header("transfer-encoding"), None);
    assert_eq!(requests[1].header("content-length"), Some("3"));
}

#[tokio::test]
async fn an_answer_that_is_handed_on_has_no_limit_and_its_error_has_one() {
    let answered = |status: u16| {
        builder()
            .max_response_size(3)
            .transport(move |_: http::Request<Body>| {
                let answer = http::Response::builder().status(status);
                std::future::ready(answer.body(chunks(&["ab", "cd"])))
            })
            .build()
            .unwrap()
    };
    let object = answered(200).get_object("k").send().await.unwrap();
    assert_eq!(object.content.collect().await.unwrap(), "abcd");
    let error = answered(404).get_object("k").send().await.unwrap_err();
    let line = "GetObject: an error without a code (status 404)";
    assert_eq!(error.to_string(), line);
}
