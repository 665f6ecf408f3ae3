//! A role that is taken with a web identity: a token in a file, for which AWS STS gives credentials
//! (`AssumeRoleWithWebIdentity`).

use std::path::PathBuf;
use std::time::Duration;

use http::header::{ACCEPT, CONTENT_TYPE};
use percent_encoding::utf8_percent_encode;
use zeroize::Zeroizing;

use super::chain::{Context, Look, Source};
use super::network::{Answer, Manner, Network};
use super::{Credentials, CredentialsError};
use crate::body::Body;
use crate::endpoint::partition;
use crate::sigv4::RESERVED;

const TOKEN_FILE: &str = "AWS_WEB_IDENTITY_TOKEN_FILE";
const ROLE: &str = "AWS_ROLE_ARN";
const SESSION: &str = "AWS_ROLE_SESSION_NAME";

const MANNER: Manner = Manner {
    limit: Duration::from_secs(10),
    repeats_connecting: true,
    is_transient: |answer| {
        let code = refusal(answer).map(|(code, _)| code);
        let passes = [
            "IDPCommunicationError",
            "Throttling",
            "RequestLimitExceeded",
        ];
        answer.status.is_server_error() || code.is_some_and(|it| passes.contains(&it.as_str()))
    },
};

/// A role, and the token that allows one to take it.
#[derive(Debug)]
pub(super) struct WebIdentity {
    role: String,
    session: Option<String>,
    /// It is read anew each time, as it is replaced before it ends.
    token_file: PathBuf,
    url: String,
}

pub(super) fn look(context: &Context<'_>) -> Result<Look, CredentialsError> {
    let environment = &context.settings.environment;
    let (Some(token_file), Some(role)) = (environment.get(TOKEN_FILE), environment.get(ROLE))
    else {
        return absent(environment.get(TOKEN_FILE).is_some());
    };
    let session = environment.get(SESSION);
    let identity = WebIdentity::new(context, &role, &token_file, session.as_deref())?;
    Ok(Look::Found(Source::WebIdentity(identity)))
}

fn absent(has_token: bool) -> Result<Look, CredentialsError> {
    if has_token {
        return Err(CredentialsError::new(format!(
            "no credentials: {TOKEN_FILE} is set but {ROLE} is not; set the role to take"
        )));
    }
    let reason = format!("web identity: {TOKEN_FILE} is not set");
    Ok(Look::Absent(reason))
}

impl WebIdentity {
    pub(super) fn new(
        context: &Context<'_>,
        role: &str,
        token_file: &str,
        session: Option<&str>,
    ) -> Result<Self, CredentialsError> {
        let url = sts_url(context);
        let url =
            url.map_err(|problem| CredentialsError::new(format!("no credentials: {problem}")))?;
        Ok(Self {
            role: role.to_owned(),
            session: session.map(str::to_owned),
            token_file: context.settings.environment.expand_home(token_file),
            url,
        })
    }

    pub(super) async fn fetch(&self, network: &Network) -> Result<Credentials, CredentialsError> {
        let error = |problem: String| {
            let role = &self.role;
            CredentialsError::new(format!("no credentials of the role {role}: {problem}"))
        };
        let form = self.form(network).map_err(error)?;
        let request = || {
            http::Request::post(&self.url)
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header(ACCEPT, "text/xml")
                .body(Body::from(form.as_bytes().to_vec()))
        };
        let answer = network.ask(&*network.internet, &MANNER, request).await;
        credentials(&answer.map_err(error)?).map_err(error)
    }

    fn form(&self, network: &Network) -> Result<Zeroizing<String>, String> {
        let token = std::fs::read_to_string(&self.token_file).map_err(|error| {
            let path = self.token_file.display();
            format!("the token file {path} cannot be read: {error}")
        })?;
        let token = Zeroizing::new(token);
        let made_up = || format!("smithy-reqwest-{}", (network.new_token)());
        let session = self.session.clone().unwrap_or_else(made_up);
        let encode = |text| utf8_percent_encode(text, RESERVED);
        Ok(Zeroizing::new(format!(
            "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn={}&RoleSessionName={}\
             &WebIdentityToken={}",
            encode(&self.role),
            encode(&session),
            encode(token.trim()),
        )))
    }
}

/// The endpoint of AWS STS in the client's region.
fn sts_url(context: &Context<'_>) -> Result<String, String> {
    if let Some(url) = context.settings.endpoint_url("STS")? {
        return Ok(url);
    }
    let no_region = "a web identity needs a region; set AWS_REGION, or `region` in the profile";
    let region = context.region.ok_or(no_region)?;
    let partition = partition(region).ok_or(no_region)?;
    let name = if context.use_fips { "sts-fips" } else { "sts" };
    let suffix = if context.use_dual_stack {
        partition.dual_stack_dns_suffix
    } else {
        partition.dns_suffix
    };
    Ok(format!("https://{name}.{region}.{suffix}/"))
}

/// The credentials of an answer, or in words why there are none.
fn credentials(answer: &Answer) -> Result<Credentials, String> {
    let status = answer.status.as_u16();
    if !answer.status.is_success() {
        return Err(match refusal(answer) {
            Some((code, message)) => {
                format!("AWS STS answered {code}: {message} (status {status})")
            }
            None => format!("AWS STS answered with status {status}"),
        });
    }
    let unreadable = || "the answer of AWS STS is not XML with credentials".to_owned();
    let text = std::str::from_utf8(&answer.body).map_err(|_| unreadable())?;
    let document = roxmltree::Document::parse(text).map_err(|_| unreadable())?;
    let part = |name| element(&document, name).ok_or_else(unreadable);
    let (access_key, secret_key) = (part("AccessKeyId")?, part("SecretAccessKey")?);
    let token = part("SessionToken")?.to_owned();
    let end = part("Expiration")?.parse().map_err(|_| unreadable())?;
    Ok(Credentials::new(access_key, secret_key, Some(token)).with_expiry(end))
}

/// The code and the message of an answer that is an error.
fn refusal(answer: &Answer) -> Option<(String, String)> {
    let text = std::str::from_utf8(&answer.body).ok()?;
    let document = roxmltree::Document::parse(text).ok()?;
    let message = element(&document, "Message").unwrap_or_default();
    Some((element(&document, "Code")?.to_owned(), message.to_owned()))
}

/// The text of the first element of a name.
fn element<'a>(document: &'a roxmltree::Document<'_>, name: &str) -> Option<&'a str> {
    let mut elements = document.descendants();
    elements
        .find(|it| it.has_tag_name(name) || it.tag_name().name() == name)?
        .text()
}
