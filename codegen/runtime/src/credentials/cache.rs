//! Cached credentials.

mod fetch;
mod kept;
mod store;

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use store::{Found, Store};

use super::{Credentials, CredentialsError, CredentialsFuture, Network, ProvideCredentials};
use crate::Timestamp;
use crate::clock::{UnusableTime, timestamp};
use crate::random::random;

/// The default timeout of a fetch: a process may ask a person for a code.
pub(crate) const FETCH_TIMEOUT: Duration = Duration::from_secs(60);
/// The maximum number of fetches that a call waits for. Only a lost fetch is followed by another.
const MAX_FETCHES: u32 = 3;

/// A provider that caches credentials until shortly before they expire.
///
/// - A fetch is a separate task, spawned on the tokio runtime of the call that starts it.
///   Concurrent calls share its result, and a call that is dropped or not polled does not block
///   others. If the task panics or its runtime is shut down, the fetch is started again.
/// - A fetch times out after 60 seconds, or [`timeout`](Self::timeout).
/// - Between 10 and 5 minutes before credentials expire, at a random time, the next call starts a
///   fetch. Calls use the old credentials until there are new ones. If the fetch fails, the next
///   one starts half a minute later, and one warning is logged.
/// - Credentials are not used in their last minute, unless the provider returns such credentials:
///   then the service decides.
/// - Credentials that a service rejects as expired or unknown are dropped, and the call is retried
///   with new ones: see [`invalidate`](ProvideCredentials::invalidate).
///
/// Credentials that do not expire are fetched once. The built-in [sources](crate::credentials) are
/// already cached. Wrap your own provider to cache its credentials:
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
    store: Store,
}

impl<P: ProvideCredentials + 'static> CachedCredentials<P> {
    /// Caches the credentials of a provider.
    #[expect(clippy::disallowed_methods, reason = "this is the default time source")]
    pub fn new(provider: P) -> Self {
        Self {
            provider: Arc::new(provider),
            store: Store::new(
                || timestamp(SystemTime::now()),
                Arc::new(random),
                FETCH_TIMEOUT,
            ),
        }
    }

    /// Sets the clock that decides when credentials expire. Defaults to the system's clock.
    #[must_use]
    pub fn time_source(self, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.clock(move || timestamp(now()))
    }

    /// Sets the timeout of a fetch. Defaults to 60 seconds. When it has passed, waiting calls fail,
    /// and the next call starts another fetch.
    #[must_use]
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.store.timeout = limit;
        self
    }

    /// Sets the generator of random numbers, from 0 up to but not including 1, that determine how
    /// early credentials are renewed.
    #[must_use]
    pub fn random_source(mut self, next: impl Fn() -> f64 + Send + Sync + 'static) -> Self {
        self.store.random = Arc::new(next);
        self
    }

    /// Sets a clock that services have corrected.
    pub(crate) fn clock(
        mut self,
        now: impl Fn() -> Result<Timestamp, UnusableTime> + Send + Sync + 'static,
    ) -> Self {
        self.store.now = Arc::new(now);
        self
    }

    /// Allows expired credentials to be used, some minutes at a time, while the provider fails or
    /// has only expired ones.
    pub(crate) fn surviving_outages(mut self) -> Self {
        self.store.survives_outages = true;
        self
    }

    /// Drops the credentials, and the fetch in progress: the next call fetches new ones.
    ///
    /// Share the cache with the client to do this later:
    ///
    /// ```
    /// # use smithy_reqwest::{CachedCredentials, ClientBuilder, Credentials, GeneratedClient};
    /// # use std::sync::Arc;
    /// # fn set_up<C: GeneratedClient>(builder: ClientBuilder<C>, vault: Credentials) {
    /// let cache = Arc::new(CachedCredentials::new(vault));
    /// let builder = builder.credentials(Arc::clone(&cache));
    /// // When the vault says that its credentials have changed:
    /// cache.forget();
    /// # }
    /// ```
    pub fn forget(&self) {
        self.store.forget();
    }

    async fn get(&self) -> Result<Credentials, CredentialsError> {
        for _ in 0..MAX_FETCHES {
            match self.store.look_up(&self.provider)? {
                Found::Kept(credentials) => return Ok(credentials),
                Found::UnderWay(fetch) => {
                    if let Some(outcome) = self.store.wait(&fetch).await {
                        return outcome;
                    }
                }
            }
        }
        Err(CredentialsError::temporary(
            "the task that fetches credentials ended without a result: their provider panicked, or \
             its runtime was shut down",
        ))
    }
}

impl<P: ProvideCredentials + 'static> ProvideCredentials for CachedCredentials<P> {
    fn provide_credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(self.get())
    }

    fn invalidate(&self, refused: &Credentials) -> bool {
        self.store.invalidate(refused)
    }

    fn attach(&self, network: &Network) {
        self.provider.attach(network);
    }
}

impl<P: fmt::Debug> fmt::Debug for CachedCredentials<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CachedCredentials")
            .field(&self.provider)
            .finish()
    }
}
