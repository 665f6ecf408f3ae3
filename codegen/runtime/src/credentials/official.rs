//! Profiles that the official crate `aws-config` reads: IAM Identity Center, roles taken with other
//! credentials, processes.
//!
//! It decides what a profile means and makes the requests; they travel as all of ours do. It reads
//! variables and files by itself, and so those of this process: with another
//! [`environment`](crate::ClientBuilder::environment) it is not asked.

use std::fmt;
use std::sync::OnceLock;
use std::time::Duration;

use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::{BehaviorVersion, Region};
use aws_credential_types::provider::ProvideCredentials as _;
use aws_credential_types::provider::error as official;
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;

use super::chain::Context;
use super::network::{self, Network};
use super::{Credentials, CredentialsError};
use crate::auth::is_loopback;
use crate::body::{Body, BoxError};
use crate::timeout::within;
use crate::timestamp::Timestamp;
use crate::transport::{TransportError, chain};

/// More than any response with credentials has.
const MAX_ANSWER: usize = 1 << 20;

/// A profile, and what of the client's settings concerns it.
pub(super) struct OfficialProfile {
    name: String,
    region: Option<String>,
    use_fips: bool,
    use_dual_stack: bool,
    /// Made for the first call. It remembers the tokens of a session.
    provider: OnceLock<ProfileFileCredentialsProvider>,
}

impl OfficialProfile {
    pub(super) fn new(context: &Context<'_>) -> Self {
        Self {
            name: context.settings.profile_name.clone(),
            region: context.region.map(str::to_owned),
            use_fips: context.use_fips,
            use_dual_stack: context.use_dual_stack,
            provider: OnceLock::new(),
        }
    }

    pub(super) fn subject(&self) -> String {
        format!("no credentials of profile `{}`", self.name)
    }

    pub(super) async fn credentials(
        &self,
        network: &Network,
    ) -> Result<Credentials, CredentialsError> {
        let provider = self.provider.get_or_init(|| self.provider(network));
        let found = provider.provide_credentials().await;
        let found = found.map_err(|error| CredentialsError::new(in_words(&error)))?;
        let token = found.session_token().map(str::to_owned);
        let credentials = Credentials::new(found.access_key_id(), found.secret_access_key(), token);
        let end = found.expiry().and_then(|end| Timestamp::try_from(end).ok());
        Ok(match end {
            Some(end) => credentials.with_expiry(end),
            None => credentials,
        })
    }

    fn provider(&self, network: &Network) -> ProfileFileCredentialsProvider {
        let network = network.clone();
        let client = http_client_fn(move |settings, _| {
            SharedHttpConnector::new(Connector {
                network: network.clone(),
                limit: settings.read_timeout(),
            })
        });
        let config = ProviderConfig::without_region()
            .with_behavior_version(Some(BehaviorVersion::latest()))
            .with_http_client(client)
            .with_region(self.region.clone().map(Region::new))
            .with_use_fips(Some(self.use_fips))
            .with_use_dual_stack(Some(self.use_dual_stack));
        ProfileFileCredentialsProvider::builder()
            .configure(&config)
            .profile_name(&self.name)
            .build()
    }
}

impl fmt::Debug for OfficialProfile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("OfficialProfile").field(&self.name).finish()
    }
}

/// What an error says, without what a process has said: there may be a secret in it.
fn in_words(error: &official::CredentialsError) -> String {
    let text = chain(error);
    let end = text.find("Stderr:").unwrap_or(text.len());
    text.get(..end)
        .unwrap_or_default()
        .trim_end_matches(['.', ' '])
        .to_owned()
}

/// Our transports, as that crate wants them.
#[derive(Debug)]
struct Connector {
    network: Network,
    /// How long an answer may take.
    limit: Option<Duration>,
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let (network, limit) = (self.network.clone(), self.limit);
        HttpConnectorFuture::new(async move {
            let answered = within(limit, send(&network, request)).await;
            answered.unwrap_or_else(|limit| {
                let problem = format!("no response within {limit:?}");
                Err(ConnectorError::timeout(problem.into()))
            })
        })
    }
}

async fn send(network: &Network, request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
    let unusable = |error: BoxError| ConnectorError::user(error);
    let request = request
        .try_into_http1x()
        .map_err(|error| unusable(error.into()))?;
    let (head, body) = request.into_parts();
    // These requests are small, and none is a stream.
    let body = body
        .bytes()
        .ok_or_else(|| unusable("the body is a stream".into()))?
        .to_vec();
    let transport = match head.uri.host() {
        Some(host) if is_metadata(host) => &network.metadata,
        _ => &network.internet,
    };
    let request = http::Request::from_parts(head, Body::from(body));
    let (head, body) = transport.send(request).await.map_err(failed)?.into_parts();
    let body = network::read(body, MAX_ANSWER).await.map_err(failed)?;
    let response = http::Response::from_parts(head, SdkBody::from(body.as_ref()));
    HttpResponse::try_from(response).map_err(|error| unusable(error.into()))
}

/// Returns whether a host is beside this machine, where no proxy leads to.
fn is_metadata(host: &str) -> bool {
    const HOSTS: [&str; 5] = [
        "169.254.169.254",
        "169.254.170.2",
        "169.254.170.23",
        "[fd00:ec2::23]",
        "[fd00:ec2::254]",
    ];
    is_loopback(host) || HOSTS.contains(&host)
}

fn failed(error: TransportError) -> ConnectorError {
    if error.is_timeout() {
        ConnectorError::timeout(error.into())
    } else {
        ConnectorError::io(error.into())
    }
}
