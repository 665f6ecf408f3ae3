//! Clients of what the environment says.

use super::{ClientBuilder, GeneratedClient};
use crate::credentials::{self, Context};
use crate::error::{Cause, Error, Failure};
use crate::operation::Service;
use crate::recursion::Recursion;
use crate::setting::Settings;

impl<C: GeneratedClient> ClientBuilder<C> {
    /// Makes the client, and takes what is not set in code from environment variables, or else from
    /// the [profile](Self::profile):
    ///
    /// | setting | variable | property of the profile |
    /// |---|---|---|
    /// | [`region`](Self::region) | `AWS_REGION`, `AWS_DEFAULT_REGION` | `region` |
    /// | [`credentials`](Self::credentials) | see [`credentials`](crate::credentials) | |
    /// | [`endpoint_url`](Self::endpoint_url) | `AWS_ENDPOINT_URL_<SERVICE>`, `AWS_ENDPOINT_URL` | `endpoint_url` of the service in `services`, or else of the profile |
    /// | none of these URLs | `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` | `ignore_configured_endpoint_urls` |
    /// | [`use_fips`](Self::use_fips) | `AWS_USE_FIPS_ENDPOINT` | `use_fips_endpoint` |
    /// | [`use_dual_stack`](Self::use_dual_stack) | `AWS_USE_DUALSTACK_ENDPOINT` | `use_dualstack_endpoint` |
    /// | [`max_attempts`](Self::max_attempts) | `AWS_MAX_ATTEMPTS` | `max_attempts` |
    /// | the mode of retries | `AWS_RETRY_MODE` | `retry_mode` |
    /// | [`app_id`](Self::app_id) | `AWS_SDK_UA_APP_ID` | `sdk_ua_app_id` |
    /// | [`ca_bundle`](Self::ca_bundle) | `AWS_CA_BUNDLE` | `ca_bundle` |
    /// | [`disable_request_compression`](Self::disable_request_compression) | `AWS_DISABLE_REQUEST_COMPRESSION` | `disable_request_compression` |
    /// | [`request_min_compression_size`](Self::request_min_compression_size) | `AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES` | `request_min_compression_size_bytes` |
    ///
    /// There is one mode of retries, `standard`: `adaptive` and `legacy` mean the same. Files are
    /// read now; nothing is asked of a network before the first call.
    ///
    /// In a Lambda function, the client passes on the trace id of the invocation, by which AWS finds
    /// functions that call each other without end.
    ///
    /// # Errors
    ///
    /// As [`build`](Self::build), a value that means nothing, a profile that is not there, files of
    /// another format or named by a variable and not to be read, or a source of credentials that is set up by halves.
    #[expect(
        clippy::unused_async,
        reason = "a source that is awaited must not need another method one day"
    )]
    pub async fn build_from_env(mut self) -> Result<C, Error<C::Error>> {
        match self.fill_from_environment(C::SERVICE) {
            Ok(()) => self.build(),
            Err(failure) => Err(Error::new(failure)),
        }
    }
}

impl<C> ClientBuilder<C> {
    fn fill_from_environment(&mut self, service: &Service) -> Result<(), Failure> {
        let settings = Settings::load(self.environment.clone(), self.profile.take());
        let settings = settings.map_err(Failure::configuration)?;
        self.fill(&settings, service)
            .map_err(Failure::configuration)?;
        if self.credentials.is_none() {
            let context = Context {
                settings: &settings,
                region: self.region.as_deref(),
                use_fips: self.use_fips.unwrap_or(false),
                use_dual_stack: self.use_dual_stack.unwrap_or(false),
            };
            let source = credentials::choose(&context).map_err(Cause::Credentials)?;
            if service.requires_credentials {
                source.check().map_err(Cause::Credentials)?;
            }
            self.source = Some(source);
        }
        Ok(())
    }

    /// Takes what is not set in code.
    fn fill(&mut self, settings: &Settings, service: &Service) -> Result<(), String> {
        let text = |variable, property| Some(settings.get(variable, property)?.text);
        if self.region.is_none() {
            let first = settings.environment.get("AWS_REGION");
            self.region = first.or_else(|| text("AWS_DEFAULT_REGION", "region"));
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
