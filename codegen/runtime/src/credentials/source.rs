//! A source of credentials, and the settings that it is found in.

use std::fmt;
use std::sync::Arc;

use super::network::{Network, Region};
use super::{Credentials, CredentialsError, CredentialsFuture, MfaCode};
use crate::profile::Section;
use crate::setting::Settings;

/// A source that is set up, and is asked when credentials are needed.
pub(super) trait Source: fmt::Debug + Send + Sync {
    /// Fetches credentials.
    fn fetch<'a>(&'a self, network: &'a Network) -> CredentialsFuture<'a>;

    /// The subject of the errors of this source.
    fn subject(&self) -> String;

    /// Completes an error of this source.
    fn explain(&self, error: CredentialsError) -> CredentialsError {
        error.about(self.subject())
    }

    /// Returns whether the source may be down while services still take the credentials that it
    /// returned.
    fn survives_outages(&self) -> bool {
        false
    }
}

impl Source for Credentials {
    fn fetch<'a>(&'a self, _: &'a Network) -> CredentialsFuture<'a> {
        Box::pin(std::future::ready(Ok(self.clone())))
    }

    fn subject(&self) -> String {
        format!("no credentials of the access key {}", self.access_key())
    }
}

/// The result of looking for one source.
pub(super) enum Lookup {
    /// It is set up, with keys that are at hand and do not expire.
    Keys(Credentials),
    /// It is set up.
    Found(Arc<dyn Source>),
    /// Nobody has set it up, and it may be there all the same.
    Possible(Arc<dyn Source>),
    /// It is not set up; the text names it and what it lacks.
    Absent(String),
    /// The profile does not set it up.
    NotInProfile,
}

/// The settings that sources are found in.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) settings: &'a Settings,
    /// The name of the profile: that of the client, or a `source_profile`.
    pub(crate) profile_name: &'a str,
    /// Whether credentials of environment variables count as well.
    pub(crate) uses_variables: bool,
    pub(crate) region: &'a Region,
    /// Whether the service takes bearer tokens as well.
    pub(crate) takes_token: bool,
    pub(crate) mfa_code: Option<&'a MfaCode>,
}

/// The region of sources that are set up without a client, which has it.
static NO_REGION: Region = Region {
    name: None,
    use_fips: false,
    use_dual_stack: false,
};

impl<'a> Context<'a> {
    /// Returns the settings for a source that is set up by the profile alone.
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

    /// The profile; `None` if no file has it.
    ///
    /// # Errors
    ///
    /// A profile in which there is an invalid line.
    pub(super) fn profile(&self) -> Result<Option<&'a Section>, CredentialsError> {
        let profiles = &self.settings.profiles;
        match profiles.fault_of_profile(self.profile_name) {
            Some(fault) => Err(CredentialsError::setting(fault)),
            None => Ok(profiles.profile(self.profile_name)),
        }
    }

    /// Returns these settings with another profile, in which variables do not count.
    pub(super) fn of_source_profile(&self, name: &'a str) -> Self {
        Self {
            profile_name: name,
            uses_variables: false,
            ..*self
        }
    }

    /// The value of an environment variable, if those count.
    pub(super) fn variable(&self, name: &str) -> Option<String> {
        self.settings
            .environment
            .get(name)
            .filter(|_| self.uses_variables)
    }

    /// The endpoint URL that variables or the client's profile configure for a service.
    pub(super) fn endpoint_url(&self, sdk_id: &str) -> Result<Option<String>, String> {
        self.settings.endpoint_url(sdk_id)
    }

    /// An error of the profile.
    pub(super) fn error(&self, problem: impl fmt::Display) -> CredentialsError {
        CredentialsError::setting(format!("profile `{}` {problem}", self.profile_name))
    }

    /// Says that the profile sets up no source.
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
