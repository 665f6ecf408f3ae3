//! The settings of a client.

mod complete;
mod credentials;
mod environment;
mod region;
mod retry;
mod timeout;
mod tls;

use std::fmt;
use std::marker::PhantomData;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use crate::client::Client;
use crate::compression::CompressionSettings;
use crate::credentials::{
    CONNECT_TIMEOUT, ChosenSource, ChosenToken, FETCH_TIMEOUT, MfaCode, ProvideCredentials,
    ProvideToken, Region,
};
use crate::endpoint::{EndpointParameters, EndpointValue};
use crate::environment::EnvironmentVariables;
use crate::http_client;
use crate::operation::Service;
use crate::random::random;
use crate::recursion::Recursion;
use crate::retry::RetrySettings;
use crate::schema::ModeledError;
use crate::timeout::Timeouts;
use crate::transport::{CustomTransport, Transport};

/// The client type of a generated crate, which [`ClientBuilder::build`] creates.
pub trait GeneratedClient: From<Client> {
    /// The description of the service.
    const SERVICE: &'static Service;
    /// The modeled errors of the service.
    type Error: ModeledError;
}

/// The settings of a client.
///
/// Setters do no I/O. Settings in code take precedence over the environment.
pub struct ClientBuilder<C> {
    region: Option<String>,
    endpoint_url: Option<String>,
    disable_host_prefix: Option<bool>,
    use_fips: Option<bool>,
    use_dual_stack: Option<bool>,
    endpoint_parameters: EndpointParameters,
    app_id: Option<String>,
    environment: EnvironmentVariables,
    profile: Option<String>,
    credentials: Option<Arc<dyn ProvideCredentials>>,
    /// The source of credentials that are not set in code.
    source: Option<Box<dyn ChosenSource>>,
    credentials_timeout: Duration,
    mfa_code: Option<MfaCode>,
    bearer_token: Option<Arc<dyn ProvideToken>>,
    /// Is `true` if the token takes precedence over a signature.
    prefers_token: bool,
    /// The source of a token that is not set in code.
    token_source: Option<Box<dyn ChosenToken>>,
    compression: CompressionSettings,
    retry: RetrySettings,
    timeouts: Timeouts,
    ca_bundle: Option<PathBuf>,
    max_response_size: Option<usize>,
    max_decoded_size: Option<usize>,
    transport: Option<CustomTransport>,
    /// The transport to the metadata endpoints of the machine.
    metadata: Arc<dyn Transport>,
    now: Arc<dyn Fn() -> SystemTime + Send + Sync>,
    new_token: Arc<dyn Fn() -> String + Send + Sync>,
    random: Arc<dyn Fn() -> f64 + Send + Sync>,
    recursion: Recursion,
    client: PhantomData<fn() -> C>,
}

impl<C> Default for ClientBuilder<C> {
    #[expect(clippy::disallowed_methods, reason = "this is the default time source")]
    fn default() -> Self {
        Self {
            region: None,
            endpoint_url: None,
            disable_host_prefix: None,
            use_fips: None,
            use_dual_stack: None,
            endpoint_parameters: EndpointParameters::default(),
            app_id: None,
            environment: EnvironmentVariables::process(),
            profile: None,
            credentials: None,
            source: None,
            credentials_timeout: FETCH_TIMEOUT,
            mfa_code: None,
            bearer_token: None,
            prefers_token: false,
            token_source: None,
            compression: CompressionSettings::default(),
            retry: RetrySettings::default(),
            timeouts: Timeouts::default(),
            ca_bundle: None,
            max_response_size: None,
            max_decoded_size: None,
            transport: None,
            metadata: Arc::new(http_client::metadata(CONNECT_TIMEOUT)),
            now: Arc::new(SystemTime::now),
            new_token: Arc::new(|| uuid::Uuid::new_v4().to_string()),
            random: Arc::new(random),
            recursion: Recursion::default(),
            client: PhantomData,
        }
    }
}

impl<C> ClientBuilder<C> {
    /// Sets the region to call and to sign for, such as `us-east-1`. The pseudo-regions
    /// `fips-us-east-1` and `us-east-1-fips` select that region with [FIPS
    /// endpoints](Self::use_fips).
    #[must_use]
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Disables request compression, which is enabled by default for operations that support it.
    #[must_use]
    pub fn disable_request_compression(mut self, disable: bool) -> Self {
        self.compression.disabled = Some(disable);
        self
    }

    /// Sets the size in bytes from which requests are compressed, for operations that support it.
    /// Defaults to 10,240; the maximum is 10,485,760.
    #[must_use]
    pub fn request_min_compression_size(mut self, bytes: usize) -> Self {
        self.compression.min_size = Some(bytes);
        self
    }

