//! The state that all calls share: cached credentials, and the fetch in progress.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::super::{Credentials, CredentialsError, ProvideCredentials};
use super::fetch::{Fetch, Outcome};
use super::kept::{Freshness, Kept, seconds};
use crate::clock::UnusableTime;
use crate::timeout::within;
use crate::{Timestamp, trace};

/// The minimum time, in seconds, between two early renewals, and between two renewals of
/// credentials that a service has rejected.
const BETWEEN_TRIES: i64 = 30;
/// The time after its timeout at which a fetch is given up, because its runtime is not driven.
const GRACE: Duration = Duration::from_secs(1);

/// The store. Clones share it.
#[derive(Clone)]
pub(super) struct Store {
    pub(super) now: Arc<dyn Fn() -> Result<Timestamp, UnusableTime> + Send + Sync>,
    pub(super) random: Arc<dyn Fn() -> f64 + Send + Sync>,
    /// The timeout of a fetch.
    pub(super) timeout: Duration,
    /// Is `true` if expired credentials are used while their source fails.
    pub(super) survives_outages: bool,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    kept: Option<Kept>,
    fetch: Option<Fetch>,
    /// The number of fetches that were started.
    fetches: u64,
    /// The time from which the next early renewal may start, in seconds since 1970.
    next_replacement: Option<i64>,
    /// The time from which a rejection by a service may start a fetch.
    next_refusal: Option<i64>,
    /// Is `true` if there was a warning since the last renewal.
    has_warned: bool,
}

/// The result of looking up credentials.
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

    /// Returns cached credentials while they are valid, and starts a fetch if one is due.
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
                    // The credentials are valid even without a runtime.
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

    /// Waits for a fetch; `None` if it was lost, or if its result is too late.
    pub(super) async fn wait(&self, fetch: &Fetch) -> Option<Outcome> {
        let outcome = fetch.outcome(self.timeout.saturating_add(GRACE)).await;
        let outcome = outcome.filter(|_| !self.is_stale(fetch, self.now()));
        let mut state = self.state();
        // A fetch with a result is not there any more: see `settle`.
        if state.is_current(fetch.number) {
            state.fetch = None;
        }
        outcome
    }

    fn is_alive(&self, fetch: &Fetch, now: Option<i64>) -> bool {
        !fetch.is_lost() && !self.is_stale(fetch, now)
    }

    /// Returns `true` if a fetch has exceeded its timeout, for example because the machine was
    /// suspended.
    fn is_stale(&self, fetch: &Fetch, now: Option<i64>) -> bool {
        let limit = seconds(self.timeout.saturating_add(GRACE));
        let times = now.zip(fetch.began);
        times.is_some_and(|(now, began)| now.saturating_sub(began) > limit)
    }

    /// Stores the result of a fetch, and returns the result for waiting calls.
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

    /// Drops credentials that a service has rejected. Returns `true` if there may be others.
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

    /// Drops the credentials, and ignores the result of the fetch in progress.
    pub(super) fn forget(&self) {
        let mut state = self.state();
        *state = State {
            fetches: state.fetches,
            ..State::default()
        };
    }

    /// Returns the time in seconds since 1970, if the clock is valid.
    fn now(&self) -> Option<i64> {
        (self.now)().ok().map(Timestamp::as_second)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A panic cannot leave the state inconsistent.
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
