//! Files of certificate authorities, in the PEM format (RFC 7468).

use std::fs;
use std::path::Path;

use super::TlsError;

/// The content of a file of certificate authorities, and its path for errors.
pub(super) struct CaBundle<'a> {
    path: &'a Path,
    pem: Vec<u8>,
}

impl<'a> CaBundle<'a> {
    pub(super) fn read(path: &'a Path) -> Result<Self, TlsError> {
        match fs::read(path) {
            Ok(pem) => Ok(Self { path, pem }),
            Err(error) => Err(TlsError(format!(
                "the CA bundle {} cannot be read: {error}; name a PEM file of certificate \
                 authorities with `ca_bundle(…)` or AWS_CA_BUNDLE",
                path.display()
            ))),
        }
    }

    pub(super) fn pem(&self) -> &[u8] {
        &self.pem
    }

    /// Returns the error of a bundle without certificates, with which every connection would fail.
    pub(super) fn empty(&self) -> TlsError {
        TlsError(format!(
            "the CA bundle {} has no certificate; a PEM file has each between the lines \
             `-----BEGIN CERTIFICATE-----` and `-----END CERTIFICATE-----`",
            self.path.display()
        ))
    }

    /// Returns the error of a bundle with an invalid certificate.
    pub(super) fn invalid(&self, problem: &str) -> TlsError {
        TlsError(format!(
            "the CA bundle {} has a certificate that does not parse: {problem}; take it out, or \
             export it anew as PEM",
            self.path.display()
        ))
    }
}
