//! Signatures and bearer tokens of requests.

use http::Uri;
use http::header::{AUTHORIZATION, HeaderValue};
use http::request::Parts;
use zeroize::Zeroizing;

use super::{CallContext, Core};
use crate::auth::{no_credentials, refuses_credentials};
use crate::credentials::{Credentials, CredentialsError};
use crate::error::{Cause, Failure};
use crate::message::HttpRequest;
use crate::operation::{Auth, Operation};
use crate::schema::Retryable;
use crate::sigv4::{Payload, Signing};
use crate::timestamp::Timestamp;
use crate::uri::is_loopback;

const NO_TOKEN: &str = "no bearer token: call `bearer_token(…)` on the builder, or create the \
     client with `from_env` and a profile that has an `sso_session`";
const OPEN_TO_ALL: &str = "a bearer token is sent only over https or to the local machine; set an \
     endpoint URL that starts with https://";
const UNPROTECTED: &str = "a streamed body is not signed, so it is sent only over https or to the \
     local machine; set an endpoint URL that starts with https://, or use a body in memory";

/// The origin of a signature.
pub(super) struct Signer {
    pub(super) credentials: Credentials,
    /// The time that the request is signed for.
    pub(super) time: Timestamp,
}

impl Core {
    /// Chooses the authentication scheme of a call: of those that the operation allows, a token that
    /// is preferred, or else the first that this client has credentials or a token for, or else the
    /// first.
    pub(super) fn choose_auth(&self, operation: &Operation) -> Auth {
        let is_possible = |auth: &&Auth| match auth {
            Auth::SigV4 => self.has_named_credentials,
            Auth::Bearer => self.bearer_token.is_some(),
            Auth::None => true,
        };
        let schemes = operation.auth;
        if self.prefers_token && schemes.contains(&Auth::Bearer) {
            return Auth::Bearer;
        }
        let chosen = schemes.iter().find(is_possible).or(schemes.first());
        chosen.copied().unwrap_or(Auth::None)
    }

    /// Signs the head of a request or adds a token. If this fails, nothing has been sent. Returns
    /// the origin of the signature, if there is one.
    pub(super) async fn authorize(
        &self,
        call: &CallContext<'_>,
        head: &mut Parts,
        request: &HttpRequest,
    ) -> Result<Option<Signer>, Failure> {
        match call.auth {
            Auth::SigV4 => self.sign(call, head, request).await.map(Some),
            Auth::Bearer => self.bear_token(head).await.map(|()| None),
            Auth::None => Ok(None),
        }
    }

    /// Invalidates the credentials of a request that the service has rejected because of them.
    /// Returns `true` if there may be others, with which the call may succeed.
    pub(super) fn invalidate_credentials(
        &self,
        failure: &mut Failure,
        credentials: &Credentials,
    ) -> bool {
        let Cause::Service {
            code: Some(code),
            retryable,
            ..
        } = &mut *failure.cause
        else {
            return false;
        };
        let provider = self.credentials.as_ref();
        let may_change = refuses_credentials(code)
            && provider.is_some_and(|provider| provider.invalidate(credentials));
        if may_change {
            retryable.get_or_insert(Retryable::Transient);
        }
        may_change
    }

    async fn sign(
        &self,
        call: &CallContext<'_>,
        head: &mut Parts,
        request: &HttpRequest,
    ) -> Result<Signer, Failure> {
        let provider = self.credentials.as_ref().ok_or_else(no_credentials)?;
        let credentials = provider.provide_credentials().await;
        let credentials = credentials.map_err(Cause::Credentials)?;
        let payload = payload(call.operation, &head.uri, request)?;
        let time = self.clock.now().map_err(Failure::configuration)?;
        let destination = &call.destination;
        let (region, name) = (&destination.signing_region, &destination.signing_name);
        let signing = Signing {
            normalize_path: destination.normalize_path,
            double_encode_path: destination.double_encode_path,
            ..Signing::new(&credentials, region, name, time)
        };
        let signed = signing.sign_with_kept(head, payload, &self.signing_keys);
        #[cfg_attr(
            not(feature = "event-stream"),
            expect(unused_variables, reason = "those of events follow it")
        )]
        let signature = signed.map_err(Cause::Signing)?;
        #[cfg(feature = "event-stream")]
        if let Some(seed) = &request.event_seed {
            // Events are sent once, so they have one signer.
            let _ = seed.set(signing.event_signer(&signature));
        }
        Ok(Signer { credentials, time })
    }

    async fn bear_token(&self, head: &mut Parts) -> Result<(), Failure> {
        let Some(token) = &self.bearer_token else {
            return Err(Cause::Credentials(CredentialsError::new(NO_TOKEN)).into());
        };
        if !is_private(&head.uri) {
            return Err(Failure::configuration(OPEN_TO_ALL));
        }
        let token = token.provide_token().await.map_err(Cause::Credentials)?;
        head.headers.insert(AUTHORIZATION, bearer(&token)?);
        Ok(())
    }
}

/// Returns how the body of a request enters its signature.
fn payload<'r>(
    operation: &Operation,
    uri: &Uri,
    request: &'r HttpRequest,
) -> Result<Payload<'r>, Failure> {
    if request.has_events() {
        return Ok(Payload::Events);
    }
    let is_https = uri.scheme_str() == Some("https");
    match request.body.bytes() {
        Some(bytes) if operation.signs_payload || !is_https => Ok(Payload::Bytes(bytes)),
        None if !is_private(uri) => Err(Failure::configuration(UNPROTECTED)),
        _ => Ok(Payload::Unsigned),
    }
}

/// Returns the header with a bearer token.
fn bearer(token: &str) -> Result<HeaderValue, Failure> {
    let text = Zeroizing::new(format!("Bearer {}", token.trim()));
    let mut value = HeaderValue::from_str(&text).map_err(|_| {
        let problem = "the bearer token has a character that cannot stand in an HTTP header; is \
                       there a line break in it?";
        Cause::Credentials(CredentialsError::new(problem))
    })?;
    value.set_sensitive(true);
    Ok(value)
}

/// Returns `true` if a request cannot be read or changed on its way to the service.
fn is_private(uri: &Uri) -> bool {
    uri.scheme_str() == Some("https") || uri.host().is_some_and(is_loopback)
}
