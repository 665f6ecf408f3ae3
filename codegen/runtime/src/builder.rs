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
use crate::transport::{HandedIn, Transport};

/// A client type of a generated crate: what [`ClientBuilder::build`] makes.
pub trait GeneratedClient: From<Client> {
    /// What is known of the service.
    const SERVICE: &'static Service;
    /// The modeled errors of the service.
    type Error: ModeledError;
}

/// Sets up a client.
///
/// Nothing here touches the network, and what is set in code wins over the environment.
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
    /// Where credentials are found that are not given in code.
    source: Option<Box<dyn ChosenSource>>,
    credentials_timeout: Duration,
    mfa_code: Option<MfaCode>,
    bearer_token: Option<Arc<dyn ProvideToken>>,
    /// Whether the token is preferred to a signature.
    prefers_token: bool,
    /// Where a token is found that is not given in code.
    token_source: Option<Box<dyn ChosenToken>>,
    compression: CompressionSettings,
    retry: RetrySettings,
    timeouts: Timeouts,
    ca_bundle: Option<PathBuf>,
    max_response_size: Option<usize>,
    max_decoded_size: Option<usize>,
    transport: Option<HandedIn>,
    /// What reaches the sources of credentials beside this machine.
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
    /// The region to call and to sign for, as in `us-east-1`. The pseudo-regions `fips-us-east-1` and
    /// `us-east-1-fips` mean that region with [FIPS endpoints](Self::use_fips).
    #[must_use]
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Whether to compress no request, where an operation allows that. It is compressed by default.
    #[must_use]
    pub fn disable_request_compression(mut self, disable: bool) -> Self {
        self.compression.disabled = Some(disable);
        self
    }

    /// The size in bytes from which a request is compressed, where an operation allows that:
    /// 10,240 by default, and at most 10,485,760.
    #[must_use]
    pub fn request_min_compression_size(mut self, bytes: usize) -> Self {
        self.compression.min_size = Some(bytes);
        self
    }

    /// Sets the longest body of a response that is read into memory, in bytes: 67,108,864 (64 MiB)
    /// by default. A longer one is an error that is not retried, since it would be too long again.
    ///
    /// An error response that is too long keeps its status and headers, and loses its body. A body
    /// that is returned as a stream has no limit.
    #[must_use]
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.max_response_size = Some(bytes);
        self
    }

    /// Sets the memory that the values in one response may take, in bytes: by default four times
    /// [`max_response_size`](Self::max_response_size). A body of many small values can take many
    /// times its length; one that would take more than this is an error that is not retried.
    #[must_use]
    pub fn max_decoded_size(mut self, bytes: usize) -> Self {
        self.max_decoded_size = Some(bytes);
        self
    }

    /// A URL to call instead of the service's own: a VPC endpoint, a proxy, a stand-in.
    #[must_use]
    pub fn endpoint_url(mut self, url: impl Into<String>) -> Self {
        self.endpoint_url = Some(url.into());
        self
    }

    /// Disables the host prefixes that the model gives some operations, such as `data-` in
    /// `data-example.us-east-1.amazonaws.com`, for an endpoint that has only one host name. They are
    /// disabled by default where the endpoint is a loopback host, such as `localhost`.
    #[must_use]
    pub fn disable_host_prefix(mut self, disable: bool) -> Self {
        self.disable_host_prefix = Some(disable);
        self
    }

    /// Whether to call endpoints with FIPS 140 validated cryptography. Off by default.
    #[must_use]
    pub fn use_fips(mut self, use_fips: bool) -> Self {
        self.use_fips = Some(use_fips);
        self
    }

    /// Whether to call endpoints that answer over IPv6 too. Off by default.
    #[must_use]
    pub fn use_dual_stack(mut self, use_dual_stack: bool) -> Self {
        self.use_dual_stack = Some(use_dual_stack);
        self
    }

    /// A parameter that the endpoint rules of this service have of their own, by its name in them.
    /// What an operation or its input gives stands in for it.
    ///
    /// The `endpoint` module of a crate has the parameters, with what each is for. A value of
    /// another type, and a name that the rules do not have, is an error of
    /// [`build`](Self::build) or of the first call.
    #[must_use]
    pub fn endpoint_parameter(
        mut self,
        name: impl Into<String>,
        value: impl Into<EndpointValue>,
    ) -> Self {
        self.endpoint_parameters.set(name, value);
        self
    }

    /// A name for the calling application, which is added to the user agent. AWS shows it in
    /// `CloudTrail`; at most 50 characters are used.
    #[must_use]
    pub fn app_id(mut self, app_id: impl Into<String>) -> Self {
        self.app_id = Some(app_id.into());
        self
    }

    /// The HTTP client to send with, for a proxy, a TLS setting or a connection pool of your own.
    ///
    /// It should follow no redirect and retry nothing by itself: a signature is good for one URL,
    /// and a call counts its own attempts. [`http_client_builder`](crate::http_client_builder) is
    /// set up so, and with the TLS of this crate's features: begin with it.
    ///
    /// Of the limits of time, [`read_timeout`](Self::read_timeout) goes for it as well, with its
    /// 60 s where nothing else is set, and [`connect_timeout`](Self::connect_timeout) does not.
    #[must_use]
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.transport = Some(HandedIn::Client(client));
        self
    }

    /// What turns a request into a response in place of an HTTP client: see
    /// [`transport`](crate::transport). Requests for credentials go through it too.
    #[must_use]
    pub fn transport(mut self, transport: impl Transport) -> Self {
        let transport: Arc<dyn Transport> = Arc::new(transport);
        self.metadata = Arc::clone(&transport);
        self.transport = Some(HandedIn::Transport(transport));
        self
    }

    /// The clock for signatures. The system's by default. Where a service refuses a signature and says
    /// that its clock is another, the client goes by that from then on.
    #[must_use]
    pub fn time_source(mut self, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.now = Arc::new(now);
        self
    }

    /// What makes idempotency tokens and invocation ids. Random UUIDs (version 4) by default.
    #[must_use]
    pub fn token_source(mut self, next: impl Fn() -> String + Send + Sync + 'static) -> Self {
        self.new_token = Arc::new(next);
        self
    }

    /// What makes the numbers, from 0 up to and without 1, that delays are chosen with. Random ones
    /// by default.
    #[must_use]
    pub fn random_source(mut self, next: impl Fn() -> f64 + Send + Sync + 'static) -> Self {
        self.random = Arc::new(next);
        self
    }

    /// The profile that [`build_from_env`](Self::build_from_env) reads settings and credentials from.
    /// That of `AWS_PROFILE` by default, or else the one named `default`.
    ///
    /// A profile that is chosen here wins over credentials in environment variables. See
    /// [`profile`](crate::profile) for the files that have it.
    #[must_use]
    pub fn profile(mut self, name: impl Into<String>) -> Self {
        self.profile = Some(name.into());
        self
    }

    /// The variables that [`build_from_env`](Self::build_from_env) reads. The process's by
    /// default. They also tell where the profile files are.
    #[must_use]
    pub fn environment(mut self, environment: EnvironmentVariables) -> Self {
        self.environment = environment;
        self
    }
}

impl<C> ClientBuilder<C> {
    /// The variant of endpoints, without a region.
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
