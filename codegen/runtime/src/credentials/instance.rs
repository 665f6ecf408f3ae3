//! Credentials of an Amazon EC2 instance, from its metadata service (version 2).

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;
use http::header::HeaderName;
use zeroize::Zeroizing;

use super::network::{Network, Policy, Response};
use super::provider::provider;
use super::source::{Context, Lookup, Source};
use super::{Credentials, CredentialsError, CredentialsFuture, document};
use crate::body::Body;
use crate::environment::EnvironmentVariables;
use crate::retry::retryable;
use crate::setting::Settings;

const DISABLED: &str = "AWS_EC2_METADATA_DISABLED";
const SWITCHED_OFF: &str = "instance metadata: switched off by AWS_EC2_METADATA_DISABLED";
const IPV4: &str = "http://169.254.169.254";
const IPV6: &str = "http://[fd00:ec2::254]";

const TOKEN_PATH: &str = "/latest/api/token";
const REGION_PATH: &str = "/latest/meta-data/placement/region";
const ROLE_PATH: &str = "/latest/meta-data/iam/security-credentials/";
const TOKEN: HeaderName = HeaderName::from_static("x-aws-ec2-metadata-token");
const TOKEN_TTL: HeaderName = HeaderName::from_static("x-aws-ec2-metadata-token-ttl-seconds");
/// 6 hours, the maximum.
const TTL: &str = "21600";

/// If this is not an instance, the first attempt shows that nothing listens at that address. If a
/// response does not arrive, this is a container, and a retry would not help.
const POLICY: Policy = Policy {
    limit: Duration::from_secs(2),
    max_attempts: 3,
    max_response: 1 << 20,
    repeats_connecting: false,
    repeats_waiting: false,
    retryable: |response| retryable(response.status.as_u16(), None, &[]),
};

provider! {
    /// Credentials of an Amazon EC2 instance, from its metadata service (version 2).
    ///
    /// They are cached: see [`CachedCredentials`](super::CachedCredentials).
    Instance
}

impl Instance {
    /// Reads the settings of the metadata service: `AWS_EC2_METADATA_SERVICE_ENDPOINT` and the
    /// others that [`credentials`](crate::credentials) lists, or those of the profile.
    ///
    /// # Errors
    ///
    /// An invalid setting, a metadata service that is disabled, or a profile that was not found.
    pub fn from_env(environment: &EnvironmentVariables) -> Result<Self, CredentialsError> {
        let settings = Settings::load(environment.clone(), None);
        let settings = settings.map_err(CredentialsError::setting)?;
        match MetadataService::new(&settings)? {
            Some(service) => Ok(Self::of(Arc::new(service))),
            None => Err(CredentialsError::setting(SWITCHED_OFF)),
        }
    }
}

/// The metadata service of an instance.
#[derive(Debug)]
pub(crate) struct MetadataService {
    endpoint: String,
    policy: Policy,
}

pub(super) fn find(context: &Context<'_>) -> Result<Lookup, CredentialsError> {
    Ok(match MetadataService::new(context.settings)? {
        Some(service) => Lookup::Possible(Arc::new(service)),
        None => Lookup::Absent(SWITCHED_OFF.to_owned()),
    })
}

/// Returns the timeout of one attempt, if it is set.
pub(crate) fn timeout(settings: &Settings) -> Result<Option<Duration>, String> {
    let seconds: Option<NonZeroU32> = settings.parse(
        "AWS_METADATA_SERVICE_TIMEOUT",
        "metadata_service_timeout",
        "set it to a whole number of seconds, 1 or more",
    )?;
    Ok(seconds.map(|seconds| Duration::from_secs(seconds.get().into())))
}

fn policy(settings: &Settings) -> Result<Policy, String> {
    let attempts: Option<NonZeroU32> = settings.parse(
        "AWS_METADATA_SERVICE_NUM_ATTEMPTS",
        "metadata_service_num_attempts",
        "set it to 1, which disables retries, or more",
    )?;
    Ok(Policy {
        limit: timeout(settings)?.unwrap_or(POLICY.limit),
        max_attempts: attempts.map_or(POLICY.max_attempts, NonZeroU32::get),
        repeats_connecting: attempts.is_some(),
        repeats_waiting: attempts.is_some(),
        ..POLICY
    })
}

