//! Retries: what is sent again, when, and what that costs; with what ends a call before, and with
//! clocks that are set right. The clock of delays is tokio's own, paused, so no time passes, and the
//! randomness is fixed.
//!
//! What is expected is what AWS says of the "standard" retry mode, revision 2.1.

mod cancellation;
mod classification;
mod clock;
mod official;
mod script;
mod setting;
mod timeout;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use appflow_client::Client;
use smithy_reqwest::retry::RetryQuota;
use smithy_reqwest::{Body, ClientBuilder, Credentials, GeneratedClient, http};
use tokio::time::Instant;

use crate::fixture::error_client;
use crate::fixture::streaming_client;
use script::{Reply, Script};

const FLOW: &str = "orders-to-s3";

/// Settings of a client whose delays are the longest there can be.
fn builder<C: GeneratedClient>() -> ClientBuilder<C> {
    ClientBuilder::default()
        .region("us-east-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .random_source(|| 1.0)
}

#[tokio::test(start_paused = true)]
async fn three_attempts_are_made_and_the_error_tells_so() {
    let start = Instant::now();
    let script = Script::new([500, 503, 504, 200].map(Reply::status));
    let client: Client = script.client(builder());
    let error = client.start_flow(FLOW).send().await.unwrap_err();
    assert_eq!((error.attempts(), error.status()), (3, Some(504)));
    let line = "StartFlow: an error without a code (status 504, 3 attempts)";
    assert_eq!(error.to_string(), line);
    assert!(error.is_retryable());
    assert_eq!(start.elapsed(), Duration::from_millis(50 + 100));
    let numbers = ["attempt=1; max=3", "attempt=2; max=3", "attempt=3; max=3"];
    assert_eq!(script.headers("amz-sdk-request"), numbers);
}

#[tokio::test(start_paused = true)]
async fn one_attempt_at_most_switches_retries_off() {
    let start = Instant::now();
    let script = Script::new([500, 200].map(Reply::status));
    let client: Client = script.client(builder().max_attempts(1));
    let error = client.start_flow(FLOW).send().await.unwrap_err();
    assert_eq!((error.attempts(), start.elapsed()), (1, Duration::ZERO));
    assert_eq!(script.headers("amz-sdk-request"), ["attempt=1; max=1"]);
}

#[tokio::test]
async fn no_attempt_at_all_is_refused() {
    let error = builder::<Client>().max_attempts(0).build().unwrap_err();
    let line = error.to_string();
    assert!(line.contains("set it to 1"), "{line}");
}

/// An idempotency token would be of no use if it changed, and a signature that is too old is none.
#[tokio::test(start_paused = true)]
async fn all_attempts_send_the_same_bytes_and_each_is_signed_anew() {
    let script = Script::new([500, 500, 200].map(Reply::status));
    let hours = AtomicU32::new(0);
    let builder = builder::<Client>().time_source(move || {
        let hour = hours.fetch_add(1, Ordering::Relaxed);
        std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(3_600) * hour
    });
    let client = script.client(builder);
    client.start_flow(FLOW).send().await.unwrap();

    let bodies = script.bodies();
    assert!(bodies[0].contains("clientToken"), "{bodies:?}");
    assert_eq!(bodies, [&*bodies[0]; 3]);
    let ids = script.headers("amz-sdk-invocation-id");
    assert_eq!(ids, [&*ids[0]; 3]);
    let dates = script.headers("x-amz-date");
    assert_eq!(
        dates,
        ["19700101T000000Z", "19700101T010000Z", "19700101T020000Z"]
    );
    let signatures = script.headers("authorization");
    assert!(signatures[0] != signatures[1] && signatures[1] != signatures[2]);
}

#[tokio::test(start_paused = true)]
async fn clones_share_a_quota_and_clients_do_not() {
    let script = Script::new([500; 70].map(Reply::status));
    let quota = RetryQuota::new(30);
    let client: Client = script.client(builder().retry_quota(quota.clone()));
    let attempts = |client: &Client| {
        let call = client.clone().start_flow(FLOW);
        async { call.send().await.unwrap_err().attempts() }
    };
    assert_eq!(attempts(&client).await, 3);
    assert_eq!(attempts(&client.clone()).await, 1);
    assert_eq!(quota.available(), 2);
    // Without a quota that is handed in, a client has one of its own.
    let drained: Client = script.client(builder());
    while attempts(&drained).await > 1 {}
    let other: Client = script.client(builder());
    assert_eq!(attempts(&other).await, 3);
}

/// With more tokens than its capacity, a client would retry for longer in an outage than it may.
#[tokio::test(start_paused = true)]
async fn successes_fill_a_quota_up_to_its_capacity_and_no_further() {
    for capacity in [20, 500] {
        let quota = RetryQuota::new(capacity);
        let script = Script::new([200, 500, 200, 200].map(Reply::status));
        let client: Client = script.client(builder().retry_quota(quota.clone()));
        for _ in 0..3 {
            client.start_flow(FLOW).send().await.unwrap();
            assert_eq!(quota.available(), capacity);
        }
    }
}

/// Clients that fail together must not come back together.
#[tokio::test(start_paused = true)]
async fn delays_differ_from_call_to_call_without_a_random_source() {
    let mut delays = Vec::new();
    for _ in 0..200 {
        let script = Script::new([Reply::code(400, "SlowDown"), Reply::status(200)]);
        let settings = ClientBuilder::default()
            .region("us-east-1")
            .credentials(Credentials::new("AKIDEXAMPLE", "secret", None));
        let client: Client = script.client(settings);
        let start = Instant::now();
        client.start_flow(FLOW).send().await.unwrap();
        delays.push(start.elapsed());
    }
    // Half of them, give or take six standard deviations, are in either half of the second.
    let short = delays.iter().filter(|it| it.as_millis() < 500).count();
    assert!((58..=142).contains(&short), "{delays:?}");
    delays.sort();
    delays.dedup();
    assert!(delays.len() > 100, "{delays:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn threads_do_not_overdraw_a_quota() {
    let requests = Arc::new(AtomicU32::new(0));
    let quota = RetryQuota::new(100);
    let transport = {
        let requests = Arc::clone(&requests);
        move |_: http::Request<Body>| {
            requests.fetch_add(1, Ordering::Relaxed);
            std::future::ready(http::Response::builder().status(500).body(""))
        }
    };
    let client: Client = builder()
        .random_source(|| 0.0)
        .retry_quota(quota.clone())
        .transport(transport)
        .build()
        .unwrap();
    let calls: Vec<_> = (0..16)
        .map(|_| tokio::spawn(client.start_flow(FLOW).send()))
        .collect();
    let mut attempts = 0;
    for call in calls {
        attempts += call.await.unwrap().unwrap_err().attempts();
    }
    // 100 tokens pay for 7 retries.
    assert_eq!((attempts, quota.available()), (16 + 7, 2));
    assert_eq!(requests.load(Ordering::Relaxed), attempts);
}
