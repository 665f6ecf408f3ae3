//! Credentials of a container, from a local endpoint (Amazon ECS, Amazon EKS).

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::Uri;
use http::header::{ACCEPT, AUTHORIZATION, HeaderValue};
use zeroize::Zeroizing;

use super::network::{Network, Policy};
use super::provider::provider;
use super::source::{Context, Lookup, Source};
use super::{Credentials, CredentialsError, CredentialsFuture, document, file};
use crate::body::Body;
use crate::environment::EnvironmentVariables;
use crate::retry::{Retryable, retryable};
use crate::uri::is_loopback;

const RELATIVE: &str = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
const FULL: &str = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
const TOKEN_FILE: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";
const TOKEN: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
const ABSENT: &str = "container: neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor \
     AWS_CONTAINER_CREDENTIALS_FULL_URI is set";

const ECS: &str = "http://169.254.170.2";
/// Hosts to which a token is sent without TLS: those of Amazon ECS and of EKS Pod Identity.
const TRUSTED_HOSTS: [&str; 3] = ["169.254.170.2", "169.254.170.23", "[fd00:ec2::23]"];

const POLICY: Policy = Policy {
    limit: Duration::from_secs(2),
    max_attempts: 3,
    max_response: 1 << 20,
    repeats_connecting: true,
    repeats_waiting: true,
    retryable: |response| match response.status.as_u16() {
        429 => Some(Retryable::Throttling),
        status => retryable(status, None, &[]),
    },
};

provider! {
    /// Credentials of a container in Amazon ECS or EKS, from the endpoint in its variables.
    ///
    /// They are cached: see [`CachedCredentials`](super::CachedCredentials).
    Container
}

impl Container {
    /// Reads `AWS_CONTAINER_CREDENTIALS_RELATIVE_URI` or `AWS_CONTAINER_CREDENTIALS_FULL_URI`, and
    /// `AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE` or `AWS_CONTAINER_AUTHORIZATION_TOKEN`.
    ///
    /// # Errors
    ///
    /// A missing variable, or an endpoint that is neither HTTPS, nor the local machine, nor an
    /// address of Amazon ECS or EKS.
    pub fn from_env(environment: &EnvironmentVariables) -> Result<Self, CredentialsError> {
        match Endpoint::find(environment)? {
            Some(endpoint) => Ok(Self::of(Arc::new(endpoint))),
            None => Err(CredentialsError::setting(ABSENT)),
        }
    }
}

/// The endpoint that returns the credentials of a container.
struct Endpoint {
    /// The path may grant access to the credentials, so it is not printed.
    uri: Uri,
    authorization: Authorization,
}

/// The authorization token for the endpoint.
enum Authorization {
    None,
    Token(Zeroizing<String>),
    /// The file is read for each request, because the token is replaced from time to time.
    File(String),
}

pub(super) fn find(context: &Context<'_>) -> Result<Lookup, CredentialsError> {
    let endpoint = Endpoint::find(&context.settings.environment)?;
    Ok(match endpoint {
        Some(endpoint) => Lookup::Found(Arc::new(endpoint)),
        None => Lookup::Absent(ABSENT.to_owned()),
    })
}

fn in_ecs(path: &str) -> Result<Uri, CredentialsError> {
    // Without the slash, the path could change the host.
    let uri = path.starts_with('/').then(|| format!("{ECS}{path}"));
    let uri = uri.and_then(|uri| uri.parse().ok());
    uri.ok_or_else(|| {
        CredentialsError::setting(format!(
            "{RELATIVE} is not a path; set one that starts with `/`"
        ))
    })
}

/// Parses a URI, and rejects one to which sending a token is not safe.
fn anywhere(uri: &str) -> Result<Uri, CredentialsError> {
    let refuse = |problem: &str| CredentialsError::setting(format!("{FULL} {problem}"));
    let uri: Uri = uri
        .parse()
        .map_err(|_| refuse("is not a URI; give one like https://host/path"))?;
    let Some(host) = uri.host() else {
        return Err(refuse("has no host; give a URI like https://host/path"));
    };
    let has_user = uri.authority().is_some_and(|it| it.as_str().contains('@'));
    let is_private = match uri.scheme_str() {
        Some("https") => true,
        Some("http") => is_loopback(host) || TRUSTED_HOSTS.contains(&host),
        _ => false,
    };
    if is_private && !has_user {
        return Ok(uri);
    }
    Err(refuse(
        "is neither https, nor this machine, nor an address of Amazon ECS or EKS; give one of these, \
         without a user name",
    ))
}

impl Endpoint {
    fn find(environment: &EnvironmentVariables) -> Result<Option<Self>, CredentialsError> {
        let uri = match (environment.get(RELATIVE), environment.get(FULL)) {
            (Some(path), _) => in_ecs(&path)?,
            (None, Some(uri)) => anywhere(&uri)?,
            (None, None) => return Ok(None),
        };
        let token = environment.get(TOKEN).map(Zeroizing::new);
        let authorization = match (environment.get(TOKEN_FILE), token) {
            (Some(path), _) => Authorization::File(path),
            (None, Some(token)) => Authorization::Token(token),
            (None, None) => Authorization::None,
        };
        Ok(Some(Self { uri, authorization }))
    }

    async fn credentials(&self, network: &Network) -> Result<Credentials, CredentialsError> {
        let authorization = self.authorization.header().await?;
        let request = || {
            let mut request = http::Request::get(&self.uri).header(ACCEPT, "application/json");
            if let Some(value) = &authorization {
                request = request.header(AUTHORIZATION, value);
            }
            request.body(Body::default())
        };
        // Local endpoints use plain HTTP.
        let transport = match self.uri.scheme_str() {
            Some("https") => &network.internet,
            _ => &network.metadata,
        };
        let response = network.ask(&**transport, &POLICY, request).await?;
        document::credentials(&response)
    }
}

impl Source for Endpoint {
    fn fetch<'a>(&'a self, network: &'a Network) -> CredentialsFuture<'a> {
        Box::pin(self.credentials(network))
    }

    fn explain(&self, error: CredentialsError) -> CredentialsError {
        let host = self.uri.host().unwrap_or_default();
        error.about(format_args!("no credentials from the container at {host}"))
    }

    fn survives_outages(&self) -> bool {
        true
    }
}

impl Authorization {
    async fn header(&self) -> Result<Option<HeaderValue>, CredentialsError> {
        let (token, place) = match self {
            Self::None => return Ok(None),
            Self::Token(token) => (token.clone(), TOKEN),
            Self::File(path) => (file::token(path.as_ref()).await?, path.as_str()),
        };
        let mut value = HeaderValue::from_str(token.trim()).map_err(|_| {
            CredentialsError::new(format!(
                "the token of {place} has a character that cannot stand in an HTTP header"
            ))
        })?;
        value.set_sensitive(true);
        Ok(Some(value))
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Container")
            .field("host", &self.uri.host())
            .finish_non_exhaustive()
    }
}
