//! Errors of runs.

use std::fmt;
use std::time::Duration;

use super::{Activation, EndedRun, Outcome, Progress, Run};
use crate::Error;

/// The error of a run.
///
/// `Display` prints it in one line. An error of a wait does not affect the run, which continues.
#[derive(Debug)]
#[non_exhaustive]
pub enum RunError {
    /// A call failed permanently, or for longer than the wait tolerates.
    Call(Error),
    /// The flow is scheduled or event-triggered. It was activated, so there is no run to wait for.
    Activated(Activation),
    /// AppFlow does not list the run.
    NotListed {
        /// The run that was waited for.
        run: Run,
        /// The time for which AppFlow did not list it.
        waited: Duration,
    },
    /// The wait timed out. The run continues: wait again with the run, or with
    /// [`Client::flow_run`](crate::Client::flow_run) in another process.
    TimedOut {
        /// The run that was waited for.
        run: Run,
        /// The timeout of the wait.
        timeout: Duration,
        /// The last progress that was seen, if there was one.
        progress: Option<Box<Progress>>,
    },
    /// The run failed, and [`EndedRun::into_success`] made that an error.
    Failed(Box<EndedRun>),
    /// The run was canceled, and [`EndedRun::into_success`] made that an error.
    Canceled(Box<EndedRun>),
}

impl RunError {
    /// Returns the error of the call that failed, if one did.
    #[must_use]
    pub fn call(&self) -> Option<&Error> {
        match self {
            Self::Call(error) => Some(error),
            _ => None,
        }
    }

    /// Returns the run of the wait, if it may still be running.
    #[must_use]
    pub fn run(&self) -> Option<&Run> {
        match self {
            Self::NotListed { run, .. } | Self::TimedOut { run, .. } => Some(run),
            _ => None,
        }
    }

    /// Returns `true` if the wait timed out.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::TimedOut { .. })
    }

    /// Returns `true` if the run failed.
    #[must_use]
    pub fn is_failed(&self) -> bool {
        matches!(self, Self::Failed(_))
    }

    /// Returns `true` if the run was canceled.
    #[must_use]
    pub fn is_canceled(&self) -> bool {
        matches!(self, Self::Canceled(_))
    }
}

impl From<Error> for RunError {
    fn from(error: Error) -> Self {
        Self::Call(error)
    }
}

/// Conversion to an error.
impl EndedRun {
    /// Returns the run if it was successful.
    ///
    /// # Errors
    ///
    /// [`RunError::Failed`] or [`RunError::Canceled`] if it was not.
    pub fn into_success(self) -> Result<Self, RunError> {
        match self.outcome() {
            Outcome::Successful => Ok(self),
            Outcome::Failed { .. } => Err(RunError::Failed(Box::new(self))),
            Outcome::Canceled => Err(RunError::Canceled(Box::new(self))),
        }
    }
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) => error.fmt(f),
            Self::Activated(activation) => write!(
                f,
                "flow {:?} was activated and has no run to wait for: it is scheduled or \
                 event-triggered",
                activation.flow_name()
            ),
            Self::NotListed { run, waited } => write!(
                f,
                "run {:?} of flow {:?} is not in the history of the flow after {waited:?}: check \
                 the execution ID and the region",
                run.execution_id(),
                run.flow_name()
            ),
            Self::TimedOut { run, timeout, .. } => write!(
                f,
                "run {:?} of flow {:?} did not end within {timeout:?}; it continues",
                run.execution_id(),
                run.flow_name()
            ),
            Self::Failed(ended) => {
                write!(
                    f,
                    "run {:?} of flow {:?} failed",
                    ended.execution_id(),
                    ended.flow_name()
                )?;
                if let Outcome::Failed {
                    message,
                    put_failures,
                } = ended.outcome()
                {
                    if let Some(message) = message {
                        write!(f, ": {}", message.escape_debug())?;
                    }
                    if *put_failures > 0 {
                        write!(f, " (put failures: {put_failures})")?;
                    }
                }
                Ok(())
            }
            Self::Canceled(ended) => write!(
                f,
                "run {:?} of flow {:?} was canceled",
                ended.execution_id(),
                ended.flow_name()
            ),
        }
    }
}

/// Without a `source`, because `Display` prints the cause.
impl std::error::Error for RunError {}
