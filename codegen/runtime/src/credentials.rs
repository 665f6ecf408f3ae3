//! Credentials, and the sources they come from.
//!
//! Credentials are set in code, or found by [`build_from_env`]. It looks at these sources in order and
//! takes the first that is set up:
//!
//! 1. the variables `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`;
//! 2. the profile that `AWS_PROFILE` or `AWS_DEFAULT_PROFILE` names, or else `default`: see below;
//! 3. a web identity of the variables `AWS_WEB_IDENTITY_TOKEN_FILE` and `AWS_ROLE_ARN`, as
//!    Kubernetes on AWS sets them, for which AWS STS returns credentials of the role;
//! 4. the container's own endpoint, of `AWS_CONTAINER_CREDENTIALS_RELATIVE_URI` or
//!    `AWS_CONTAINER_CREDENTIALS_FULL_URI`, as Amazon ECS and EKS set them;
//! 5. the instance metadata service of Amazon EC2, in its version 2, unless
//!    `AWS_EC2_METADATA_DISABLED` is true.
//!
//! A source that is set up and fails ends the search: the call fails with the reason, and is never
//! made with the identity of another source. If no source is set up, the error lists what each lacks.
//! A [profile](crate::ClientBuilder::profile) that is chosen in code is the only source: a profile
//! that was not found or has no credentials is an error.
//!
//! # Profiles
//!
//! If a profile has credentials of several kinds, the first of these counts, as in the AWS CLI:
//!
//! | kind | properties |
//! |---|---|
//! | a role, with other credentials | `role_arn` and `source_profile` or `credential_source` |
//! | a role, with a web identity | `role_arn` and `web_identity_token_file` |
//! | IAM Identity Center (SSO) | `sso_account_id` or `sso_role_name` |
//! | keys | `aws_access_key_id` and `aws_secret_access_key` of the credentials file |
//! | a session of `aws login`, which is not supported | `login_session` |
//! | a process | `credential_process` |
//! | keys | `aws_access_key_id` and `aws_secret_access_key` of the config file |
//!
//! A role that is assumed with other credentials, IAM Identity Center and a process need the cargo
//! feature `aws-config`: such a profile is then read by the official crate of that name. All requests
//! go through the client's own transport even then.
//!
//! # Expiration
//!
//! Credentials that expire are fetched when the first call needs them, and cached: see
//! [`CachedCredentials`]. Fetching them may take
//! [`credentials_timeout`](crate::ClientBuilder::credentials_timeout).
//!
//! While the endpoint of a container or the metadata service of an instance is down, or returns
//! expired credentials, calls go on with those there are, and the service decides whether it takes
//! them. The source is asked again every 5 to 10 minutes, and one warning is logged.
//!
//! One attempt to reach the metadata service takes at most 2 seconds, or
//! `AWS_METADATA_SERVICE_TIMEOUT` (`metadata_service_timeout` in the profile). Attempts that may
//! succeed when repeated are made 3 times, or `AWS_METADATA_SERVICE_NUM_ATTEMPTS` times
//! (`metadata_service_num_attempts`).
//!
//! [`build_from_env`]: crate::ClientBuilder::build_from_env

mod assume_role;
mod cache;
mod chain;
mod cli_cache;
mod container;
mod document;
mod dpop;
mod endpoint;
mod environment;
mod file;
mod instance;
mod keys;
mod login;
mod network;
mod process;
mod provider;
mod source;
mod sso;
mod sso_token;
mod sts;
mod web_identity;

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use zeroize::Zeroizing;

pub use assume_role::{AssumeRole, AssumeRoleBuilder};
pub use cache::CachedCredentials;
pub(crate) use cache::FETCH_TIMEOUT;
pub(crate) use chain::{ChosenSource, choose};
pub use container::Container;
pub use instance::Instance;
pub(crate) use instance::{CONNECT_TIMEOUT, MetadataService, timeout as metadata_timeout};
pub use login::Login;
pub use network::Network;
pub(crate) use network::Region;
pub use process::Process;
pub(crate) use source::Context;
pub use sso::Sso;
pub use web_identity::WebIdentity;

use crate::body::BoxError;
use crate::schema::Redacted;
use crate::timestamp::Timestamp;

