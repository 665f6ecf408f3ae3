//! A role that is taken with a web identity: a token in a file, for which AWS STS gives credentials
//! (`AssumeRoleWithWebIdentity`).

use std::path::PathBuf;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE};
use percent_encoding::utf8_percent_encode;
use reqwest::Url;
use zeroize::Zeroizing;

use super::chain::{Context, Lookup, Source};
use super::network::{Network, Policy, Response};
use super::{Credentials, CredentialsError};
use crate::auth::is_loopback;
use crate::body::Body;
use crate::destination::base_url;
use crate::endpoint::partition;
use crate::protocol::is_host_label;
use crate::retry::retryable;
use crate::schema::ErrorShape;
use crate::sigv4::RESERVED;

const TOKEN_FILE: &str = "AWS_WEB_IDENTITY_TOKEN_FILE";
const ROLE: &str = "AWS_ROLE_ARN";
const SESSION: &str = "AWS_ROLE_SESSION_NAME";

const POLICY: Policy = Policy {
    limit: Duration::from_secs(10),
    repeats_connecting: true,
    repeats_waiting: true,
    retryable: |response| {
        let code = refusal(response).map(|(code, _)| code);
        retryable(response.status.as_u16(), code.as_deref(), &MARKED)
    },
};

/// What the model of AWS STS marks of this operation.
const MARKED: [ErrorShape; 1] = [ErrorShape::new("IDPCommunicationError").retryable()];

/// A role, and the token that allows one to take it.
#[derive(Debug)]
pub(super) struct WebIdentity {
    role: String,
    session: Option<String>,
    /// It is read anew each time, as it is replaced before it ends.
    token_file: PathBuf,
    url: Url,
}

pub(super) fn find(context: &Context<'_>) -> Result<Lookup, CredentialsError> {
    let environment = &context.settings.environment;
    let (Some(token_file), Some(role)) = (environment.get(TOKEN_FILE), environment.get(ROLE))
    else {
        return absent(environment.get(TOKEN_FILE).is_some());
    };
    let session = environment.get(SESSION);
    let identity = WebIdentity::new(context, &role, &token_file, session.as_deref())?;
    Ok(Lookup::Found(Source::WebIdentity(identity)))
}

fn absent(has_token: bool) -> Result<Lookup, CredentialsError> {
    if has_token {
        return Err(CredentialsError::setting(format!(
            "{TOKEN_FILE} is set but {ROLE} is not; set the role to take"
        )));
    }
    let reason = format!("web identity: {TOKEN_FILE} is not set");
    Ok(Lookup::Absent(reason))
}

impl WebIdentity {
    pub(super) fn new(
        context: &Context<'_>,
        role: &str,
        token_file: &str,
        session: Option<&str>,
    ) -> Result<Self, CredentialsError> {
        Ok(Self {
            role: role.to_owned(),
            session: session.map(str::to_owned),
            token_file: context.settings.environment.expand_home(token_file),
            url: sts_url(context).map_err(CredentialsError::setting)?,
        })
    }

    pub(super) async fn fetch(&self, network: &Network) -> Result<Credentials, CredentialsError> {
        let credentials = self.credentials(network).await;
        let role = &self.role;
        credentials.map_err(|error| error.about(format!("no credentials of the role {role}")))
    }

    async fn credentials(&self, network: &Network) -> Result<Credentials, CredentialsError> {
        // The body of a request is not wiped: it goes through hands that are not ours.
        let form = Bytes::from(self.form(network)?);
        let request = || {
            http::Request::post(self.url.as_str())
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header(ACCEPT, "text/xml")
                .body(Body::from(form.clone()))
        };
        let response = network.ask(&*network.internet, &POLICY, request).await?;
        credentials(&response)
    }

