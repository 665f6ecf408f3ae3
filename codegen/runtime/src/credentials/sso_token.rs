//! The token of a session of IAM Identity Center, from the cache of the AWS CLI.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use http::header::CONTENT_TYPE;
use reqwest::Url;
use serde_json::{Map, Value, json};
use tokio::sync::Mutex;
use zeroize::Zeroizing;

use super::endpoint::{self, SSO_OIDC, Service};
use super::network::{Network, Policy, Region};
use super::source::Context;
use super::token::{ChosenToken, ProvideToken, TokenFuture};
use super::{CredentialsError, document, file};
use crate::body::Body;
use crate::digest::{hex, sha1};
use crate::profile::Section;
use crate::retry::retryable;
use crate::timestamp::Timestamp;

pub(super) const POLICY: Policy = Policy {
    limit: Duration::from_secs(10),
    max_attempts: 3,
    max_response: 1 << 20,
    repeats_connecting: true,
    repeats_waiting: true,
    retryable: |response| retryable(response.status.as_u16(), None, &[]),
};

/// The time before expiration at which a token is renewed, in seconds.
const RENEWED_BEFORE_END: i64 = 5 * 60;
/// The minimum time between two renewals if the first has failed.
const BETWEEN_TRIES: Duration = Duration::from_secs(30);

/// A session of IAM Identity Center.
#[derive(Debug, Clone)]
pub(super) struct Session {
    /// The name of the `sso_session`; `None` for the older form.
    name: Option<String>,
    start_url: String,
    region: String,
    /// The profile for `aws sso login`.
    profile: String,
}

impl Session {
    /// Finds the session of a profile.
    pub(super) fn find(context: &Context<'_>, profile: &Section) -> Result<Self, CredentialsError> {
        let name = profile.text("sso_session");
        let section = name.map(|name| sso_session(context, name)).transpose()?;
        let get = |property: &str| {
            let of_profile = profile.text(property);
            let Some((section, name)) = section.zip(name) else {
                return of_profile.ok_or_else(|| {
                    context.error(format!("lacks `{property}` of IAM Identity Center; add it"))
                });
            };
            let of_session = section.text(property).ok_or_else(|| {
                context.error(format!(
                    "has `sso_session = {name}`, which lacks `{property}`; add it in \
                     `[sso-session {name}]`"
                ))
            })?;
            if of_profile.is_some_and(|value| value != of_session) {
                return Err(context.error(format!(
                    "has another `{property}` than its `[sso-session {name}]`; remove it in the profile"
                )));
            }
            Ok(of_session)
        };
        Ok(Self {
            name: name.map(str::to_owned),
            start_url: get("sso_start_url")?.to_owned(),
            region: get("sso_region")?.to_owned(),
            profile: context.profile_name.to_owned(),
        })
    }

    /// Returns the endpoint of a service in the region of the session.
    pub(super) fn endpoint(
        &self,
        context: &Context<'_>,
        service: &Service,
    ) -> Result<Url, CredentialsError> {
        let region = Region {
            name: Some(self.region.clone()),
            ..*context.region
        };
        let configured = endpoint::configured(context, service);
        let url = configured.and_then(|url| match url {
            Some(url) => endpoint::check_private(&url, service).map(|()| url),
            None => endpoint::regional(service, &region),
        });
        url.map_err(CredentialsError::setting)
    }

    /// Returns an error whose remedy is a new session.
    pub(super) fn log_in_again(&self, problem: &str) -> CredentialsError {
        let profile = &self.profile;
        CredentialsError::new(format!(
            "{problem}: run `aws sso login --profile {profile}`"
        ))
    }
}

fn sso_session<'a>(context: &Context<'a>, name: &str) -> Result<&'a Section, CredentialsError> {
    let profiles = &context.settings.profiles;
    if let Some(fault) = profiles.fault_of_sso_session(name) {
        return Err(CredentialsError::setting(fault));
    }
    profiles.sso_session(name).ok_or_else(|| {
        let files = profiles.files();
        context.error(format!(
            "has `sso_session = {name}`, and `[sso-session {name}]` is not in {files}"
        ))
    })
}

