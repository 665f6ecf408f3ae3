//! Credentials printed by a process (`credential_process` of a profile).

mod command;
mod run;

use std::sync::Arc;

use serde_json::Value;

use self::command::Command;
use self::run::Output;
use super::network::Network;
use super::provider::provider;
use super::source::{Context, Lookup, Source};
use super::{Credentials, CredentialsError, CredentialsFuture, document};
use crate::one_line::OneLine;

provider! {
    /// Credentials printed by a process, in the format of `credential_process`.
    ///
    /// The process is started without a shell, with the standard input of this process, so that it
    /// can ask a person. It prints JSON with `Version` 1, `AccessKeyId`, `SecretAccessKey` and, for
    /// temporary credentials, `SessionToken` and `Expiration`. It is killed after
    /// [`credentials_timeout`](crate::ClientBuilder::credentials_timeout). The credentials are
    /// cached: see [`CachedCredentials`](super::CachedCredentials). Without `Expiration`, the
    /// process is started once.
    ///
    /// ```
    /// use smithy_reqwest::credentials::Process;
    ///
    /// let process = Process::new("/opt/bin/credentials --account 'orders and flows'")?;
    /// # Ok::<(), smithy_reqwest::CredentialsError>(())
    /// ```
    Process
}

impl Process {
    /// Creates credentials from a command, which is split into a program and arguments like in the
    /// AWS CLI: on Unix, quotes and backslashes work as in a shell, but variables and `~` are not
    /// expanded; on Windows, double quotes and backslashes work as in the C runtime.
    ///
    /// # Errors
    ///
    /// A command with an unclosed quote, with a backslash at its end, or without a program.
    pub fn new(command: &str) -> Result<Self, CredentialsError> {
        let command = Command::parse(command);
        let command = command.map_err(|fault| {
            CredentialsError::setting(format!("the command of a process has {fault}"))
        })?;
        Ok(Self::of(Arc::new(command)))
    }
}

pub(super) fn find(context: &Context<'_>) -> Result<Lookup, CredentialsError> {
    let profile = context.profile()?;
    let Some(command) = profile.and_then(|profile| profile.text("credential_process")) else {
        return Ok(Lookup::NotInProfile);
    };
    let command = Command::parse(command);
    let command = command
        .map_err(|fault| context.error(format!("has a `credential_process` with {fault}")))?;
    Ok(Lookup::Found(Arc::new(command)))
}

impl Source for Command {
    fn fetch<'a>(&'a self, _: &'a Network) -> CredentialsFuture<'a> {
        Box::pin(async move { credentials(&run::output(self).await?) })
    }

    fn explain(&self, error: CredentialsError) -> CredentialsError {
        let program = OneLine(self.program());
        error.about(format_args!("no credentials from the process {program}"))
    }
}

/// Reads the credentials in the output of a process. The JSON error is not repeated, because it may
/// contain a secret.
fn credentials(output: &Output) -> Result<Credentials, CredentialsError> {
    if !output.status.success() {
        let status = output.status;
        let text = String::from_utf8_lossy(&output.errors);
        let text = match text.trim() {
            "" => "it printed no error",
            text => text,
        };
        let problem = format!("it failed ({status}): {}", OneLine(text));
        return Err(CredentialsError::new(problem));
    }
    let invalid = |problem: &str| CredentialsError::new(format!("its output {problem}"));
    let mut members: Value = serde_json::from_slice(&output.text)
        .map_err(|_| invalid("is not JSON with credentials"))?;
    if members.get("Version") != Some(&Value::from(1)) {
        return Err(invalid("lacks `Version` 1"));
    }
    // The texts are moved, so that no copy stays in memory.
    let mut text = |name| match members.get_mut(name).map(Value::take) {
        Some(Value::String(text)) => Ok(Some(text)),
        None | Some(Value::Null) => Ok(None),
        Some(_) => Err(invalid(&format!("has a `{name}` that is not a string"))),
    };
    let missing = |name| move || invalid(&format!("lacks `{name}`"));
    let access_key = text("AccessKeyId")?.ok_or_else(missing("AccessKeyId"))?;
    let secret_key = text("SecretAccessKey")?.ok_or_else(missing("SecretAccessKey"))?;
    let credentials = Credentials::new(access_key, secret_key, text("SessionToken")?);
    let Some(end) = text("Expiration")? else {
        return Ok(credentials);
    };
    let end = document::time(&end).ok_or_else(|| invalid("has an invalid `Expiration`"))?;
    Ok(credentials.with_expiry(end))
}
