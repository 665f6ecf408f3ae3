//! Credentials and their sources.
//!
//! Credentials are set in code, or found by [`build_from_env`] in the same places as the AWS CLI.
//! It uses the first of these sources that is configured:
//!
//! | source | configured by | type |
//! |---|---|---|
//! | keys | `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`, with `AWS_SESSION_TOKEN` | [`Credentials`] |
//! | role, with other credentials | profile: `role_arn` with `source_profile` or `credential_source` | [`AssumeRole`] |
//! | role, with a web identity | `AWS_WEB_IDENTITY_TOKEN_FILE` and `AWS_ROLE_ARN`, or profile: `web_identity_token_file` and `role_arn` | [`WebIdentity`] |
//! | IAM Identity Center (SSO) | profile: `sso_account_id` and `sso_role_name`, with an `sso_session` or with `sso_start_url` and `sso_region` | [`Sso`] |
//! | keys | profile in the credentials file: `aws_access_key_id` and `aws_secret_access_key` | [`Credentials`] |
//! | session of `aws login` | profile: `login_session` | [`Login`] |
//! | process | profile: `credential_process` | [`Process`] |
//! | keys | profile in the config file | [`Credentials`] |
//! | container | `AWS_CONTAINER_CREDENTIALS_RELATIVE_URI` or `AWS_CONTAINER_CREDENTIALS_FULL_URI` | [`Container`] |
//! | instance | nothing; disabled by `AWS_EC2_METADATA_DISABLED` | [`Instance`] |
//!
//! The profile is that of `AWS_PROFILE` or `AWS_DEFAULT_PROFILE`, or else `default`. A
//! [profile](crate::ClientBuilder::profile) that is set in code is the only source: environment
//! variables, the container and the instance are ignored, and a profile that was not found or has
//! no credentials is an error.
//!
//! If a configured source fails, the search ends: invalid settings are errors of
//! [`build_from_env`], and a failed request is an error of the call. The client never uses another
//! identity instead. If no source is configured, the error lists why each was not used.
//!
//! Each type can also be created in code, and passed to
//! [`credentials`](crate::ClientBuilder::credentials):
//!
//! ```
//! use smithy_reqwest::credentials::{AssumeRole, Credentials};
//! use smithy_reqwest::{ClientBuilder, GeneratedClient};
//!
//! fn with_role<C: GeneratedClient>(
//!     builder: ClientBuilder<C>,
//!     base: Credentials,
//! ) -> Result<ClientBuilder<C>, Box<dyn std::error::Error>> {
//!     let role = AssumeRole::builder("arn:aws:iam::123456789012:role/nightly").source(base);
//!     Ok(builder.credentials(role.build()?))
//! }
//! ```
//!
//! # Roles
//!
//! A `source_profile` may be a role itself, and so on; a profile that refers back to itself is an
//! error. If a source profile has keys, they are used, and its role is not assumed. `external_id`,
//! `duration_seconds` and `role_session_name` are sent to AWS STS. A role with an `mfa_serial`
//! requires a code: see [`mfa_code`](crate::ClientBuilder::mfa_code). If the AWS CLI has cached
//! valid credentials of the role in `~/.aws/cli/cache`, they are used without a code.
//!
//! AWS STS is called in the region of the client, with its FIPS and dual-stack settings, or at the
//! endpoint URL in `AWS_ENDPOINT_URL_STS`, `AWS_ENDPOINT_URL` or the profile.
//!
//! # Sessions
//!
//! `aws sso login` and `aws login` start a session and store its tokens in `~/.aws`. Tokens are
//! renewed when less than 5 minutes are left, and stored again. If a session has ended, the error
//! contains the command that starts a new one. An `sso_session` without an account and a role
//! provides the bearer token for operations that use one.
//!
//! # Expiration
//!
//! Credentials that expire are fetched when the first call needs them, and cached: see
//! [`CachedCredentials`]. [`credentials_timeout`](crate::ClientBuilder::credentials_timeout) limits
//! the time for fetching them.
//!
//! If the endpoint of a container or the metadata service of an instance fails or returns expired
//! credentials, calls continue to use the old ones, which the service may still accept. The source
//! is called again every 5 to 10 minutes, and one warning is logged.
//!
//! An attempt to call the metadata service times out after 2 seconds, or
//! `AWS_METADATA_SERVICE_TIMEOUT` (`metadata_service_timeout` in the profile). Temporary failures
//! are retried up to 3 attempts, or `AWS_METADATA_SERVICE_NUM_ATTEMPTS`
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
mod token;
mod web_identity;

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

