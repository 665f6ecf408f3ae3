//! Calls that take too long.

use std::convert::Infallible;
use std::future::{pending, ready};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use appflow_client::{Client, ClientBuilder, ErrorKind};
use smithy_reqwest::retry::RetryQuota;
use smithy_reqwest::{
    Body, Credentials, CredentialsError, CredentialsFuture, ProvideCredentials, http,
};
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
    let line = "StartFlow: timed out: the attempt took longer than 5s (2 attempts)";
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
    let line = "StartFlow: timed out: the call took longer than 5s; before that: an error \
                without a code (status 500): {} (2 attempts)";
    assert_eq!(error.to_string(), line);
    assert!(matches!(error.kind(), ErrorKind::Transport));
    assert!(error.is_timeout() && !error.is_connect());
}

#[tokio::test(start_paused = true)]
async fn a_call_that_would_be_over_before_its_next_attempt_ends_with_what_it_has() {
    // The delay is 50 ms.
    for (limit, attempts) in [(20, 1), (50, 1), (51, 2)] {
        let start = Instant::now();
        let script = Script::new([500, 400].map(Reply::status));
        let quota = RetryQuota::default();
        let limit = Duration::from_millis(limit);
        let builder = builder().call_timeout(limit).retry_quota(quota.clone());
        let client: Client = script.client(builder);
        let error = client.start_flow(FLOW).send().await.unwrap_err();
        assert_eq!(script.count(), attempts);
        let (status, took, left) = match attempts {
            1 => (500, 0, 500),
            _ => (400, 50, 486),
        };
        assert_eq!(error.status(), Some(status));
        assert_eq!(start.elapsed(), Duration::from_millis(took));
        // What the retry would have cost is given back where it is not sent.
        assert_eq!((error.is_timeout(), quota.available()), (false, left));
    }
}

/// The service asks for a delay that is longer than the client's own, and longer than the call may take.
#[tokio::test(start_paused = true)]
async fn a_call_that_would_be_over_before_the_service_wants_its_next_attempt_ends_at_once() {
    for (asked, attempts) in [("4950", 2), ("5000", 1), ("20000", 1)] {
        let start = Instant::now();
        let script = Script::new([
            Reply::answer(503, "x-amz-retry-after", asked),
            Reply::status(400),
        ]);
        let client: Client = script.client(builder().call_timeout(LIMIT));
        let error = client.start_flow(FLOW).send().await.unwrap_err();
        let (status, took) = match attempts {
            1 => (503, 0),
            _ => (400, 4_950),
        };
        assert_eq!(error.status(), Some(status), "{asked}");
        assert_eq!(script.count(), attempts, "{asked}");
        assert_eq!(start.elapsed(), Duration::from_millis(took), "{asked}");
    }
}

#[tokio::test(start_paused = true)]
async fn credentials_that_cannot_be_had_for_a_retry_do_not_hide_what_it_was_for() {
    #[derive(Debug, Default)]
    struct Once(AtomicBool);

    impl ProvideCredentials for Once {
        fn provide_credentials(&self) -> CredentialsFuture<'_> {
            let is_first = !self.0.swap(true, Ordering::Relaxed);
            let answer = if is_first {
                Ok(Credentials::new("AKIDEXAMPLE", "secret", None))
            } else {
                Err(CredentialsError::temporary("the vault is sealed"))
            };
            Box::pin(ready(answer))
        }
    }

    let script = Script::new([503, 200].map(Reply::status));
    let client: Client = script.client(builder().credentials(Once::default()));
    let error = client.start_flow(FLOW).send().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "StartFlow: the vault is sealed; before that: an error without a code (status 503)"
    );
    assert_eq!((script.count(), error.attempts()), (1, 1));
    assert!(error.is_retryable());
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
    let line = "StartFlow: timed out: the call took longer than 5s";
    assert_eq!(error.to_string(), line);
}
