//! Answers that are longer than a client reads into memory.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use appflow_client::{ClientBuilder, Error, ErrorKind};
use smithy_reqwest::{Body, Bytes, http};

use super::{FLOW, builder, expect_error};

const TOO_LONG: &str = "the body is longer than 1000 bytes, the most that is read into memory; set \
                        another limit with `max_response_size` on the builder";

/// A body of chunks of this size without an end, and how many of them have been read.
fn endless(size: usize) -> (Body, Arc<AtomicUsize>) {
    let read = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&read);
    let chunks = std::iter::repeat_with(move || {
        counter.fetch_add(1, Ordering::Relaxed);
        Ok::<_, Infallible>(vec![b' '; size])
    });
    (Body::wrap_stream(futures_util::stream::iter(chunks)), read)
}

fn settings() -> ClientBuilder {
    builder("http://nowhere.test")
}

/// The error of a call that is answered once, with this.
async fn error(builder: ClientBuilder, answer: http::Response<Body>) -> Error {
    let answer = std::sync::Mutex::new(Some(answer));
    let transport = move |_: http::Request<Body>| {
        let answer = answer.lock().unwrap().take();
        std::future::ready(answer.ok_or("there was an attempt too many"))
    };
    let client = builder.transport(transport).build().unwrap();
    expect_error(client.start_flow(FLOW).send().await)
}

#[tokio::test]
async fn a_body_without_an_end_is_read_up_to_the_limit_and_once() {
    // The size of a chunk, and how many are read until there is one too many.
    for (size, chunks) in [(1, 1_001), (300, 4), (1_000, 2), (5_000, 1)] {
        let (body, read) = endless(size);
        let builder = settings().max_response_size(1_000);
        let error = error(builder, http::Response::new(body)).await;
        let line = format!("StartFlow: {TOO_LONG} (status 200)");
        assert_eq!(error.to_string(), line);
        assert!(matches!(error.kind(), ErrorKind::InvalidResponse));
        assert!(!error.is_retryable() && !error.is_timeout());
        assert_eq!(error.attempts(), 1);
        assert_eq!(read.load(Ordering::Relaxed), chunks, "{size}");
    }
}

#[tokio::test]
async fn a_body_that_says_that_it_is_too_long_is_not_read() {
    let (body, read) = endless(1);
    let builder = settings().max_response_size(1_000);
    let answer = http::Response::new(body.with_length(1_001));
    let line = error(builder, answer).await.to_string();
    assert_eq!(line, format!("StartFlow: {TOO_LONG} (status 200)"));
    assert_eq!(read.load(Ordering::Relaxed), 0);

    let builder = settings().max_response_size(1_000);
    let answer = http::Response::new(Body::from(vec![b' '; 1_001]));
    let line = error(builder, answer).await.to_string();
    assert_eq!(line, format!("StartFlow: {TOO_LONG} (status 200)"));
}

#[tokio::test]
async fn a_body_as_long_as_the_limit_is_read() {
    let transport = |_: http::Request<Body>| {
        let chunks = ["{}".to_owned(), " ".repeat(997), " ".to_owned()];
        let chunks = futures_util::stream::iter(chunks.map(Ok::<_, Infallible>));
        std::future::ready(Ok::<_, Infallible>(http::Response::new(Body::wrap_stream(
            chunks,
        ))))
    };
    let builder = settings().max_response_size(1_000).transport(transport);
    let client = builder.build().unwrap();
    client.start_flow(FLOW).send().await.unwrap();
}

#[tokio::test]
async fn without_a_limit_of_ones_own_64_mib_are_read() {
    const MIB: usize = 1 << 20;
    let (body, read) = endless(MIB);
    let error = error(settings(), http::Response::new(body)).await;
    let line = error.to_string();
    assert!(line.contains("longer than 67108864 bytes"), "{line}");
    assert_eq!(read.load(Ordering::Relaxed), 65);
}

#[tokio::test]
async fn an_error_that_its_headers_tell_is_told_however_its_body_ends() {
    let broken = || {
        let chunks = [Ok(Bytes::from_static(b"{")), Err("cut")];
        Body::wrap_stream(futures_util::stream::iter(chunks))
    };
    // The code, whether another attempt may help, the body.
    let cases = [
        ("ResourceNotFoundException", 404, false, endless(100).0),
        ("ResourceNotFoundException", 404, false, broken()),
        ("InternalServerException", 500, true, endless(100).0),
        ("ThrottlingException", 429, true, broken()),
    ];
    for (code, status, is_retryable, body) in cases {
        let builder = settings().max_response_size(1_000).max_attempts(1);
        let answer = http::Response::builder()
            .status(status)
            .header("x-amzn-errortype", code)
            .header("x-amzn-requestid", "0a1b");
        let error = error(builder, answer.body(body).unwrap()).await;
        let line = format!("StartFlow: {code} (status {status}, request id 0a1b)");
        assert_eq!(error.to_string(), line);
        assert!(error.service().is_some());
        assert_eq!(error.is_retryable(), is_retryable, "{code}");
    }
}

#[tokio::test]
async fn an_error_whose_body_is_too_long_is_what_its_status_says() {
    for (status, is_retryable) in [(301, false), (400, false), (429, false), (503, true)] {
        let answer = http::Response::builder()
            .status(status)
            .header("x-amzn-requestid", "0a1b");
        let answer = answer.body(endless(100).0).unwrap();
        let builder = settings().max_response_size(1_000).max_attempts(1);
        let error = error(builder, answer).await;
        let line = format!("StartFlow: an error without a code (status {status}, request id 0a1b)");
        assert_eq!(error.to_string(), line);
        assert_eq!(error.status(), Some(status));
        assert_eq!(error.request_id(), Some("0a1b"));
        assert!(matches!(error.kind(), ErrorKind::Unmodeled));
        assert_eq!(error.is_retryable(), is_retryable, "{status}");
    }
}
