//! Credentials that are kept until they end.

use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use smithy_reqwest::{
    CachedCredentials, Credentials, CredentialsError, CredentialsFuture, ProvideCredentials,
    Timestamp,
};
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
    may_answer: Semaphore,
}

impl Provider {
    fn new(end: Option<i64>) -> Self {
        Self(Arc::new(Told {
            asked: AtomicU32::new(0),
            end: Mutex::new(end),
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
        let provider = Provider::new(end);
        let clock = Arc::new(AtomicI64::new(0));
        let now = Arc::clone(&clock);
        let now =
            move || SystemTime::from(Timestamp::from_second(now.load(Ordering::Relaxed)).unwrap());
        let cache = CachedCredentials::new(provider.clone()).time_source(now);
        let cache = Arc::new(cache);
        Self {
            provider,
            cache,
            clock,
        }
    }

    /// The access key, or the error, at a time.
    async fn at(&self, second: i64) -> String {
        self.clock.store(second, Ordering::Relaxed);
        key(self.cache.provide_credentials().await)
    }
}

fn key(outcome: Result<Credentials, CredentialsError>) -> String {
    outcome.map_or_else(|error| error.to_string(), |it| it.access_key().to_owned())
}

/// An hour.
const END: i64 = 3_600;

#[tokio::test]
async fn credentials_are_kept_until_five_minutes_before_their_end() {
    let kept = Kept::new(Some(END));
    for (second, key) in [
        (0, "AKID1"),
        (1, "AKID1"),
        (END - 301, "AKID1"),
        (END - 300, "AKID2"),
    ] {
        assert_eq!(kept.at(second).await, key, "{second}");
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
    // On one thread, all of them wait once each had its turn.
    for _ in 0..20 {
        tokio::task::yield_now().await;
    }
    kept.provider.0.may_answer.add_permits(1);
    let mut outcomes = Vec::new();
    for call in calls {
        outcomes.push(call.await.unwrap());
    }
    outcomes
}

#[tokio::test]
async fn calls_that_wait_together_share_one_request_and_its_outcome() {
    for (end, outcome) in [(Some(END), "AKID1"), (None, "failure 1")] {
        let kept = Kept::new(end);
        kept.provider.0.may_answer.forget_permits(MANY);
        assert_eq!(ten_calls(&kept).await, [outcome; 10]);
        assert_eq!(kept.provider.asked(), 1);
    }
}

#[tokio::test]
async fn one_call_replaces_credentials_and_the_others_do_not_wait() {
    let kept = Kept::new(Some(END));
    kept.at(0).await;
    kept.provider.0.may_answer.forget_permits(MANY);
    kept.clock.store(END - 200, Ordering::Relaxed);
    let outcomes = ten_calls(&kept).await;
    assert_eq!(outcomes.iter().filter(|key| *key == "AKID2").count(), 1);
    assert_eq!(outcomes.iter().filter(|key| *key == "AKID1").count(), 9);
    assert_eq!(kept.provider.asked(), 2);
}

#[tokio::test]
async fn a_call_that_is_given_up_leaves_its_request_to_the_next() {
    let kept = Kept::new(Some(END));
    kept.provider.0.may_answer.forget_permits(MANY);
    let cache = Arc::clone(&kept.cache);
    let given_up = tokio::spawn(async move { cache.provide_credentials().await });
    tokio::task::yield_now().await;
    given_up.abort();
    assert!(given_up.await.unwrap_err().is_cancelled());
    kept.provider.0.may_answer.add_permits(1);
    assert_eq!(kept.at(0).await, "AKID1");
    assert_eq!(kept.provider.asked(), 1);
}

#[tokio::test(start_paused = true)]
async fn while_the_old_ones_are_good_a_call_waits_no_longer_than_a_second() {
    let kept = Kept::new(Some(END));
    kept.at(0).await;
    kept.provider.0.may_answer.forget_permits(MANY);
    let start = Instant::now();
    assert_eq!(kept.at(END - 300).await, "AKID1");
    assert_eq!(start.elapsed(), Duration::from_secs(1));
    // The next calls do not wait at all, and half a minute later the request is still there.
    assert_eq!(kept.at(END - 271).await, "AKID1");
    assert_eq!(start.elapsed(), Duration::from_secs(1));
    kept.provider.0.may_answer.add_permits(1);
    assert_eq!(kept.at(END - 270).await, "AKID2");
    assert_eq!(kept.provider.asked(), 2);
}

#[tokio::test]
async fn credentials_that_end_within_five_minutes_are_not_asked_for_at_every_call() {
    let kept = Kept::new(Some(240));
    for (second, key) in [
        (0, "AKID1"),
        (0, "AKID2"),
        (1, "AKID2"),
        (29, "AKID2"),
        (30, "AKID3"),
    ] {
        assert_eq!(kept.at(second).await, key, "{second}");
    }
}

#[tokio::test]
async fn of_two_the_ones_that_last_longer_are_kept() {
    let kept = Kept::new(Some(290));
    kept.at(0).await;
    kept.provider.gives(Some(200));
    assert_eq!(kept.at(0).await, "AKID2");
    assert_eq!(kept.at(1).await, "AKID1");
}
