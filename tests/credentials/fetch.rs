//! Fetches of credentials that nobody waits for, that are lost, late or without an end.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use futures_util::future::poll_immediate;
use smithy_reqwest::{CachedCredentials, ProvideCredentials as _};
use tokio::runtime::{Builder, Runtime};
use tokio::time::Instant;
use workspace_tests::settle;

use super::cache::{END, Kept, MANY, Provider, begin, key};

#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_leaves_its_fetch_to_the_next() {
    let kept = Kept::new(Some(END));
    kept.hold();
    assert!(
        poll_immediate(kept.cache.provide_credentials())
            .await
            .is_none()
    );
    settle().await;
    kept.release(1);
    assert_eq!(kept.at(0).await, "AKID1");
    assert_eq!(kept.provider.asked(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_not_polled_holds_up_no_other() {
    let kept = Kept::new(Some(END));
    kept.hold();
    let mut unpolled = kept.cache.provide_credentials();
    assert!(poll_immediate(&mut unpolled).await.is_none());
    settle().await;
    kept.release(1);
    assert_eq!(kept.at(0).await, "AKID1");
    assert_eq!(key(unpolled.await), "AKID1");
    assert_eq!(kept.provider.asked(), 1);
}

fn runtime() -> Runtime {
    let mut builder = Builder::new_current_thread();
    builder.enable_time().start_paused(true).build().unwrap()
}

#[test]
fn a_fetch_of_a_runtime_that_is_gone_is_begun_anew() {
    let kept = Kept::new(Some(END));
    runtime().block_on(begin(&kept));
    kept.release(1);
    assert_eq!(runtime().block_on(kept.at(0)), "AKID2");
    assert_eq!(runtime().block_on(kept.at(1)), "AKID2");

    // It is so while old credentials serve, too.
    let refresh = async {
        kept.hold();
        kept.at(END - 300).await
    };
    assert_eq!(runtime().block_on(refresh), "AKID2");
    kept.release(1);
    assert_eq!(runtime().block_on(kept.at(END - 270)), "AKID2");
    assert_eq!(runtime().block_on(kept.at(END - 270)), "AKID4");
}

#[test]
fn a_fetch_of_a_runtime_that_nobody_drives_is_waited_for_as_long_as_a_fetch_may_take() {
    let kept = Kept::new(Some(END));
    let idle = runtime();
    idle.block_on(begin(&kept));
    kept.release(2);
    runtime().block_on(async {
        let start = Instant::now();
        assert_eq!(kept.at(0).await, "AKID2");
        assert_eq!(start.elapsed(), Duration::from_secs(61));
    });
    // What it ends with then is of no interest.
    idle.block_on(settle());
    assert_eq!(runtime().block_on(kept.at(0)), "AKID2");
}

#[test]
fn without_a_runtime_there_is_an_error() {
    let cache = CachedCredentials::new(Provider::new(Some(END), 0));
    let mut fetch = cache.provide_credentials();
    let outcome = std::pin::pin!(&mut fetch)
        .poll(&mut std::task::Context::from_waker(std::task::Waker::noop()));
    let std::task::Poll::Ready(outcome) = outcome else {
        panic!("a call waits for a fetch that cannot begin");
    };
    assert_eq!(
        key(outcome),
        "credentials can only be fetched on a tokio runtime"
    );
}

#[tokio::test(start_paused = true)]
async fn a_fetch_that_panics_is_begun_anew_but_not_without_end() {
    let kept = Kept::of(Provider::new(Some(END), 1));
    assert_eq!(kept.at(0).await, "AKID2");
    assert_eq!(kept.provider.asked(), 2);

    // Calls that wait for it together begin one.
    let kept = Kept::of(Provider::new(Some(END), 1));
    let call = || kept.cache.provide_credentials();
    let (one, two) = tokio::join!(call(), call());
    assert_eq!([key(one), key(two)], ["AKID2", "AKID2"]);
    assert_eq!(kept.provider.asked(), 2);

    let kept = Kept::of(Provider::new(Some(END), 3));
    assert_eq!(
        kept.at(0).await,
        "the task that fetches credentials ended without a result: their provider panicked, or its \
         runtime was shut down"
    );
    assert_eq!(kept.provider.asked(), 3);
    assert_eq!(kept.at(0).await, "AKID4");
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_does_not_answer_is_given_up_after_a_time() {
    for (timeout, shown) in [(None, "60s"), (Some(Duration::from_millis(1_500)), "1.5s")] {
        let provider = Provider::new(Some(END), 0);
        provider.0.may_answer.forget_permits(MANY);
        let cache = CachedCredentials::new(provider.clone());
        let cache = match timeout {
            Some(timeout) => cache.timeout(timeout),
            None => cache,
        };
        let start = Instant::now();
        let (one, two) = tokio::join!(cache.provide_credentials(), cache.provide_credentials());
        assert_eq!(one, two);
        let error = one.unwrap_err();
        assert!(error.is_temporary());
        let line = format!("the source of credentials did not respond within {shown}");
        assert_eq!(error.to_string(), line);
        assert_eq!(start.elapsed(), timeout.unwrap_or(Duration::from_secs(60)));
        provider.0.may_answer.add_permits(1);
        assert_eq!(key(cache.provide_credentials().await), "AKID2");
    }
}

#[tokio::test(start_paused = true)]
async fn what_a_fetch_brings_hours_later_is_judged_by_the_clock_of_then() {
    let kept = Kept::new(Some(END));
    kept.hold();
    let cache = Arc::clone(&kept.cache);
    let call = tokio::spawn(async move { key(cache.provide_credentials().await) });
    settle().await;
    // The machine was asleep.
    kept.clock.store(10 * END, Ordering::Relaxed);
    kept.provider.gives(Some(11 * END));
    kept.release(2);
    assert_eq!(call.await.unwrap(), "AKID2");

    // An error of back then is of no interest either.
    let kept = Kept::new(None);
    kept.hold();
    let cache = Arc::clone(&kept.cache);
    let call = tokio::spawn(async move { key(cache.provide_credentials().await) });
    settle().await;
    kept.clock.store(10 * END, Ordering::Relaxed);
    kept.provider.gives(Some(11 * END));
    kept.release(2);
    assert_eq!(call.await.unwrap(), "AKID2");
}

#[tokio::test(start_paused = true)]
async fn a_fetch_that_was_abandoned_hours_ago_is_not_waited_for() {
    let kept = Kept::new(Some(END));
    begin(&kept).await;
    kept.provider.gives(Some(11 * END));
    kept.clock.store(10 * END, Ordering::Relaxed);
    let mut call = kept.cache.provide_credentials();
    assert!(poll_immediate(&mut call).await.is_none());
    settle().await;
    assert_eq!(kept.provider.asked(), 2);
    // The first to answer is the old one, which nobody asked for any more.
    kept.release(1);
    settle().await;
    assert!(poll_immediate(&mut call).await.is_none());
    kept.release(1);
    assert_eq!(key(call.await), "AKID2");
}

#[tokio::test(start_paused = true)]
async fn a_fetch_is_abandoned_when_it_has_taken_a_second_more_than_it_may() {
    for (age, asked) in [(60, 1), (61, 1), (62, 2)] {
        let kept = Kept::new(Some(END));
        begin(&kept).await;
        kept.clock.store(age, Ordering::Relaxed);
        let mut call = kept.cache.provide_credentials();
        assert!(poll_immediate(&mut call).await.is_none());
        settle().await;
        assert_eq!(kept.provider.asked(), asked, "{age}");
    }
}
