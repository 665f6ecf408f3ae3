//! The default HTTP client, set up on purpose.

#[cfg(feature = "rustls")]
use std::sync::Arc;
use std::time::Duration;

#[cfg(feature = "rustls")]
use rustls::crypto::CryptoProvider;

/// Connecting takes longer than this only when nobody will answer.
const CONNECT_TIMEOUT: Duration = Duration::from_millis(3_100);
/// The longest silence between two bytes of an answer.
const READ_TIMEOUT: Duration = Duration::from_secs(60);

/// A client that follows no redirect, repeats nothing by itself and gives up in time.
pub(crate) fn default_client() -> Result<reqwest::Client, String> {
    let builder = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .http1_only()
        .connect_timeout(CONNECT_TIMEOUT)
        .read_timeout(READ_TIMEOUT);
    with_tls(builder)?.build().map_err(|error| {
        let cause = crate::transport::chain(&error);
        format!("the HTTP client could not be set up: {cause}")
    })
}

/// rustls with the provider that the process or else our feature chose, so that none is missing.
#[cfg(feature = "rustls")]
fn with_tls(builder: reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, String> {
    use rustls_platform_verifier::BuilderVerifierExt;

    let provider = crypto_provider().ok_or(NO_PROVIDER)?;
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(BuilderVerifierExt::with_platform_verifier)
        .map_err(|error| format!("TLS could not be set up: {error}"))?
        .with_no_client_auth();
    Ok(builder.tls_backend_preconfigured(config))
}

/// The provider of the process, or else that of our feature.
#[cfg(feature = "rustls")]
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

#[cfg(feature = "rustls")]
const NO_PROVIDER: &str = "rustls has no crypto provider; enable the feature `rustls-ring` or \
     `rustls-aws-lc`, or install a process-wide one";

#[cfg(all(feature = "native-tls", not(feature = "rustls")))]
#[expect(clippy::unnecessary_wraps, reason = "the other TLS backends can fail")]
fn with_tls(builder: reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, String> {
    Ok(builder.tls_backend_native())
}

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
fn with_tls(_: reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, String> {
    Err(
        "no TLS is compiled in; enable the feature `rustls-ring`, `rustls-aws-lc` or \
         `native-tls`, or hand in a client of your own with `http_client(…)`"
            .to_owned(),
    )
}
