//! Credentials of the profile.
//!
//! Where a profile has several kinds, the first counts in the order of the AWS CLI: a role, IAM
//! Identity Center, keys in the credentials file, a session of `aws login`, a process, keys in the
//! config file.

use super::chain::{Context, Lookup, Source};
use super::web_identity::WebIdentity;
use super::{Credentials, CredentialsError};
use crate::profile::{FileKind, Section};

const ACCESS_KEY: &str = "aws_access_key_id";
const SECRET_KEY: &str = "aws_secret_access_key";
const SESSION_TOKEN: &str = "aws_session_token";

pub(super) fn find(context: &Context<'_>) -> Result<Lookup, CredentialsError> {
    let settings = context.settings;
    let name = &settings.profile_name;
    let profile = settings
        .intact_profile()
        .map_err(CredentialsError::setting)?;
    let Some(profile) = profile else {
        let (files, left_out) = (settings.profiles.files(), settings.profiles.left_out());
        let reason = format!("profile `{name}`: not in {files}{left_out}");
        return Ok(Lookup::Absent(reason));
    };
    let error = |problem: &str| CredentialsError::setting(format!("profile `{name}` {problem}"));
    if profile.has("role_arn") || profile.has("web_identity_token_file") {
        return role(context, profile).map_err(|problem| error(&problem))?;
    }
    if profile.has("sso_account_id") || profile.has("sso_role_name") {
        return official(context, IDENTITY_CENTER);
    }
    if let Some(credentials) = keys_of_credentials_file(profile) {
        return Ok(Lookup::Lasting(credentials));
    }
    if profile.has("login_session") {
        return Err(error(
            "has a `login_session`, which is not supported; export its credentials with `aws configure \
             export-credentials`",
        ));
    }
    if profile.has("credential_process") {
        return official(
            context,
            "gets its credentials from a process (`credential_process`)",
        );
    }
    match keys(profile).map_err(|problem| error(&problem))? {
        Some(credentials) => Ok(Lookup::Lasting(credentials)),
        None if profile.has("sso_session") || profile.has("sso_start_url") => {
            official(context, IDENTITY_CENTER)
        }
        None => {
            let left_out = settings.profiles.left_out();
            let reason = format!("profile `{name}`: has no credentials{left_out}");
            Ok(Lookup::Absent(reason))
        }
    }
}

const IDENTITY_CENTER: &str = "uses IAM Identity Center (`sso_…`)";

/// A role that the profile assumes. The outer error is a sentence about the profile.
fn role(
    context: &Context<'_>,
    profile: &Section,
) -> Result<Result<Lookup, CredentialsError>, String> {
    let role = profile.text("role_arn");
    if role.is_some() && (profile.has("source_profile") || profile.has("credential_source")) {
        let reason =
            "takes a role with other credentials (`source_profile` or `credential_source`)";
        return Ok(official(context, reason));
    }
    match (role, profile.text("web_identity_token_file")) {
        (Some(role), Some(token)) => {
            let session = profile.text("role_session_name");
            let identity = WebIdentity::new(context, role, token, session);
            Ok(identity.map(|identity| Lookup::Found(Source::WebIdentity(identity))))
        }
        (None, _) => Err(
            "has a `web_identity_token_file` but no `role_arn`; give the role to take".to_owned(),
        ),
        (Some(_), None) => Err(
            "has a `role_arn` but nothing to take the role with; give `source_profile`, \
             `credential_source` or `web_identity_token_file`"
                .to_owned(),
        ),
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

/// The keys of the credentials file, if it has both. A token belongs to the keys of its own file.
fn keys_of_credentials_file(profile: &Section) -> Option<Credentials> {
    let text = |name| profile.text_in(FileKind::Credentials, name);
    let token = text(SESSION_TOKEN).map(str::to_owned);
    Some(Credentials::new(
        text(ACCESS_KEY)?,
        text(SECRET_KEY)?,
        token,
    ))
}

/// The keys of a profile; `None` where it has none.
fn keys(profile: &Section) -> Result<Option<Credentials>, String> {
    match (profile.text(ACCESS_KEY), profile.text(SECRET_KEY)) {
        (Some(access_key), Some(secret_key)) => {
            let token = profile.text(SESSION_TOKEN).map(str::to_owned);
            Ok(Some(Credentials::new(access_key, secret_key, token)))
        }
        (None, None) => Ok(None),
        (Some(_), None) => Err(format!("has {ACCESS_KEY} but not {SECRET_KEY}; give both")),
        (None, Some(_)) => Err(format!("has {SECRET_KEY} but not {ACCESS_KEY}; give both")),
    }
}
