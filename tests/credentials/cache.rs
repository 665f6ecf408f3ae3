//! Credentials that are kept until they expire.

use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use futures_util::future::poll_immediate;
use smithy_reqwest::{
    CachedCredentials, Credentials, CredentialsError, CredentialsFuture, ProvideCredentials,
    Timestamp,
};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Semaphore;
use tokio::time::Instant;

/// More answers than any test asks for.
const MANY: usize = 100;

/// A provider that is told what to give, and when.
#[derive(Debug, Clone)]
struct Provider(Arc<Told>);

#[derive(Debug)]
struct Told {
    asked: AtomicU32,
    /// The end of what it gives next, in seconds from [`start`]; it fails where there is none.
    end: Mutex<Option<i64>>,
    /// How often it panics first.
    panics: u32,
    may_answer: Semaphore,
}

impl Provider {
    fn new(end: Option<i64>, panics: u32) -> Self {
        Self(Arc::new(Told {
            asked: AtomicU32::new(0),
            end: Mutex::new(end),
            panics,
            may_answer: Semaphore::new(MANY),
        }))
    }

    fn asked(&self) -> u32 {
        self.0.asked.load(Ordering::Relaxed)
    }

    fn gives(&self, end: Option<i64>) {
        *self.0.end.lock().unwrap() = end;
    }
}

impl ProvideCredentials for Provider {
    fn provide_credentials(&self) -> CredentialsFuture<'_> {
        let number = self.0.asked.fetch_add(1, Ordering::Relaxed) + 1;
        let end = *self.0.end.lock().unwrap();
        Box::pin(async move {
            assert!(number > self.0.panics, "this provider panics");
            self.0.may_answer.acquire().await.unwrap().forget();
            let end = end.ok_or_else(|| CredentialsError::new(format!("failure {number}")))?;
            let end = Timestamp::from_second(end).unwrap();
            Ok(Credentials::new(format!("AKID{number}"), "secret", None).with_expiry(end))
        })
    }
}

/// The cache, with a clock in seconds since 1970.
struct Kept {
    provider: Provider,
    cache: Arc<CachedCredentials<Provider>>,
    clock: Arc<AtomicI64>,
}

impl Kept {
    /// At second 0, before a provider whose credentials end then.
    fn new(end: Option<i64>) -> Self {
        Self::of(Provider::new(end, 0))
    }

    fn of(provider: Provider) -> Self {
        let clock = Arc::new(AtomicI64::new(0));
        let now = Arc::clone(&clock);
        let now =
            move || SystemTime::from(Timestamp::from_second(now.load(Ordering::Relaxed)).unwrap());
        let cache = CachedCredentials::new(provider.clone()).time_source(now);
        let cache = Arc::new(cache.random_source(|| 0.0));
        Self {
            provider,
            cache,
            clock,
        }
    }

    /// The access key, or the error, at a time. A fetch that this begins is over then, if it may be.
    async fn at(&self, second: i64) -> String {
        self.clock.store(second, Ordering::Relaxed);
        let key = key(self.cache.provide_credentials().await);
        settle().await;
        key
    }

    /// Keeps the provider from answering.
    fn hold(&self) {
        self.provider.0.may_answer.forget_permits(MANY);
    }

    fn release(&self, answers: usize) {
        self.provider.0.may_answer.add_permits(answers);
    }
}

/// Gives every other task of this thread its turn.
async fn settle() {
    for _ in 0..20 {
        tokio::task::yield_now().await;
    }
}

fn key(outcome: Result<Credentials, CredentialsError>) -> String {
    outcome.map_or_else(|error| error.to_string(), |it| it.access_key().to_owned())
}

/// An hour.
const END: i64 = 3_600;

#[tokio::test]
async fn credentials_are_replaced_five_minutes_before_their_end_and_no_call_waits() {
    let kept = Kept::new(Some(END));
    for (second, key, asked) in [
        (0, "AKID1", 1),
        (1, "AKID1", 1),
        (END - 301, "AKID1", 1),
        (END - 300, "AKID1", 2),
        (END - 300, "AKID2", 2),
    ] {
        assert_eq!(kept.at(second).await, key, "{second}");
        assert_eq!(kept.provider.asked(), asked, "{second}");
    }
}

/// A fleet that is started together does not refresh together.
#[tokio::test]
async fn a_random_part_of_five_minutes_is_added_or_of_half_the_time_there_is() {
    for (end, random, refreshed_before_end) in [
        (END, 0.0, 300),
        (END, 0.5, 450),
        (END, 1.0, 600),
        (900, 1.0, 600),
        (500, 1.0, 400),
        (500, 0.5, 350),
    ] {
        let kept = Kept::new(Some(end));
        let clock = Arc::clone(&kept.clock);
        let now = move || {
            SystemTime::UNIX_EPOCH
                + Duration::from_secs(clock.load(Ordering::Relaxed).unsigned_abs())
        };
        let cache = CachedCredentials::new(kept.provider.clone())
            .time_source(now)
            .random_source(move || random);
        let kept = Kept {
            cache: Arc::new(cache),
            ..kept
        };
        kept.at(0).await;
        kept.at(end - refreshed_before_end - 1).await;
        assert_eq!(kept.provider.asked(), 1, "{end} {random}");
        kept.at(end - refreshed_before_end).await;
        assert_eq!(kept.provider.asked(), 2, "{end} {random}");
    }
}