/// An AWS access key; a temporary one with a session token and an expiration time.
///
/// The secret parts are wiped from memory when these credentials are dropped, and `Debug` never shows
/// them. Copies that other code holds are not wiped: buffers of requests and responses, header values
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
    access_key: String,
    secret_key: Zeroizing<String>,
    session_token: Option<Zeroizing<String>>,
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
            access_key: access_key.into(),
            secret_key: Zeroizing::new(secret_key.into()),
            session_token: session_token.map(Zeroizing::new),
            expires_at: None,
        }
    }

    /// Sets the time at which the credentials expire.
    #[must_use]
    pub fn with_expiry(mut self, expires_at: Timestamp) -> Self {
        self.expires_at = Some(expires_at);
        self
    }

    /// The access key id, which is not a secret: it names the key in every signature.
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

    /// The time at which the credentials expire; `None` if they do not.
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

/// The return type of [`ProvideCredentials::provide_credentials`].
pub type CredentialsFuture<'a> =
    Pin<Box<dyn Future<Output = Result<Credentials, CredentialsError>> + Send + 'a>>;

/// A source of credentials. It is called before every attempt, so it should return credentials from
/// memory while they are good: wrap it in [`CachedCredentials`] for that.
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
    /// Returns the credentials to sign with now.
    ///
    /// # Errors
    ///
    /// The reason why there are none, and the remedy. The call that needs them ends with this error.
    fn provide_credentials(&self) -> CredentialsFuture<'_>;

    /// Drops credentials that a service has refused as expired or unknown (`ExpiredToken`,
    /// `ExpiredTokenException`, `InvalidClientTokenId`, `UnrecognizedClientException`), and returns
    /// whether there may be others now: then the client asks for them and makes one more attempt, as
    /// far as [`max_attempts`](crate::ClientBuilder::max_attempts) allows.
    ///
    /// By default there are no others.
    fn invalidate(&self, refused: &Credentials) -> bool {
        let _ = refused;
        false
    }

    /// Receives the part of a client that a provider may share, when the client is built with it: a
    /// provider that makes requests makes them through that client's HTTP client. A provider that
    /// wraps another should pass it on.
    ///
    /// By default it is ignored.
    fn attach(&self, network: &Network) {
        let _ = network;
    }
}

impl<P: ProvideCredentials + ?Sized> ProvideCredentials for Arc<P> {
    fn provide_credentials(&self) -> CredentialsFuture<'_> {
        (**self).provide_credentials()
    }

    fn invalidate(&self, refused: &Credentials) -> bool {
        (**self).invalidate(refused)
    }

    fn attach(&self, network: &Network) {
        (**self).attach(network);
    }
}

/// A function that returns a code of the MFA device with a serial number.
#[derive(Clone)]
pub(crate) struct MfaCode(pub(crate) Arc<dyn Fn(&str) -> Result<String, BoxError> + Send + Sync>);

impl fmt::Debug for MfaCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MfaCode")
    }
}

impl ProvideCredentials for Credentials {
    fn provide_credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(std::future::ready(Ok(self.clone())))
    }
}

/// The reason why there are no credentials, and the remedy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{explanation}")]
pub struct CredentialsError {
    explanation: String,
    is_temporary: bool,
}

impl CredentialsError {
    /// Creates an error from its explanation, in one line. It should contain no secret: it is printed
    /// with the error of the call.
    pub fn new(explanation: impl Into<String>) -> Self {
        Self {
            explanation: explanation.into(),
            is_temporary: false,
        }
    }

    /// Creates an error that may be gone a moment later, such as one of the network. A call that ends
    /// with it [may succeed](crate::Error::is_retryable) when it is made again.
    pub fn temporary(explanation: impl Into<String>) -> Self {
        Self {
            explanation: explanation.into(),
            is_temporary: true,
        }
    }

    /// Returns whether the error may be gone a moment later.
    #[must_use]
    pub fn is_temporary(&self) -> bool {
        self.is_temporary
    }

    /// An error of a source whose settings cannot work.
    fn setting(problem: impl fmt::Display) -> Self {
        Self::new(format!("no credentials: {problem}"))
    }

    /// Puts the subject before the explanation.
    fn about(self, what: impl fmt::Display) -> Self {
        Self {
            explanation: format!("{what}: {}", self.explanation),
            ..self
        }
    }

    /// Appends an earlier failure to the explanation.
    pub(crate) fn following(self, before: impl fmt::Display) -> Self {
        Self {
            explanation: format!("{}; before that: {before}", self.explanation),
            ..self
        }
    }
}
