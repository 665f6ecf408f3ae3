//! Credentials of a session of `aws login`, from the cache of the AWS CLI.

mod cached;

use std::fmt::Display;
use std::path::PathBuf;
use std::sync::Arc;

use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use reqwest::Url;
use serde_json::{Value, json};

use self::cached::Cached;
use super::dpop::{Key, ProofError};
use super::endpoint::{self, SIGN_IN};
use super::network::{Network, Region, Response};
use super::provider::provider;
use super::source::{Context, Lookup, Source};
use super::sso_token::POLICY;
use super::{Credentials, CredentialsError, CredentialsFuture, document, file};
use crate::body::{Body, BoxError};
use crate::digest::{hex, sha256};
use crate::environment::EnvironmentVariables;
use crate::one_line::OneLine;
use crate::setting::Settings;
use crate::timestamp::Timestamp;

const PROOF: HeaderName = HeaderName::from_static("dpop");

/// The time before expiration at which credentials are renewed, in seconds.
const RENEWED_BEFORE_END: i64 = 5 * 60;

provider! {
    /// Credentials of a session of `aws login`.
    ///
    /// They are read from `~/.aws/login/cache`, or from `AWS_LOGIN_CACHE_DIRECTORY`. They last at
    /// most 15 minutes, and are renewed through AWS Sign-In during the session. Renewal requires
    /// the cargo feature `rustls-ring` or `rustls-aws-lc`. The credentials are cached: see
    /// [`CachedCredentials`](super::CachedCredentials).
    Login
}

impl Login {
    /// Reads `login_session` and `region` of a profile. The region defaults to that of the client.
    ///
    /// # Errors
    ///
    /// A profile that was not found, cannot be read, or has no `login_session`.
    pub fn from_profile(
        environment: &EnvironmentVariables,
        name: &str,
    ) -> Result<Self, CredentialsError> {
        let settings = Settings::load(environment.clone(), Some(name.to_owned()));
        let settings = settings.map_err(CredentialsError::setting)?;
        let context = Context::of_profile(&settings);
        let session = Session::find(&context)?.ok_or_else(|| {
            let remedy = format!("run `aws login --profile {name}`");
            context.error(format!("has no `login_session`: {remedy}"))
        })?;
        let region = settings.property("region").map(|region| region.text);
        Ok(Self::of(Arc::new(Session { region, ..session })))
    }
}

pub(super) fn find(context: &Context<'_>) -> Result<Lookup, CredentialsError> {
    let Some(session) = Session::find(context)? else {
        return Ok(Lookup::NotInProfile);
    };
    session
        .url(context.region)
        .map_err(CredentialsError::setting)?;
    Ok(Lookup::Found(Arc::new(session)))
}

/// A session, and its file in the cache of the AWS CLI.
#[derive(Debug)]
struct Session {
    name: String,
    /// The profile for `aws login`.
    profile: String,
    file: PathBuf,
    /// The configured endpoint of AWS Sign-In.
    endpoint: Option<Url>,
    /// The region of AWS Sign-In, if it is not that of the client.
    region: Option<String>,
}

impl Session {
    /// Finds the session of the profile.
    fn find(context: &Context<'_>) -> Result<Option<Self>, CredentialsError> {
        let profile = context.profile()?;
        let Some(name) = profile.and_then(|profile| profile.text("login_session")) else {
            return Ok(None);
        };
        let endpoint = endpoint::configured(context, &SIGN_IN);
        let endpoint = endpoint.map_err(CredentialsError::setting)?;
        if let Some(url) = &endpoint {
            endpoint::check_private(url, &SIGN_IN).map_err(CredentialsError::setting)?;
        }
        let file_name = format!("{}.json", hex(&sha256(name.as_bytes())));
        Ok(Some(Self {
            name: name.to_owned(),
            profile: context.profile_name.to_owned(),
            file: folder(&context.settings.environment)?.join(file_name),
            endpoint,
            region: None,
        }))
    }

    /// Returns the URL that renews credentials, for a client of this region.
    fn url(&self, of_client: &Region) -> Result<Url, String> {
        let mut url = match &self.endpoint {
            Some(url) => url.clone(),
            None => endpoint::sign_in(&Region {
                name: self.region.clone().or_else(|| of_client.name.clone()),
                ..*of_client
            })?,
        };
        let path = url.path().trim_end_matches('/');
        url.set_path(&format!("{path}/v1/token"));
        Ok(url)
    }

    /// Reads the credentials in the file, and renews them if they are about to expire.
    async fn credentials(&self, network: &Network) -> Result<Credentials, CredentialsError> {
        let now = network.clock.now();
        let now = now.map_err(|error| CredentialsError::new(error.to_string()))?;
        let cached = self.read().await?;
        if cached.end.as_second() - now.as_second() >= RENEWED_BEFORE_END {
            return Ok(cached.credentials());
        }
        let problem = match self.renew(network, &cached, now).await {
            Ok(renewed) => return Ok(renewed.credentials()),
            Err(problem) => problem,
        };
        // Another process may have renewed them, which may invalidate the old refresh token.
        let cached = self.read().await.unwrap_or(cached);
        if cached.end > now {
            return Ok(cached.credentials());
        }
        Err(problem)
    }

