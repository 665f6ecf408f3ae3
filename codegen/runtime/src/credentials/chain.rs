//! The order in which sources are looked at, and the request to the one that is found.
//!
//! The source is known without a network: variables or files set up all but the last. So a mistake in
//! these is an error when the client is built, and not of its first call.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::container::Container;
use super::instance::Instance;
use super::network::Network;
#[cfg(feature = "aws-config")]
use super::official::OfficialProfile;
use super::web_identity::WebIdentity;
use super::{
    CachedCredentials, Credentials, CredentialsError, CredentialsFuture, ProvideCredentials,
    container, environment, instance, profile, web_identity,
};
use crate::clock::Clock;
use crate::setting::Settings;
use crate::timeout::within;

/// The settings that sources are chosen by.
pub(crate) struct Context<'a> {
    pub(crate) settings: &'a Settings,
    /// The region of the client.
    pub(crate) region: Option<&'a str>,
    pub(crate) use_fips: bool,
    pub(crate) use_dual_stack: bool,
}

/// A source that is set up, and is asked when credentials are needed.
#[derive(Debug)]
pub(super) enum Source {
    WebIdentity(WebIdentity),
    Container(Container),
    Instance(Instance),
    #[cfg(feature = "aws-config")]
    Official(OfficialProfile),
}

/// The result of looking at one source.
pub(super) enum Lookup {
    /// It is set up, with credentials that are at hand and do not expire.
    Lasting(Credentials),
    /// It is set up.
    Found(Source),
    /// It is not set up; the text names it and what it lacks.
    Absent(String),
}

type Find = fn(&Context<'_>) -> Result<Lookup, CredentialsError>;

/// The source of credentials that are not set in code.
///
/// A builder knows no more of it than this, so that only programs that look for credentials contain
/// the code that fetches them.
pub(crate) trait ChosenSource: Send + Sync {
    /// Refuses a source that can never return credentials.
    fn check(&self) -> Result<(), CredentialsError>;

    /// Returns whether the settings name the source. If they name none, an instance may still have
    /// a role.
    fn is_named(&self) -> bool;

    /// Returns a provider that fetches credentials from the source when they are needed, within this
    /// time.
    fn provider(
        self: Box<Self>,
        network: Network,
        clock: &Arc<Clock>,
        timeout: Duration,
    ) -> Arc<dyn ProvideCredentials>;
}

/// Finds the source of a client's credentials.
pub(crate) fn choose(context: &Context<'_>) -> Result<Box<dyn ChosenSource>, CredentialsError> {
    const SOURCES: [Find; 5] = [
        environment::find,
        profile::find,
        web_identity::find,
        container::find,
        instance::find,
    ];
    // Who names a profile means its identity, and no other.
    let is_profile_of_code = context.settings.is_profile_of_code;
    let sources: &[Find] = if is_profile_of_code {
        &[profile::find]
    } else {
        &SOURCES
    };
    let (mut absent, mut source) = (Vec::new(), None);
    for find in sources {
        match find(context)? {
            Lookup::Lasting(credentials) => return Ok(Box::new(credentials)),
            Lookup::Found(found) => {
                source = Some(found);
                break;
            }
            Lookup::Absent(reason) => absent.push(reason),
        }
    }
    if is_profile_of_code && source.is_none() {
        absent.push("no other source is asked, as the profile is chosen in code".to_owned());
    }
    Ok(Box::new(Search { source, absent }))
}

impl ChosenSource for Credentials {
    fn check(&self) -> Result<(), CredentialsError> {
        Ok(())
    }

    fn is_named(&self) -> bool {
        true
    }

    fn provider(
        self: Box<Self>,
        _: Network,
        _: &Arc<Clock>,
        _: Duration,
    ) -> Arc<dyn ProvideCredentials> {
        Arc::new(*self)
    }
}

/// The first source that is set up, and what those before it lack.
struct Search {
    source: Option<Source>,
    absent: Vec<String>,
}

impl ChosenSource for Search {
    fn check(&self) -> Result<(), CredentialsError> {
        match self.source {
            Some(_) => Ok(()),
            None => Err(none_found(&self.absent, None)),
        }
    }

    fn is_named(&self) -> bool {
        !matches!(self.source, None | Some(Source::Instance(_)))
    }

    fn provider(
        self: Box<Self>,
        network: Network,
        clock: &Arc<Clock>,
        timeout: Duration,
    ) -> Arc<dyn ProvideCredentials> {
        // Their endpoints may be down while services still take the credentials they returned.
        let survives_outages = matches!(
            self.source,
            Some(Source::Container(_) | Source::Instance(_))
        );
        let (clock, random) = (Arc::clone(clock), Arc::clone(&network.random));
        let remote = Remote {
            search: *self,
            network,
            timeout,
        };
        let cached = CachedCredentials::new(remote)
            .clock(move || clock.now())
            .random_source(move || random())
            // The source has its own timeout, whose error names it.
            .timeout(timeout.saturating_add(Duration::from_secs(1)));
        if survives_outages {
            Arc::new(cached.surviving_outages())
        } else {
            Arc::new(cached)
        }
    }
}

/// A source that is asked for credentials.
struct Remote {
    search: Search,
    network: Network,
    timeout: Duration,
}

impl ProvideCredentials for Remote {
    fn provide_credentials(&self) -> CredentialsFuture<'_> {
        let Search { source, absent } = &self.search;
        Box::pin(async move {
            let Some(source) = source else {
                return Err(none_found(absent, None));
            };
            let found = within(Some(self.timeout), source.fetch(&self.network)).await;
            let found = found.unwrap_or_else(|limit| {
                let problem = format!("no credentials within {limit:?}");
                Err(CredentialsError::temporary(problem))
            });
            found.map_err(|error| {
                let error = error.about(source.subject());
                match source {
                    Source::Instance(_) => none_found(absent, Some(&error)),
                    _ => error,
                }
            })
        })
    }
}

impl Source {
    async fn fetch(&self, network: &Network) -> Result<Credentials, CredentialsError> {
        match self {
            Self::WebIdentity(source) => source.credentials(network).await,
            Self::Container(source) => source.credentials(network).await,
            Self::Instance(source) => source.credentials(network).await,
            #[cfg(feature = "aws-config")]
            Self::Official(profile) => profile.credentials(network).await,
        }
    }

    /// The subject of the errors of this source.
    fn subject(&self) -> String {
        match self {
            Self::WebIdentity(source) => source.subject(),
            Self::Container(source) => source.subject(),
            Self::Instance(source) => source.subject(),
            #[cfg(feature = "aws-config")]
            Self::Official(profile) => profile.subject(),
        }
    }
}

impl fmt::Debug for Remote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.search.source.fmt(f)
    }
}

/// The error of a search without a result. `instance` is that of the last source, if it was asked.
fn none_found(absent: &[String], instance: Option<&CredentialsError>) -> CredentialsError {
    let instance = instance.cloned();
    let is_temporary = instance
        .as_ref()
        .is_some_and(CredentialsError::is_temporary);
    let reasons = absent
        .iter()
        .cloned()
        .chain(instance.map(|error| error.to_string()));
    let reasons = reasons.collect::<Vec<_>>().join("; ");
    let explanation = format!(
        "no credentials were found. {reasons}. Set up one of these, or call `credentials(…)` on the \
         builder"
    );
    CredentialsError {
        is_temporary,
        ..CredentialsError::new(explanation)
    }
}
