//! Credentials that are kept until they end.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use jiff::{SignedDuration, Timestamp};

use super::{Credentials, CredentialsError, CredentialsFuture, ProvideCredentials};
use crate::trace;

/// So long before their end, credentials are replaced.
const EARLY: SignedDuration = SignedDuration::from_mins(5);
/// So long before their end, credentials are of no use any more: a call takes time.
const LATE: SignedDuration = SignedDuration::from_mins(1);
/// So long after an early replacement has failed, the next is tried.
const PAUSE: SignedDuration = SignedDuration::from_secs(30);

/// Keeps the credentials of a provider until shortly before they end.
///
/// - Calls that wait for credentials at the same time wait for one and the same request, and if it
///   fails, all of them fail with it.
/// - 5 minutes before the end, one call fetches new credentials, and the others go on with the old.
///   If that fails, the old ones serve, and it is tried again half a minute later.
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
    provider: P,
    now: Box<dyn Fn() -> Result<Timestamp, jiff::Error> + Send + Sync>,
    state: Mutex<State>,
    /// Held by the call that fetches.
    fetching: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct State {
    /// What the last fetch came to.
    outcome: Option<Result<Credentials, CredentialsError>>,
    /// The last credentials there were, which may still be good when a later fetch has failed.
    credentials: Option<Credentials>,
    /// How many fetches have ended.
    fetches: u64,
    /// When the next early replacement is tried, after one that failed.
    paused_until: Option<Timestamp>,
}

/// How good credentials are at a time.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Freshness {
    Good,
    /// Good, but to be replaced.
    Ending,
    Gone,
}

impl<P: ProvideCredentials> CachedCredentials<P> {
    /// Keeps what a provider gives, by the clock of the system.
    #[expect(clippy::disallowed_methods, reason = "this is the default time source")]
    pub fn new(provider: P) -> Self {
        Self::with_clock(provider, || Timestamp::try_from(SystemTime::now()))
    }

    /// The clock by which credentials end. The system's by default.
    #[must_use]
    pub fn time_source(mut self, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.now = Box::new(move || Timestamp::try_from(now()));
        self
    }

    /// Keeps what a provider gives, by a clock that services have set right.
    pub(crate) fn with_clock(
        provider: P,
        now: impl Fn() -> Result<Timestamp, jiff::Error> + Send + Sync + 'static,
    ) -> Self {
        Self {
            provider,
            now: Box::new(now),
            state: Mutex::default(),
            fetching: tokio::sync::Mutex::default(),
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
                Freshness::Ending => Ok(self.replace(kept).await),
                Freshness::Gone => self.wait(fetches).await,
            },
            None => self.wait(fetches).await,
        }
    }

    /// New credentials in place of ones that are still good, if nobody else is at it.
    async fn replace(&self, kept: Credentials) -> Credentials {
        let now = (self.now)().ok();
        let is_paused = self.state().paused_until > now;
        match self.fetching.try_lock() {
            Ok(_guard) if !is_paused => {
                let fetched = self.fetch().await;
                if let Err(error) = &fetched {
                    trace::credentials_not_replaced(error);
                    self.state().paused_until = now.and_then(|now| now.checked_add(PAUSE).ok());
                }
                fetched.unwrap_or(kept)
            }
            _ => kept,
        }
    }

    /// New credentials, of the fetch that is under way or of one of its own. `fetches` is how many
    /// had ended when the caller came.
    async fn wait(&self, fetches: u64) -> Result<Credentials, CredentialsError> {
        let _guard = self.fetching.lock().await;
        let of_others = {
            let state = self.state();
            state.outcome.clone().filter(|_| state.fetches != fetches)
        };
        match of_others {
            Some(outcome) => outcome,
            None => self.fetch().await,
        }
    }

    async fn fetch(&self) -> Result<Credentials, CredentialsError> {
        let outcome = self.provider.provide_credentials().await;
        let mut state = self.state();
        state.fetches += 1;
        state.outcome = Some(outcome.clone());
        if let Ok(credentials) = &outcome {
            state.credentials = Some(credentials.clone());
            state.paused_until = None;
        }
        outcome
    }

    fn freshness(&self, credentials: &Credentials) -> Freshness {
        let (Some(end), Ok(now)) = (credentials.expires_at(), (self.now)()) else {
            return Freshness::Good;
        };
        let left = end.duration_since(now);
        if left > EARLY {
            Freshness::Good
        } else if left > LATE {
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

impl<P: ProvideCredentials> ProvideCredentials for CachedCredentials<P> {
    fn provide_credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(self.get())
    }
}

impl<P: fmt::Debug> fmt::Debug for CachedCredentials<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CachedCredentials")
            .field(&self.provider)
            .finish()
    }
}
