//! The settings of a client.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::SystemTime;

use crate::auth::{BearerToken, NO_CREDENTIALS, no_credentials};
use crate::client::{Client, Core};
use crate::clock::Clock;
use crate::compression::CompressionSettings;
use crate::credentials::{self, ProvideCredentials};
use crate::destination::Destinations;
use crate::endpoint::{EndpointParameters, EndpointSettings, EndpointValue};
use crate::environment::Environment;
use crate::error::{Cause, Error, Failure};
use crate::limit::ResponseLimit;
use crate::operation::{ModelledError, Service, is_host_label};
use crate::retry::RetrySettings;
use crate::timeout::Timeouts;
use crate::tls::{self, TlsError};
use crate::transport::{Http, Transport};
use crate::user_agent::user_agent;

/// A client type of a generated crate: what [`ClientBuilder::build`] makes.
pub trait GeneratedClient: From<Client> {
    /// What is known of the service.
    const SERVICE: &'static Service;
    /// The modelled errors of the service.
    type Error: ModelledError;
}

/// Sets up a client.
///
/// Nothing here touches the network, and what is set in code wins over the environment.
pub struct ClientBuilder<C> {
    region: Option<String>,
    endpoint_url: Option<String>,
    use_fips: Option<bool>,
    use_dual_stack: Option<bool>,
    endpoint_parameters: EndpointParameters,
    app_id: Option<String>,
    environment: Environment,
    credentials: Option<Arc<dyn ProvideCredentials>>,
    bearer_token: Option<BearerToken>,
    compression: CompressionSettings,
    pub(crate) retry: RetrySettings,
    pub(crate) timeouts: Timeouts,
    pub(crate) response_limit: ResponseLimit,
    transport: Option<Arc<dyn Transport>>,
    now: Arc<dyn Fn() -> SystemTime + Send + Sync>,
    new_token: Arc<dyn Fn() -> String + Send + Sync>,
    random: Arc<dyn Fn() -> f64 + Send + Sync>,
    client: PhantomData<fn() -> C>,
}

impl<C> Default for ClientBuilder<C> {
    #[expect(clippy::disallowed_methods, reason = "this is the default time source")]
    fn default() -> Self {
        Self {
            region: None,
            endpoint_url: None,
            use_fips: None,
            use_dual_stack: None,
            endpoint_parameters: EndpointParameters::default(),
            app_id: None,
            environment: Environment::process(),
            credentials: None,
            bearer_token: None,
            compression: CompressionSettings::default(),
            retry: RetrySettings::default(),
            timeouts: Timeouts::default(),
            response_limit: ResponseLimit::default(),
            transport: None,
            now: Arc::new(SystemTime::now),
            new_token: Arc::new(|| uuid::Uuid::new_v4().to_string()),
            random: Arc::new(random),
            client: PhantomData,
        }
    }
}

impl<C> ClientBuilder<C> {
    /// The region to call and to sign for, as in `us-east-1`.
    #[must_use]
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Who signs: [`Credentials`](crate::Credentials), or anything that provides them.
    #[must_use]
    pub fn credentials(mut self, credentials: impl ProvideCredentials + 'static) -> Self {
        self.credentials = Some(Arc::new(credentials));
        self
    }

