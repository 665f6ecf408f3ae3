//! The error of a wait.

use std::fmt;

use crate::error::Error;
use crate::schema::ModeledError;

/// The error of a wait.
///
/// `S` is the generated enum of the service's modeled errors. A generated crate has an alias
/// `WaitError` without a parameter.
#[derive(Debug)]
#[non_exhaustive]
pub enum WaitError<S> {
    /// The wait timed out.
    TimedOut {
        /// The waiter, such as `ClusterActive`.
        waiter: &'static str,
        /// The number of calls.
        calls: u32,
    },
    /// The resource is in a state from which it cannot reach the expected one.
    Failed {
        /// The waiter, such as `ClusterActive`.
        waiter: &'static str,
        /// The state in the model, such as `FAILED`.
        seen: Option<&'static str>,
        /// The error of the call, if it shows the state.
        error: Option<Error<S>>,
    },
    /// A call failed, so the state is unknown.
    Call(Error<S>),
}

impl<S> fmt::Display for WaitError<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TimedOut { waiter, calls } => {
                let plural = if *calls == 1 { "" } else { "s" };
                write!(
                    f,
                    "{waiter}: not reached in time, after {calls} call{plural}"
                )
            }
            Self::Failed {
                waiter,
                seen,
                error,
            } => {
                write!(f, "{waiter}: will not be reached")?;
                if let Some(seen) = seen {
                    write!(f, ", for it is `{seen}`")?;
                }
                error.iter().try_for_each(|error| write!(f, ": {error}"))
            }
            Self::Call(error) => error.fmt(f),
        }
    }
}

/// Without a `source`, because `Display` prints the whole chain of causes.
impl<S: ModeledError> std::error::Error for WaitError<S> {}
