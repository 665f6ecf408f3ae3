//! TLS with the library of the platform.

use std::path::Path;

use super::TlsError;
use super::ca_bundle::CaBundle;
use crate::transport::chain;

const NO_PROTOCOLS: &str = "HTTP/2 needs rustls: enable the feature `rustls-ring` or \
     `rustls-aws-lc`";

pub(super) fn with_tls(
    builder: reqwest::ClientBuilder,
    ca_bundle: Option<&Path>,
    protocols: &[&str],
) -> Result<reqwest::ClientBuilder, TlsError> {
    if !protocols.is_empty() {
        return Err(TlsError(NO_PROTOCOLS.to_owned()));
    }
    // Some platforms still allow older versions by default.
    let builder = builder
        .tls_backend_native()
        .tls_version_min(reqwest::tls::Version::TLS_1_2);
    match ca_bundle {
        Some(path) => Ok(builder.tls_certs_only(roots(&CaBundle::read(path)?)?)),
        None => Ok(builder),
    }
}

#[expect(clippy::unnecessary_wraps, reason = "another backend can fail")]
pub(super) fn trusting_nobody(
    builder: reqwest::ClientBuilder,
) -> Result<reqwest::ClientBuilder, TlsError> {
    Ok(builder)
}

/// Parses the certificate authorities of a bundle.
fn roots(bundle: &CaBundle<'_>) -> Result<Vec<reqwest::Certificate>, TlsError> {
    let roots = reqwest::Certificate::from_pem_bundle(bundle.pem())
        .map_err(|error| bundle.invalid(&chain(&error)))?;
    if roots.is_empty() {
        return Err(bundle.empty());
    }
    Ok(roots)
}

#[cfg(test)]
mod tests {
    #[test]
    fn versions_before_tls_1_2_are_refused() {
        let client = crate::http_client_builder().unwrap();
        let shown = format!("{client:?}");
        assert!(
            shown.contains("tls_version_min: Version(Tls1_2)"),
            "{shown}"
        );
    }
}
