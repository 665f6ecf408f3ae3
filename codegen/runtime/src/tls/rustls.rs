//! TLS with rustls.

use std::path::Path;
use std::sync::Arc;

use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::{self, PemObject as _};
use rustls::{ClientConfig, ConfigBuilder, RootCertStore, WantsVerifier};
use rustls_platform_verifier::BuilderVerifierExt;

use super::TlsError;
use super::ca_bundle::CaBundle;

const NO_PROVIDER: &str = "rustls has no crypto provider; enable the feature `rustls-ring` or \
     `rustls-aws-lc`, or install a process-wide one";
const NO_ROOTS: &str = "install the root certificates of the platform, or name a PEM file of \
     certificate authorities with `ca_bundle(…)` or AWS_CA_BUNDLE";

/// Configures rustls with an explicit crypto provider. It offers these protocols to a server, if
/// there are any.
pub(super) fn with_tls(
    builder: reqwest::ClientBuilder,
    ca_bundle: Option<&Path>,
    protocols: &[&str],
) -> Result<reqwest::ClientBuilder, TlsError> {
    let config = config()?;
    let config = match ca_bundle {
        Some(path) => config.with_root_certificates(roots(&CaBundle::read(path)?)?),
        None => config
            .with_platform_verifier()
            .map_err(|error| TlsError(format!("{}; {NO_ROOTS}", sentence(error))))?,
    };
    let mut config = config.with_no_client_auth();
    config.alpn_protocols = protocols.iter().map(|it| it.as_bytes().to_vec()).collect();
    Ok(builder.tls_backend_preconfigured(config))
}

/// Configures rustls without trusted certificates, for plain HTTP.
pub(super) fn trusting_nobody(
    builder: reqwest::ClientBuilder,
) -> Result<reqwest::ClientBuilder, TlsError> {
    let config = config()?.with_root_certificates(RootCertStore::empty());
    Ok(builder.tls_backend_preconfigured(config.with_no_client_auth()))
}

fn config() -> Result<ConfigBuilder<ClientConfig, WantsVerifier>, TlsError> {
    let provider = crypto_provider().ok_or_else(|| TlsError(NO_PROVIDER.to_owned()))?;
    ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| TlsError::new(&error))
}

/// Returns the provider of the process, or else that of the enabled feature.
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

/// Parses the certificate authorities of a bundle.
fn roots(bundle: &CaBundle<'_>) -> Result<RootCertStore, TlsError> {
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(bundle.pem()) {
        let number = roots.len() + 1;
        let invalid = |problem: &str| bundle.invalid(&format!("certificate {number}: {problem}"));
        let certificate = certificate.map_err(|error| invalid(&in_words(&error)))?;
        // The message of rustls is about server certificates.
        let added = roots.add(certificate);
        added.map_err(|_| invalid("it is not an X.509 certificate"))?;
    }
    if roots.is_empty() {
        return Err(bundle.empty());
    }
    Ok(roots)
}

/// Returns the problem of a PEM file, without its bytes.
fn in_words(error: &pem::Error) -> String {
    match error {
        pem::Error::MissingSectionEnd { .. } => "the line that ends it is missing".to_owned(),
        pem::Error::IllegalSectionStart { .. } => "the line that begins it is cut off".to_owned(),
        error => error.to_string(),
    }
}

/// Returns the message of the platform verifier, without the prefix of rustls.
fn sentence(error: rustls::Error) -> String {
    match error {
        rustls::Error::General(sentence) => sentence,
        error => error.to_string(),
    }
}

#[cfg(all(test, not(any(feature = "rustls-ring", feature = "rustls-aws-lc"))))]
mod tests {
    /// `.ci/run` compiles this with only the feature `rustls`.
    #[test]
    fn without_a_crypto_provider_there_is_an_error_that_names_the_features() {
        let error = crate::http_client_builder().unwrap_err();
        assert_eq!(
            error.to_string(),
            "the HTTP client could not be set up: rustls has no crypto provider; enable the \
             feature `rustls-ring` or `rustls-aws-lc`, or install a process-wide one"
        );
    }
}
