//! The interface of sources, and the settings that configure them.

use std::fmt;
use std::sync::Arc;

use super::network::{Network, Region};
use super::{Credentials, CredentialsError, CredentialsFuture, MfaCode};
use crate::profile::Section;
use crate::setting::Settings;

/// A configured source, which is called when credentials are needed.
pub(super) trait Source: fmt::Debug + Send + Sync {
    /// Fetches credentials.
    fn fetch<'a>(&'a self, network: &'a Network) -> CredentialsFuture<'a>;

    /// Adds context to an error of this source.
    fn explain(&self, error: CredentialsError) -> CredentialsError;

    /// Returns `true` if services may still accept credentials while the source is down.
    fn survives_outages(&self) -> bool {
        false
    }
}

impl Source for Credentials {
    fn fetch<'a>(&'a self, _: &'a Network) -> CredentialsFuture<'a> {
        Box::pin(std::future::ready(Ok(self.clone())))
    }

    fn explain(&self, error: CredentialsError) -> CredentialsError {
        error
    }
}

/// The result of looking for one source.
pub(super) enum Lookup {
    /// Configured, with keys that do not expire.
    Keys(Credentials),
    /// Configured.
    Found(Arc<dyn Source>),
    /// Not configured, but possibly available.
    Possible(Arc<dyn Source>),
    /// Not configured; the text contains its name and the missing setting.
    Absent(String),
    /// Not configured by the profile.
    NotInProfile,
}

/// The settings that configure sources.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) settings: &'a Settings,
    /// The name of the profile: that of the client, or a `source_profile`.
    pub(crate) profile_name: &'a str,
    /// Is `true` if credentials in environment variables are used.
    pub(crate) uses_variables: bool,
    pub(crate) region: &'a Region,
    /// Is `true` if the service accepts bearer tokens.
    pub(crate) takes_token: bool,
    pub(crate) mfa_code: Option<&'a MfaCode>,
}

/// The region of sources that are created without a client.
static NO_REGION: Region = Region {
    name: None,
    use_fips: false,
    use_dual_stack: false,
};

impl<'a> Context<'a> {
    /// Returns the settings for a source that only the profile configures.
    pub(super) fn of_profile(settings: &'a Settings) -> Self {
        Self {
            settings,
            profile_name: &settings.profile_name,
            uses_variables: false,
            region: &NO_REGION,
            takes_token: false,
            mfa_code: None,
        }
    }

    /// Returns the profile; `None` if it does not exist.
    ///
    /// # Errors
    ///
    /// The profile has an invalid line.
    pub(super) fn profile(&self) -> Result<Option<&'a Section>, CredentialsError> {
        let profiles = &self.settings.profiles;
        match profiles.fault_of_profile(self.profile_name) {
            Some(fault) => Err(CredentialsError::setting(fault)),
            None => Ok(profiles.profile(self.profile_name)),
        }
    }

    /// Returns these settings for another profile, without variables.
    pub(super) fn of_source_profile(&self, name: &'a str) -> Self {
        Self {
            profile_name: name,
            uses_variables: false,
            ..*self
        }
    }

    /// Returns the value of an environment variable, if variables are used.
    pub(super) fn variable(&self, name: &str) -> Option<String> {
        self.settings
            .environment
            .get(name)
            .filter(|_| self.uses_variables)
    }

    /// Returns the endpoint URL of a service from variables or the client's profile.
    pub(super) fn endpoint_url(&self, sdk_id: &str) -> Result<Option<String>, String> {
        self.settings.endpoint_url(sdk_id)
    }

    /// Creates an error of the profile.
    pub(super) fn error(&self, problem: impl fmt::Display) -> CredentialsError {
        CredentialsError::setting(format!("profile `{}` {problem}", self.profile_name))
    }

    /// Returns the message for a profile without credentials.
    pub(super) fn nothing_in_profile(&self) -> String {
        let (name, profiles) = (self.profile_name, &self.settings.profiles);
        let left_out = profiles.left_out();
        if profiles.profile(name).is_some() {
            format!("profile `{name}`: has no credentials{left_out}")
        } else {
            format!("profile `{name}`: not in {}{left_out}", profiles.files())
        }
    }
}
