//! Setters of timeouts.

use std::time::Duration;

use super::ClientBuilder;

impl<C> ClientBuilder<C> {
    /// Sets the timeout for connecting, including TLS. Defaults to 3.1 s.
    ///
    /// It applies to the built-in HTTP client, not to one that is passed to
    /// [`http_client`](Self::http_client).
    #[must_use]
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.timeouts.connect = Some(limit);
        self
    }

    /// Sets the timeout for a connection without data. Defaults to 60 s. `Duration::MAX` disables
    /// it.
    ///
    /// Before the response, the timeout restarts whenever a part of the request body is sent to the
    /// operating system, so an upload that makes progress can take any time, and so can a streamed
    /// request body that has no next chunk yet. In a response, it limits each wait for the next
    /// bytes, not the time between two reads.
    ///
    /// It applies to the built-in HTTP client and to one that is passed to
    /// [`http_client`](Self::http_client), not to a [`transport`](Self::transport).
    #[must_use]
    pub fn read_timeout(mut self, limit: Duration) -> Self {
        self.timeouts.read = Some(limit);
        self
    }

    /// Sets the timeout of one attempt, from sending the request to the end of the response, or to
    /// the head of a streamed response. Unlimited by default. An attempt that times out can be
    /// retried: see [`retry`](crate::retry).
    #[must_use]
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.timeouts.attempt = Some(limit);
        self
    }

    /// Sets the timeout of a call, including getting credentials, all attempts, and the delays
    /// between them. Unlimited by default. If the call would time out before the next attempt, it
    /// returns the last failure immediately.
    ///
    /// For a streamed response, the call ends with the head of the response. To limit reading the
    /// stream, use `tokio::time::timeout`; [`read_timeout`](Self::read_timeout) still applies.
    ///
    /// To limit a single call, use `tokio::time::timeout`: dropping the future of a call cancels
    /// it.
    #[must_use]
    pub fn call_timeout(mut self, limit: Duration) -> Self {
        self.timeouts.call = Some(limit);
        self
    }
}
