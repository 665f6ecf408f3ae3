//! The setter of the certificate authorities that a client trusts.

use std::path::PathBuf;

use super::ClientBuilder;

impl<C> ClientBuilder<C> {
    /// A PEM file with the certificate authorities to trust in place of the platform's, as a
    /// company's proxy or a stand-in with a certificate of its own needs it. [`build`](Self::build)
    /// reads it.
    ///
    /// It goes for the same HTTP client as [`connect_timeout`](Self::connect_timeout).
    #[must_use]
    pub fn ca_bundle(mut self, path: impl Into<PathBuf>) -> Self {
        self.ca_bundle = Some(path.into());
        self
    }
}
