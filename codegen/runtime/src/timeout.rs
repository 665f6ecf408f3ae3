//! Timeouts.

use std::time::Duration;

/// The default timeout for a connection without data.
pub(crate) const SILENCE: Duration = Duration::from_secs(60);

/// The timeouts of a client. The HTTP client applies that for connecting.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Timeouts {
    pub(crate) connect: Option<Duration>,
    pub(crate) read: Option<Duration>,
    pub(crate) attempt: Option<Duration>,
    pub(crate) call: Option<Duration>,
}

impl Timeouts {
    /// Returns the timeout for a connection without data.
    pub(crate) fn silence(self) -> Duration {
        self.read.unwrap_or(SILENCE)
    }

    /// Sets the timeouts that an HTTP client applies.
    pub(crate) fn apply(self, mut builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
        if let Some(limit) = self.connect {
            builder = builder.connect_timeout(limit);
        }
        builder
    }
}

/// Returns the output of a future, or the timeout if it takes longer and is canceled.
pub(crate) async fn within<F: Future>(
    limit: Option<Duration>,
    future: F,
) -> Result<F::Output, Duration> {
    match limit {
        None => Ok(future.await),
        Some(limit) => {
            let in_time = tokio::time::timeout(limit, future).await;
            in_time.map_err(|_| limit)
        }
    }
}