    async fn read(&self) -> Result<Cached, CredentialsError> {
        let path = self.file.display();
        let text = file::read(self.file.clone()).await.map_err(|error| {
            self.log_in_again(&format!("the session cannot be read from {path} ({error})"))
        })?;
        let members = serde_json::from_str(&text)
            .map_err(|_| self.log_in_again(&format!("{path} is not JSON with a session")))?;
        Cached::of(members).map_err(|missing| {
            self.log_in_again(&format!("the session in {path} lacks `{missing}`"))
        })
    }

    /// Gets new credentials from AWS Sign-In, and writes them to the file.
    async fn renew(
        &self,
        network: &Network,
        cached: &Cached,
        now: Timestamp,
    ) -> Result<Cached, CredentialsError> {
        let response = self.request_renewal(network, cached).await?;
        if !response.status.is_success() {
            let refusal = refusal(&response);
            let problem = not_renewed(&refusal);
            return Err(if refusal.is_temporary() {
                CredentialsError::temporary(problem)
            } else {
                self.log_in_again(&problem)
            });
        }
        let renewed = cached.renewed(&response.body, now);
        let renewed = renewed.ok_or_else(|| {
            self.log_in_again(&not_renewed("the response is not JSON with a session"))
        })?;
        // If the file cannot be written, this process can still use the credentials.
        let _ = file::write(self.file.clone(), renewed.to_text()).await;
        Ok(renewed)
    }

    async fn request_renewal(
        &self,
        network: &Network,
        cached: &Cached,
    ) -> Result<Response, CredentialsError> {
        let key = Key::from_pem(cached.text("dpopKey"));
        let key = key.map_err(|error| self.without_key(error))?;
        let url = self.url(&network.region).map_err(CredentialsError::new)?;
        let body = json!({
            "clientId": cached.text("clientId"),
            "grantType": "refresh_token",
            "refreshToken": cached.text("refreshToken"),
        });
        let body = body.to_string();
        // A proof may be valid for one request only, so each attempt has its own.
        let request = || -> Result<_, BoxError> {
            let proof = key.proof(&url, network.clock.now()?, &(network.new_token)())?;
            let mut proof = HeaderValue::try_from(proof)?;
            proof.set_sensitive(true);
            let request = http::Request::post(url.as_str())
                .header(CONTENT_TYPE, "application/json")
                .header(PROOF, proof)
                .body(Body::from(body.clone()))?;
            Ok(request)
        };
        let response = network.ask(&*network.internet, &POLICY, request).await;
        response.map_err(|error| CredentialsError::temporary(not_renewed(error)))
    }

    /// Returns the error of a session whose key cannot be used.
    fn without_key(&self, error: ProofError) -> CredentialsError {
        let problem = not_renewed(error);
        match error {
            ProofError::NoBackend => CredentialsError::new(format!(
                "{problem}: enable the cargo feature `rustls-ring` or `rustls-aws-lc`"
            )),
            _ => self.log_in_again(&problem),
        }
    }

    /// Returns an error whose remedy is a new session.
    fn log_in_again(&self, problem: &str) -> CredentialsError {
        let profile = &self.profile;
        CredentialsError::new(format!("{problem}: run `aws login --profile {profile}`"))
    }
}

impl Source for Session {
    fn fetch<'a>(&'a self, network: &'a Network) -> CredentialsFuture<'a> {
        Box::pin(self.credentials(network))
    }

    fn explain(&self, error: CredentialsError) -> CredentialsError {
        let name = OneLine(&self.name);
        error.about(format_args!(
            "no credentials from the session {name} of `aws login`"
        ))
    }
}

/// Returns the folder of the sessions.
fn folder(environment: &EnvironmentVariables) -> Result<PathBuf, CredentialsError> {
    if let Some(folder) = environment.get("AWS_LOGIN_CACHE_DIRECTORY") {
        return Ok(environment.expand_home(&folder));
    }
    let home = environment.home().ok_or_else(|| {
        CredentialsError::setting("no home directory for `~/.aws/login/cache`: set HOME")
    })?;
    Ok(home.join(".aws").join("login").join("cache"))
}

fn not_renewed(problem: impl Display) -> String {
    format!("the session cannot be renewed ({problem})")
}

/// Returns the reason of an error response.
fn refusal(response: &Response) -> CredentialsError {
    let body: Option<Value> = serde_json::from_slice(&response.body).ok();
    let code = body.as_ref().and_then(|body| body.get("error")?.as_str());
    let code = code.map(|code| OneLine(code).to_string());
    let refusal = document::refusal(response, code.as_deref());
    match response.status {
        http::StatusCode::TOO_MANY_REQUESTS => CredentialsError::temporary(refusal.to_string()),
        _ => refusal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_build_without_es256_names_the_features_that_have_it() {
        let session = Session {
            name: "orders".to_owned(),
            profile: "signin".to_owned(),
            file: PathBuf::new(),
            endpoint: None,
            region: None,
        };
        assert_eq!(
            session.without_key(ProofError::NoBackend).to_string(),
            "the session cannot be renewed (this build has no ES256): enable the cargo feature \
             `rustls-ring` or `rustls-aws-lc`"
        );
    }
}
