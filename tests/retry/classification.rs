//! What is worth another attempt.

use std::time::Duration;

use appflow_client::Client;
use smithy_reqwest::retry::RetryQuota;
use smithy_reqwest::{Body, BoxError, Bytes, TransportError};
use tokio::time::Instant;

use super::script::{Reply, Script};
use super::{FLOW, builder, error_client, streaming_client};

/// What the first failure of a call costs of the quota, and the delay after it.
async fn cost(reply: Reply) -> (u32, Duration) {
    let start = Instant::now();
    let quota = RetryQuota::default();
    // The retry is answered with 501, which is final and gives nothing back: the quota stays as the
    // first failure leaves it.
    let script = Script::new([reply, Reply::status(501)]);
    let client: Client = script.client(builder().max_attempts(2).retry_quota(quota.clone()));
    let outcome = client.start_flow(FLOW).send().await;
    let attempts = outcome.unwrap_err().attempts();
    assert_eq!(script.count(), attempts as usize);
    (500 - quota.available(), start.elapsed())
}

const FINAL: (u32, Duration) = (0, Duration::ZERO);
const TRANSIENT: (u32, Duration) = (14, Duration::from_millis(50));
const THROTTLING: (u32, Duration) = (5, Duration::from_secs(1));

#[tokio::test(start_paused = true)]
async fn statuses_and_codes_tell_what_is_worth_another_attempt() {
    for (status, expected) in [
        (301, FINAL),
        (400, FINAL),
        (403, FINAL),
        (404, FINAL),
        (408, FINAL),
        (409, FINAL),
        (429, FINAL),
        (500, TRANSIENT),
        (501, FINAL),
        (502, TRANSIENT),
        (503, TRANSIENT),
        (504, TRANSIENT),
        (505, FINAL),
    ] {
        assert_eq!(cost(Reply::status(status)).await, expected, "{status}");
    }
    for (code, expected) in [
        ("ValidationException", FINAL),
        ("RequestTimeout", TRANSIENT),
        ("RequestTimeoutException", TRANSIENT),
        ("BandwidthLimitExceeded", THROTTLING),
        ("EC2ThrottledException", THROTTLING),
        ("LimitExceededException", THROTTLING),
        ("PriorRequestNotComplete", THROTTLING),
        ("ProvisionedThroughputExceededException", THROTTLING),
        ("RequestLimitExceeded", THROTTLING),
        ("RequestThrottled", THROTTLING),
        ("RequestThrottledException", THROTTLING),
        ("SlowDown", THROTTLING),
        ("ThrottledException", THROTTLING),
        ("Throttling", THROTTLING),
        ("ThrottlingException", THROTTLING),
        ("TooManyRequestsException", THROTTLING),
        ("TransactionInProgressException", THROTTLING),
    ] {
        assert_eq!(cost(Reply::code(400, code)).await, expected, "{code}");
    }
    // A code of throttling counts for more than the status.
    assert_eq!(cost(Reply::code(503, "SlowDown")).await, THROTTLING);
}

#[tokio::test(start_paused = true)]
async fn what_brings_no_response_or_half_of_one_is_worth_another_attempt() {
    for failure in [
        Reply::failure(TransportError::connect("no route")),
        Reply::failure(TransportError::timeout("too late")),
        Reply::failure("the wire is cut"),
        Reply::body(Body::wrap_stream(broken())),
    ] {
        assert_eq!(cost(failure).await, TRANSIENT);
    }
}

#[tokio::test(start_paused = true)]
async fn a_complete_response_that_cannot_be_read_is_not_worth_another_attempt() {
    let cost = cost(Reply::body("{\"executionId\":".into())).await;
    assert_eq!(cost, (0, Duration::ZERO));
}

/// A stream that breaks off.
fn broken() -> impl futures_core::Stream<Item = Result<Bytes, BoxError>> + Send {
    let chunks = [Ok(Bytes::from_static(b"{")), Err("cut".into())];
    futures_util::stream::iter(chunks)
}

#[tokio::test(start_paused = true)]
async fn errors_that_the_model_marks_are_worth_another_attempt() {
    for (code, attempts, is_throttling, delay) in [
        ("Asleep", 2, false, Duration::from_millis(50)),
        ("Crowded", 2, true, Duration::from_secs(1)),
        ("Quiet", 1, false, Duration::ZERO),
        // The code says that there are too many calls, so a short delay would add to them.
        ("SlowDown", 2, true, Duration::from_secs(1)),
    ] {
        let start = Instant::now();
        let script = Script::new([Reply::code(400, code), Reply::code(400, code)]);
        let client: error_client::Client = script.client(builder().max_attempts(2));
        let error = client.r#try().send().await.unwrap_err();
        assert_eq!(error.attempts(), attempts, "{code}");
        assert_eq!(error.is_retryable(), attempts > 1, "{code}");
        assert_eq!(error.is_throttling(), is_throttling, "{code}");
        assert_eq!(start.elapsed(), delay, "{code}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_request_that_is_refused_before_it_is_sent_is_not_tried_again() {
    let script = Script::default();
    let client: Client = script.client(builder());
    let error = client.start_flow("").send().await.unwrap_err();
    assert_eq!((error.attempts(), script.count()), (0, 0));
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_is_sent_as_it_comes_is_sent_once() {
    let script = Script::new([500, 500, 200].map(Reply::status));
    let quota = RetryQuota::default();
    let client: streaming_client::Client = script.client(builder().retry_quota(quota.clone()));
    let stream = Body::wrap_stream(futures_util::stream::iter([Ok::<_, BoxError>("chunk")]));
    let error = client.put_object("k", stream).send().await.unwrap_err();
    assert_eq!((error.attempts(), quota.available()), (1, 500));
    // Bytes in memory are there for the next attempt too.
    client.put_object("k", "bytes").send().await.unwrap();
    assert_eq!(script.count(), 3);
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_handed_on_is_a_success_once_its_head_is_there() {
    let quota = RetryQuota::default();
    let script = Script::new([Reply::status(500), Reply::body(Body::wrap_stream(broken()))]);
    let client: streaming_client::Client = script.client(builder().retry_quota(quota.clone()));
    let object = client.get_object("k").send().await.unwrap();
    assert_eq!((script.count(), quota.available()), (2, 500));
    assert_eq!(
        object.content.collect().await.unwrap_err().to_string(),
        "cut"
    );
}
