//! The built-in HTTP client and its TLS.

#[cfg(feature = "rustls")]
#[path = "tls/rustls.rs"]
mod backend;
#[cfg(all(feature = "native-tls", not(feature = "rustls")))]
#[path = "tls/native.rs"]
mod backend;
#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
#[path = "tls/none.rs"]
mod backend;
#[cfg(any(feature = "rustls", feature = "native-tls"))]
mod ca_bundle;

use std::path::Path;
use std::time::Duration;

/// The default timeout for connecting.
const CONNECT_TIMEOUT: Duration = Duration::from_millis(3_100);

/// Returns the builder of the default HTTP client: no redirects, no retries, no decompression, a
/// timeout of 3.1 s for connecting, and the TLS library of this crate's features.
///
/// If a kept connection turns out to be closed before anything was sent on it, the request uses
/// another connection. This is not a retry.
///
/// The builder sets no read timeout, because a client of this crate applies
/// [`read_timeout`](crate::ClientBuilder::read_timeout) to every HTTP client.
///
/// Use it to create a custom HTTP client:
///
/// ```
/// # #[cfg(feature = "rustls-ring")]
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let client = smithy_reqwest::http_client_builder()?.no_proxy().build()?;
/// # Ok(())
/// # }
/// # #[cfg(not(feature = "rustls-ring"))]
/// # fn main() {}
/// ```
///
/// # Errors
///
/// No TLS library is compiled in, or it cannot be set up.
pub fn http_client_builder() -> Result<reqwest::ClientBuilder, TlsError> {
    http_client_builder_trusting(None)
}

/// Returns the same builder, with the certificate authorities of a file instead of the platform's
/// if one is given.
pub(crate) fn http_client_builder_trusting(
    ca_bundle: Option<&Path>,
) -> Result<reqwest::ClientBuilder, TlsError> {
    backend::with_tls(without_tls(), ca_bundle, &[])
}

/// The same for HTTP/2, which a server has to agree to.
#[cfg(feature = "http2")]
pub(crate) fn http2_client_builder_trusting(
    ca_bundle: Option<&Path>,
) -> Result<reqwest::ClientBuilder, TlsError> {
    backend::with_tls(without_tls().http2_prior_knowledge(), ca_bundle, &["h2"])
}

/// Returns the settings that do not depend on TLS.
fn without_tls() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        // Without the number, every request would be copied for a possible retry.
        .retry(reqwest::retry::never().max_retries_per_request(0))
        .referer(false)
        // Another crate may enable these features of reqwest.
        .no_gzip()
        .no_brotli()
        .no_deflate()
        .no_zstd()
        .http1_only()
        .connect_timeout(CONNECT_TIMEOUT)
}

/// Returns an HTTP client for metadata endpoints: without proxies, and with its own timeout for
/// connecting. It works without TLS and without root certificates if the endpoint uses plain HTTP.
pub(crate) fn metadata_client(connect_timeout: Duration) -> Result<reqwest::Client, TlsError> {
    let builder = backend::with_tls(without_tls(), None, &[])
        .or_else(|_| backend::trusting_nobody(without_tls()))?;
    let builder = builder.no_proxy().connect_timeout(connect_timeout);
    builder.build().map_err(|error| TlsError::new(&error))
}

/// The error of setting up the HTTP client.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the HTTP client could not be set up: {0}")]
pub struct TlsError(String);

impl TlsError {
    pub(crate) fn new(cause: &(dyn std::error::Error + 'static)) -> Self {
        Self(crate::transport::chain(cause))
    }
}
