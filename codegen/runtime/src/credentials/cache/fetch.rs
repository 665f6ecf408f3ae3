//! A fetch of credentials: a task whose result all waiting calls share.

use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::watch;

use super::super::{Credentials, CredentialsError};
use crate::timeout::within;

pub(super) type Outcome = Result<Credentials, CredentialsError>;

/// A fetch in progress. It continues when no call waits for it, and ends without a result if it
/// panics or its runtime is shut down.
#[derive(Debug, Clone)]
pub(super) struct Fetch {
    pub(super) number: u64,
    /// The start time, in seconds since 1970.
    pub(super) began: Option<i64>,
    outcome: watch::Receiver<Option<Outcome>>,
}

impl Fetch {
    /// Starts a fetch on the runtime of the caller.
    pub(super) fn begin(
        number: u64,
        began: Option<i64>,
        work: impl Future<Output = Outcome> + Send + 'static,
    ) -> Result<Self, CredentialsError> {
        let runtime = Handle::try_current().map_err(|_| {
            CredentialsError::new("credentials can only be fetched on a tokio runtime")
        })?;
        let (sender, outcome) = watch::channel(None);
        let work = async move {
            let outcome = work.await;
            sender.send_replace(Some(outcome));
        };
        runtime.spawn(work);
        Ok(Self {
            number,
            began,
            outcome,
        })
    }

    /// Returns `true` if it has ended without a result.
    pub(super) fn is_lost(&self) -> bool {
        self.outcome.has_changed().is_err() && self.outcome.borrow().is_none()
    }

    /// Waits for the result; `None` if there is none within the timeout, because the runtime of the
    /// fetch is not driven, or if it has ended without one.
    pub(super) async fn outcome(&self, limit: Duration) -> Option<Outcome> {
        let mut outcome = self.outcome.clone();
        let ended = within(Some(limit), outcome.wait_for(Option::is_some)).await;
        ended.ok()?.ok()?.clone()
    }
}
