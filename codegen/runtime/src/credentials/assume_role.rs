//! A role that is assumed with other credentials (`AssumeRole` of AWS STS).

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use zeroize::Zeroizing;

use super::network::Network;
use super::provider::provider;
use super::source::Source;
use super::sts::{Form, StsSettings, session_name};
use super::{Credentials, CredentialsError, CredentialsFuture, MfaCode, ProvideCredentials};
use crate::body::BoxError;
use crate::endpoint::base_url;

provider! {
    /// Credentials of a role that is assumed with other credentials.
    ///
    /// ```
    /// use smithy_reqwest::Credentials;
    /// use smithy_reqwest::credentials::AssumeRole;
    ///
    /// let base = Credentials::new("AKIDEXAMPLE", "secret", None);
    /// let role = AssumeRole::builder("arn:aws:iam::123456789012:role/nightly")
    ///     .source(base)
    ///     .session_name("orders")
    ///     .build()?;
    /// # Ok::<(), smithy_reqwest::CredentialsError>(())
    /// ```
    ///
    /// Pass it to [`ClientBuilder::credentials`](crate::ClientBuilder::credentials): requests to
    /// AWS STS then use that client's HTTP client, and the endpoint in its region. The credentials
    /// are cached: see [`CachedCredentials`](super::CachedCredentials).
    AssumeRole
}

impl AssumeRole {
    /// Creates a builder for credentials of the role with this ARN.
    pub fn builder(role_arn: impl Into<String>) -> AssumeRoleBuilder {
        AssumeRoleBuilder {
            arn: role_arn.into(),
            source: None,
            session: Session::default(),
            region: None,
            endpoint_url: None,
        }
    }
}

/// A builder for [`AssumeRole`].
#[derive(Debug)]
#[must_use]
pub struct AssumeRoleBuilder {
    arn: String,
    source: Option<Arc<dyn Source>>,
    session: Session,
    region: Option<String>,
    endpoint_url: Option<String>,
}

impl AssumeRoleBuilder {
    /// Sets the credentials with which the role is assumed: [`Credentials`], or a provider of them,
    /// such as another role. Required.
    pub fn source(mut self, source: impl ProvideCredentials + 'static) -> Self {
        self.source = Some(Arc::new(Given(source)));
        self
    }

    /// Sets the name of the session, which CloudTrail shows: 2 to 64 characters. Defaults to a
    /// random name.
    pub fn session_name(mut self, name: impl Into<String>) -> Self {
        self.session.name = Some(name.into());
        self
    }

    /// Sets the external ID that the trust policy of the role requires.
    pub fn external_id(mut self, id: impl Into<String>) -> Self {
        self.session.external_id = Some(id.into());
        self
    }

    /// Sets the lifetime of a session, in whole seconds: 15 minutes to 12 hours. Defaults to one
    /// hour, which is also the maximum if the credentials of a role are used to assume it.
    pub fn duration(mut self, duration: Duration) -> Self {
        self.session.duration = Some(duration.as_secs());
        self
    }

    /// Sets the serial number of the MFA device that the trust policy requires, and a function that
    /// returns a code of that device. The function is called with the serial number whenever the
    /// role is assumed, on a thread that may block.
    pub fn mfa(
        mut self,
        serial: impl Into<String>,
        code: impl Fn(&str) -> Result<String, BoxError> + Send + Sync + 'static,
    ) -> Self {
        self.session.mfa_serial = Some(serial.into());
        self.session.mfa_code = Some(MfaCode(Arc::new(code)));
        self
    }

    /// Sets the region of AWS STS. Defaults to that of the client.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Sets the endpoint URL of AWS STS. Defaults to that of the region.
    pub fn endpoint_url(mut self, url: impl Into<String>) -> Self {
        self.endpoint_url = Some(url.into());
        self
    }

