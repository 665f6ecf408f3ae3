//! What all calls share: the credentials that are kept, and the fetch that is under way.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::super::{Credentials, CredentialsError, ProvideCredentials};
use super::fetch::{Fetch, Outcome};
use super::kept::{Freshness, Kept, seconds};
use crate::clock::UnusableTime;
use crate::timeout::within;
use crate::{Timestamp, trace};

/// The least time, in seconds, between two early replacements, and between two replacements of
/// credentials that a service has refused.
const BETWEEN_TRIES: i64 = 30;
/// A fetch that has not ended this long after its timeout never will: nothing drives its runtime.
const GRACE: Duration = Duration::from_secs(1);

/// Clones share what is kept.
#[derive(Clone)]
pub(super) struct Store {
    pub(super) now: Arc<dyn Fn() -> Result<Timestamp, UnusableTime> + Send + Sync>,
    pub(super) random: Arc<dyn Fn() -> f64 + Send + Sync>,
    /// How long a fetch may take.
    pub(super) timeout: Duration,
    /// Whether expired credentials serve on while their source cannot replace them.
    pub(super) survives_outages: bool,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    kept: Option<Kept>,
    fetch: Option<Fetch>,
    /// How many fetches have begun.
    fetches: u64,
    /// When the next early replacement may begin, in seconds since 1970.
    next_replacement: Option<i64>,
    /// When the next refusal by a service may begin a fetch.
    next_refusal: Option<i64>,
    /// Whether there was a warning since credentials were last replaced.
    has_warned: bool,
}

/// What a call finds.
pub(super) enum Found {
    Kept(Credentials),
    /// A fetch to wait for.
    UnderWay(Fetch),
}

impl Store {
    pub(super) fn new(
        now: impl Fn() -> Result<Timestamp, UnusableTime> + Send + Sync + 'static,
        random: Arc<dyn Fn() -> f64 + Send + Sync>,
        timeout: Duration,
    ) -> Self {
        Self {
            now: Arc::new(now),
            random,
            timeout,
            survives_outages: false,
            state: Arc::default(),
        }
    }

    /// Returns what is kept, as long as it is good, and begins a fetch where one is due.
    pub(super) fn look_up(
        &self,
        provider: &Arc<impl ProvideCredentials + 'static>,
    ) -> Result<Found, CredentialsError> {
        let now = self.now();
        let mut state = self.state();
        let kept = state.kept.as_ref();
        let kept = kept.map(|kept| (kept.credentials.clone(), kept.freshness(now)));
        let under_way = state
            .fetch
            .clone()
            .filter(|fetch| self.is_alive(fetch, now));
        match (kept, under_way) {
            (Some((credentials, Freshness::Good)), _) => Ok(Found::Kept(credentials)),
            (Some((credentials, Freshness::Ending)), under_way) => {
                if under_way.is_none() && state.next_replacement <= now {
                    state.next_replacement = now.map(|now| now.saturating_add(BETWEEN_TRIES));
                    // Without a runtime, the credentials are good all the same.
                    let _ = self.begin(&mut state, provider, now);
                }
                Ok(Found::Kept(credentials))
            }
            (_, Some(fetch)) => Ok(Found::UnderWay(fetch)),
            (_, None) => Ok(Found::UnderWay(self.begin(&mut state, provider, now)?)),
        }
    }

    fn begin(
        &self,
        state: &mut State,
        provider: &Arc<impl ProvideCredentials + 'static>,
        now: Option<i64>,
    ) -> Result<Fetch, CredentialsError> {
        state.fetches += 1;
        let number = state.fetches;
        let (store, provider) = (self.clone(), Arc::clone(provider));
        let work = async move {
            let limit = store.timeout;
            let outcome = within(Some(limit), provider.provide_credentials()).await;
            let outcome = outcome.unwrap_or_else(|limit| {
                let problem = format!("the source of credentials did not respond within {limit:?}");
                Err(CredentialsError::temporary(problem))
            });
            store.settle(number, outcome)
        };
        let fetch = Fetch::begin(number, now, work)?;
        state.fetch = Some(fetch.clone());
        Ok(fetch)
    }

