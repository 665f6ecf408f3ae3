//! Failures: their messages, hints and exit codes.

use std::io;

use appflow_client::run::RunError;
use appflow_client::{Error, ErrorKind, ServiceError};

use crate::color::red;
use crate::exit::Exit;

#[derive(Debug)]
pub(crate) enum Failure {
    Call(Error),
    Run(RunError),
    Io(io::Error),
    /// AppFlow refused to cancel a run.
    NotCanceled,
    /// The history of the flow does not have a run.
    NoSuchRun,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Call(error)
    }
}

impl From<RunError> for Failure {
    fn from(error: RunError) -> Self {
        match error {
            RunError::Call(error) => Self::Call(error),
            error => Self::Run(error),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl Failure {
    /// Prints the failure to standard error, with a hint.
    pub(crate) fn print(&self) {
        let stderr = io::stderr();
        let text = match self {
            Self::Call(error) => error.to_string(),
            Self::Run(error) => error.to_string(),
            Self::Io(error) => error.to_string(),
            Self::NotCanceled => "AppFlow cannot cancel the run".to_owned(),
            Self::NoSuchRun => "the history of the flow does not have this run".to_owned(),
        };
        eprintln!("{}: {text}", red("error", &stderr));
        if let Some(hint) = self.hint() {
            eprintln!("hint: {hint}");
        }
    }

    pub(crate) fn exit(&self) -> Exit {
        match self {
            Self::Call(error) => match error.kind() {
                ErrorKind::Credentials
                | ErrorKind::Service(ServiceError::AccessDeniedException(_)) => Exit::AccessDenied,
                _ if matches!(error.status(), Some(401 | 403)) => Exit::AccessDenied,
                _ => Exit::CallFailed,
            },
            Self::Run(RunError::TimedOut { .. }) => Exit::TimedOut,
            _ => Exit::CallFailed,
        }
    }

    fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Call(error) => hint(error),
            Self::Run(RunError::NotListed { .. }) | Self::NoSuchRun => {
                Some("`appflow runs NAME` lists the runs of a flow")
            }
            Self::NotCanceled => Some(
                "the run may have ended or not have started: `appflow status NAME RUN` shows it",
            ),
            Self::Run(_) | Self::Io(_) => None,
        }
    }
}

/// Returns a hint for a failed call, if there is one.
fn hint(error: &Error) -> Option<&'static str> {
    let hint = match error.kind() {
        _ if error.is_throttling() => "too many calls in this region: wait a little and try again",
        ErrorKind::Service(ServiceError::ResourceNotFoundException(_)) => {
            "check the name with `appflow list`, and the region with --region"
        }
        ErrorKind::Service(ServiceError::ConflictException(_)) => {
            "if --token had another use in the last 8 hours, give a new one"
        }
        ErrorKind::Service(ServiceError::ServiceQuotaExceededException(_)) => {
            "wait until other runs have ended, or have the quota raised"
        }
        ErrorKind::Service(ServiceError::UnsupportedOperationException(_)) => {
            "a run of an on-demand flow is canceled with `appflow cancel NAME RUN`"
        }
        ErrorKind::Service(ServiceError::ValidationException(_)) => {
            "a flow name has 2 to 256 letters, digits and _!@#.- and no spaces"
        }
        ErrorKind::Service(ServiceError::AccessDeniedException(_)) => {
            "allow the action of AppFlow on this flow in the caller's IAM policy"
        }
        ErrorKind::Unmodeled if matches!(error.status(), Some(401 | 403)) => {
            "check that the credentials are complete, have not expired and are the right account's"
        }
        ErrorKind::Credentials => {
            "set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; --local needs none"
        }
        ErrorKind::Configuration => {
            "give --region or set AWS_REGION, and check --endpoint-url if it is given"
        }
        ErrorKind::Transport if error.is_connect() => {
            "check the region, the endpoint URL, the network, and HTTPS_PROXY and NO_PROXY"
        }
        _ if error.is_retryable() => {
            "try again later; with the same --token each time, a flow starts only once"
        }
        _ => return None,
    };
    Some(hint)
}