    /// Creates the provider.
    ///
    /// # Errors
    ///
    /// A missing [`source`](Self::source), or an invalid endpoint URL.
    pub fn build(self) -> Result<AssumeRole, CredentialsError> {
        let source = self.source.ok_or_else(|| {
            let arn = &self.arn;
            let problem = format!(
                "the role {arn} has no `source(…)`: pass the credentials to assume it with"
            );
            CredentialsError::setting(problem)
        })?;
        let url = self.endpoint_url.as_deref().map(base_url).transpose();
        let sts = StsSettings {
            url: url.map_err(CredentialsError::setting)?,
            region: self.region,
        };
        Ok(AssumeRole::of(Arc::new(Role {
            arn: self.arn,
            base: source,
            session: self.session,
            sts,
        })))
    }
}

/// The parameters of a session.
#[derive(Clone, Default)]
pub(super) struct Session {
    pub(super) name: Option<String>,
    pub(super) external_id: Option<String>,
    /// In seconds.
    pub(super) duration: Option<u64>,
    pub(super) mfa_serial: Option<String>,
    pub(super) mfa_code: Option<MfaCode>,
}

/// A role, and the credentials with which it is assumed.
#[derive(Debug)]
pub(super) struct Role {
    pub(super) arn: String,
    pub(super) base: Arc<dyn Source>,
    pub(super) session: Session,
    pub(super) sts: StsSettings,
}

impl Role {
    async fn credentials(&self, network: &Network) -> Result<Credentials, CredentialsError> {
        let Session {
            name,
            external_id,
            duration,
            mfa_serial,
            ..
        } = &self.session;
        let code = self.session.mfa_code().await?;
        let base = self.base.fetch(network).await;
        let base = base.map_err(|error| self.base.explain(error))?;
        let form = Form::new("AssumeRole")
            .with("RoleArn", &self.arn)
            .with("RoleSessionName", session_name(name.as_deref(), network))
            .with_some("DurationSeconds", *duration)
            .with_some("ExternalId", external_id.as_ref())
            .with_some("SerialNumber", mfa_serial.as_ref())
            .with_some("TokenCode", code.as_deref());
        let sts = self.sts.sts(&network.region);
        let sts = sts.map_err(CredentialsError::new)?;
        sts.credentials(network, form, Some(&base)).await
    }
}

impl fmt::Debug for Session {
    /// Shows everything except the external ID, because some treat it as a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("name", &self.name)
            .field("duration", &self.duration)
            .field("mfa_serial", &self.mfa_serial)
            .finish_non_exhaustive()
    }
}

impl Session {
    /// Returns a code of the MFA device, if the role requires one.
    async fn mfa_code(&self) -> Result<Option<Zeroizing<String>>, CredentialsError> {
        let Some(serial) = self.mfa_serial.clone() else {
            return Ok(None);
        };
        let Some(MfaCode(code)) = self.mfa_code.clone() else {
            return Err(CredentialsError::new(format!(
                "a code of the MFA device {serial} is required: call `mfa_code(…)` on the builder"
            )));
        };
        let of_device = serial.clone();
        let code = tokio::task::spawn_blocking(move || code(&of_device)).await;
        let code = code.unwrap_or_else(|error| Err(error.into()));
        let code = code.map_err(|error| {
            CredentialsError::new(format!("no code of the MFA device {serial}: {error}"))
        })?;
        Ok(Some(Zeroizing::new(code.trim().to_owned())))
    }
}

impl Source for Role {
    fn fetch<'a>(&'a self, network: &'a Network) -> CredentialsFuture<'a> {
        Box::pin(self.credentials(network))
    }

    fn explain(&self, error: CredentialsError) -> CredentialsError {
        error.about(format_args!("no credentials from the role {}", self.arn))
    }
}

/// A provider of the caller.
struct Given<P>(P);

impl<P: ProvideCredentials> Source for Given<P> {
    fn fetch<'a>(&'a self, network: &'a Network) -> CredentialsFuture<'a> {
        self.0.attach(network);
        self.0.provide_credentials()
    }

    fn explain(&self, error: CredentialsError) -> CredentialsError {
        error.about("no credentials to assume it with")
    }
}

impl<P: fmt::Debug> fmt::Debug for Given<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
