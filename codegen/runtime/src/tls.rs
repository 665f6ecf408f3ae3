//! The default HTTP client, set up on purpose.

use std::time::Duration;

/// Connecting takes longer than this only when nobody will answer.
const CONNECT_TIMEOUT: Duration = Duration::from_millis(3_100);
/// What is beside this machine is near.
const METADATA_CONNECT_TIMEOUT: Duration = Duration::from_secs(1);
/// The longest silence between two bytes of an answer.
const READ_TIMEOUT: Duration = Duration::from_secs(60);

/// What the default HTTP client is built with: it follows no redirect, repeats nothing by itself
/// and gives up in time (3.1 s to connect, 60 s of silence), with the TLS of this crate's features.
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
    let builder = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .http1_only()
        .connect_timeout(CONNECT_TIMEOUT)
        .read_timeout(READ_TIMEOUT);
    backend::with_tls(builder)
}

/// An HTTP client for what is beside this machine, and answers at once or not at all: without
/// proxies and with short limits. Without TLS compiled in, it reaches what needs none.
pub(crate) fn metadata_client() -> Result<reqwest::Client, TlsError> {
    let builder = if cfg!(any(feature = "rustls", feature = "native-tls")) {
        http_client_builder()?
    } else {
        reqwest::Client::builder()
    };
    let builder = builder.no_proxy().connect_timeout(METADATA_CONNECT_TIMEOUT);
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

#[cfg(feature = "rustls")]
mod backend {
    use std::sync::Arc;

    use rustls::crypto::CryptoProvider;
    use rustls_platform_verifier::BuilderVerifierExt;

    use super::TlsError;

    const NO_PROVIDER: &str = "rustls has no crypto provider; enable the feature `rustls-ring` or \
         `rustls-aws-lc`, or install a process-wide one";

    /// rustls, with a provider given to it, so that it never looks for one that is missing.
    pub(super) fn with_tls(
        builder: reqwest::ClientBuilder,
    ) -> Result<reqwest::ClientBuilder, TlsError> {
        let provider = crypto_provider().ok_or_else(|| TlsError(NO_PROVIDER.to_owned()))?;
        let config = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .and_then(BuilderVerifierExt::with_platform_verifier)
            .map_err(|error| TlsError::new(&error))?
            .with_no_client_auth();
        Ok(builder.tls_backend_preconfigured(config))
    }

    /// The provider of the process, or else that of our feature.
    fn crypto_provider() -> Option<Arc<CryptoProvider>> {
        CryptoProvider::get_default().cloned().or_else(|| {
            #[cfg(feature = "rustls-ring")]
            return Some(Arc::new(rustls::crypto::ring::default_provider()));
            #[cfg(all(feature = "rustls-aws-lc", not(feature = "rustls-ring")))]
            return Some(Arc::new(rustls::crypto::aws_lc_rs::default_provider()));
            #[cfg(not(any(feature = "rustls-ring", feature = "rustls-aws-lc")))]
            None
        })
    }
}

#[cfg(all(feature = "native-tls", not(feature = "rustls")))]
mod backend {
    use super::TlsError;

    #[expect(clippy::unnecessary_wraps, reason = "the other backends can fail")]
    pub(super) fn with_tls(
        builder: reqwest::ClientBuilder,
    ) -> Result<reqwest::ClientBuilder, TlsError> {
        Ok(builder.tls_backend_native())
    }
}

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
mod backend {
    use super::TlsError;

    const NO_TLS: &str = "no TLS is compiled in; enable the feature `rustls-ring`, `rustls-aws-lc` \
         or `native-tls`, or hand in a client of your own with `http_client(…)`";

    pub(super) fn with_tls(_: reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, TlsError> {
        Err(TlsError(NO_TLS.to_owned()))
    }
}
