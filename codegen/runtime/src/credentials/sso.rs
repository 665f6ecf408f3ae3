//! Credentials of a role in IAM Identity Center (SSO), with the token of a session of `aws sso
//! login`.

use std::sync::Arc;

use http::header::{HeaderName, HeaderValue};
use reqwest::Url;
use serde_json::Value;

use super::endpoint::SSO;
use super::network::{Network, Response};
use super::provider::provider;
use super::source::{Context, Lookup, Source};
use super::sso_token::{POLICY, Session, TokenSource};
use super::{Credentials, CredentialsError, CredentialsFuture, document};
use crate::body::Body;
use crate::environment::EnvironmentVariables;
use crate::one_line::OneLine;
use crate::setting::Settings;
use crate::timestamp::Timestamp;

const TOKEN: HeaderName = HeaderName::from_static("x-amz-sso_bearer_token");

provider! {
    /// Credentials of a role in IAM Identity Center (SSO).
    ///
    /// The token is read from `~/.aws/sso/cache`, where `aws sso login` stores it. It is renewed if
    /// the profile has an `sso_session`. The credentials are cached: see
    /// [`CachedCredentials`](super::CachedCredentials).
    Sso
}

impl Sso {
    /// Reads `sso_account_id`, `sso_role_name` and `sso_session` of a profile, or `sso_start_url`
    /// and `sso_region` instead of the last.
    ///
    /// # Errors
    ///
    /// A profile that was not found, cannot be read, or lacks one of these.
    pub fn from_profile(
        environment: &EnvironmentVariables,
        name: &str,
    ) -> Result<Self, CredentialsError> {
        let settings = Settings::load(environment.clone(), Some(name.to_owned()));
        let settings = settings.map_err(CredentialsError::setting)?;
        let context = Context::of_profile(&settings);
        match find(&context)? {
            Lookup::Found(source) => Ok(Self::of(source)),
            _ => Err(context.error("has no `sso_account_id` and no `sso_role_name`; add both")),
        }
    }
}

/// A role in an account, and its session.
#[derive(Debug)]
struct Role {
    account_id: String,
    name: String,
    token: TokenSource,
    url: Url,
}

pub(super) fn find(context: &Context<'_>) -> Result<Lookup, CredentialsError> {
    let Some(profile) = context.profile()? else {
        return Ok(Lookup::NotInProfile);
    };
    let (account_id, name) = match (
        profile.text("sso_account_id"),
        profile.text("sso_role_name"),
    ) {
        (Some(account_id), Some(name)) => (account_id.to_owned(), name.to_owned()),
        (Some(_), None) => {
            return Err(
                context.error("has an `sso_account_id` but no `sso_role_name`; add the role")
            );
        }
        (None, Some(_)) => {
            return Err(
                context.error("has an `sso_role_name` but no `sso_account_id`; add the account")
            );
        }
        (None, None) => return Ok(Lookup::NotInProfile),
    };
    let session = Session::find(context, profile)?;
    let url = session.endpoint(context, &SSO)?;
    Ok(Lookup::Found(Arc::new(Role {
        account_id,
        name,
        token: TokenSource::new(session, context)?,
        url,
    })))
}

/// Rejects a profile whose session provides only a token, if the client does not use tokens.
pub(super) fn refuse_token(context: &Context<'_>) -> Result<Lookup, CredentialsError> {
    match context.profile()? {
        Some(profile) if profile.has("sso_session") && !context.takes_token => {
            Session::find(context, profile)?;
            Err(context.error(
                "has an `sso_session` for a bearer token, and not for credentials; add \
                 `sso_account_id` and `sso_role_name`",
            ))
        }
        _ => Ok(Lookup::NotInProfile),
    }
}

impl Role {
    async fn credentials(&self, network: &Network) -> Result<Credentials, CredentialsError> {
        let token = self.token.token(network).await?;
        let mut token = HeaderValue::from_str(&token).map_err(|_| {
            let session = self.token.session();
            session.log_in_again("the token has a character that cannot stand in an HTTP header")
        })?;
        token.set_sensitive(true);
        let mut url = self.url.clone();
        let path = url.path().trim_end_matches('/');
        url.set_path(&format!("{path}/federation/credentials"));
        url.query_pairs_mut()
            .append_pair("role_name", &self.name)
            .append_pair("account_id", &self.account_id);
        let request = || {
            http::Request::get(url.as_str())
                .header(TOKEN, &token)
                .body(Body::default())
        };
        let response = network.ask(&*network.internet, &POLICY, request);
        let response = response.await?;
        if response.status.is_success() {
            return credentials(&response);
        }
        let refusal = document::refusal(&response, None);
        if response.status == http::StatusCode::UNAUTHORIZED {
            return Err(self.token.session().log_in_again(&refusal.to_string()));
        }
        Err(refusal)
    }
}

/// Reads the credentials in a response.
fn credentials(response: &Response) -> Result<Credentials, CredentialsError> {
    let unreadable = || CredentialsError::new("the response is not JSON with credentials");
    let body: Value = serde_json::from_slice(&response.body).map_err(|_| unreadable())?;
    let role = body.get("roleCredentials").ok_or_else(unreadable)?;
    let text = |name: &str| role.get(name)?.as_str();
    let member = |name: &str| text(name).ok_or_else(unreadable);
    let (access_key, secret_key) = (member("accessKeyId")?, member("secretAccessKey")?);
    let token = member("sessionToken")?.to_owned();
    let end = role.get("expiration").and_then(Value::as_i64);
    let end = end.ok_or_else(unreadable)?;
    let end = Timestamp::from_millisecond(end).map_err(|_| unreadable())?;
    Ok(Credentials::new(access_key, secret_key, Some(token)).with_expiry(end))
}

impl Source for Role {
    fn fetch<'a>(&'a self, network: &'a Network) -> CredentialsFuture<'a> {
        Box::pin(self.credentials(network))
    }

    fn explain(&self, error: CredentialsError) -> CredentialsError {
        let (role, account) = (OneLine(&self.name), OneLine(&self.account_id));
        error.about(format_args!(
            "no credentials from the role {role} in account {account} of IAM Identity Center"
        ))
    }
}
