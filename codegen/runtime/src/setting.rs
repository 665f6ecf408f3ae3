//! Settings from environment variables and the profile.

use std::str::FromStr;

use tracing::warn;

use crate::environment::EnvironmentVariables;
use crate::one_line::OneLine;
use crate::profile::{InvalidProfile, Profiles, Section};
use crate::trace::TARGET;

const DEFAULT_PROFILE: &str = "default";

/// Environment variables and a profile. A variable takes precedence over the property of the
/// profile.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) environment: EnvironmentVariables,
    pub(crate) profiles: Profiles,
    /// The name of the profile.
    pub(crate) profile_name: String,
    /// Is `true` if the profile was set in code, so that it takes precedence over credentials in
    /// variables.
    pub(crate) is_profile_of_code: bool,
    /// The reason why the profile is not used: an invalid line, or a file that cannot be read.
    fault: Option<InvalidProfile>,
}

impl Settings {
    /// Reads the profile files, and chooses a profile: the given one, or else that of `AWS_PROFILE`
    /// or `AWS_DEFAULT_PROFILE`, or else `default`.
    ///
    /// Problems of the files are logged as warnings, and are errors only if the affected part is
    /// needed: see [`intact_profile`](Self::intact_profile).
    ///
    /// # Errors
    ///
    /// The chosen profile does not exist.
    pub(crate) fn load(
        environment: EnvironmentVariables,
        profile: Option<String>,
    ) -> Result<Self, String> {
        let profiles = Profiles::read(&environment);
        for fault in profiles.faults() {
            warn_of_fault(fault);
        }
        let is_profile_of_code = profile.is_some();
        let asked_for = profile
            .or_else(|| environment.get("AWS_PROFILE"))
            .or_else(|| environment.get("AWS_DEFAULT_PROFILE"));
        let name = asked_for.as_deref().unwrap_or(DEFAULT_PROFILE);
        let fault = profiles.fault_of_profile(name).cloned();
        let must_exist = is_profile_of_code || name != DEFAULT_PROFILE;
        if must_exist && fault.is_none() && profiles.profile(name).is_none() {
            return Err(missing_profile(name, &profiles));
        }
        Ok(Self {
            profile_name: name.to_owned(),
            environment,
            profiles,
            is_profile_of_code,
            fault,
        })
    }

    /// Returns the profile; `None` if it does not exist or has a problem.
    pub(crate) fn profile(&self) -> Option<&Section> {
        self.intact_profile().ok().flatten()
    }

    /// Returns the profile; `None` if it does not exist.
    ///
    /// # Errors
    ///
    /// The problem of the profile.
    pub(crate) fn intact_profile(&self) -> Result<Option<&Section>, &InvalidProfile> {
        match &self.fault {
            Some(fault) => Err(fault),
            None => Ok(self.profiles.profile(&self.profile_name)),
        }
    }

    /// Returns the value of a variable, or else of a property of the profile, if it is not blank.
    pub(crate) fn get(&self, variable: &str, property: &str) -> Option<Setting> {
        self.variable(variable).or_else(|| self.property(property))
    }

    fn variable(&self, name: &str) -> Option<Setting> {
        let text = self.environment.get(name)?;
        let source = name.to_owned();
        Some(Setting { text, source })
    }

    /// Returns the value of a property of the profile, if it is not blank.
    pub(crate) fn property(&self, name: &str) -> Option<Setting> {
        let text = self.profile()?.text(name)?.to_owned();
        let source = format!("`{name}` of profile `{}`", self.profile_name);
        Some(Setting { text, source })
    }

    /// Returns the value of a setting that is `true` or `false`, in any case.
    pub(crate) fn flag(&self, variable: &str, property: &str) -> Result<Option<bool>, String> {
        let setting = self.get(variable, property);
        setting.map(|setting| setting.flag()).transpose()
    }