    /// The token of the operations that take one in place of a signature
    /// (`smithy.api#httpBearerAuth`). It is sent only over https, or to this machine.
    #[must_use]
    pub fn bearer_token(mut self, token: impl Into<String>) -> Self {
        self.bearer_token = Some(BearerToken::new(token.into()));
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

    /// A URL to call instead of the service's own: a VPC endpoint, a proxy, a stand-in.
    #[must_use]
    pub fn endpoint_url(mut self, url: impl Into<String>) -> Self {
        self.endpoint_url = Some(url.into());
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
    #[must_use]
    pub fn http_client(self, client: reqwest::Client) -> Self {
        self.transport(Http(client))
    }

    /// What turns a request into a response in place of an HTTP client: see
    /// [`transport`](crate::transport).
    #[must_use]
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
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

    /// The variables that [`build_from_env`](Self::build_from_env) reads. The process's by
    /// default.
    #[must_use]
    pub fn environment(mut self, environment: Environment) -> Self {
        self.environment = environment;
        self
    }
}

impl<C: GeneratedClient> ClientBuilder<C> {
    /// Makes the client from what is set in code: region, credentials and endpoint come from
    /// nowhere else.
    ///
    /// Where no HTTP client and no transport is given, one is set up, which loads the platform's
    /// root certificates and takes proxies from the environment.
    ///
    /// # Errors
    ///
    /// A missing region, or missing credentials where every operation of the service is signed, an
    /// endpoint URL that is not one, settings that the
    /// service's endpoint rules refuse, or no TLS.
    pub fn build(self) -> Result<C, Error<C::Error>> {
        match self.complete(C::SERVICE) {
            Ok(core) => Ok(C::from(Client::new(core))),
            Err(failure) => Err(Error::new(failure)),
        }
    }

    /// Makes the client, and takes from the environment what is not set in code: `AWS_REGION` or
    /// `AWS_DEFAULT_REGION`; `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`;
    /// `AWS_ENDPOINT_URL_<SERVICE>` or `AWS_ENDPOINT_URL`, unless
    /// `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` is true; `AWS_USE_FIPS_ENDPOINT`,
    /// `AWS_USE_DUALSTACK_ENDPOINT`, `AWS_SDK_UA_APP_ID`, `AWS_DISABLE_REQUEST_COMPRESSION` and
    /// `AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES`; `AWS_MAX_ATTEMPTS`, and `AWS_RETRY_MODE`, of which
    /// `standard` is the one mode that there is: `adaptive` and `legacy` mean the same.
    ///
    /// # Errors
    ///
    /// As [`build`](Self::build), and a variable whose value means nothing.
    #[expect(
        clippy::unused_async,
        reason = "other sources than the environment will be awaited"
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
        let environment = &self.environment;
        let flag = |name| environment.flag(name).map_err(Failure::configuration);
        let first = |names: &[&str]| names.iter().find_map(|name| environment.get(name));

        if self.region.is_none() {
            self.region = first(&["AWS_REGION", "AWS_DEFAULT_REGION"]);
        }
        if self.use_fips.is_none() {
            self.use_fips = flag("AWS_USE_FIPS_ENDPOINT")?;
        }
        if self.use_dual_stack.is_none() {
            self.use_dual_stack = flag("AWS_USE_DUALSTACK_ENDPOINT")?;
        }
        let ignore_urls = flag("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")?.unwrap_or(false);
        if self.endpoint_url.is_none() && !ignore_urls {
            self.endpoint_url = first(&[&service.endpoint_variable(), "AWS_ENDPOINT_URL"]);
        }
        if self.app_id.is_none() {
            self.app_id = environment.get("AWS_SDK_UA_APP_ID");
        }
        let compression = self.compression.fill(environment);
        compression.map_err(Failure::configuration)?;
        let retry = self.retry.fill(environment);
        retry.map_err(Failure::configuration)?;
        if self.credentials.is_none() {
            let found = credentials::from_environment(environment).map_err(Cause::Credentials)?;
            self.credentials = found.map(|credentials| Arc::new(credentials) as _);
        }
        Ok(())
    }

    /// Checks the settings and makes what does not change from call to call.
    fn complete(self, service: &'static Service) -> Result<Core, Failure> {
        let lacks_credentials = self.credentials.is_none() && service.requires_credentials;
        let region = match (self.region, lacks_credentials) {
            (Some(region), false) => region,
            (None, false) => return Err(Failure::configuration(NO_REGION)),
            (Some(_), true) => return Err(no_credentials()),
            (None, true) => {
                let missing = format!("{NO_REGION}; {NO_CREDENTIALS}");
                return Err(Failure::configuration(missing));
            }
        };
        let compression = self.compression.check();
        compression.map_err(Failure::configuration)?;
        let retry = self.retry.policy().map_err(Failure::configuration)?;
        // A region becomes a part of a host name, so it must not be able to end it.
        if !is_host_label(&region) {
            return Err(Failure::configuration(format!(
                "{region:?} is not a region: it has other characters than letters, digits and \
                 hyphens"
            )));
        }
        check_names(service, &self.endpoint_parameters)?;
        let settings = EndpointSettings {
            region: Some(region),
            use_fips: self.use_fips.unwrap_or(false),
            use_dual_stack: self.use_dual_stack.unwrap_or(false),
            endpoint_url: self.endpoint_url,
            parameters: self.endpoint_parameters,
        };
        let destinations = Destinations::new(service, settings)?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => default_transport(destinations.is_local(), self.timeouts)
                .map_err(Failure::configuration)?,
        };
        Ok(Core {
            service,
            destinations,
            credentials: self.credentials,
            bearer_token: self.bearer_token,
            compression: self.compression,
            retry,
            timeouts: self.timeouts,
            response_limit: self.response_limit,
            transport,
            user_agent: user_agent(service.product, self.app_id.as_deref()),
            clock: Clock::new(self.now),
            new_token: self.new_token,
            random: self.random,
        })
    }
}

const NO_REGION: &str = "no region: call `region(…)` on the builder, or set AWS_REGION, which \
     `from_env` and `build_from_env` read";

/// A number from 0 up to and without 1, of the random bits of a UUID.
fn random() -> f64 {
    let [a, b, c, d, ..] = uuid::Uuid::new_v4().into_bytes();
    f64::from(u32::from_be_bytes([a, b, c, d])) / (f64::from(u32::MAX) + 1.0)
}

/// Refuses endpoint parameters that the rules do not have.
fn check_names(service: &Service, given: &EndpointParameters) -> Result<(), Failure> {
    let known: Vec<&str> = service
        .endpoint_parameters
        .iter()
        .map(|parameter| parameter.name)
        .collect();
    match given.names().find(|name| !known.contains(name)) {
        None => Ok(()),
        Some(name) => Err(Failure::configuration(format!(
            "there is no endpoint parameter {name:?}; those of this service are {known:?}"
        ))),
    }
}

/// Our own HTTP client. What is on this machine is never reached by way of a proxy.
fn default_transport(is_local: bool, timeouts: Timeouts) -> Result<Arc<dyn Transport>, TlsError> {
    let builder = timeouts.apply(tls::http_client_builder()?);
    let builder = if is_local {
        builder.no_proxy()
    } else {
        builder
    };
    Ok(Arc::new(Http(
        builder.build().map_err(|error| TlsError::new(&error))?,
    )))
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
