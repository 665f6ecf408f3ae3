//! The sources of credentials, in order of precedence.
//!
//! Variables and files determine the source without network access, except for the last one. So
//! invalid settings are errors when the client is built, not of its first call.

mod role;

use std::sync::Arc;
use std::time::Duration;

use super::network::Network;
use super::provider::cached;
use super::source::{Context, Lookup, Source};
use super::{
    Credentials, CredentialsError, CredentialsFuture, ProvideCredentials, container, environment,
    instance, keys, login, process, sso, web_identity,
};

type Find = fn(&Context<'_>) -> Result<Lookup, CredentialsError>;

/// The kind of settings that configure a source.
#[derive(Clone, Copy, PartialEq, Eq)]
enum SettingKind {
    /// Environment variables, or the machine itself.
    Machine,
    /// The role that a profile assumes with other credentials.
    Role,
    /// The profile; for a web identity, also environment variables.
    Profile,
}

/// All sources, in the order of the AWS CLI.
const SOURCES: [(SettingKind, Find); 11] = [
    (SettingKind::Machine, environment::find),
    (SettingKind::Role, role::find),
    (SettingKind::Profile, web_identity::find),
    (SettingKind::Profile, sso::find),
    (SettingKind::Profile, keys::of_credentials_file),
    (SettingKind::Profile, login::find),
    (SettingKind::Profile, process::find),
    (SettingKind::Profile, keys::of_config_file),
    (SettingKind::Profile, sso::refuse_token),
    (SettingKind::Machine, container::find),
    (SettingKind::Machine, instance::find),
];

/// The source of credentials that are not set in code.
///
/// The builder uses only this interface, so programs that set credentials in code do not contain
/// the code that fetches them.
pub(crate) trait ChosenSource: Send + Sync {
    /// Rejects a source without credentials.
    fn check(&self) -> Result<(), CredentialsError>;

    /// Returns `true` if the settings configure the source. Otherwise, an instance may still have a
    /// role.
    fn is_named(&self) -> bool;

    /// Returns a provider that fetches credentials from the source when they are needed, within
    /// this timeout.
    fn provider(
        self: Box<Self>,
        network: Network,
        timeout: Duration,
    ) -> Arc<dyn ProvideCredentials>;
}

/// Finds the source of a client's credentials.
pub(crate) fn choose(context: &Context<'_>) -> Result<Box<dyn ChosenSource>, CredentialsError> {
    // A profile that is set in code is the only source.
    let is_asked = |kind| context.uses_variables || kind != SettingKind::Machine;
    let mut absent = Absent::default();
    for (_, find) in SOURCES.iter().filter(|(kind, _)| is_asked(*kind)) {
        match find(context)? {
            Lookup::Keys(credentials) => return Ok(Box::new(credentials)),
            Lookup::Found(source) => return Ok(Box::new(Search::Found(source))),
            Lookup::Possible(source) => {
                return Ok(Box::new(Search::Possible(Possible { source, absent })));
            }
            Lookup::Absent(reason) => absent.add(reason),
            Lookup::NotInProfile => absent.add(context.nothing_in_profile()),
        }
    }
    if !context.uses_variables {
        absent.add("no other source is used, because the profile is set in code".to_owned());
    }
    Ok(Box::new(Search::None(absent)))
}

impl ChosenSource for Credentials {
    fn check(&self) -> Result<(), CredentialsError> {
        Ok(())
    }

    fn is_named(&self) -> bool {
        true
    }

    fn provider(self: Box<Self>, _: Network, _: Duration) -> Arc<dyn ProvideCredentials> {
        Arc::new(*self)
    }
}

/// The result of a search.
enum Search {
    Found(Arc<dyn Source>),
    Possible(Possible),
    None(Absent),
}

impl ChosenSource for Search {
    fn check(&self) -> Result<(), CredentialsError> {
        match self {
            Self::Found(_) | Self::Possible(_) => Ok(()),
            Self::None(absent) => Err(absent.error(None)),
        }
    }

    fn is_named(&self) -> bool {
        matches!(self, Self::Found(_))
    }

    fn provider(
        self: Box<Self>,
        network: Network,
        timeout: Duration,
    ) -> Arc<dyn ProvideCredentials> {
        let source: Arc<dyn Source> = match *self {
            Self::Found(source) => source,
            Self::Possible(possible) => Arc::new(possible),
            Self::None(absent) => Arc::new(absent),
        };
        cached(source, network, timeout)
    }
}

/// A source that is not configured, after all others were absent.
#[derive(Debug)]
struct Possible {
    source: Arc<dyn Source>,
    absent: Absent,
}

impl Source for Possible {
    fn fetch<'a>(&'a self, network: &'a Network) -> CredentialsFuture<'a> {
        self.source.fetch(network)
    }

    fn explain(&self, error: CredentialsError) -> CredentialsError {
        self.absent.error(Some(&self.source.explain(error)))
    }

    fn survives_outages(&self) -> bool {
        self.source.survives_outages()
    }
}

/// The reasons why sources were not used.
#[derive(Debug, Default)]
struct Absent(Vec<String>);

impl Absent {
    /// Adds a reason once: several sources share that of a profile.
    fn add(&mut self, reason: String) {
        if !self.0.contains(&reason) {
            self.0.push(reason);
        }
    }

    /// Returns the error of a search without a result. `last` is the error of the last source, if
    /// it was called.
    fn error(&self, last: Option<&CredentialsError>) -> CredentialsError {
        let mut reasons = self.0.clone();
        reasons.extend(last.map(ToString::to_string));
        let explanation = format!(
            "no credentials found: {}; configure one of these sources, or call `credentials(…)` \
             on the builder",
            reasons.join("; ")
        );
        CredentialsError {
            is_temporary: last.is_some_and(CredentialsError::is_temporary),
            ..CredentialsError::new(explanation)
        }
    }
}

impl Source for Absent {
    fn fetch<'a>(&'a self, _: &'a Network) -> CredentialsFuture<'a> {
        Box::pin(std::future::ready(Err(self.error(None))))
    }

    fn explain(&self, error: CredentialsError) -> CredentialsError {
        error
    }
}