    /// Waits for a fetch; `None` where it was lost, or took so long that its outcome is of another
    /// time.
    pub(super) async fn wait(&self, fetch: &Fetch) -> Option<Outcome> {
        let outcome = fetch.outcome(self.timeout.saturating_add(GRACE)).await;
        let outcome = outcome.filter(|_| !self.is_stale(fetch, self.now()));
        let mut state = self.state();
        if outcome.is_none() && state.is_current(fetch.number) {
            state.fetch = None;
        }
        outcome
    }

    fn is_alive(&self, fetch: &Fetch, now: Option<i64>) -> bool {
        !fetch.is_lost() && !self.is_stale(fetch, now)
    }

    /// Returns whether a fetch has been under way for longer than it may be, as where the machine
    /// or its runtime was suspended.
    fn is_stale(&self, fetch: &Fetch, now: Option<i64>) -> bool {
        let limit = seconds(self.timeout.saturating_add(GRACE));
        let times = now.zip(fetch.began);
        times.is_some_and(|(now, began)| now.saturating_sub(began) > limit)
    }

    /// Keeps what a fetch has brought, and returns what the calls that wait for it get.
    fn settle(&self, number: u64, outcome: Outcome) -> Outcome {
        let (now, random) = (self.now(), (self.random)());
        let mut state = self.state();
        if !state.is_current(number) {
            return outcome;
        }
        state.fetch = None;
        let before = state.kept.take();
        let is_gone = |kept: &Kept| kept.freshness(now) == Freshness::Gone;
        let (mut kept, outcome) = match (outcome, before) {
            (Ok(credentials), before) => {
                let new = Kept::new(credentials.clone(), now, random);
                state.has_warned &= is_gone(&new);
                let longer = before.filter(|it| !is_gone(it) && it.outlasts(&new));
                (longer.unwrap_or(new), Ok(credentials))
            }
            (Err(_), Some(before)) if self.survives_outages && is_gone(&before) => {
                let credentials = before.credentials.clone();
                (before, Ok(credentials))
            }
            (Err(error), before) => {
                if before.is_some() {
                    state.warn_once(trace::credentials_not_replaced);
                }
                state.kept = before;
                return Err(error);
            }
        };
        if let (true, Some(now), true) = (self.survives_outages, now, is_gone(&kept)) {
            kept.extend(now, random);
            state.warn_once(trace::credentials_extended);
        }
        state.kept = Some(kept);
        outcome
    }

    /// Drops credentials that a service has refused. The result is whether there may be others.
    pub(super) fn invalidate(&self, refused: &Credentials) -> bool {
        let now = self.now();
        let mut state = self.state();
        let is_refused = |kept: &Kept| kept.credentials == *refused;
        if !state.kept.as_ref().is_some_and(is_refused) {
            return true;
        }
        let is_due = state.next_refusal <= now;
        if is_due {
            state.next_refusal = now.map(|now| now.saturating_add(BETWEEN_TRIES));
            state.kept = None;
        }
        is_due
    }

    /// Drops what is kept, and takes nothing of the fetch that is under way.
    pub(super) fn forget(&self) {
        let mut state = self.state();
        *state = State {
            fetches: state.fetches,
            ..State::default()
        };
    }

    /// The time in seconds since 1970, where the clock has one.
    fn now(&self) -> Option<i64> {
        (self.now)().ok().map(Timestamp::as_second)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing in it is half done when a thread panics.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn is_current(&self, number: u64) -> bool {
        self.fetch
            .as_ref()
            .is_some_and(|fetch| fetch.number == number)
    }

    fn warn_once(&mut self, warn: fn()) {
        if !self.has_warned {
            self.has_warned = true;
            warn();
        }
    }
}
