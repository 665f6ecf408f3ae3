//! The role of a profile that is assumed with other credentials: those of a `source_profile`, which
//! may be a role itself, or of a `credential_source`.

use std::sync::Arc;

use super::super::assume_role::{Role, Session};
use super::super::cli_cache::CachedRole;
use super::super::source::{Context, Lookup, Source};
use super::super::sts::StsSettings;
use super::super::{CredentialsError, container, environment, instance, keys};
use super::{SOURCES, SettingKind};
use crate::profile::Section;

const NO_BASE: &str = "has a `role_arn` but nothing to assume the role with; add `source_profile`, \
     `credential_source` or `web_identity_token_file`";

/// Finds the role of the client's profile.
pub(super) fn find(context: &Context<'_>) -> Result<Lookup, CredentialsError> {
    match assumed(context)? {
        Some((profile, arn)) => {
            resolve(context, profile, arn, &mut vec![context.profile_name]).map(Lookup::Found)
        }
        None => Ok(Lookup::NotInProfile),
    }
}

/// Returns the profile and its role, if it is assumed with other credentials.
fn assumed<'a>(context: &Context<'a>) -> Result<Option<(&'a Section, &'a str)>, CredentialsError> {
    let profile = context.profile()?;
    let profile = profile.filter(|profile| !profile.has("web_identity_token_file"));
    Ok(profile.and_then(|profile| Some((profile, profile.text("role_arn")?))))
}

/// Returns the role of a profile. `visited` are the profiles that led to it, including itself.
fn resolve<'a>(
    context: &Context<'a>,
    profile: &'a Section,
    arn: &str,
    visited: &mut Vec<&'a str>,
) -> Result<Arc<dyn Source>, CredentialsError> {
    let text = |name| profile.text(name);
    let base = match (text("source_profile"), text("credential_source")) {
        (Some(_), Some(_)) => {
            return Err(context
                .error("has both `source_profile` and `credential_source`; remove one of them"));
        }
        (None, None) => return Err(context.error(NO_BASE)),
        (Some(name), None) => of_source_profile(context, name, visited)?,
        (None, Some(source)) => of_credential_source(context, source)?,
    };
    let duration = text("duration_seconds").map(|seconds| {
        let remedy = "set it to a whole number of seconds";
        let problem = || context.error(format!("has `duration_seconds` {seconds:?}; {remedy}"));
        seconds.parse().map_err(|_| problem())
    });
    let session = Session {
        name: text("role_session_name").map(str::to_owned),
        external_id: text("external_id").map(str::to_owned),
        duration: duration.transpose()?,
        mfa_serial: text("mfa_serial").map(str::to_owned),
        mfa_code: context.mfa_code.cloned(),
    };
    let has_mfa = session.mfa_serial.is_some();
    let role = Role {
        arn: arn.to_owned(),
        base,
        session,
        sts: StsSettings::find(context).map_err(CredentialsError::setting)?,
    };
    let home = context.settings.environment.home().filter(|_| has_mfa);
    Ok(match home {
        Some(home) => Arc::new(CachedRole::new(role, &home)),
        None => Arc::new(role),
    })
}

/// Finds the credentials of a `source_profile`.
fn of_source_profile<'a>(
    context: &Context<'a>,
    name: &'a str,
    visited: &mut Vec<&'a str>,
) -> Result<Arc<dyn Source>, CredentialsError> {
    let source = context.of_source_profile(name);
    if source.profile()?.is_none() {
        let files = context.settings.profiles.files();
        let problem = format!("has `source_profile = {name}`, which is not in {files}");
        return Err(context.error(problem));
    }
    let has_keys = keys::is_in_profile(&source)?;
    // A profile may refer to itself, for its keys.
    let is_itself = name == context.profile_name && has_keys;
    if visited.contains(&name) && !is_itself {
        visited.push(name);
        let path = visited.join("` -> `");
        let problem = format!("has a `source_profile` that leads back to itself: `{path}`");
        return Err(context.error(problem));
    }
    visited.push(name);
    match assumed(&source)? {
        Some((profile, arn)) if !has_keys => resolve(&source, profile, arn, visited),
        _ => of_profile(&source),
    }
}

/// Finds the credentials of a profile whose role, if it has one, is not assumed.
fn of_profile(context: &Context<'_>) -> Result<Arc<dyn Source>, CredentialsError> {
    let sources = SOURCES
        .iter()
        .filter(|(place, _)| *place == SettingKind::Profile);
    for (_, find) in sources {
        match find(context)? {
            Lookup::Keys(credentials) => return Ok(Arc::new(credentials)),
            Lookup::Found(source) | Lookup::Possible(source) => return Ok(source),
            Lookup::Absent(_) | Lookup::NotInProfile => {}
        }
    }
    Err(CredentialsError::setting(context.nothing_in_profile()))
}

/// Finds the credentials of a `credential_source`.
fn of_credential_source(
    context: &Context<'_>,
    source: &str,
) -> Result<Arc<dyn Source>, CredentialsError> {
    let find = match source.to_ascii_lowercase().as_str() {
        "environment" => environment::find,
        "ec2instancemetadata" => instance::find,
        "ecscontainer" => container::find,
        _ => {
            return Err(context.error(format!(
                "has `credential_source = {source}`; set it to `Environment`, \
                 `Ec2InstanceMetadata` or `EcsContainer`"
            )));
        }
    };
    match find(context)? {
        Lookup::Keys(credentials) => Ok(Arc::new(credentials)),
        Lookup::Found(source) | Lookup::Possible(source) => Ok(source),
        Lookup::Absent(reason) => Err(context.error(format!(
            "has `credential_source = {source}`, which is not set up. {reason}"
        ))),
        Lookup::NotInProfile => Err(context.error(NO_BASE)),
    }
}
