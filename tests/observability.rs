//! What is told of calls through `tracing`. No time passes: the clock of delays is tokio's own,
//! paused.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::{Duration, SystemTime};

use appflow_client::{Client, ClientBuilder, Credentials};
use smithy_reqwest::{Body, BoxError, Bytes, TransportError, http};
use tracing::subscriber::{DefaultGuard, set_default};
use tracing::{Level, debug_span};
use workspace_tests::Recorder;

const FLOW: &str = "orders-to-s3";

/// Settings of a client whose delays are half as long as they can be.
fn builder() -> ClientBuilder {
    Client::builder()
        .region("us-east-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .random_source(|| 0.5)
}

/// Keeps what this thread is told up to a level, as long as the guard is there.
fn recorder(level: Level) -> (Recorder, DefaultGuard) {
    let recorder = Recorder::new(level);
    let guard = set_default(recorder.clone());
    (recorder, guard)
}

type Reply = Result<http::Response<Body>, TransportError>;

/// A client that gets these replies in their order.
fn client<const N: usize>(builder: ClientBuilder, replies: [Reply; N]) -> Client {
    let replies = Mutex::new(VecDeque::from(replies));
    let transport = move |_: http::Request<Body>| {
        let reply = replies.lock().unwrap().pop_front().unwrap();
        std::future::ready(reply)
    };
    builder.transport(transport).build().unwrap()
}

fn answer(status: u16, headers: &[(&str, &str)]) -> http::Response<Body> {
    let mut answer = http::Response::builder().status(status);
    for (name, value) in headers {
        answer = answer.header(*name, *value);
    }
    answer.body(Body::default()).unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_call_is_one_span_and_each_attempt_an_event_in_it() {
    let (recorder, _guard) = recorder(Level::TRACE);
    let client = client(
        builder(),
        [
            answer(
                503,
                &[
                    ("x-amzn-requestid", "r-1"),
                    ("x-amzn-errortype", "SlowDown"),
                ],
            ),
            answer(200, &[("x-amzn-requestid", "r-2")]),
        ]
        .map(Ok),
    );
    client.start_flow(FLOW).send().await.unwrap();
    assert_eq!(
        recorder.spans(),
        [
            "DEBUG smithy_reqwest call: service=\"Appflow\" operation=\"StartFlow\" attempts=2 \
          status=200 request_id=\"r-2\""
        ]
    );
    assert_eq!(
        recorder.events(),
        [
            "1 DEBUG smithy_reqwest: attempt failed attempt=1 failure=\"service\" status=503 \
             code=SlowDown delay_ms=500",
            "1 DEBUG smithy_reqwest: attempt succeeded attempt=2 status=200",
        ]
    );
}

/// A body that breaks off.
fn cut_off() -> Body {
    let cut: Result<Bytes, BoxError> = Err("hunter2".into());
    Body::wrap_stream(futures_util::stream::iter([cut]))
}

#[tokio::test(start_paused = true)]
async fn each_kind_of_failure_has_a_word() {
    let (recorder, _guard) = recorder(Level::DEBUG);
    let client = client(
        builder().max_attempts(9),
        [
            Err(TransportError::connect("hunter2")),
            Err(TransportError::timeout("hunter2")),
            Err(TransportError::other("hunter2")),
            Ok(http::Response::new(cut_off())),
            Ok(http::Response::builder()
                .status(400)
                .body(r#"{"code":"Bad\u001bCode"}"#.into())
                .unwrap()),
        ],
    );
    let error = client.start_flow(FLOW).send().await.unwrap_err();
    assert_eq!(error.attempts(), 5);
    assert_eq!(
        recorder.events(),
        [
            "1 DEBUG smithy_reqwest: attempt failed attempt=1 failure=\"connect\" delay_ms=25",
            "1 DEBUG smithy_reqwest: attempt failed attempt=2 failure=\"timeout\" delay_ms=50",
            "1 DEBUG smithy_reqwest: attempt failed attempt=3 failure=\"transport\" delay_ms=100",
            "1 DEBUG smithy_reqwest: attempt failed attempt=4 failure=\"response\" status=200 \
             delay_ms=200",
            "1 DEBUG smithy_reqwest: attempt failed attempt=5 failure=\"service\" status=400 \
             code=Bad Code",
        ]
    );
    let span = "DEBUG smithy_reqwest call: service=\"Appflow\" operation=\"StartFlow\" attempts=5 \
                status=400";
    assert_eq!(recorder.spans(), [span]);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_takes_too_long_tells_how_often_it_was_sent() {
    let (recorder, _guard) = recorder(Level::DEBUG);
    let transport = |_: http::Request<Body>| async {
        std::future::pending::<Result<http::Response<Body>, TransportError>>().await
    };
    let limit = Duration::from_secs(1);
    let builder = builder().call_timeout(limit).transport(transport);
    let client = builder.build().unwrap();
    client.start_flow(FLOW).send().await.unwrap_err();
    let span = "DEBUG smithy_reqwest call: service=\"Appflow\" operation=\"StartFlow\" attempts=1";
    assert_eq!(recorder.spans(), [span]);
}

#[tokio::test(start_paused = true)]
async fn calls_that_go_well_are_silent_at_the_levels_of_production() {
    let (recorder, _guard) = recorder(Level::INFO);
    let client = client(
        builder(),
        [500, 200, 400].map(|status| Ok(answer(status, &[]))),
    );
    client.start_flow(FLOW).send().await.unwrap();
    // An error is told by itself.
    client.start_flow(FLOW).send().await.unwrap_err();
    assert!(recorder.spans().is_empty() && recorder.events().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_is_set_right_is_a_warning_once() {
    let (recorder, _guard) = recorder(Level::INFO);
    let skewed = || {
        answer(
            403,
            &[
                ("x-amzn-errortype", "RequestTimeTooSkewed"),
                ("date", "Thu, 01 Jan 1970 01:00:00 GMT"),
            ],
        )
    };
    // Both calls are refused with the same time.
    let client = client(
        builder().time_source(|| SystemTime::UNIX_EPOCH),
        [skewed(), answer(200, &[]), skewed(), answer(200, &[])].map(Ok),
    );
    client.start_flow(FLOW).send().await.unwrap();
    assert_eq!(recorder.events().len(), 1);
    client.start_flow(FLOW).send().await.unwrap();
    assert_eq!(
        recorder.events(),
        [
            "0 WARN smithy_reqwest: the clock of the service differs from that of this machine; \
          requests are now signed for its time offset_seconds=3600"
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn fields_of_the_callers_own_span_are_left_alone() {
    let (recorder, _guard) = recorder(Level::DEBUG);
    let client = client(builder(), [Ok(answer(200, &[]))]);
    let own = debug_span!(target: "app", "job", status = tracing::field::Empty);
    let call = tracing::Instrument::instrument(client.start_flow(FLOW).send(), own);
    call.await.unwrap();
    assert_eq!(recorder.spans()[0], "DEBUG app job:");
    // The event is in the span of the call, and that in the caller's own.
    assert_eq!(
        recorder.events(),
        ["2 DEBUG smithy_reqwest: attempt succeeded attempt=1 status=200"]
    );
}

#[tokio::test(start_paused = true)]
async fn with_nobody_to_tell_calls_are_made_all_the_same() {
    let client = client(builder(), [500, 200].map(|status| Ok(answer(status, &[]))));
    client.start_flow(FLOW).send().await.unwrap();
}
