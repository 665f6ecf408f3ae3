//! Files of certificate authorities, in the PEM format (RFC 7468).

use std::fs;
use std::path::Path;

use super::TlsError;

/// A file of certificate authorities as it was read, and its name for errors.
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

    /// The error of a bundle that has nothing to trust, with which every connection would fail.
    pub(super) fn empty(&self) -> TlsError {
        TlsError(format!(
            "the CA bundle {} has no certificate; a PEM file has each between the lines \
             `-----BEGIN CERTIFICATE-----` and `-----END CERTIFICATE-----`",
            self.path.display()
        ))
    }

    /// The error of a bundle that has something else where a certificate should be.
    pub(super) fn invalid(&self, problem: &str) -> TlsError {
        TlsError(format!(
            "the CA bundle {} has a certificate that does not parse: {problem}; take it out, or \
             export it anew as PEM",
            self.path.display()
        ))
    }
}
