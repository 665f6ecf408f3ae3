//! Credentials of the profile.

use super::chain::{Context, Lookup, Source};
use super::web_identity::WebIdentity;
use super::{Credentials, CredentialsError};
use crate::profile::Section;

pub(super) fn find(context: &Context<'_>) -> Result<Lookup, CredentialsError> {
    let settings = context.settings;
    let name = &settings.profile_name;
    let Some(profile) = settings.profile() else {
        let files = settings.profiles.files();
        return Ok(Lookup::Absent(format!("profile `{name}`: not in {files}")));
    };
    let error = |problem: String| CredentialsError::setting(format!("profile `{name}` {problem}"));
    if let Some(reason) = needs_official(profile) {
        return official(context, reason);
    }
    if profile.has("login_session") {
        let remedy = "export its credentials with `aws configure export-credentials`";
        return Err(error(format!(
            "has a `login_session`, which is not supported; {remedy}"
        )));
    }
    if profile.has("web_identity_token_file") {
        return match profile.text("role_arn") {
            Some(role) => {
                let token = profile.text("web_identity_token_file").unwrap_or_default();
                let session = profile.text("role_session_name");
                let identity = WebIdentity::new(context, role, token, session)?;
                Ok(Lookup::Found(Source::WebIdentity(identity)))
            }
            None => Err(error(
                "has a `web_identity_token_file` but no `role_arn`; give the role to take".into(),
            )),
        };
    }
    if profile.has("role_arn") {
        let remedy = "give `source_profile`, `credential_source` or `web_identity_token_file`";
        return Err(error(format!(
            "has a `role_arn` but nothing to take the role with; {remedy}"
        )));
    }
    keys(profile).map_err(error).map(|keys| match keys {
        Some(credentials) => Lookup::Lasting(credentials),
        None => Lookup::Absent(format!("profile `{name}`: has no credentials")),
    })
}

/// Why a profile can be read by the official chain alone; `None` where it need not be.
fn needs_official(profile: &Section) -> Option<&'static str> {
    let is_sso = [
        "sso_session",
        "sso_start_url",
        "sso_account_id",
        "sso_role_name",
        "sso_region",
    ];
    if profile.has("role_arn")
        && (profile.has("source_profile") || profile.has("credential_source"))
    {
        Some("takes a role with other credentials (`source_profile` or `credential_source`)")
    } else if profile.has("web_identity_token_file") {
        None
    } else if is_sso.iter().any(|name| profile.has(name)) {
        Some("uses IAM Identity Center (`sso_…`)")
    } else if profile.has("credential_process") {
        Some("gets its credentials from a process (`credential_process`)")
    } else {
        None
    }
}

#[cfg(feature = "aws-config")]
fn official(context: &Context<'_>, reason: &str) -> Result<Lookup, CredentialsError> {
    if !context.settings.environment.is_of_process() {
        let name = &context.settings.profile_name;
        return Err(CredentialsError::setting(format!(
            "profile `{name}` {reason}; the official crate does that, and reads the variables of \
             this process alone, so leave out `environment(…)`"
        )));
    }
    let profile = super::official::OfficialProfile::new(context);
    Ok(Lookup::Found(Source::Official(profile)))
}

#[cfg(not(feature = "aws-config"))]
fn official(context: &Context<'_>, reason: &str) -> Result<Lookup, CredentialsError> {
    let name = &context.settings.profile_name;
    Err(CredentialsError::setting(format!(
        "profile `{name}` {reason}; turn on the cargo feature `aws-config`, which \
         can do that"
    )))
}

/// The keys of a profile; `None` where it has none.
fn keys(profile: &Section) -> Result<Option<Credentials>, String> {
    let (access, secret) = ("aws_access_key_id", "aws_secret_access_key");
    match (profile.text(access), profile.text(secret)) {
        (Some(access_key), Some(secret_key)) => {
            let token = profile.text("aws_session_token").map(str::to_owned);
            Ok(Some(Credentials::new(access_key, secret_key, token)))
        }
        (None, None) => Ok(None),
        (Some(_), None) => Err(format!("has {access} but not {secret}; give both")),
        (None, Some(_)) => Err(format!("has {secret} but not {access}; give both")),
    }
}