    /// Returns the value of a variable that is `true` or `false` and has no property in the
    /// profile.
    pub(crate) fn variable_flag(&self, name: &str) -> Result<Option<bool>, String> {
        let setting = self.variable(name);
        setting.map(|setting| setting.flag()).transpose()
    }

    /// Parses the value of a setting; `remedy` is part of the error.
    pub(crate) fn parse<T: FromStr>(
        &self,
        variable: &str,
        property: &str,
        remedy: &str,
    ) -> Result<Option<T>, String> {
        let setting = self.get(variable, property);
        let parsed =
            setting.map(|setting| setting.text.parse().map_err(|_| setting.refuse(remedy)));
        parsed.transpose()
    }

    /// Returns the endpoint URL of a service, by its SDK ID. The URL of the service takes
    /// precedence over that of all services, and variables over the profile.
    pub(crate) fn endpoint_url(&self, sdk_id: &str) -> Result<Option<String>, String> {
        let ignore = self.flag(
            "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
            "ignore_configured_endpoint_urls",
        )?;
        if ignore == Some(true) {
            return Ok(None);
        }
        let variable = |name: &str| self.environment.get(name);
        let of_variable =
            variable(&endpoint_variable(sdk_id)).or_else(|| variable("AWS_ENDPOINT_URL"));
        if of_variable.is_some() {
            return Ok(of_variable);
        }
        let of_service = self.endpoint_url_of_service(sdk_id)?;
        Ok(of_service.or_else(|| Some(self.property("endpoint_url")?.text)))
    }

    /// Returns the endpoint URL in the section `services` of the profile.
    fn endpoint_url_of_service(&self, sdk_id: &str) -> Result<Option<String>, String> {
        let Some(services) = self.profile().and_then(|profile| profile.get("services")) else {
            return Ok(None);
        };
        if let Some(fault) = self.profiles.fault_of_services(services) {
            return Err(fault.to_string());
        }
        let service = sdk_id.replace([' ', '-'], "_").to_ascii_lowercase();
        let services = self.profiles.services(services);
        let url = services.and_then(|it| it.sub_property(&service, "endpoint_url"));
        Ok(url.filter(|url| !url.is_empty()).map(str::to_owned))
    }
}

/// A value and its origin.
#[derive(Debug)]
pub(crate) struct Setting {
    pub(crate) text: String,
    source: String,
}

impl Setting {
    fn flag(&self) -> Result<bool, String> {
        match self.text.to_ascii_lowercase().as_str() {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(self.refuse("set it to `true` or `false`")),
        }
    }

    /// Returns a message about an invalid value.
    pub(crate) fn refuse(&self, remedy: &str) -> String {
        let Self { text, source } = self;
        format!("{source} is {text:?}; {remedy}")
    }
}

/// Returns the environment variable for the endpoint of a service, by its SDK ID.
pub(crate) fn endpoint_variable(sdk_id: &str) -> String {
    of_service("AWS_ENDPOINT_URL", sdk_id)
}

/// Returns the environment variable with the bearer token of one service, by its name in signatures.
pub(crate) fn token_variable(signing_name: &str) -> String {
    of_service("AWS_BEARER_TOKEN", signing_name)
}

fn of_service(variable: &str, service: &str) -> String {
    let service = service.replace([' ', '-'], "_").to_ascii_uppercase();
    format!("{variable}_{service}")
}

/// Warns about an unusable part of a profile file, which is an error only if it is needed.
fn warn_of_fault(fault: &InvalidProfile) {
    let fault = fault.to_string();
    warn!(
        target: TARGET,
        fault = display(OneLine(&fault)),
        "ignoring a part of a profile file"
    );
}

fn missing_profile(name: &str, profiles: &Profiles) -> String {
    let known: Vec<&str> = profiles.names().collect();
    let known = match known.as_slice() {
        [] => "there is no profile at all".to_owned(),
        names => format!("there are: {}", names.join(", ")),
    };
    let (files, left_out) = (profiles.files(), profiles.left_out());
    format!("no profile `{name}` in {files}; {known}{left_out}")
}
