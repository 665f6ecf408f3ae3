//! Who signs: credentials, and where they come from.
//!
//! Credentials are given in code, or found by [`build_from_env`]. That looks at one source after the
//! other, and takes the first that is set up:
//!
//! 1. the variables `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`, unless a
//!    [profile](crate::ClientBuilder::profile) is chosen in code;
//! 2. the profile: its keys, or a role that it takes with a web identity;
//! 3. a web identity of the variables `AWS_WEB_IDENTITY_TOKEN_FILE` and `AWS_ROLE_ARN`, as
//!    Kubernetes on AWS sets them, for which AWS STS gives credentials of the role;
//! 4. the container's own endpoint, of `AWS_CONTAINER_CREDENTIALS_RELATIVE_URI` or
//!    `AWS_CONTAINER_CREDENTIALS_FULL_URI`, as Amazon ECS and EKS set them;
//! 5. the instance metadata service of Amazon EC2, in its version 2, unless
//!    `AWS_EC2_METADATA_DISABLED` is true.
//!
//! A source that is set up and fails ends the search: the call fails with the reason, and is never
//! made under the name of another source. Where none is set up, the error lists what each lacks.
//!
//! Credentials of the last three sources end after some hours. They are fetched when the first call
//! needs them, and kept: see [`CachedCredentials`].
//!
//! A profile with IAM Identity Center (SSO), with a role that is taken with other credentials, or with
//! a process needs the cargo feature `aws-config`, with which that profile is read by the crate of
//! that name, the official one. All requests go through the client's own transport even then.
//!
//! [`build_from_env`]: crate::ClientBuilder::build_from_env

mod cache;
mod chain;
mod container;
mod document;
mod environment;
mod instance;
mod network;
#[cfg(feature = "aws-config")]
mod official;
mod profile;
mod web_identity;

use std::fmt;
use std::pin::Pin;

use zeroize::Zeroizing;

pub use cache::CachedCredentials;
pub(crate) use chain::{ChosenSource, Context, choose};
pub(crate) use network::{Metadata, Network};

use crate::schema::Redacted;
use crate::timestamp::Timestamp;

/// An AWS access key, with a session token and an end where it is a temporary one.
///
/// The secret parts are wiped from memory when these credentials are dropped, and `Debug` never shows
/// them. What others hold on the way is not wiped: buffers of requests and answers, header values and
/// environment variables.
///
/// ```
/// use smithy_reqwest::Credentials;
///
/// let credentials = Credentials::new("AKIDEXAMPLE", "secret", None);
/// assert!(!format!("{credentials:?}").contains("secret\""));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    access_key: String,
    secret_key: Zeroizing<String>,
    session_token: Option<Zeroizing<String>>,
    expires_at: Option<Timestamp>,
}

impl Credentials {
    /// Credentials from their parts; `session_token` belongs to temporary ones.
    pub fn new(
        access_key: impl Into<String>,
        secret_key: impl Into<String>,
        session_token: Option<String>,
    ) -> Self {
        Self {
            access_key: access_key.into(),
            secret_key: Zeroizing::new(secret_key.into()),
            session_token: session_token.map(Zeroizing::new),
            expires_at: None,
        }
    }

    /// The same credentials, with the moment at which they stop working.
    #[must_use]
    pub fn with_expiry(mut self, expires_at: Timestamp) -> Self {
        self.expires_at = Some(expires_at);
        self
    }

    /// The access key id, which is no secret: it names the key in every signature.
    #[must_use]
    pub fn access_key(&self) -> &str {
        &self.access_key
    }

    /// The secret access key.
    #[must_use]
    pub fn secret_key(&self) -> &str {
        &self.secret_key
    }

    /// The session token of temporary credentials.
    #[must_use]
    pub fn session_token(&self) -> Option<&str> {
        self.session_token.as_ref().map(|token| token.as_str())
    }

    /// When the credentials stop working; `None` for lasting ones.
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

/// What [`ProvideCredentials::provide_credentials`] returns.
pub type CredentialsFuture<'a> =
    Pin<Box<dyn Future<Output = Result<Credentials, CredentialsError>> + Send + 'a>>;

/// A source of credentials. It is asked before every attempt, so it should answer from memory
/// while what it has is still good: [`CachedCredentials`] does that for it.
///
/// ```
/// use smithy_reqwest::{Credentials, ProvideCredentials};
///
/// #[derive(Debug)]
/// struct Vault;
///
/// impl ProvideCredentials for Vault {
///     fn provide_credentials(&self) -> smithy_reqwest::CredentialsFuture<'_> {
///         Box::pin(async { Ok(Credentials::new("AKIDEXAMPLE", "secret", None)) })
///     }
/// }
/// ```
pub trait ProvideCredentials: fmt::Debug + Send + Sync {
    /// The credentials to sign with now.
    ///
    /// # Errors
    ///
    /// Why there are none, and what would help. The call that asked ends with this error.
    fn provide_credentials(&self) -> CredentialsFuture<'_>;
}

impl ProvideCredentials for Credentials {
    fn provide_credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(std::future::ready(Ok(self.clone())))
    }
}

/// Why there are no credentials, and what would help.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{explanation}")]
pub struct CredentialsError {
    explanation: String,
    is_temporary: bool,
}

impl CredentialsError {
    /// An error with its explanation, in one line. There should be no secret in it: it is printed with
    /// the error of the call.
    pub fn new(explanation: impl Into<String>) -> Self {
        Self {
            explanation: explanation.into(),
            is_temporary: false,
        }
    }

    /// An error that may be gone a moment later, as one of the network is. A call that ends with it
    /// [may succeed](crate::Error::is_retryable) when it is made again.
    pub fn temporary(explanation: impl Into<String>) -> Self {
        Self {
            explanation: explanation.into(),
            is_temporary: true,
        }
    }

    /// Whether the error may be gone a moment later.
    #[must_use]
    pub fn is_temporary(&self) -> bool {
        self.is_temporary
    }

    /// A source that is set up in a way that cannot work.
    fn setting(problem: impl fmt::Display) -> Self {
        Self::new(format!("no credentials: {problem}"))
    }

    /// The same error, with what it is about before it.
    fn about(self, what: impl fmt::Display) -> Self {
        Self {
            explanation: format!("{what}: {}", self.explanation),
            ..self
        }
    }

    /// The same error, with what went before after it.
    pub(crate) fn following(self, before: impl fmt::Display) -> Self {
        Self {
            explanation: format!("{}; before that: {before}", self.explanation),
            ..self
        }
    }
}
