//! What is not set in code: environment variables, and the profile.

use std::str::FromStr;

use tracing::warn;

use crate::environment::EnvironmentVariables;
use crate::one_line::OneLine;
use crate::profile::{InvalidProfile, Profiles, Section};
use crate::trace::TARGET;

const DEFAULT_PROFILE: &str = "default";

/// Environment variables and one profile. A variable wins over the property of the profile that
/// means the same.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) environment: EnvironmentVariables,
    pub(crate) profiles: Profiles,
    /// The name of the profile.
    pub(crate) profile_name: String,
    /// Whether the profile was chosen in code, so that it wins over credentials in variables.
    pub(crate) is_profile_of_code: bool,
    /// Why nothing of the profile counts: there is an odd line in it, or its file cannot be read.
    fault: Option<InvalidProfile>,
}

impl Settings {
    /// Reads the profile files, and chooses a profile: the one given, or else that of
    /// `AWS_PROFILE` or `AWS_DEFAULT_PROFILE`, or else `default`.
    ///
    /// What is wrong with the files is a warning here, and an error for those alone who need what it
    /// makes unusable: see [`intact_profile`](Self::intact_profile).
    ///
    /// # Errors
    ///
    /// Files that lack the profile that was asked for.
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

    /// The profile; `None` where no file has it, or where nothing of it counts.
    pub(crate) fn profile(&self) -> Option<&Section> {
        self.intact_profile().ok().flatten()
    }

    /// The profile, for what cannot do without it; `None` where no file has it.
    ///
    /// # Errors
    ///
    /// Why nothing of the profile counts.
    pub(crate) fn intact_profile(&self) -> Result<Option<&Section>, &InvalidProfile> {
        match &self.fault {
            Some(fault) => Err(fault),
            None => Ok(self.profiles.profile(&self.profile_name)),
        }
    }

    /// The value of a variable, or else of a property of the profile, where it is not blank.
    pub(crate) fn get(&self, variable: &str, property: &str) -> Option<Setting> {
        self.variable(variable).or_else(|| self.property(property))
    }

    fn variable(&self, name: &str) -> Option<Setting> {
        let text = self.environment.get(name)?;
        let source = name.to_owned();
        Some(Setting { text, source })
    }

    /// The value of a property of the profile, where it is not blank.
    pub(crate) fn property(&self, name: &str) -> Option<Setting> {
        let text = self.profile()?.text(name)?.to_owned();
        let source = format!("`{name}` of profile `{}`", self.profile_name);
        Some(Setting { text, source })
    }

    /// The value of a setting that is `true` or `false` in any case.
    pub(crate) fn flag(&self, variable: &str, property: &str) -> Result<Option<bool>, String> {
        let setting = self.get(variable, property);
        setting.map(|setting| setting.flag()).transpose()
    }

    /// The same, of a variable that has no counterpart in the profile.
    pub(crate) fn variable_flag(&self, name: &str) -> Result<Option<bool>, String> {
        let setting = self.variable(name);
        setting.map(|setting| setting.flag()).transpose()
    }

    /// The value of a setting of some type, or what to do where it is none.
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

    /// The endpoint URL of a service, by its id in SDKs: that of the service alone before that of all
    /// services, and variables before the profile.
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

    /// The endpoint URL in the section of services that the profile names.
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

/// A value, and what has it.
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

    /// A sentence about a value that means nothing.
    pub(crate) fn refuse(&self, remedy: &str) -> String {
        let Self { text, source } = self;
        format!("{source} is {text:?}; {remedy}")
    }
}

/// Returns the environment variable with the endpoint of one service, by its id in SDKs.
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

/// Warns of a part of a profile file that is unusable: it is an error only where it is needed.
fn warn_of_fault(fault: &InvalidProfile) {
    let fault = fault.to_string();
    warn!(
        target: TARGET,
        fault = display(OneLine(&fault)),
        "a part of a profile file is passed over"
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
