//! Requests to AWS STS, which returns temporary credentials of a role.

use std::fmt::Display;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE};
use percent_encoding::utf8_percent_encode;
use reqwest::Url;

use super::endpoint::{self, STS};
use super::network::{Network, Policy, Region, Response};
use super::source::Context;
use super::{Credentials, CredentialsError};
use crate::body::Body;
use crate::endpoint::{is_pseudo_region, partition};
use crate::retry::retryable;
use crate::schema::ErrorShape;
use crate::sigv4::{Payload, Signing};
use crate::uri::RESERVED;

const POLICY: Policy = Policy {
    limit: Duration::from_secs(10),
    max_attempts: 3,
    // Several times the length of any response, and small enough for an XML reader with quadratic
    // time.
    max_response: 16 * 1024,
    repeats_connecting: true,
    repeats_waiting: true,
    retryable: |response| {
        let code = refusal(response).map(|(code, _)| code);
        retryable(response.status.as_u16(), code.as_deref(), &MARKED)
    },
};

/// The errors that the model of AWS STS marks as retryable.
const MARKED: [ErrorShape; 1] = [ErrorShape::new("IDPCommunicationError").retryable()];

/// The endpoint of AWS STS, if it is not that of the client's region.
#[derive(Debug, Clone, Default)]
pub(super) struct StsSettings {
    pub(super) url: Option<Url>,
    pub(super) region: Option<String>,
}

impl StsSettings {
    /// Finds and checks the configured endpoint.
    pub(super) fn find(context: &Context<'_>) -> Result<Self, String> {
        let url = endpoint::configured(context, &STS)?;
        let settings = Self { url, region: None };
        settings.sts(context.region).map(|_| settings)
    }

    /// Returns the endpoint for a client of this region.
    pub(super) fn sts(&self, of_client: &Region) -> Result<Sts, String> {
        let region = Region {
            name: self.region.clone().or_else(|| of_client.name.clone()),
            ..*of_client
        };
        let url = match &self.url {
            Some(url) => url.clone(),
            None => endpoint::regional(&STS, &region)?,
        };
        let name = region.name.unwrap_or_default();
        let global = partition(&name).filter(|_| is_pseudo_region(&name));
        let signing_region = global.map_or(name, |it| it.implicit_global_region.to_owned());
        Ok(Sts {
            url,
            signing_region,
        })
    }
}

/// The endpoint of AWS STS, and the region for signatures.
pub(super) struct Sts {
    url: Url,
    signing_region: String,
}

impl Sts {
    /// Requests credentials with a form. The request is signed if there is a signer.
    pub(super) async fn credentials(
        &self,
        network: &Network,
        form: Form,
        signer: Option<&Credentials>,
    ) -> Result<Credentials, CredentialsError> {
        // The body of a request is not erased, because other libraries copy it.
        let form = Bytes::from(form.0);
        let time = network.clock.now();
        let time = time.map_err(|error| CredentialsError::new(error.to_string()))?;
        let mut unsigned = http::Request::post(self.url.as_str())
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(ACCEPT, "text/xml")
            .body(())
            .map_err(|error| CredentialsError::new(error.to_string()))?;
        if let Some(signer) = signer {
            let (mut head, ()) = unsigned.into_parts();
            Signing::new(signer, &self.signing_region, "sts", time)
                .sign(&mut head, Payload::Bytes(&form))
                .map_err(|error| CredentialsError::new(error.to_string()))?;
            unsigned = http::Request::from_parts(head, ());
        }
        let request = || http::Result::Ok(unsigned.clone().map(|()| Body::from(form.clone())));
        let response = network.ask(&*network.internet, &POLICY, request).await?;
        credentials(&response)
    }
}

/// The parameters of a request.
pub(super) struct Form(String);

impl Form {
    /// Creates a form for an operation.
    pub(super) fn new(action: &str) -> Self {
        Self(format!("Action={action}&Version=2011-06-15"))
    }

    /// Adds a parameter.
    pub(super) fn with(mut self, name: &str, value: impl Display) -> Self {
        let value = value.to_string();
        let value = utf8_percent_encode(&value, RESERVED);
        self.0.push_str(&format!("&{name}={value}"));
        self
    }

    /// Adds an optional parameter.
    pub(super) fn with_some(self, name: &str, value: Option<impl Display>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }
}

/// Returns the name of a session, which CloudTrail shows.
pub(super) fn session_name(configured: Option<&str>, network: &Network) -> String {
    let random = || format!("smithy-reqwest-{}", (network.new_token)());
    configured.map_or_else(random, str::to_owned)
}

/// Reads the credentials in a response.
fn credentials(response: &Response) -> Result<Credentials, CredentialsError> {
    if !response.status.is_success() {
        return Err(refused(response));
    }
    let unreadable =
        || CredentialsError::new("the response of AWS STS is not XML with credentials");
    let text = std::str::from_utf8(&response.body).map_err(|_| unreadable())?;
    let document = roxmltree::Document::parse(text).map_err(|_| unreadable())?;
    let part = |name| element(&document, name).ok_or_else(unreadable);
    let (access_key, secret_key) = (part("AccessKeyId")?, part("SecretAccessKey")?);
    let token = part("SessionToken")?.to_owned();
    let end = part("Expiration")?.parse().map_err(|_| unreadable())?;
    Ok(Credentials::new(access_key, secret_key, Some(token)).with_expiry(end))
}

/// Returns the error of an error response.
fn refused(response: &Response) -> CredentialsError {
    let status = response.status.as_u16();
    let text = match refusal(response) {
        Some((code, message)) => format!("AWS STS returned {code}: {message} (status {status})"),
        None => format!("AWS STS returned status {status}"),
    };
    match (POLICY.retryable)(response) {
        Some(_) => CredentialsError::temporary(text),
        None => CredentialsError::new(text),
    }
}

/// Returns the code and the message of an error response.
fn refusal(response: &Response) -> Option<(String, String)> {
    let text = std::str::from_utf8(&response.body).ok()?;
    let document = roxmltree::Document::parse(text).ok()?;
    let message = element(&document, "Message").unwrap_or_default();
    Some((element(&document, "Code")?.to_owned(), message.to_owned()))
}

/// Returns the text of the first element of a name, in any namespace.
fn element<'a>(document: &'a roxmltree::Document<'_>, name: &str) -> Option<&'a str> {
    let mut elements = document.descendants();
    let element = elements.find(|it| it.tag_name().name() == name)?;
    element
        .text()
        .map(str::trim)
        .filter(|text| !text.is_empty())
}
