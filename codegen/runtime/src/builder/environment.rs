//! Creation of a client from the environment.

use std::sync::Arc;

use super::{ClientBuilder, GeneratedClient};
use crate::credentials::{self, BearerToken, Context, CredentialsError, Region, metadata_timeout};
use crate::error::{Cause, Error, Failure};
use crate::http_client;
use crate::operation::Service;
use crate::recursion::Recursion;
use crate::setting::{Settings, token_variable};
use crate::transport::CustomTransport;

impl<C: GeneratedClient> ClientBuilder<C> {
    /// Creates the client. Settings that are not set in code are read from environment variables,
    /// or else from the [profile](Self::profile):
    ///
    /// | setting | variable | property of the profile |
    /// |---|---|---|
    /// | [`profile`](Self::profile) | `AWS_PROFILE`, `AWS_DEFAULT_PROFILE` | |
    /// | [`region`](Self::region) | `AWS_REGION`, `AWS_DEFAULT_REGION` | `region` |
    /// | [`credentials`](Self::credentials) | see [`credentials`](crate::credentials) | |
    /// | [`bearer_token`](Self::bearer_token) | `AWS_BEARER_TOKEN_<SERVICE>` | `sso_session` |
    /// | [`endpoint_url`](Self::endpoint_url) | `AWS_ENDPOINT_URL_<SERVICE>`, `AWS_ENDPOINT_URL` | `endpoint_url` of the service in `services`, or else of the profile |
    /// | ignore these URLs | `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` | `ignore_configured_endpoint_urls` |
    /// | [`use_fips`](Self::use_fips) | `AWS_USE_FIPS_ENDPOINT` | `use_fips_endpoint` |
    /// | [`use_dual_stack`](Self::use_dual_stack) | `AWS_USE_DUALSTACK_ENDPOINT` | `use_dualstack_endpoint` |
    /// | [`max_attempts`](Self::max_attempts) | `AWS_MAX_ATTEMPTS` | `max_attempts` |
    /// | retry mode | `AWS_RETRY_MODE` | `retry_mode` |
    /// | [`app_id`](Self::app_id) | `AWS_SDK_UA_APP_ID` | `sdk_ua_app_id` |
    /// | [`ca_bundle`](Self::ca_bundle) | `AWS_CA_BUNDLE` | `ca_bundle` |
    /// | [`disable_request_compression`](Self::disable_request_compression) | `AWS_DISABLE_REQUEST_COMPRESSION` | `disable_request_compression` |
    /// | [`request_min_compression_size`](Self::request_min_compression_size) | `AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES` | `request_min_compression_size_bytes` |
    ///
    /// The service of a bearer token is named as in signatures, such as `BEDROCK`. Where an operation
    /// takes a token or a signature, the token of that variable is preferred, unless credentials are
    /// set in code.
    ///
    /// There is one mode of retries, `standard`: `adaptive` and `legacy` mean the same.
    ///
    /// Files are read immediately. If neither variables nor the profile contain a region, it is
    /// requested from the Amazon EC2 metadata service, unless `AWS_EC2_METADATA_DISABLED` is true.
    /// No other request is made before the first call.
    ///
    /// An invalid line in a profile file, or a file that cannot be read, is logged as a warning. It
    /// is an error only if the region or the credentials are needed from that profile.
    ///
    /// In a Lambda function, the client forwards the trace ID of the invocation, which AWS uses to
    /// detect recursive calls.
    ///
    /// # Errors
    ///
    /// As [`build`](Self::build), and an invalid value, a profile that was not found or cannot be
    /// read, or incomplete settings of credentials.
    pub async fn build_from_env(mut self) -> Result<C, Error<C::Error>> {
        match self.fill_from_environment(C::SERVICE).await {
            Ok(()) => self.build(),
            Err(failure) => Err(Error::new(failure)),
        }
    }
}

impl<C> ClientBuilder<C> {
    async fn fill_from_environment(&mut self, service: &Service) -> Result<(), Failure> {
        let settings = Settings::load(self.environment.clone(), self.profile.take());
        let settings = settings.map_err(Failure::configuration)?;
        self.fill(&settings, service)
            .map_err(Failure::configuration)?;
        if self.region.is_none() {
            let profile = settings.intact_profile();
            profile.map_err(|fault| Failure::configuration(fault.to_string()))?;
            let region = self.region_of_instance(&settings).await;
            self.region = region.map_err(Cause::Credentials)?;
        }
        self.resolve_fips_region();
        let found = self.find_credentials(&settings, service);
        found.map_err(Cause::Credentials)?;
        Ok(())
    }

    /// Finds the sources of the credentials and of the token that are not set in code.
    fn find_credentials(
        &mut self,
        settings: &Settings,
        service: &Service,
    ) -> Result<(), CredentialsError> {
        let region = Region {
            name: self.region.clone(),
            ..self.variant()
        };
        let context = Context {
            settings,
            profile_name: &settings.profile_name,
            uses_variables: !settings.is_profile_of_code,
            region: &region,
            takes_token: !service.requires_credentials,
            mfa_code: self.mfa_code.as_ref(),
        };
        let has_credentials = self.credentials.is_some();
        if !has_credentials {
            let source = credentials::choose(&context)?;
            if service.requires_credentials {
                source.check()?;
            }
            self.source = Some(source);
        }
        if self.bearer_token.is_none() && context.takes_token {
            let variable = token_variable(service.signing_name);
            let token = settings.environment.get(&variable);
            match token.filter(|_| context.uses_variables) {
                Some(token) => {
                    self.prefers_token = !has_credentials;
                    self.bearer_token = Some(Arc::new(BearerToken::new(token)));
                }
                None => self.token_source = credentials::choose_token(&context)?,
            }
        }
        Ok(())
    }

    /// Reads settings that are not set in code.
    fn fill(&mut self, settings: &Settings, service: &Service) -> Result<(), String> {
        let text = |variable, property| Some(settings.get(variable, property)?.text);
        if self.region.is_none() {
            let first = settings.environment.get("AWS_REGION");
            self.region = first.or_else(|| text("AWS_DEFAULT_REGION", "region"));
        }
        let has_own_transport = matches!(self.transport, Some(CustomTransport::Transport(_)));
        if let (Some(limit), false) = (metadata_timeout(settings)?, has_own_transport) {
            self.metadata = Arc::new(http_client::metadata(limit));
        }
        if self.use_fips.is_none() {
            self.use_fips = settings.flag("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint")?;
        }
        if self.use_dual_stack.is_none() {
            let variable = "AWS_USE_DUALSTACK_ENDPOINT";
            self.use_dual_stack = settings.flag(variable, "use_dualstack_endpoint")?;
        }
        if self.endpoint_url.is_none() {
            self.endpoint_url = settings.endpoint_url(service.sdk_id)?;
        }
        if self.app_id.is_none() {
            self.app_id = text("AWS_SDK_UA_APP_ID", "sdk_ua_app_id");
        }
        if self.ca_bundle.is_none() {
            let path = text("AWS_CA_BUNDLE", "ca_bundle");
            self.ca_bundle = path.map(|path| settings.environment.expand_home(&path));
        }
        self.recursion = Recursion::of(&settings.environment);
        self.compression.fill(settings)?;
        self.retry.fill(settings)
    }
}
