//! Credentials that are kept until they end.

use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use super::{Credentials, CredentialsError, CredentialsFuture, ProvideCredentials};
use crate::clock::{UnusableTime, timestamp};
use crate::timeout::within;
use crate::timestamp::Timestamp;
use crate::trace;

/// So long before their end, credentials are replaced.
const REPLACED_BEFORE_END: Duration = Duration::from_secs(5 * 60);
/// So long before their end, credentials are of no use any more: a call takes time.
const UNUSABLE_BEFORE_END: Duration = Duration::from_secs(60);
/// So long after a try to replace credentials early, the next is made.
const BETWEEN_TRIES: Duration = Duration::from_secs(30);
/// So long a call waits for new credentials while the old ones are good.
const PATIENCE: Duration = Duration::from_secs(1);

/// Keeps the credentials of a provider until shortly before they end.
///
/// - Calls that wait for credentials at the same time wait for one and the same request, and if it
///   fails, all of them fail with it. A call that is given up leaves the request to the next.
/// - 5 minutes before the end, one call fetches new credentials, and the others go on with the old.
///   If that fails or takes longer than a second, the old ones serve, and it is tried again half a
///   minute later.
/// - Credentials are not used in their last minute, unless they come so from the provider: then it
///   is for the service to say whether they are still good.
///
/// Credentials without an end are fetched once. The sources that are [found](crate::credentials) are
/// kept so; a provider of one's own is kept by wrapping it:
///
/// ```
/// use smithy_reqwest::credentials::{CachedCredentials, CredentialsFuture, ProvideCredentials};
/// use smithy_reqwest::{ClientBuilder, GeneratedClient};
///
/// #[derive(Debug)]
/// struct Vault;
/// # impl ProvideCredentials for Vault {
/// #     fn provide_credentials(&self) -> CredentialsFuture<'_> {
/// #         unimplemented!()
/// #     }
/// # }
///
/// fn with_vault<C: GeneratedClient>(builder: ClientBuilder<C>) -> ClientBuilder<C> {
///     builder.credentials(CachedCredentials::new(Vault))
/// }
/// ```
pub struct CachedCredentials<P> {
    provider: Arc<P>,
    now: Box<dyn Fn() -> Result<Timestamp, UnusableTime> + Send + Sync>,
    state: Mutex<State>,
    /// The fetch that is under way. Whoever holds the lock drives it on; it stays where it is when
    /// its driver is given up.
    fetch: tokio::sync::Mutex<Option<Fetch>>,
}

type Fetch = Pin<Box<dyn Future<Output = Result<Credentials, CredentialsError>> + Send>>;

#[derive(Default)]
struct State {
    /// Of the good ones that there were, those that last longest.
    credentials: Option<Credentials>,
    /// Why the last fetch failed, where it did.
    failure: Option<CredentialsError>,
    /// How many fetches have ended.
    fetches: u64,
    /// When the next early replacement is tried.
    next_try: Option<Timestamp>,
}

/// How good credentials are at a time.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Freshness {
    Good,
    /// Good, but to be replaced.
    Ending,
    Gone,
}

