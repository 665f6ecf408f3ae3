//! Proofs that a client has the private key of its session (RFC 9449).
//!
//! They are JSON Web Tokens, signed with ES256: ECDSA on the curve P-256 with SHA-256, which the
//! TLS backend computes.

#[cfg(not(any(feature = "rustls-ring", feature = "rustls-aws-lc")))]
#[path = "dpop/none.rs"]
mod backend;
#[cfg(any(feature = "rustls-ring", feature = "rustls-aws-lc"))]
#[path = "dpop/rustls.rs"]
mod backend;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use reqwest::Url;
use serde_json::{Value, json};

use self::backend::IS_AVAILABLE;
pub(super) use self::backend::Key;
use crate::timestamp::Timestamp;

/// The error of a key or a proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum ProofError {
    /// Without the cargo feature `rustls-ring` or `rustls-aws-lc`.
    #[error("this build has no ES256")]
    NoBackend,
    #[error("the key is not a P-256 private key in PEM")]
    InvalidKey,
    #[error("the TLS backend failed to sign")]
    NotSigned,
}

impl Key {
    /// Reads a private key in PEM, as SEC1 (`EC PRIVATE KEY`) or PKCS#8 (`PRIVATE KEY`).
    pub(super) fn from_pem(pem: &str) -> Result<Self, ProofError> {
        if IS_AVAILABLE {
            Self::parse(pem).ok_or(ProofError::InvalidKey)
        } else {
            Err(ProofError::NoBackend)
        }
    }

    /// Creates the proof for one POST request. The ID must be unique.
    pub(super) fn proof(&self, url: &Url, now: Timestamp, id: &str) -> Result<String, ProofError> {
        let (x, y) = self.public_point().split_at(32);
        let header = json!({
            "typ": "dpop+jwt",
            "alg": "ES256",
            "jwk": {"kty": "EC", "crv": "P-256", "x": base64(x), "y": base64(y)},
        });
        let claims = json!({
            "htm": "POST",
            "htu": url.as_str(),
            "iat": now.as_second(),
            "jti": id,
        });
        let part = |value: Value| base64(value.to_string().as_bytes());
        let signed = format!("{}.{}", part(header), part(claims));
        let signature = self.sign(signed.as_bytes()).ok_or(ProofError::NotSigned)?;
        Ok(format!("{signed}.{}", base64(&signature)))
    }
}

fn base64(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}
