//! Calls that take too long.

use std::convert::Infallible;
use std::future::pending;
use std::time::Duration;

use appflow_client::{Client, ClientBuilder, ErrorKind};
use smithy_reqwest::retry::RetryQuota;
use smithy_reqwest::{Body, CredentialsFuture, ProvideCredentials, http};
use tokio::time::{Instant, sleep};

use super::script::{Reply, Script};
use super::{FLOW, builder};

const LIMIT: Duration = Duration::from_secs(5);

/// A client that is answered after a while, with a status.
fn answered_after(builder: ClientBuilder, delay: Duration, status: u16) -> Client {
    let transport = move |_: http::Request<Body>| async move {
        sleep(delay).await;
        http::Response::builder().status(status).body("{}")
    };
    builder.transport(transport).build().unwrap()
}

#[tokio::test(start_paused = true)]
async fn an_attempt_that_takes_too_long_is_followed_by_another() {
    let start = Instant::now();
    let builder = builder().attempt_timeout(LIMIT).max_attempts(2);
    let client = answered_after(builder, LIMIT * 2, 200);
    let error = client.start_flow(FLOW).send().await.unwrap_err();
    let line = "StartFlow: timed out: the attempt was not done within 5s (2 attempts)";
    assert_eq!(error.to_string(), line);
    assert!(error.is_timeout() && error.is_retryable());
    assert_eq!(start.elapsed(), LIMIT * 2 + Duration::from_millis(50));
}

#[tokio::test(start_paused = true)]
async fn the_body_of_an_answer_is_a_part_of_its_attempt() {
    let never = || futures_util::stream::pending::<Result<&str, Infallible>>();
    let script = Script::new([
        Reply::body(Body::wrap_stream(never())),
        Reply::body("{}".into()),
    ]);
    let client: Client = script.client(builder().attempt_timeout(LIMIT));
    client.start_flow(FLOW).send().await.unwrap();
    assert_eq!(script.count(), 2);
}

#[tokio::test(start_paused = true)]
async fn what_is_done_in_time_meets_no_limit() {
    let builder = builder().attempt_timeout(LIMIT).call_timeout(LIMIT);
    let client = answered_after(builder, Duration::from_millis(4_999), 200);
    client.start_flow(FLOW).send().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_call_ends_in_an_attempt_when_its_time_is_over() {
    let start = Instant::now();
    let client = answered_after(builder().call_timeout(LIMIT), Duration::from_secs(3), 500);
    let error = client.start_flow(FLOW).send().await.unwrap_err();
    assert_eq!(start.elapsed(), LIMIT);
    let line = "StartFlow: timed out: the call was not done within 5s; before that: an error \
                without a code (status 500) (2 attempts)";
    assert_eq!(error.to_string(), line);
    assert!(matches!(error.kind(), ErrorKind::Transport));
    assert!(error.is_timeout() && !error.is_connect());
}

#[tokio::test(start_paused = true)]
async fn a_call_ends_in_a_delay_when_its_time_is_over() {
    let start = Instant::now();
    let script = Script::new([500, 200].map(Reply::status));
    let quota = RetryQuota::default();
    let limit = Duration::from_millis(20);
    let builder = builder().call_timeout(limit).retry_quota(quota.clone());
    let client: Client = script.client(builder);
    let error = client.start_flow(FLOW).send().await.unwrap_err();
    assert_eq!((start.elapsed(), error.attempts()), (limit, 1));
    assert!(error.is_timeout());
    // The retry was not sent.
    assert_eq!((script.count(), quota.available()), (1, 500));
}

#[tokio::test(start_paused = true)]
async fn getting_credentials_is_a_part_of_the_call() {
    #[derive(Debug)]
    struct Never;

    impl ProvideCredentials for Never {
        fn provide_credentials(&self) -> CredentialsFuture<'_> {
            Box::pin(pending())
        }
    }

    let start = Instant::now();
    let builder = builder().credentials(Never).call_timeout(LIMIT);
    let client: Client = Script::default().client(builder);
    let error = client.start_flow(FLOW).send().await.unwrap_err();
    assert_eq!((start.elapsed(), error.attempts()), (LIMIT, 0));
    let line = "StartFlow: timed out: the call was not done within 5s";
    assert_eq!(error.to_string(), line);
}