    fn form(&self, network: &Network) -> Result<String, CredentialsError> {
        let path = self.token_file.display();
        let token = std::fs::read_to_string(&self.token_file).map_err(|error| {
            CredentialsError::new(format!("the token file {path} cannot be read: {error}"))
        })?;
        let token = Zeroizing::new(token);
        if token.trim().is_empty() {
            let problem = format!("the token file {path} is empty");
            return Err(CredentialsError::temporary(problem));
        }
        let made_up = || format!("smithy-reqwest-{}", (network.new_token)());
        let session = self.session.clone().unwrap_or_else(made_up);
        let encode = |text| utf8_percent_encode(text, RESERVED);
        Ok(format!(
            "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn={}&RoleSessionName={}\
             &WebIdentityToken={}",
            encode(&self.role),
            encode(&session),
            encode(token.trim()),
        ))
    }
}

/// The endpoint of AWS STS in the client's region.
fn sts_url(context: &Context<'_>) -> Result<Url, String> {
    if let Some(url) = context.settings.endpoint_url("STS")? {
        let url = base_url(&url).map_err(|problem| format!("of AWS STS: {problem}"))?;
        let is_private = url.scheme() == "https" || url.host_str().is_some_and(is_loopback);
        return is_private.then_some(url).ok_or_else(|| {
            "the endpoint URL of AWS STS is not https, and who reads the token can use it; set \
             AWS_ENDPOINT_URL_STS to one that is"
                .to_owned()
        });
    }
    let no_region = "a web identity needs a region; set AWS_REGION, or `region` in the profile";
    let region = context.region.filter(|region| is_host_label(region));
    let region = region.ok_or(no_region)?;
    let partition = partition(region).ok_or(no_region)?;
    // In these regions the plain endpoints are the validated ones.
    let is_validated = partition.name == "aws-us-gov" && !context.use_dual_stack;
    let name = if context.use_fips && !is_validated {
        "sts-fips"
    } else {
        "sts"
    };
    let suffix = if context.use_dual_stack {
        partition.dual_stack_dns_suffix
    } else {
        partition.dns_suffix
    };
    let url = format!("https://{name}.{region}.{suffix}/");
    Url::parse(&url).map_err(|error| error.to_string())
}

/// The credentials of an answer.
fn credentials(response: &Response) -> Result<Credentials, CredentialsError> {
    if !response.status.is_success() {
        return Err(refused(response));
    }
    let unreadable = || CredentialsError::new("the answer of AWS STS is not XML with credentials");
    let text = std::str::from_utf8(&response.body).map_err(|_| unreadable())?;
    let document = roxmltree::Document::parse(text).map_err(|_| unreadable())?;
    let part = |name| element(&document, name).ok_or_else(unreadable);
    let (access_key, secret_key) = (part("AccessKeyId")?, part("SecretAccessKey")?);
    let token = part("SessionToken")?.to_owned();
    let end = part("Expiration")?.parse().map_err(|_| unreadable())?;
    Ok(Credentials::new(access_key, secret_key, Some(token)).with_expiry(end))
}

/// What an answer that is an error says.
fn refused(response: &Response) -> CredentialsError {
    let status = response.status.as_u16();
    let text = match refusal(response) {
        Some((code, message)) => format!("AWS STS answered {code}: {message} (status {status})"),
        None => format!("AWS STS answered with status {status}"),
    };
    match (POLICY.retryable)(response) {
        Some(_) => CredentialsError::temporary(text),
        None => CredentialsError::new(text),
    }
}

/// The code and the message of an answer that is an error.
fn refusal(response: &Response) -> Option<(String, String)> {
    let text = std::str::from_utf8(&response.body).ok()?;
    let document = roxmltree::Document::parse(text).ok()?;
    let message = element(&document, "Message").unwrap_or_default();
    Some((element(&document, "Code")?.to_owned(), message.to_owned()))
}

/// The text of the first element of a name, in whatever namespace.
fn element<'a>(document: &'a roxmltree::Document<'_>, name: &str) -> Option<&'a str> {
    let mut elements = document.descendants();
    let element = elements.find(|it| it.tag_name().name() == name)?;
    element
        .text()
        .map(str::trim)
        .filter(|text| !text.is_empty())
}
