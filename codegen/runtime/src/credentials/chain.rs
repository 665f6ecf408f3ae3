//! The order in which sources are looked at, and what is asked of the one that is found.
//!
//! Which source it is, is known without a network: all but the last say so in variables or files.
//! So a mistake in these is an error when the client is made, and not of its first call.

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

/// What sources are chosen by.
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

/// Whether a source is set up.
pub(super) enum Lookup {
    /// It is, with credentials that are there already, and last.
    Lasting(Credentials),
    /// It is.
    Found(Source),
    /// It is not; the text names it and says what it lacks.
    Absent(String),
}

type Find = fn(&Context<'_>) -> Result<Lookup, CredentialsError>;

/// Where the credentials of a client come from that are not given in code.
///
/// A builder knows no more of it than this, so that what fetches credentials is a part of those
/// programs alone that look for them.
pub(crate) trait ChosenSource: Send + Sync {
    /// Refuses what can never give credentials.
    fn check(&self) -> Result<(), CredentialsError>;

    /// Whether the settings name the source. Where they name none, an instance may still have a
    /// role.
    fn is_named(&self) -> bool;

    /// Credentials of the source, which are fetched when they are needed.
    fn provider(
        self: Box<Self>,
        network: Network,
        clock: &Arc<Clock>,
        timeout: Duration,
    ) -> Arc<dyn ProvideCredentials>;
}

/// Looks for the source of a client's credentials.
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
        // What is beside the machine may be down while the credentials it gave are still taken.
        let survives_outages = matches!(
            self.source,
            Some(Source::Container(_) | Source::Instance(_))
        );
        let (clock, random) = (Arc::clone(clock), Arc::clone(&network.random));
        let remote = Remote {
            search: *self,
            network,
        };
        let cached = CachedCredentials::new(remote)
            .clock(move || clock.now())
            .random_source(move || random())
            .timeout(timeout);
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
}

impl ProvideCredentials for Remote {
    fn provide_credentials(&self) -> CredentialsFuture<'_> {
        let Search { source, absent } = &self.search;
        let network = &self.network;
        Box::pin(async move {
            match source {
                Some(Source::WebIdentity(source)) => source.fetch(network).await,
                Some(Source::Container(source)) => source.fetch(network).await,
                Some(Source::Instance(source)) => {
                    let found = source.fetch(network).await;
                    found.map_err(|error| none_found(absent, Some(&error)))
                }
                #[cfg(feature = "aws-config")]
                Some(Source::Official(profile)) => profile.fetch(network).await,
                None => Err(none_found(absent, None)),
            }
        })
    }
}

impl fmt::Debug for Remote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.search.source.fmt(f)
    }
}

/// The error of a search that has found nothing. What was asked last is an instance, if anything was.
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