/// A session with its token, which is read when it is needed and renewed before it expires.
#[derive(Debug)]
pub(super) struct TokenSource {
    session: Session,
    /// The file in the cache of the AWS CLI.
    file: PathBuf,
    /// The endpoint that renews tokens.
    url: Url,
    token: Mutex<Option<Token>>,
}

/// Finds the token of a client, in the session of its profile.
pub(crate) fn choose_token(
    context: &Context<'_>,
) -> Result<Option<Box<dyn ChosenToken>>, CredentialsError> {
    let profile = context.profile()?;
    let Some(profile) = profile.filter(|profile| profile.has("sso_session")) else {
        return Ok(None);
    };
    let session = Session::find(context, profile)?;
    Ok(Some(Box::new(TokenSource::new(session, context)?)))
}

impl ChosenToken for TokenSource {
    fn provider(self: Box<Self>, network: Network) -> Arc<dyn ProvideToken> {
        Arc::new(SessionToken {
            source: *self,
            network,
        })
    }
}

/// The token of a session, fetched through the network of a client.
#[derive(Debug)]
struct SessionToken {
    source: TokenSource,
    network: Network,
}

impl ProvideToken for SessionToken {
    fn provide_token(&self) -> TokenFuture<'_> {
        Box::pin(async {
            let token = self.source.token(&self.network).await;
            token.map_err(|error| error.about("no bearer token"))
        })
    }
}

/// A token, with the other members of its file.
struct Token {
    text: Zeroizing<String>,
    end: Timestamp,
    /// The time before which it is not renewed, after a failure.
    next_renewal: Option<Timestamp>,
    cached: Map<String, Value>,
}

impl TokenSource {
    pub(super) fn new(session: Session, context: &Context<'_>) -> Result<Self, CredentialsError> {
        let home = context.settings.environment.home().ok_or_else(|| {
            CredentialsError::setting("no home directory for `~/.aws/sso/cache`: set HOME")
        })?;
        let key = session.name.as_deref().unwrap_or(&session.start_url);
        let name = format!("{}.json", hex(&sha1(key.as_bytes())));
        Ok(Self {
            file: home.join(".aws").join("sso").join("cache").join(name),
            url: session.endpoint(context, &SSO_OIDC)?,
            session,
            token: Mutex::default(),
        })
    }

    pub(super) fn session(&self) -> &Session {
        &self.session
    }

    /// Returns a token that has not expired.
    pub(super) async fn token(
        &self,
        network: &Network,
    ) -> Result<Zeroizing<String>, CredentialsError> {
        let now = network.clock.now();
        let now = now.map_err(|error| CredentialsError::new(error.to_string()))?;
        let mut kept = self.token.lock().await;
        let token = match kept.take().filter(|token| token.is_good(now)) {
            Some(token) => token,
            None => self.fresh(network, now).await?,
        };
        let text = token.text.clone();
        *kept = Some(token);
        Ok(text)
    }

    /// Reads the token in the file, and renews it if it is about to expire.
    async fn fresh(&self, network: &Network, now: Timestamp) -> Result<Token, CredentialsError> {
        let token = self.read().await?;
        if token.is_good(now) {
            return Ok(token);
        }
        let problem = match self.renew(network, &token, now).await {
            Ok(token) => return Ok(token),
            Err(problem) => problem,
        };
        // Another process may have renewed it, which invalidates the old refresh token.
        let mut token = self.read().await.unwrap_or(token);
        token.next_renewal = now.checked_add(BETWEEN_TRIES);
        token.is_good(now).then_some(token).ok_or(problem)
    }

