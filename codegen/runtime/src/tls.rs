//! The default HTTP client, set up on purpose.

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

/// Connecting takes longer than this only when nobody will answer.
const CONNECT_TIMEOUT: Duration = Duration::from_millis(3_100);

/// What the default HTTP client is built with: it follows no redirect, repeats nothing by itself,
/// decompresses no response and gives up connecting in time (after 3.1 s), with the TLS of this
/// crate's features.
///
/// One thing looks like repeating and is none: where a connection that served before turns out to be
/// closed, the request goes out on another, if nothing of it was sent on that one.
///
/// It sets no limit on silence, for a client of this crate has one around every HTTP client: see
/// [`read_timeout`](crate::ClientBuilder::read_timeout).
///
/// It is where an HTTP client of one's own begins:
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
/// No TLS is compiled in, or it cannot be set up.
pub fn http_client_builder() -> Result<reqwest::ClientBuilder, TlsError> {
    http_client_builder_trusting(None)
}

/// The same, with the certificate authorities of a file in place of the platform's, where one is
/// named.
pub(crate) fn http_client_builder_trusting(
    ca_bundle: Option<&Path>,
) -> Result<reqwest::ClientBuilder, TlsError> {
    backend::with_tls(without_tls(), ca_bundle)
}

/// What goes for every HTTP client of this crate, whatever its TLS is.
fn without_tls() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        // Without the number, every request would be copied for a retry that never comes.
        .retry(reqwest::retry::never().max_retries_per_request(0))
        .referer(false)
        // Another crate may turn these features of reqwest on; a body is read as it was sent.
        .no_gzip()
        .no_brotli()
        .no_deflate()
        .no_zstd()
        .http1_only()
        .connect_timeout(CONNECT_TIMEOUT)
}

/// Returns an HTTP client for the endpoints beside this machine: without proxies, and with a timeout
/// of its own for connecting. Endpoints that speak plain HTTP are reached without TLS compiled in, and
/// on a machine without root certificates.
pub(crate) fn metadata_client(connect_timeout: Duration) -> Result<reqwest::Client, TlsError> {
    let builder = backend::with_tls(without_tls(), None)
        .or_else(|_| backend::trusting_nobody(without_tls()))?;
    let builder = builder.no_proxy().connect_timeout(connect_timeout);
    builder.build().map_err(|error| TlsError::new(&error))
}

/// Why the HTTP client could not be set up.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the HTTP client could not be set up: {0}")]
pub struct TlsError(String);

impl TlsError {
    pub(crate) fn new(cause: &(dyn std::error::Error + 'static)) -> Self {
        Self(crate::transport::chain(cause))
    }
}
