//! How long calls may take.

use std::time::Duration;

/// The longest silence, where no other limit is set.
pub(crate) const SILENCE: Duration = Duration::from_secs(60);

/// The limits that are set. That for connecting is the HTTP client's own affair.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Timeouts {
    pub(crate) connect: Option<Duration>,
    pub(crate) read: Option<Duration>,
    pub(crate) attempt: Option<Duration>,
    pub(crate) call: Option<Duration>,
}

impl Timeouts {
    /// How long the other side may be silent.
    pub(crate) fn silence(self) -> Duration {
        self.read.unwrap_or(SILENCE)
    }

    /// Sets the limit that an HTTP client sees to.
    pub(crate) fn apply(self, mut builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
        if let Some(limit) = self.connect {
            builder = builder.connect_timeout(limit);
        }
        builder
    }
}

/// What a future comes to within a limit; the limit where it takes longer, and is given up.
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
