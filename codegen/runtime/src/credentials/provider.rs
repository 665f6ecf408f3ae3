//! A source as a provider: with a cache, a timeout, and the network of a client.

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use super::network::Network;
use super::source::Source;
use super::{
    CachedCredentials, Credentials, CredentialsError, CredentialsFuture, FETCH_TIMEOUT,
    ProvideCredentials,
};
use crate::timeout::within;

/// Returns a provider that fetches credentials from a source when they are needed, within this
/// timeout.
pub(super) fn cached(
    source: Arc<dyn Source>,
    network: Network,
    timeout: Duration,
) -> Arc<dyn ProvideCredentials> {
    let survives_outages = source.survives_outages();
    let (clock, random) = (Arc::clone(&network.clock), Arc::clone(&network.random));
    let remote = Remote {
        source,
        network,
        timeout,
    };
    let cached = CachedCredentials::new(remote)
        .clock(move || clock.now())
        .random_source(move || random())
        // The source has its own timeout with a better error.
        .timeout(timeout.saturating_add(Duration::from_secs(1)));
    if survives_outages {
        Arc::new(cached.surviving_outages())
    } else {
        Arc::new(cached)
    }
}

/// A provider that calls a source.
struct Remote {
    source: Arc<dyn Source>,
    network: Network,
    timeout: Duration,
}

impl ProvideCredentials for Remote {
    fn provide_credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(async move {
            let fetched = within(Some(self.timeout), self.source.fetch(&self.network)).await;
            let fetched = fetched.unwrap_or_else(|limit| {
                let problem = format!("no credentials within {limit:?}");
                Err(CredentialsError::temporary(problem))
            });
            fetched.map_err(|error| self.source.explain(error))
        })
    }
}

impl fmt::Debug for Remote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.source.fmt(f)
    }
}

/// A source that is created in code. It uses the network of the first client that it is passed to,
/// or default settings if it is called before.
pub(super) struct Provider {
    source: Arc<dyn Source>,
    cached: OnceLock<Arc<dyn ProvideCredentials>>,
}

impl Provider {
    pub(super) fn new(source: Arc<dyn Source>) -> Self {
        let cached = OnceLock::new();
        Self { source, cached }
    }

    fn connect(&self, network: &Network) -> Arc<dyn ProvideCredentials> {
        cached(Arc::clone(&self.source), network.clone(), FETCH_TIMEOUT)
    }
}

impl ProvideCredentials for Provider {
    fn provide_credentials(&self) -> CredentialsFuture<'_> {
        let cached = self
            .cached
            .get_or_init(|| self.connect(&Network::default()));
        cached.provide_credentials()
    }

    fn invalidate(&self, refused: &Credentials) -> bool {
        let cached = self.cached.get();
        cached.is_some_and(|cached| cached.invalidate(refused))
    }

    fn attach(&self, network: &Network) {
        self.cached.get_or_init(|| self.connect(network));
    }
}

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.source.fmt(f)
    }
}

/// Declares a public provider: a type that wraps a [`Provider`].
macro_rules! provider {
    ($(#[$docs:meta])* $name:ident) => {
        $(#[$docs])*
        pub struct $name {
            provider: $crate::credentials::provider::Provider,
        }

        impl $name {
            fn of(source: std::sync::Arc<dyn $crate::credentials::source::Source>) -> Self {
                let provider = $crate::credentials::provider::Provider::new(source);
                Self { provider }
            }
        }

        impl $crate::credentials::ProvideCredentials for $name {
            fn provide_credentials(&self) -> $crate::credentials::CredentialsFuture<'_> {
                self.provider.provide_credentials()
            }

            fn invalidate(&self, refused: &$crate::credentials::Credentials) -> bool {
                self.provider.invalidate(refused)
            }

            fn attach(&self, network: &$crate::credentials::Network) {
                self.provider.attach(network);
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.provider.fmt(f)
            }
        }
    };
}
pub(super) use provider;
