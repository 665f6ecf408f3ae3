//! Calls that are given up.

use std::future::pending;
use std::sync::Arc;
use std::time::Duration;

use appflow_client::Client;
use smithy_reqwest::retry::RetryQuota;
use smithy_reqwest::{Body, BoxError, http};
use tokio::time::{Instant, timeout};

use super::script::{Reply, Script};
use super::{FLOW, builder};

#[tokio::test(start_paused = true)]
async fn a_retry_that_is_given_up_before_it_is_sent_costs_nothing() {
    let start = Instant::now();
    let quota = RetryQuota::default();
    let script = Script::new([500, 500, 200].map(Reply::status));
    let client: Client = script.client(builder().retry_quota(quota.clone()));
    let call = client.start_flow(FLOW).send();
    // The second delay is from 50 to 150 ms after the start.
    let soon = Duration::from_millis(100);
    assert!(timeout(soon, call).await.is_err());
    assert_eq!(start.elapsed(), soon);
    assert_eq!(script.count(), 2);
    // The first retry was sent, and failed.
    assert_eq!(quota.available(), 500 - 14);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_given_up_ends_the_exchange_under_way() {
    let alive = Arc::new(());
    let transport = {
        let alive = Arc::clone(&alive);
        move |_: http::Request<Body>| {
            let alive = Arc::clone(&alive);
            async move {
                pending::<()>().await;
                drop(alive);
                Ok::<_, BoxError>(http::Response::new(""))
            }
        }
    };
    let client: Client = builder().transport(transport).build().unwrap();
    let mut call = Box::pin(client.start_flow(FLOW).send());
    assert!(timeout(Duration::from_secs(1), &mut call).await.is_err());
    assert_eq!(Arc::strong_count(&alive), 3);
    drop(call);
    assert_eq!(Arc::strong_count(&alive), 2);
}
