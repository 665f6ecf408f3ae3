//! Streams that are sent and do not keep what they promise: their length, or to come at all.

use std::convert::Infallible;
use std::io;
use std::sync::Mutex;

use futures_util::{FutureExt as _, StreamExt as _, stream};
use http_body_util::{BodyExt as _, StreamBody};
use hyper::body::Frame;
use smithy_reqwest::{Body, BoxError, Bytes, TransportError, http, http_client_builder, reqwest};
use workspace_tests::{Reply, Server};

use super::streaming::{Chunks, builder, chunks, client};

#[tokio::test]
async fn a_stream_that_breaks_the_promise_of_its_length_breaks_off() {
    let too_long = "the body is longer than its length";
    let cases: [(u64, &[&'static str], &str); 6] = [
        (2, &["a", "bc"], too_long),
        (5, &["abcde", "fghij"], too_long),
        (5, &["abcde", "", "f"], too_long),
        (0, &["", "a"], too_long),
        (5, &["a", "bc"], "the body ended 2 bytes before its length"),
        (1, &[""], "the body ended 1 bytes before its length"),
    ];
    for (length, parts, problem) in cases {
        let body = chunks(parts).with_length(length);
        assert_eq!(body.collect().await.unwrap_err().to_string(), problem);
        // On the wire, the request ends before the length that it says.
        let server = Server::answering(|_| Reply::json(200, "{}")).await.unwrap();
        let client = builder().endpoint_url(server.url()).build().unwrap();
        let body = chunks(parts).with_length(length);
        let error = client.put_object("k", body).send().await.unwrap_err();
        let line = error.to_string();
        assert!(line.contains(problem), "{line}");
        assert!(server.requests().is_empty(), "{parts:?}");
    }
}

#[tokio::test]
async fn empty_chunks_and_trailers_break_no_promise() {
    let trailers = || {
        let trailers = [("x", "y")].map(|(name, value)| {
            let name = http::HeaderName::from_static(name);
            (name, http::HeaderValue::from_static(value))
        });
        Frame::trailers(trailers.into_iter().collect())
    };
    let body = |parts: &[&'static str]| {
        let frames = parts.iter().map(|&part| match part {
            "trailers" => trailers(),
            data => Frame::data(Bytes::from_static(data.as_bytes())),
        });
        let frames: Vec<_> = frames.map(Ok::<_, Infallible>).collect();
        let body = StreamBody::new(stream::iter(frames));
        Body::wrap(body).with_length(5)
    };
    let cases: [(&[&str], &[&str]); 3] = [
        (&["abc", "de"], &["abc", "de"]),
        (&["abc", "de", "trailers"], &["abc", "de", "trailers"]),
        (
            &["", "abcde", "", "", "trailers"],
            &["", "abcde", "trailers"],
        ),
    ];
    for (parts, expected) in cases {
        let mut read = Vec::new();
        let mut frames = body(parts);
        while let Some(frame) = frames.frame().await {
            let data = frame.unwrap().into_data();
            read.push(data.map_or("trailers".into(), |data| data.to_vec()));
        }
        let expected: Vec<_> = expected.iter().map(|part| part.as_bytes()).collect();
        assert_eq!(read, expected, "{parts:?}");

        let server = Server::scripted([Reply::json(200, "{}")]).await.unwrap();
        let client = builder().endpoint_url(server.url()).build().unwrap();
        client.put_object("k", body(parts)).send().await.unwrap();
        let requests = server.requests();
        assert_eq!(requests[0].body, "abcde");
        assert_eq!(requests[0].header("content-length"), Some("5"));
    }
    let none = chunks(&["", ""]).with_length(0);
    assert_eq!(none.collect().await.unwrap(), "");
}

/// Held back to its end, a large object would be in memory as a whole.
#[test]
fn only_the_end_of_a_body_with_a_length_is_held_back() {
    let parts = stream::iter(["a", "bc"].map(Ok::<_, Infallible>)).chain(stream::pending());
    let mut body = Body::wrap_stream(parts).with_length(3);
    let chunk = body.chunk().now_or_never().unwrap();
    assert_eq!(chunk.unwrap().unwrap(), "a");
    assert!(body.chunk().now_or_never().is_none());
}

/// The error of a request to a port that nobody listens on, whose URL has a secret in it.
async fn connect_error() -> reqwest::Error {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!(
        "http://{}/?signature=hunter2",
        listener.local_addr().unwrap()
    );
    drop(listener);
    let http = http_client_builder().unwrap().no_proxy().build().unwrap();
    let error = http.get(url).send().await.unwrap_err();
    assert!(error.is_connect() && error.to_string().contains("hunter2"));
    error
}

#[tokio::test]
async fn what_a_request_is_made_of_fails_for_itself() {
    let server = Server::answering(|_| Reply::json(200, "{}")).await.unwrap();
    let client = builder().endpoint_url(server.url()).build().unwrap();
    let late = || io::Error::new(io::ErrorKind::TimedOut, "the disk is late");
    let cases: [(BoxError, &str); 4] = [
        (late().into(), "the disk is late"),
        (TransportError::timeout("too late").into(), "too late"),
        (connect_error().await.into(), "error sending request: "),
        (
            io::Error::other(connect_error().await).into(),
            "error sending request: ",
        ),
    ];
    for (problem, part) in cases {
        let body = Body::wrap_stream(Chunks(vec![Ok("a"), Err(problem)]));
        let error = client.put_object("k", body).send().await.unwrap_err();
        let line = error.to_string();
        let begin = "PutObject: the request failed: ";
        assert!(line.starts_with(begin) && line.contains(part), "{line}");
        assert!(!error.is_connect() && !error.is_timeout(), "{line}");
        assert!(!format!("{line} {error:?}").contains("hunter2"), "{line}");
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn the_url_of_another_request_is_not_told() {
    for is_wrapped in [false, true] {
        let inner = connect_error().await;
        let mut problem: BoxError = io::Error::other(inner).into();
        if is_wrapped {
            problem = Outer(problem).into();
        }
        let problem = Mutex::new(Some(problem));
        let client = client(move |_: http::Request<Body>| {
            let problem = problem.lock().unwrap().take().unwrap();
            std::future::ready(Err::<http::Response<Body>, _>(problem))
        });
        let error = client.put_object("k", "v").send().await.unwrap_err();
        let line = error.to_string();
        assert!(line.contains("error sending request: "), "{line}");
        let told = format!("{line} {error:?} {error:#?}");
        assert!(!told.contains("hunter2"), "{told}");
    }
}

/// An error that repeats the text of its cause, as many do.
#[derive(Debug)]
struct Outer(BoxError);

impl std::fmt::Display for Outer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "no object ({})", self.0)
    }
}

impl std::error::Error for Outer {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.0)
    }
}
