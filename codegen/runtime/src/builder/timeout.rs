//! Setters of timeouts.

use std::time::Duration;

use super::ClientBuilder;

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
