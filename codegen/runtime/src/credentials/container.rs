//! Credentials of a container, from an endpoint beside it (Amazon ECS, Amazon EKS).

use std::fmt;
use std::time::Duration;

use http::header::{ACCEPT, AUTHORIZATION, HeaderValue};
use zeroize::Zeroizing;

use super::chain::{Context, Look, Source};
use super::network::{Manner, Network};
use super::{Credentials, CredentialsError, document};
use crate::auth::is_loopback;
use crate::body::Body;
use crate::wire::Redacted;

const RELATIVE: &str = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
const FULL: &str = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
const TOKEN_FILE: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";
const TOKEN: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN";

const ECS: &str = "http://169.254.170.2";
/// Hosts that are sent a token without TLS: those of Amazon ECS and of EKS Pod Identity.
const TRUSTED_HOSTS: [&str; 3] = ["169.254.170.2", "169.254.170.23", "[fd00:ec2::23]"];

const MANNER: Manner = Manner {
    limit: Duration::from_secs(2),
    repeats_connecting: true,
    is_transient: |answer| answer.status.is_server_error() || answer.status == 429,
};

/// An endpoint that knows the role of a container.
#[derive(Debug)]
pub(super) struct Container {
    url: String,
    authorization: Authorization,
}

/// What the endpoint is shown.
enum Authorization {
    None,
    Token(Zeroizing<String>),
    /// It is read anew each time, as it is replaced from time to time.
    File(String),
}

pub(super) fn look(context: &Context<'_>) -> Result<Look, CredentialsError> {
    let environment = &context.settings.environment;
    let url = match (environment.get(RELATIVE), environment.get(FULL)) {
        // Without the slash, the path could change the host.
        (Some(path), _) if path.starts_with('/') => format!("{ECS}{path}"),
        (Some(_), _) => {
            let problem = "is no path; give one that begins with `/`";
            return Err(CredentialsError::new(format!(
                "no credentials: {RELATIVE} {problem}"
            )));
        }
        (None, Some(url)) => {
            check(&url)?;
            url
        }
        (None, None) => {
            let reason = format!("container: neither {RELATIVE} nor {FULL} is set");
            return Ok(Look::Absent(reason));
        }
    };
    let token = environment.get(TOKEN).map(Zeroizing::new);
    let authorization = match (environment.get(TOKEN_FILE), token) {
        (Some(path), _) => Authorization::File(path),
        (None, Some(token)) => Authorization::Token(token),
        (None, None) => Authorization::None,
    };
    Ok(Look::Found(Source::Container(Container {
        url,
        authorization,
    })))
}

/// Refuses a URL where somebody else could read the token.
fn check(url: &str) -> Result<(), CredentialsError> {
    let error = |problem: &str| CredentialsError::new(format!("no credentials: {FULL} {problem}"));
    let url = reqwest::Url::parse(url)
        .map_err(|problem| error(&format!("is not a URL: {problem}; give one with a host")))?;
    let host = url.host_str().unwrap_or_default();
    let is_private = match url.scheme() {
        "https" => true,
        "http" => is_loopback(host) || TRUSTED_HOSTS.contains(&host),
        _ => false,
    };
    if is_private {
        return Ok(());
    }
    Err(error(
        "is neither https, nor this machine, nor an address of Amazon ECS or EKS; give one of these",
    ))
}

impl Container {
    pub(super) async fn fetch(&self, network: &Network) -> Result<Credentials, CredentialsError> {
        let error = |problem: String| {
            let url = &self.url;
            CredentialsError::new(format!(
                "no credentials of the container, from {url}: {problem}"
            ))
        };
        let authorization = self.authorization.header().map_err(error)?;
        let request = || {
            let mut request = http::Request::get(&self.url).header(ACCEPT, "application/json");
            if let Some(value) = &authorization {
                request = request.header(AUTHORIZATION, value);
            }
            request.body(Body::default())
        };
        let answer = network.ask(&*network.metadata, &MANNER, request).await;
        document::credentials(&answer.map_err(error)?).map_err(error)
    }
}

impl Authorization {
    fn header(&self) -> Result<Option<HeaderValue>, String> {
        let (token, place) = match self {
            Self::None => return Ok(None),
            Self::Token(token) => (token.clone(), TOKEN),
            Self::File(path) => {
                let token = std::fs::read_to_string(path)
                    .map_err(|error| format!("the token file {path} cannot be read: {error}"))?;
                (Zeroizing::new(token), path.as_str())
            }
        };
        let mut value = HeaderValue::from_str(token.trim()).map_err(|_| {
            format!("the token of {place} has a character that cannot stand in an HTTP header")
        })?;
        value.set_sensitive(true);
        Ok(Some(value))
    }
}

impl fmt::Debug for Authorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("None"),
            Self::Token(_) => f.debug_tuple("Token").field(&Redacted).finish(),
            Self::File(path) => f.debug_tuple("File").field(path).finish(),
        }
    }
}
