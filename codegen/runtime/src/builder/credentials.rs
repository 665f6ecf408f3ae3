//! Setters of credentials.

use std::sync::Arc;
use std::time::Duration;

use super::ClientBuilder;
use crate::body::BoxError;
use crate::credentials::{BearerToken, MfaCode, ProvideCredentials};

impl<C> ClientBuilder<C> {
    /// Sets the credentials for signing: [`Credentials`](crate::Credentials), or a provider of
    /// them.
    #[must_use]
    pub fn credentials(mut self, credentials: impl ProvideCredentials + 'static) -> Self {
        self.credentials = Some(Arc::new(credentials));
        self
    }

    /// Sets the timeout for getting credentials from the source that
    /// [`build_from_env`](Self::build_from_env) finds, including all requests and retries. Defaults
    /// to 60 s. For your own provider, see
    /// [`CachedCredentials::timeout`](crate::CachedCredentials::timeout).
    #[must_use]
    pub fn credentials_timeout(mut self, limit: Duration) -> Self {
        self.credentials_timeout = limit;
        self
    }

    /// Sets a function that returns codes of MFA devices, for a profile whose role needs one
    /// (`mfa_serial`). It is called with the serial number of the device whenever the role is
    /// assumed, on a thread that may block, so it may ask a person. Not called if the AWS CLI has
    /// cached credentials of the role.
    #[must_use]
    pub fn mfa_code(
        mut self,
        code: impl Fn(&str) -> Result<String, BoxError> + Send + Sync + 'static,
    ) -> Self {
        self.mfa_code = Some(MfaCode(Arc::new(code)));
        self
    }

    /// Sets the bearer token of operations that use one instead of a signature
    /// (`smithy.api#httpBearerAuth`). It is sent only over HTTPS or to the local machine.
    #[must_use]
    pub fn bearer_token(mut self, token: impl Into<String>) -> Self {
        self.bearer_token = Some(Arc::new(BearerToken::new(token.into())));
        self
    }
}
