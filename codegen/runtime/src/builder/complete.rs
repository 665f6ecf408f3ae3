//! Creation of a client from its settings.

use std::path::PathBuf;
use std::sync::Arc;

use super::{ClientBuilder, GeneratedClient, region};
use crate::client::{Client, Core};
use crate::clock::Clock;
use crate::credentials::{Network, Region};
use crate::destination::Destinations;
use crate::endpoint::{EndpointParameters, EndpointSettings};
use crate::error::{Error, Failure};
use crate::http_client::ByHost;
use crate::limit::ResponseLimit;
use crate::operation::Service;
use crate::sigv4::SigningKeys;
use crate::timeout::Timeouts;
use crate::tls::TlsError;
use crate::transport::{CustomTransport, Http, Transport};
use crate::user_agent::user_agent;

impl<C: GeneratedClient> ClientBuilder<C> {
    /// Creates the client from the settings in code. Region, credentials and endpoint are not read
    /// from the environment.
    ///
    /// Without an HTTP client or a transport, a built-in HTTP client is created, which loads the
    /// platform's root certificates and uses the proxies in the environment.
    ///
    /// # Errors
    ///
    /// No region; no credentials, if every operation of the service is signed; an invalid endpoint
    /// URL; settings that the endpoint rules reject; a CA bundle that cannot be read; or no TLS.
    pub fn build(self) -> Result<C, Error<C::Error>> {
        match self.complete(C::SERVICE) {
            Ok(core) => Ok(C::from(Client::new(core))),
            Err(failure) => Err(Error::new(failure)),
        }
    }
}

impl<C> ClientBuilder<C> {
    /// Checks the settings, and creates everything that calls share.
    fn complete(mut self, service: &'static Service) -> Result<Core, Failure> {
        let has_credentials = self.credentials.is_some() || self.source.is_some();
        let lacks_credentials = !has_credentials && service.requires_credentials;
        self.resolve_fips_region();
        let region = region::check(self.region.take(), lacks_credentials)?;
        let of_credentials = Region {
            name: Some(region.clone()),
            ..self.variant()
        };
        self.compression.check().map_err(Failure::configuration)?;
        let retry = self.retry.policy().map_err(Failure::configuration)?;
        check_names(service, &self.endpoint_parameters)?;
        let settings = EndpointSettings {
            region: Some(region),
            use_fips: of_credentials.use_fips,
            use_dual_stack: of_credentials.use_dual_stack,
            endpoint_url: self.endpoint_url,
            parameters: self.endpoint_parameters,
        };
        let destinations = Destinations::new(service, settings)?;
        let transport: Arc<dyn Transport> = match self.transport {
            Some(CustomTransport::Transport(transport)) => transport,
            Some(CustomTransport::Client(client)) => {
                Arc::new(Http::new(client, self.timeouts.silence()))
            }
            None => default_transport(destinations.is_local(), self.timeouts, self.ca_bundle)
                .map_err(Failure::configuration)?,
        };
        let clock = Arc::new(Clock::new(self.now));
        let has_named_credentials = self.credentials.is_some()
            || self.source.as_ref().is_some_and(|source| source.is_named());
        let network = Network {
            internet: Arc::clone(&transport),
            metadata: self.metadata,
            clock: Arc::clone(&clock),
            random: Arc::clone(&self.random),
            new_token: Arc::clone(&self.new_token),
            region: of_credentials,
        };
        if let Some(provider) = &self.credentials {
            provider.attach(&network);
        }
        let token = self
            .token_source
            .map(|source| source.provider(network.clone()));
        let limit = self.credentials_timeout;
        let found = self.source.map(|source| source.provider(network, limit));
        Ok(Core {
            service,
            destinations,
            disable_host_prefix: self.disable_host_prefix,
            credentials: self.credentials.or(found),
            has_named_credentials,
            bearer_token: self.bearer_token.or(token),
            prefers_token: self.prefers_token,
            compression: self.compression,
            retry,
            timeouts: self.timeouts,
            response_limit: ResponseLimit::new(self.max_response_size, self.max_decoded_size),
            transport,
            user_agent: user_agent(service.product, self.app_id.as_deref()),
            clock,
            signing_keys: SigningKeys::default(),
            recursion: self.recursion,
            new_token: self.new_token,
            random: self.random,
        })
    }
}

/// Rejects endpoint parameters that the rules do not have.
fn check_names(service: &Service, given: &EndpointParameters) -> Result<(), Failure> {
    let known: Vec<&str> = service
        .endpoint_parameters
        .iter()
        .map(|parameter| parameter.name)
        .collect();
    match given.names().find(|name| !known.contains(name)) {
        None => Ok(()),
        Some(name) => Err(Failure::configuration(format!(
            "unknown endpoint parameter {name:?}; this service has {known:?}"
        ))),
    }
}

/// Returns the built-in HTTP clients, after creating the one that calls use.
fn default_transport(
    is_local: bool,
    timeouts: Timeouts,
    ca_bundle: Option<PathBuf>,
) -> Result<Arc<dyn Transport>, TlsError> {
    let clients = ByHost::new(timeouts, ca_bundle);
    clients.set_up(is_local)?;
    Ok(Arc::new(clients))
}
