//! Access keys, with which requests are signed.

use std::fmt;
use std::sync::Arc;

use zeroize::Zeroizing;

use crate::schema::Redacted;
use crate::timestamp::Timestamp;

/// An AWS access key; a temporary one with a session token and an expiration time.
///
/// The secret parts are erased from memory when the last clone is dropped, and `Debug` never shows
/// them. Copies elsewhere are not erased, such as buffers of requests and responses, header values
/// and environment variables.
///
/// ```
/// use smithy_reqwest::Credentials;
///
/// let credentials = Credentials::new("AKIDEXAMPLE", "secret", None);
/// assert!(!format!("{credentials:?}").contains("secret\""));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    // Every call has a clone.
    access_key: Arc<str>,
    secret_key: Arc<Zeroizing<String>>,
    session_token: Option<Arc<Zeroizing<String>>>,
    expires_at: Option<Timestamp>,
}

impl Credentials {
    /// Creates credentials; temporary ones have a `session_token`.
    pub fn new(
        access_key: impl Into<String>,
        secret_key: impl Into<String>,
        session_token: Option<String>,
    ) -> Self {
        Self {
            access_key: access_key.into().into(),
            secret_key: Arc::new(Zeroizing::new(secret_key.into())),
            session_token: session_token.map(|token| Arc::new(Zeroizing::new(token))),
            expires_at: None,
        }
    }

    /// Sets the time at which the credentials expire.
    #[must_use]
    pub fn with_expiry(mut self, expires_at: Timestamp) -> Self {
        self.expires_at = Some(expires_at);
        self
    }

    /// Returns the access key ID. It is not a secret: every signature contains it.
    #[must_use]
    pub fn access_key(&self) -> &str {
        &self.access_key
    }

    /// Returns the secret access key.
    #[must_use]
    pub fn secret_key(&self) -> &str {
        &self.secret_key
    }

    /// Returns the session token of temporary credentials.
    #[must_use]
    pub fn session_token(&self) -> Option<&str> {
        self.session_token.as_ref().map(|token| token.as_str())
    }

    /// Returns the time at which the credentials expire; `None` if they do not.
    #[must_use]
    pub fn expires_at(&self) -> Option<Timestamp> {
        self.expires_at
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("access_key", &self.access_key)
            .field("secret_key", &Redacted)
            .field(
                "session_token",
                &self.session_token.as_ref().map(|_| Redacted),
            )
            .field("expires_at", &self.expires_at)
            .finish()
    }
}
