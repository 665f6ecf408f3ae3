//! Why waiting ended without the state.

use std::fmt;

use crate::error::Error;
use crate::schema::ModeledError;

/// Why a resource did not come into the state that was waited for.
///
/// `S` is the generated enumeration of the service's modeled errors; a generated crate names this
/// type `WaitError`, without a parameter.
#[derive(Debug)]
#[non_exhaustive]
pub enum WaitError<S> {
    /// The time is over.
    TimedOut {
        /// The waiter, as in `ClusterActive`.
        waiter: &'static str,
        /// How many calls were made.
        calls: u32,
    },
    /// The resource is in a state from which it will not come into the one that was waited for.
    Failed {
        /// The waiter, as in `ClusterActive`.
        waiter: &'static str,
        /// The text of the model that says which state it is in, as in `FAILED`.
        seen: Option<&'static str>,
        /// The error of the call, where that is what shows the state.
        error: Option<Error<S>>,
    },
    /// A call failed, in a way that says nothing about the state.
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

/// It has no `source`: `Display` tells the whole chain of causes already.
impl<S: ModeledError> std::error::Error for WaitError<S> {}
