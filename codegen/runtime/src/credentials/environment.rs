//! Keys in environment variables.

use super::source::{Context, Lookup};
use super::{Credentials, CredentialsError};

pub(super) fn find(context: &Context<'_>) -> Result<Lookup, CredentialsError> {
    let environment = &context.settings.environment;
    let access_key = environment.get("AWS_ACCESS_KEY_ID");
    let secret_key = environment.get("AWS_SECRET_ACCESS_KEY");
    let (set, missing) = match (access_key, secret_key) {
        (Some(access_key), Some(secret_key)) => {
            let token = environment.get("AWS_SESSION_TOKEN");
            let credentials = Credentials::new(access_key, secret_key, token);
            return Ok(Lookup::Keys(credentials));
        }
        (None, None) => {
            let reason = "environment variables: AWS_ACCESS_KEY_ID is not set";
            return Ok(Lookup::Absent(reason.to_owned()));
        }
        (Some(_), None) => ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"),
        (None, Some(_)) => ("AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID"),
    };
    Err(CredentialsError::setting(format!(
        "{set} is set but {missing} is not; set both, or call `credentials(…)` on \
         the builder"
    )))
}