    /// Sets the maximum length of a response body that is read into memory, in bytes. Defaults to
    /// 67,108,864 (64 MiB). A longer body is an error that is not retried.
    ///
    /// An error response that is too long keeps its status and headers, but not its body. Streamed
    /// bodies have no limit.
    #[must_use]
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.max_response_size = Some(bytes);
        self
    }

    /// Sets the maximum memory for the values of one response, in bytes. Defaults to four times
    /// [`max_response_size`](Self::max_response_size). A body with many small values can need many
    /// times its length in memory. Exceeding the limit is an error that is not retried.
    #[must_use]
    pub fn max_decoded_size(mut self, bytes: usize) -> Self {
        self.max_decoded_size = Some(bytes);
        self
    }

    /// Sets a URL to call instead of the service's endpoint, such as a VPC endpoint, a proxy or a
    /// stand-in.
    #[must_use]
    pub fn endpoint_url(mut self, url: impl Into<String>) -> Self {
        self.endpoint_url = Some(url.into());
        self
    }

    /// Disables host prefixes of operations, such as `data-` in
    /// `data-example.us-east-1.amazonaws.com`, for endpoints that have only one host name. By
    /// default, they are disabled if the endpoint is a loopback host, such as `localhost`.
    #[must_use]
    pub fn disable_host_prefix(mut self, disable: bool) -> Self {
        self.disable_host_prefix = Some(disable);
        self
    }

    /// Selects endpoints with FIPS 140 validated cryptography. Off by default.
    #[must_use]
    pub fn use_fips(mut self, use_fips: bool) -> Self {
        self.use_fips = Some(use_fips);
        self
    }

    /// Selects endpoints that support both IPv4 and IPv6. Off by default.
    #[must_use]
    pub fn use_dual_stack(mut self, use_dual_stack: bool) -> Self {
        self.use_dual_stack = Some(use_dual_stack);
        self
    }

    /// Sets a parameter of the service's endpoint rules, by its name. A value from an operation or
    /// its input takes precedence.
    ///
    /// The `endpoint` module of a generated crate lists the parameters. An unknown name is an error
    /// of [`build`](Self::build), and a value of the wrong type an error of `build` or of the first
    /// call.
    #[must_use]
    pub fn endpoint_parameter(
        mut self,
        name: impl Into<String>,
        value: impl Into<EndpointValue>,
    ) -> Self {
        self.endpoint_parameters.set(name, value);
        self
    }

    /// Sets the name of the calling application, which is added to the user agent. AWS shows it in
    /// `CloudTrail`. At most 50 characters are used.
    #[must_use]
    pub fn app_id(mut self, app_id: impl Into<String>) -> Self {
        self.app_id = Some(app_id.into());
        self
    }

    /// Sets the HTTP client, for a custom proxy, TLS configuration or connection pool.
    ///
    /// It should not follow redirects or retry requests, because a signature is valid for one URL,
    /// and a call counts its attempts. Start with
    /// [`http_client_builder`](crate::http_client_builder), which is configured accordingly and
    /// uses the TLS library of this crate's features.
    ///
    /// [`read_timeout`](Self::read_timeout), with its default of 60 s, also applies to this client.
    /// [`connect_timeout`](Self::connect_timeout) does not.
    #[must_use]
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.transport = Some(CustomTransport::Client(client));
        self
    }

    /// Sets a transport that is used instead of an HTTP client: see
    /// [`Transport`](crate::Transport). Requests for credentials use it too.
    #[must_use]
    pub fn transport(mut self, transport: impl Transport) -> Self {
        let transport: Arc<dyn Transport> = Arc::new(transport);
        self.metadata = Arc::clone(&transport);
        self.transport = Some(CustomTransport::Transport(transport));
        self
    }

    /// Sets the clock for signatures. Defaults to the system's clock. If a service rejects a
    /// signature because of its time, the client corrects the clock by the difference from then on.
    #[must_use]
    pub fn time_source(mut self, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.now = Arc::new(now);
        self
    }

    /// Sets the generator of idempotency tokens and invocation IDs. Defaults to random UUIDs
    /// (version 4).
    #[must_use]
    pub fn token_source(mut self, next: impl Fn() -> String + Send + Sync + 'static) -> Self {
        self.new_token = Arc::new(next);
        self
    }

    /// Sets the generator of the random numbers, from 0 up to but not including 1, from which
    /// delays are calculated.
    #[must_use]
    pub fn random_source(mut self, next: impl Fn() -> f64 + Send + Sync + 'static) -> Self {
        self.random = Arc::new(next);
        self
    }

    /// Sets the profile from which [`build_from_env`](Self::build_from_env) reads settings and
    /// credentials. Defaults to `AWS_PROFILE`, or else to `default`.
    ///
    /// A profile that is set here takes precedence over credentials in environment variables. See
    /// the module `profile` of `smithy_reqwest` for the files.
    #[must_use]
    pub fn profile(mut self, name: impl Into<String>) -> Self {
        self.profile = Some(name.into());
        self
    }

    /// Sets the variables that [`build_from_env`](Self::build_from_env) reads, including the paths
    /// of the profile files. Defaults to those of the process.
    #[must_use]
    pub fn environment(mut self, environment: EnvironmentVariables) -> Self {
        self.environment = environment;
        self
    }
}

impl<C> ClientBuilder<C> {
    /// Returns the variant of endpoints, without a region.
    fn variant(&self) -> Region {
        Region {
            name: None,
            use_fips: self.use_fips.unwrap_or(false),
            use_dual_stack: self.use_dual_stack.unwrap_or(false),
        }
    }
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("region", &self.region)
            .field("use_fips", &self.use_fips)
            .field("use_dual_stack", &self.use_dual_stack)
            .field("app_id", &self.app_id)
            .field("credentials", &self.credentials)
            .field("bearer_token", &self.bearer_token)
            .finish_non_exhaustive()
    }
}
