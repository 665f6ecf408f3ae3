//! How long calls may take.

use std::time::Duration;

use crate::builder::ClientBuilder;
use crate::error::{Cause, Failure};
use crate::transport::TransportError;

/// The longest silence, where no other limit is set.
pub(crate) const SILENCE: Duration = Duration::from_secs(60);

/// The limits that are set. That for connecting is the HTTP client's own affair.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Timeouts {
    connect: Option<Duration>,
    read: Option<Duration>,
    pub(crate) attempt: Option<Duration>,
    pub(crate) call: Option<Duration>,
}

impl<C> ClientBuilder<C> {
    /// How long it may take to connect, TLS included: 3.1 s by default.
    ///
    /// It goes for the HTTP client that [`build`](Self::build) makes. One that is
    /// [handed in](Self::http_client) has a limit of its own, or none.
    #[must_use]
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.timeouts.connect = Some(limit);
        self
    }

    /// How long the other side may be silent: 60 s by default. `Duration::MAX` is no limit.
    ///
    /// Until an answer comes, silence begins anew with every piece of the body that is taken, so an
    /// upload that goes on may take any time, and so may a stream that has no next chunk yet. What
    /// the system has taken to send counts as sent. In an answer, silence is the time for which the
    /// reader waits for the next bytes, and not that between two reads.
    ///
    /// It goes for the HTTP client that [`build`](Self::build) makes and for one that is
    /// [handed in](Self::http_client). A [`transport`](Self::transport) has limits of its own.
    #[must_use]
    pub fn read_timeout(mut self, limit: Duration) -> Self {
        self.timeouts.read = Some(limit);
        self
    }

    /// How long one attempt may take, from sending the request to the end of its answer, or to the
    /// head of one that is handed on as a stream. There is no limit by default. An attempt that
    /// takes longer may be followed by another: see [`retry`](crate::retry).
    #[must_use]
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.timeouts.attempt = Some(limit);
        self
    }

    /// How long a call may take with all that belongs to it: getting credentials, the attempts, the
    /// delays between them. There is no limit by default. Where the call would be over before the
    /// next attempt, it ends at once with the failure of the last.
    ///
    /// The call ends with the head of an answer that is handed on as a stream, and so does the limit:
    /// put one of your own around the reading, as with `tokio::time::timeout`. What is left then is
    /// the limit on [silence](Self::read_timeout).
    ///
    /// A limit of one call alone is set around it, as with `tokio::time::timeout`: a call whose
    /// future is dropped ends there.
    #[must_use]
    pub fn call_timeout(mut self, limit: Duration) -> Self {
        self.timeouts.call = Some(limit);
        self
    }
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

/// The failure of what took longer than it may.
pub(crate) fn timed_out(problem: String) -> Failure {
    Cause::Transport(TransportError::timeout(problem)).into()
}