impl<P: ProvideCredentials + 'static> CachedCredentials<P> {
    /// Keeps what a provider gives, by the clock of the system.
    #[expect(clippy::disallowed_methods, reason = "this is the default time source")]
    pub fn new(provider: P) -> Self {
        Self::with_clock(provider, || timestamp(SystemTime::now()))
    }

    /// The clock by which credentials end. The system's by default.
    #[must_use]
    pub fn time_source(mut self, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.now = Box::new(move || timestamp(now()));
        self
    }

    /// Keeps what a provider gives, by a clock that services have set right.
    pub(crate) fn with_clock(
        provider: P,
        now: impl Fn() -> Result<Timestamp, UnusableTime> + Send + Sync + 'static,
    ) -> Self {
        Self {
            provider: Arc::new(provider),
            now: Box::new(now),
            state: Mutex::default(),
            fetch: tokio::sync::Mutex::default(),
        }
    }

    async fn get(&self) -> Result<Credentials, CredentialsError> {
        let (kept, fetches) = {
            let state = self.state();
            (state.credentials.clone(), state.fetches)
        };
        match kept {
            Some(kept) => match self.freshness(&kept) {
                Freshness::Good => Ok(kept),
                Freshness::Ending => Ok(self.replace(kept, fetches).await),
                Freshness::Gone => self.wait(fetches).await,
            },
            None => self.wait(fetches).await,
        }
    }

    /// New credentials in place of ones that are still good, if nobody else is at it and they come
    /// soon. `fetches` is how many had ended when the caller came.
    async fn replace(&self, kept: Credentials, fetches: u64) -> Credentials {
        let Ok(mut fetch) = self.fetch.try_lock() else {
            return kept;
        };
        if self.state().fetches != fetches || !self.begins_try() {
            return kept;
        }
        match within(Some(PATIENCE), self.drive(&mut fetch)).await {
            Ok(Ok(replaced)) => replaced,
            Ok(Err(_)) => {
                trace::credentials_not_replaced();
                kept
            }
            Err(_) => kept,
        }
    }

    /// Whether it is time to try to replace credentials early; if so, the next time is later.
    fn begins_try(&self) -> bool {
        let now = (self.now)().ok();
        let mut state = self.state();
        let is_time = state.next_try <= now;
        if is_time {
            state.next_try = now.and_then(|now| now.checked_add(BETWEEN_TRIES));
        }
        is_time
    }

    /// New credentials, of the fetch that is under way or of one of its own. `fetches` is how many
    /// had ended when the caller came.
    async fn wait(&self, fetches: u64) -> Result<Credentials, CredentialsError> {
        let mut fetch = self.fetch.lock().await;
        let of_others = {
            let state = self.state();
            let outcome = match (&state.failure, &state.credentials) {
                (Some(failure), _) => Some(Err(failure.clone())),
                (None, credentials) => credentials.clone().map(Ok),
            };
            outcome.filter(|_| state.fetches != fetches)
        };
        match of_others {
            Some(outcome) => outcome,
            None => self.drive(&mut fetch).await,
        }
    }

    /// Drives a fetch on to its end, where none is under way after beginning one.
    async fn drive(&self, fetch: &mut Option<Fetch>) -> Result<Credentials, CredentialsError> {
        let provider = &self.provider;
        let outcome = fetch
            .get_or_insert_with(|| {
                let provider = Arc::clone(provider);
                Box::pin(async move { provider.provide_credentials().await })
            })
            .await;
        *fetch = None;
        let mut state = self.state();
        state.fetches += 1;
        state.failure = outcome.as_ref().err().cloned();
        if let Ok(credentials) = &outcome {
            let kept = state.credentials.take();
            let kept = kept.filter(|kept| self.freshness(kept) != Freshness::Gone);
            let longer = kept.filter(|kept| lasts_longer(kept, credentials));
            state.credentials = Some(longer.unwrap_or_else(|| credentials.clone()));
        }
        outcome
    }

    fn freshness(&self, credentials: &Credentials) -> Freshness {
        let (Some(end), Ok(now)) = (credentials.expires_at(), (self.now)()) else {
            return Freshness::Good;
        };
        let left = end.duration_since(now);
        if left > REPLACED_BEFORE_END {
            Freshness::Good
        } else if left > UNUSABLE_BEFORE_END {
            Freshness::Ending
        } else {
            Freshness::Gone
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing in it is half done when a thread panics.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<P: ProvideCredentials + 'static> ProvideCredentials for CachedCredentials<P> {
    fn provide_credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(self.get())
    }
}

/// Whether credentials end later than others.
fn lasts_longer(credentials: &Credentials, others: &Credentials) -> bool {
    match (credentials.expires_at(), others.expires_at()) {
        (Some(end), Some(other)) => end > other,
        (end, _) => end.is_none(),
    }
}

impl<P: fmt::Debug> fmt::Debug for CachedCredentials<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CachedCredentials")
            .field(&self.provider)
            .finish()
    }
}