#[tokio::test]
async fn the_old_ones_serve_while_new_ones_are_not_to_be_had_but_not_in_their_last_minute() {
    let kept = Kept::new(Some(END));
    kept.at(0).await;
    kept.provider.gives(None);
    // The provider is asked every half minute.
    for (second, asked) in [
        (END - 300, 2),
        (END - 271, 2),
        (END - 270, 3),
        (END - 61, 4),
    ] {
        assert_eq!(kept.at(second).await, "AKID1", "{second}");
        assert_eq!(kept.provider.asked(), asked, "{second}");
    }
    assert_eq!(kept.at(END - 60).await, "failure 5");
    assert_eq!(kept.at(END - 60).await, "failure 6");
    kept.provider.gives(Some(2 * END));
    assert_eq!(kept.at(END - 60).await, "AKID7");
    assert_eq!(kept.at(END).await, "AKID7");
}

#[tokio::test]
async fn what_comes_in_its_last_minute_is_used_once() {
    let kept = Kept::new(Some(30));
    assert_eq!(kept.at(0).await, "AKID1");
    assert_eq!(kept.at(0).await, "AKID2");
}

#[tokio::test]
async fn credentials_without_an_end_are_fetched_once() {
    #[derive(Debug)]
    struct Lasting(AtomicU32);
    impl ProvideCredentials for Lasting {
        fn provide_credentials(&self) -> CredentialsFuture<'_> {
            let number = self.0.fetch_add(1, Ordering::Relaxed);
            Box::pin(async move { Ok(Credentials::new(format!("AKID{number}"), "s", None)) })
        }
    }
    let cache = CachedCredentials::new(Lasting(AtomicU32::new(0)));
    for _ in 0..3 {
        assert_eq!(key(cache.provide_credentials().await), "AKID0");
    }
}

/// The outcomes of ten calls that wait for one answer.
async fn ten_calls(kept: &Kept) -> Vec<String> {
    let calls: Vec<_> = (0..10)
        .map(|_| {
            let cache = Arc::clone(&kept.cache);
            tokio::spawn(async move { key(cache.provide_credentials().await) })
        })
        .collect();
    settle().await;
    kept.release(1);
    let mut outcomes = Vec::new();
    for call in calls {
        outcomes.push(call.await.unwrap());
    }
    settle().await;
    outcomes
}

#[tokio::test]
async fn calls_that_wait_together_share_one_fetch_and_its_outcome() {
    for (end, outcome) in [(Some(END), "AKID1"), (None, "failure 1")] {
        let kept = Kept::new(end);
        kept.hold();
        assert_eq!(ten_calls(&kept).await, [outcome; 10]);
        assert_eq!(kept.provider.asked(), 1);
    }
}

#[tokio::test]
async fn one_call_begins_to_replace_credentials_and_none_waits() {
    let kept = Kept::new(Some(END));
    kept.at(0).await;
    kept.hold();
    kept.clock.store(END - 200, Ordering::Relaxed);
    assert_eq!(ten_calls(&kept).await, ["AKID1"; 10]);
    assert_eq!(kept.at(END - 200).await, "AKID2");
    assert_eq!(kept.provider.asked(), 2);
}

#[tokio::test]
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

#[tokio::test]
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

/// Begins a fetch that cannot end yet.
async fn begin(kept: &Kept) {
    kept.hold();
    assert!(
        poll_immediate(kept.cache.provide_credentials())
            .await
            .is_none()
    );
    settle().await;
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

#[tokio::test]
async fn a_fetch_that_panics_is_begun_anew_but_not_without_end() {
    let kept = Kept::of(Provider::new(Some(END), 1));
    assert_eq!(kept.at(0).await, "AKID2");
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

#[tokio::test]
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

#[tokio::test]
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

#[tokio::test]
async fn what_is_forgotten_is_fetched_anew() {
    let kept = Kept::new(Some(END));
    kept.at(0).await;
    kept.cache.forget();
    assert_eq!(kept.at(0).await, "AKID2");

    // So is what was about to come.
    kept.cache.forget();
    begin(&kept).await;
    kept.cache.forget();
    kept.release(2);
    assert_eq!(kept.at(0).await, "AKID4");
    assert_eq!(kept.at(0).await, "AKID4");
}

#[tokio::test]
async fn what_a_service_refuses_is_fetched_anew_every_half_minute_at_most() {
    let kept = Kept::new(Some(END));
    kept.at(0).await;
    let refused = |number: u32| {
        let credentials = Credentials::new(format!("AKID{number}"), "secret", None);
        let credentials = credentials.with_expiry(Timestamp::from_second(END).unwrap());
        kept.cache.invalidate(&credentials)
    };
    assert!(refused(1));
    assert_eq!(kept.at(0).await, "AKID2");
    // Others were refused by then, and of these there are new ones.
    assert!(refused(1));
    assert_eq!(kept.at(29).await, "AKID2");
    assert!(!refused(2));
    assert_eq!(kept.at(30).await, "AKID2");
    assert!(refused(2));
    assert_eq!(kept.at(30).await, "AKID3");
}

#[tokio::test]
async fn credentials_that_end_within_five_minutes_are_not_asked_for_at_every_call() {
    let kept = Kept::new(Some(240));
    for (second, key, asked) in [
        (0, "AKID1", 1),
        (0, "AKID1", 2),
        (1, "AKID2", 2),
        (29, "AKID2", 2),
        (30, "AKID2", 3),
        (30, "AKID3", 3),
    ] {
        assert_eq!(kept.at(second).await, key, "{second}");
        assert_eq!(kept.provider.asked(), asked, "{second}");
    }
}

#[tokio::test]
async fn of_two_the_ones_that_last_longer_are_kept() {
    let kept = Kept::new(Some(290));
    kept.at(0).await;
    kept.provider.gives(Some(200));
    assert_eq!(kept.at(0).await, "AKID1");
    assert_eq!(kept.at(1).await, "AKID1");
    assert_eq!(kept.provider.asked(), 2);
}
