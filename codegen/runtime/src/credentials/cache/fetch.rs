//! One fetch of credentials: a task of its own, whose outcome all waiting calls share.

use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::watch;

use super::super::{Credentials, CredentialsError};
use crate::timeout::within;

pub(super) type Outcome = Result<Credentials, CredentialsError>;

/// A fetch that has begun. Nobody who waits for it owns it: it goes on when they are gone, and ends
/// without an outcome where it panics or its runtime is shut down.
#[derive(Debug, Clone)]
pub(super) struct Fetch {
    pub(super) number: u64,
    /// When it began, in seconds since 1970.
    pub(super) began: Option<i64>,
    outcome: watch::Receiver<Option<Outcome>>,
}

impl Fetch {
    /// Begins a fetch on the runtime of the caller.
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

    /// Returns whether it has ended without an outcome.
    pub(super) fn is_lost(&self) -> bool {
        self.outcome.has_changed().is_err() && self.outcome.borrow().is_none()
    }

    /// Waits for the outcome; `None` where there is none within the limit, as nothing drives the
    /// runtime of the fetch, or where there will never be one.
    pub(super) async fn outcome(&self, limit: Duration) -> Option<Outcome> {
        let mut outcome = self.outcome.clone();
        let ended = within(Some(limit), outcome.wait_for(Option::is_some)).await;
        ended.ok()?.ok()?.clone()
    }
}