fn endpoint(settings: &Settings) -> Result<String, String> {
    let endpoint = settings.get(
        "AWS_EC2_METADATA_SERVICE_ENDPOINT",
        "ec2_metadata_service_endpoint",
    );
    if let Some(url) = endpoint {
        let parsed = reqwest::Url::parse(&url.text);
        let is_http = parsed.is_ok_and(|url| url.scheme().starts_with("http"));
        let endpoint = is_http.then(|| url.text.trim_end_matches('/').to_owned());
        return endpoint.ok_or_else(|| url.refuse("give a URL like http://169.254.169.254"));
    }
    let mode = settings.get(
        "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE",
        "ec2_metadata_service_endpoint_mode",
    );
    let Some(mode) = mode else {
        return Ok(IPV4.to_owned());
    };
    match mode.text.to_ascii_lowercase().as_str() {
        "ipv4" => Ok(IPV4.to_owned()),
        "ipv6" => Ok(IPV6.to_owned()),
        _ => Err(mode.refuse("set it to `IPv4` or `IPv6`")),
    }
}

impl MetadataService {
    /// Creates it from the settings; `None` if it is disabled.
    pub(crate) fn new(settings: &Settings) -> Result<Option<Self>, CredentialsError> {
        let set_up = || {
            if settings.variable_flag(DISABLED)? == Some(true) {
                return Ok(None);
            }
            let (endpoint, policy) = (endpoint(settings)?, policy(settings)?);
            Ok(Some(Self { endpoint, policy }))
        };
        set_up().map_err(|problem: String| CredentialsError::setting(problem))
    }

    /// Returns the region of the instance.
    pub(crate) async fn region(&self, network: &Network) -> Result<String, CredentialsError> {
        let token = self.token(network).await?;
        text(&self.get(network, REGION_PATH, &token).await?)
    }

    async fn credentials(&self, network: &Network) -> Result<Credentials, CredentialsError> {
        let token = self.token(network).await?;
        let roles = self.get(network, ROLE_PATH, &token).await?;
        if roles.status == StatusCode::NOT_FOUND {
            let problem = "the instance has no role (status 404)";
            return Err(CredentialsError::new(problem));
        }
        let roles = text(&roles)?;
        let role = roles.lines().next().unwrap_or_default();
        let path = format!("{ROLE_PATH}{role}");
        document::credentials(&self.get(network, &path, &token).await?)
    }

    /// Returns the token that all other requests need.
    async fn token(&self, network: &Network) -> Result<Zeroizing<String>, CredentialsError> {
        let request = || {
            http::Request::put(format!("{}{TOKEN_PATH}", self.endpoint))
                .header(TOKEN_TTL, TTL)
                .body(Body::default())
        };
        let response = network.ask(&*network.metadata, &self.policy, request).await;
        let response = response.map_err(|error| {
            if error.is_connect() {
                // This is probably not an instance.
                CredentialsError::new(error.to_string())
            } else if error.is_timeout() {
                let remedy = "in a container, raise the hop limit of the instance's metadata to 2";
                CredentialsError::temporary(format!("{error}; {remedy}"))
            } else {
                error.into()
            }
        })?;
        if response.status == StatusCode::FORBIDDEN {
            let problem = "it is switched off for this instance (status 403)";
            return Err(CredentialsError::new(problem));
        }
        text(&response).map(Zeroizing::new)
    }

    async fn get(
        &self,
        network: &Network,
        path: &str,
        token: &str,
    ) -> Result<Response, CredentialsError> {
        let request = || {
            http::Request::get(format!("{}{path}", self.endpoint))
                .header(TOKEN, token)
                .body(Body::default())
        };
        let asked = network.ask(&*network.metadata, &self.policy, request);
        Ok(asked.await?)
    }
}

impl Source for MetadataService {
    fn fetch<'a>(&'a self, network: &'a Network) -> CredentialsFuture<'a> {
        Box::pin(self.credentials(network))
    }

    fn explain(&self, error: CredentialsError) -> CredentialsError {
        error.about(format_args!("instance metadata, at {}", self.endpoint))
    }

    fn survives_outages(&self) -> bool {
        true
    }
}

/// Returns the text of a successful response.
fn text(response: &Response) -> Result<String, CredentialsError> {
    if !response.status.is_success() {
        return Err(document::refusal(response, None));
    }
    let text = std::str::from_utf8(&response.body)
        .unwrap_or_default()
        .trim();
    if text.is_empty() {
        return Err(CredentialsError::new("the response is empty"));
    }
    Ok(text.to_owned())
}
