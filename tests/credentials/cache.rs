//! Credentials that are kept until they expire. The clock of tokio is paused: a call that waits for
//! what never comes ends when the fetch times out, and so does its test.

use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use futures_util::future::poll_immediate;
use smithy_reqwest::{
    CachedCredentials, Credentials, CredentialsError, CredentialsFuture, ProvideCredentials,
    Timestamp,
};
use tokio::sync::Semaphore;
use workspace_tests::settle;

/// More answers than any test asks for.
pub(super) const MANY: usize = 100;

/// A provider that is told what to give, and when.
#[derive(Debug, Clone)]
pub(super) struct Provider(pub(super) Arc<Script>);

#[derive(Debug)]
pub(super) struct Script {
    asked: AtomicU32,
    /// The end of what it gives next, in seconds from [`start`]; it fails where there is none.
    end: Mutex<Option<i64>>,
    /// How often it panics first.
    panics: u32,
    pub(super) may_answer: Semaphore,
}

impl Provider {
    pub(super) fn new(end: Option<i64>, panics: u32) -> Self {
        Self(Arc::new(Script {
            asked: AtomicU32::new(0),
            end: Mutex::new(end),
            panics,
            may_answer: Semaphore::new(MANY),
        }))
    }

    pub(super) fn asked(&self) -> u32 {
        self.0.asked.load(Ordering::Relaxed)
    }

    pub(super) fn gives(&self, end: Option<i64>) {
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
pub(super) struct Kept {
    pub(super) provider: Provider,
    pub(super) cache: Arc<CachedCredentials<Provider>>,
    pub(super) clock: Arc<AtomicI64>,
}

impl Kept {
    /// At second 0, before a provider whose credentials end then.
    pub(super) fn new(end: Option<i64>) -> Self {
        Self::of(Provider::new(end, 0))
    }

    pub(super) fn of(provider: Provider) -> Self {
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
    pub(super) async fn at(&self, second: i64) -> String {
        self.clock.store(second, Ordering::Relaxed);
        let key = key(self.cache.provide_credentials().await);
        settle().await;
        key
    }

    /// Keeps the provider from answering.
    pub(super) fn hold(&self) {
        self.provider.0.may_answer.forget_permits(MANY);
    }

    pub(super) fn release(&self, answers: usize) {
        self.provider.0.may_answer.add_permits(answers);
    }
}

pub(super) fn key(outcome: Result<Credentials, CredentialsError>) -> String {
    outcome.map_or_else(|error| error.to_string(), |it| it.access_key().to_owned())
}

/// Begins a fetch that cannot end yet.
pub(super) async fn begin(kept: &Kept) {
    kept.hold();
    assert!(
        poll_immediate(kept.cache.provide_credentials())
            .await
            .is_none()
    );
    settle().await;
}

/// An hour.
pub(super) const END: i64 = 3_600;

#[tokio::test(start_paused = true)]
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
#[tokio::test(start_paused = true)]
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

#[tokio::test(start_paused = true)]
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

#[tokio::test(start_paused = true)]
async fn what_comes_in_its_last_minute_is_used_once() {
    let kept = Kept::new(Some(30));
    assert_eq!(kept.at(0).await, "AKID1");
    assert_eq!(kept.at(0).await, "AKID2");
}

#[tokio::test(start_paused = true)]
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

#[tokio::test(start_paused = true)]
async fn calls_that_wait_together_share_one_fetch_and_its_outcome() {
    for (end, outcome) in [(Some(END), "AKID1"), (None, "failure 1")] {
        let kept = Kept::new(end);
        kept.hold();
        assert_eq!(ten_calls(&kept).await, [outcome; 10]);
        assert_eq!(kept.provider.asked(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn one_call_begins_to_replace_credentials_and_none_waits() {
    let kept = Kept::new(Some(END));
    kept.at(0).await;
    kept.hold();
    kept.clock.store(END - 200, Ordering::Relaxed);
    assert_eq!(ten_calls(&kept).await, ["AKID1"; 10]);
    assert_eq!(kept.at(END - 200).await, "AKID2");
    assert_eq!(kept.provider.asked(), 2);
}

#[tokio::test(start_paused = true)]
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

#[tokio::test(start_paused = true)]
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

#[tokio::test(start_paused = true)]
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

#[tokio::test(start_paused = true)]
async fn of_two_the_ones_that_last_longer_are_kept() {
    let kept = Kept::new(Some(290));
    kept.at(0).await;
    kept.provider.gives(Some(200));
    assert_eq!(kept.at(0).await, "AKID1");
    assert_eq!(kept.at(1).await, "AKID1");
    assert_eq!(kept.provider.asked(), 2);
}
