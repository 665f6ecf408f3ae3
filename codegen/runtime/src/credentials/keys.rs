//! Access keys in a profile.

use super::source::{Context, Lookup};
use super::{Credentials, CredentialsError};
use crate::profile::FileKind;

const ACCESS_KEY: &str = "aws_access_key_id";
const SECRET_KEY: &str = "aws_secret_access_key";
const SESSION_TOKEN: &str = "aws_session_token";

/// Looks for both keys in the credentials file. A token belongs to the keys of its own file.
pub(super) fn of_credentials_file(context: &Context<'_>) -> Result<Lookup, CredentialsError> {
    let profile = context.profile()?;
    let text = |name| profile?.text_in(FileKind::Credentials, name);
    Ok(match (text(ACCESS_KEY), text(SECRET_KEY)) {
        (Some(access_key), Some(secret_key)) => {
            let token = text(SESSION_TOKEN).map(str::to_owned);
            Lookup::Keys(Credentials::new(access_key, secret_key, token))
        }
        _ => Lookup::NotInProfile,
    })
}

/// Looks for keys in both files.
pub(super) fn of_config_file(context: &Context<'_>) -> Result<Lookup, CredentialsError> {
    let profile = context.profile()?;
    let text = |name| profile?.text(name);
    match (text(ACCESS_KEY), text(SECRET_KEY)) {
        (Some(access_key), Some(secret_key)) => {
            let token = text(SESSION_TOKEN).map(str::to_owned);
            Ok(Lookup::Keys(Credentials::new(
                access_key, secret_key, token,
            )))
        }
        (None, None) => Ok(Lookup::NotInProfile),
        (Some(_), None) => {
            Err(context.error(format!("has {ACCESS_KEY} but not {SECRET_KEY}; give both")))
        }
        (None, Some(_)) => {
            Err(context.error(format!("has {SECRET_KEY} but not {ACCESS_KEY}; give both")))
        }
    }
}

/// Returns `true` if the profile has a key, so that its role is not assumed if it is a source
/// profile.
pub(super) fn is_in_profile(context: &Context<'_>) -> Result<bool, CredentialsError> {
    let profile = context.profile()?;
    Ok(profile.is_some_and(|profile| profile.has(ACCESS_KEY) || profile.has(SECRET_KEY)))
}
