//! Setters of certificate authorities.

use std::path::PathBuf;

use super::ClientBuilder;

impl<C> ClientBuilder<C> {
    /// Sets a PEM file of certificate authorities to trust instead of the platform's, for example
    /// for a company's proxy that intercepts TLS. [`build`](Self::build) reads the file.
    ///
    /// It applies to the built-in HTTP client, not to one that is passed to
    /// [`http_client`](Self::http_client).
    #[must_use]
    pub fn ca_bundle(mut self, path: impl Into<PathBuf>) -> Self {
        self.ca_bundle = Some(path.into());
        self
    }
}