    async fn read(&self) -> Result<Token, CredentialsError> {
        let text = file::read(self.file.clone()).await.map_err(|error| {
            let file = self.file.display();
            let problem = format!("the token cannot be read from {file} ({error})");
            self.session.log_in_again(&problem)
        })?;
        let token = serde_json::from_str(&text).ok().and_then(Token::of);
        token.ok_or_else(|| {
            let file = self.file.display();
            let problem = format!("{file} is not JSON with a token");
            self.session.log_in_again(&problem)
        })
    }

    /// Gets a new token from SSO-OIDC, and writes it to the file.
    async fn renew(
        &self,
        network: &Network,
        token: &Token,
        now: Timestamp,
    ) -> Result<Token, CredentialsError> {
        let body = self.renewal(token, now);
        let body = body.ok_or_else(|| self.session.log_in_again("the session has expired"))?;
        let mut url = self.url.clone();
        let path = url.path().trim_end_matches('/');
        url.set_path(&format!("{path}/token"));
        let request = || {
            http::Request::post(url.as_str())
                .header(CONTENT_TYPE, "application/json")
                .body(Body::from(body.clone()))
        };
        let response = network.ask(&*network.internet, &POLICY, request).await?;
        if !response.status.is_success() {
            let refusal = document::refusal(&response, None);
            let problem = format!("the session cannot be renewed ({refusal})");
            return Err(if refusal.is_temporary() {
                CredentialsError::temporary(problem)
            } else {
                self.session.log_in_again(&problem)
            });
        }
        let renewed = token.renewed(&response.body, now);
        let renewed = renewed
            .ok_or_else(|| CredentialsError::new("the response is not JSON with a token"))?;
        let text = Zeroizing::new(Value::Object(renewed.cached.clone()).to_string());
        // If the file cannot be written, this process can still use the token.
        let _ = file::write(self.file.clone(), text).await;
        Ok(renewed)
    }

    /// Returns the body of the request that renews a token; `None` if it cannot be renewed.
    fn renewal(&self, token: &Token, now: Timestamp) -> Option<String> {
        self.session.name.as_ref()?;
        let member = |name: &str| token.cached.get(name)?.as_str();
        let registration = document::time(member("registrationExpiresAt")?)?;
        let body = json!({
            "clientId": member("clientId")?,
            "clientSecret": member("clientSecret")?,
            "grantType": "refresh_token",
            "refreshToken": member("refreshToken")?,
        });
        (registration > now).then(|| body.to_string())
    }
}

impl Token {
    fn of(cached: Map<String, Value>) -> Option<Self> {
        let text = Zeroizing::new(cached.get("accessToken")?.as_str()?.to_owned());
        let end = document::time(cached.get("expiresAt")?.as_str()?)?;
        Some(Self {
            text,
            end,
            next_renewal: None,
            cached,
        })
    }

    /// Returns this token updated with a response; `None` if a member is missing.
    fn renewed(&self, response: &[u8], now: Timestamp) -> Option<Self> {
        let mut new: Map<String, Value> = serde_json::from_slice(response).ok()?;
        let seconds = new.get("expiresIn")?.as_i64()?;
        // In whole seconds, like the AWS CLI.
        let end = now.as_second().checked_add(seconds)?;
        let end = Timestamp::from_second(end).ok()?.to_string();
        let mut cached = self.cached.clone();
        cached.insert("accessToken".to_owned(), new.remove("accessToken")?);
        cached.insert("expiresAt".to_owned(), end.into());
        if let Some(refresh_token) = new.remove("refreshToken").filter(Value::is_string) {
            cached.insert("refreshToken".to_owned(), refresh_token);
        }
        Self::of(cached)
    }

    /// Returns `true` if it can be used without renewal.
    fn is_good(&self, now: Timestamp) -> bool {
        let is_ending = self.end.as_second() - now.as_second() < RENEWED_BEFORE_END;
        self.end > now && (!is_ending || self.next_renewal.is_some_and(|next| now < next))
    }
}

impl Drop for Token {
    fn drop(&mut self) {
        self.cached.values_mut().for_each(document::wipe);
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token")
            .field("end", &self.end)
            .finish_non_exhaustive()
    }
}
