//! Credentials of an Amazon EC2 instance, from its metadata service (version 2).

use std::time::Duration;

use http::StatusCode;
use http::header::HeaderName;
use zeroize::Zeroizing;

use super::chain::{Context, Look, Source};
use super::network::{Answer, Manner, Network};
use super::{Credentials, CredentialsError, document};
use crate::body::Body;

const DISABLED: &str = "AWS_EC2_METADATA_DISABLED";
const IPV4: &str = "http://169.254.169.254";
const IPV6: &str = "http://[fd00:ec2::254]";

const TOKEN_PATH: &str = "/latest/api/token";
const ROLE_PATH: &str = "/latest/meta-data/iam/security-credentials/";
const TOKEN: HeaderName = HeaderName::from_static("x-aws-ec2-metadata-token");
const TOKEN_TTL: HeaderName = HeaderName::from_static("x-aws-ec2-metadata-token-ttl-seconds");
/// 6 hours, the most that there is.
const TTL: &str = "21600";

/// Where there is no instance, nothing answers at that address, and the first connection tells.
const MANNER: Manner = Manner {
    limit: Duration::from_secs(2),
    repeats_connecting: false,
    is_transient: |answer| answer.status.is_server_error(),
};

/// The metadata service of an instance.
#[derive(Debug)]
pub(super) struct Instance {
    endpoint: String,
}

pub(super) fn look(context: &Context<'_>) -> Result<Look, CredentialsError> {
    let settings = context.settings;
    let refuse = |problem: String| CredentialsError::new(format!("no credentials: {problem}"));
    // It has no counterpart in the profile.
    let disabled = settings.flag(DISABLED, "").map_err(refuse)?;
    if disabled == Some(true) {
        let reason = format!("instance metadata: switched off by {DISABLED}");
        return Ok(Look::Absent(reason));
    }
    let endpoint = settings.get(
        "AWS_EC2_METADATA_SERVICE_ENDPOINT",
        "ec2_metadata_service_endpoint",
    );
    let mode = settings.get(
        "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE",
        "ec2_metadata_service_endpoint_mode",
    );
    let endpoint = match (endpoint, mode) {
        (Some(url), _) => {
            let remedy = "give a URL like http://169.254.169.254";
            let parsed = reqwest::Url::parse(&url.text);
            let is_http = parsed.is_ok_and(|url| url.scheme().starts_with("http"));
            let endpoint = is_http.then(|| url.text.trim_end_matches('/').to_owned());
            endpoint.ok_or_else(|| refuse(url.refuse(remedy)))?
        }
        (None, Some(mode)) => match mode.text.to_ascii_lowercase().as_str() {
            "ipv4" => IPV4.to_owned(),
            "ipv6" => IPV6.to_owned(),
            _ => return Err(refuse(mode.refuse("set it to `IPv4` or `IPv6`"))),
        },
        (None, None) => IPV4.to_owned(),
    };
    Ok(Look::Found(Source::Instance(Instance { endpoint })))
}

impl Instance {
    /// The credentials of the instance's role, or in words why there are none.
    pub(super) async fn fetch(&self, network: &Network) -> Result<Credentials, String> {
        let found = self.role_credentials(network).await;
        let endpoint = &self.endpoint;
        found.map_err(|problem| format!("instance metadata, at {endpoint}: {problem}"))
    }

    async fn role_credentials(&self, network: &Network) -> Result<Credentials, String> {
        let token = network
            .ask(&*network.metadata, &MANNER, || {
                http::Request::put(format!("{}{TOKEN_PATH}", self.endpoint))
                    .header(TOKEN_TTL, TTL)
                    .body(Body::default())
            })
            .await?;
        if token.status == StatusCode::FORBIDDEN {
            return Err("it is switched off for this instance (status 403)".to_owned());
        }
        let token = Zeroizing::new(text(&token)?);
        let roles = text(&self.get(network, ROLE_PATH, &token).await?)?;
        let role = roles.lines().next().unwrap_or_default();
        let path = format!("{ROLE_PATH}{role}");
        document::credentials(&self.get(network, &path, &token).await?)
    }

    async fn get(&self, network: &Network, path: &str, token: &str) -> Result<Answer, String> {
        let request = || {
            http::Request::get(format!("{}{path}", self.endpoint))
                .header(TOKEN, token)
                .body(Body::default())
        };
        let answer = network.ask(&*network.metadata, &MANNER, request).await?;
        if answer.status == StatusCode::NOT_FOUND {
            return Err("the instance has no role (status 404)".to_owned());
        }
        Ok(answer)
    }
}

/// The text of an answer that is no error.
fn text(answer: &Answer) -> Result<String, String> {
    let status = answer.status.as_u16();
    let text = std::str::from_utf8(&answer.body).unwrap_or_default().trim();
    if !answer.status.is_success() || text.is_empty() {
        return Err(format!("the answer has no text (status {status})"));
    }
    Ok(text.to_owned())
}