pub use crate::access_key::Credentials;
pub use assume_role::{AssumeRole, AssumeRoleBuilder};
pub use cache::CachedCredentials;
pub(crate) use cache::FETCH_TIMEOUT;
pub(crate) use chain::{ChosenSource, choose};
pub use container::Container;
pub use instance::Instance;
pub(crate) use instance::{MetadataService, timeout as metadata_timeout};
pub use login::Login;
pub use network::Network;
pub(crate) use network::{CONNECT_TIMEOUT, Region};
pub use process::Process;
pub(crate) use source::Context;
pub use sso::Sso;
pub(crate) use sso_token::choose_token;
pub(crate) use token::{BearerToken, ChosenToken, ProvideToken};
pub use web_identity::WebIdentity;

use crate::body::BoxError;

/// The return type of [`ProvideCredentials::provide_credentials`].
pub type CredentialsFuture<'a> =
    Pin<Box<dyn Future<Output = Result<Credentials, CredentialsError>> + Send + 'a>>;

/// A source of credentials. It is called before every attempt, so it should return valid
/// credentials from memory: wrap it in [`CachedCredentials`] for that.
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
    /// Returns the current credentials for signing.
    ///
    /// # Errors
    ///
    /// The reason and the remedy. The call that needs the credentials returns this error.
    fn provide_credentials(&self) -> CredentialsFuture<'_>;

    /// Drops credentials that a service has rejected as expired or unknown (`ExpiredToken`,
    /// `ExpiredTokenException`, `InvalidClientTokenId`, `UnrecognizedClientException`). Returns
    /// `true` if there may be other credentials now: then the client makes one more attempt with
    /// them, if [`max_attempts`](crate::ClientBuilder::max_attempts) allows it.
    ///
    /// By default, there are no others.
    fn invalidate(&self, refused: &Credentials) -> bool {
        let _ = refused;
        false
    }

    /// Receives the parts of a client that a provider may share, when the client is built: a
    /// provider that makes requests uses that client's HTTP client. A provider that wraps another
    /// should forward the call.
    ///
    /// By default, it is ignored.
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

/// Returns a code of the MFA device with a serial number.
type GetMfaCode = dyn Fn(&str) -> Result<String, BoxError> + Send + Sync;

/// A function that returns codes of MFA devices.
#[derive(Clone)]
pub(crate) struct MfaCode(pub(crate) Arc<GetMfaCode>);

impl ProvideCredentials for Credentials {
    fn provide_credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(std::future::ready(Ok(self.clone())))
    }
}

/// The error of getting credentials, with the reason and the remedy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{explanation}")]
pub struct CredentialsError {
    explanation: String,
    is_temporary: bool,
}

impl CredentialsError {
    /// Creates an error from an explanation in one line. It must not contain secrets, because the
    /// error of the call prints it.
    pub fn new(explanation: impl Into<String>) -> Self {
        Self {
            explanation: explanation.into(),
            is_temporary: false,
        }
    }

    /// Creates a temporary error, such as a network error. A call with this error [may
    /// succeed](crate::Error::is_retryable) later.
    pub fn temporary(explanation: impl Into<String>) -> Self {
        Self {
            explanation: explanation.into(),
            is_temporary: true,
        }
    }

    /// Returns `true` if the error is temporary.
    #[must_use]
    pub fn is_temporary(&self) -> bool {
        self.is_temporary
    }

    /// Creates an error of a source with invalid settings.
    fn setting(problem: impl fmt::Display) -> Self {
        Self::new(format!("no credentials: {problem}"))
    }

    /// Adds the subject in front of the explanation.
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
