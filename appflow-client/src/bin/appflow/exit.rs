//! Exit codes. The help lists them.

use std::process::ExitCode;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    Done = 0,
    CallFailed = 1,
    TimedOut = 3,
    AccessDenied = 4,
    RunFailed = 5,
    RunCanceled = 6,
    Detached = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
