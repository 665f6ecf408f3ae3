//! AWS Signature Version 4, as HTTP headers.
//!
//! The steps have the names of the AWS documentation, "Create a signed AWS API request": the
//! [canonical request](Signing::canonical_request), the [string to sign](Signing::string_to_sign),
//! the signing key and the signature.
//!
//! The path and the query are taken from the request URI, so the signature covers exactly that URI.
//! All headers are signed, except those that proxies may change (`authorization`, `user-agent`,
//! `x-amzn-trace-id`, `transfer-encoding`). A client signs `host`, `content-type`, `x-amz-*` and
//! the headers of the operation, and adds `content-length`, `amz-sdk-*` and `x-amz-user-agent`
//! afterwards.
//!
//! Tested with AWS's test suite and, on generated requests, against the crate `aws-sigv4`.

mod canonical;
#[cfg(feature = "event-stream")]
mod event;
mod key;

use std::fmt::Write as _;

use http::header::{AUTHORIZATION, HOST, HeaderName, HeaderValue};

use crate::access_key::Credentials;
use crate::digest::{hex, hex_in, sha256};
use crate::timestamp::{Civil, Timestamp};
use canonical::Canonical;
#[cfg(feature = "event-stream")]
pub(crate) use event::{EventSeed, EventSigner};
use key::SigningKey;
pub(crate) use key::SigningKeys;

const ALGORITHM: &str = "AWS4-HMAC-SHA256";
const X_AMZ_DATE: HeaderName = HeaderName::from_static("x-amz-date");
const X_AMZ_SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-amz-security-token");
const X_AMZ_CONTENT_SHA256: HeaderName = HeaderName::from_static("x-amz-content-sha256");

/// The payload of a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Payload<'a> {
    /// The bytes of the body, which are hashed.
    Bytes(&'a [u8]),
    /// The body is not signed, as indicated by `x-amz-content-sha256`.
    Unsigned,
    /// The body is a stream of events that are signed one by one; the request says so in
    /// `x-amz-content-sha256`.
    Events,
}

impl Payload<'_> {
    /// Returns the hash as text, in the place of its digits.
    fn hash(self, digits: &mut [u8; 64]) -> &str {
        match self {
            Self::Bytes(bytes) => hex_in(digits, &sha256(bytes)),
            Self::Unsigned => "UNSIGNED-PAYLOAD",
            Self::Events => "STREAMING-AWS4-HMAC-SHA256-EVENTS",
        }
    }
}

/// The settings of a signature.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a choice of its own that services make"
)]
pub struct Signing<'a> {
    /// The credentials.
    pub credentials: &'a Credentials,
    /// The region, such as `us-east-1`.
    pub region: &'a str,
    /// The service name, such as `appflow`.
    pub service: &'a str,
    /// The time of the signature. AWS accepts a difference of a few minutes.
    pub time: Timestamp,
    /// Resolves `.`, `..` and empty segments of the path: `true` for every service except S3.
    pub normalize_path: bool,
    /// Escapes the path, which is already escaped, once more: `true` for every service except S3.
    pub double_encode_path: bool,
    /// Sends the hash of the body as `x-amz-content-sha256`.
    pub content_header: bool,
    /// Adds the session token after signing, which a few old services require.
    pub unsigned_token: bool,
}

impl<'a> Signing<'a> {
    /// Creates the default settings, which all restJson1 services use.
    #[must_use]
    pub fn new(
        credentials: &'a Credentials,
        region: &'a str,
        service: &'a str,
        time: Timestamp,
    ) -> Self {
        Self {
            credentials,
            region,
            service,
            time,
            normalize_path: true,
            double_encode_path: true,
            content_header: false,
            unsigned_token: false,
        }
    }

    /// Signs a request: adds `x-amz-date`, the session token if there is one, and `authorization`.
    ///
    /// An existing `host` header is signed. Otherwise, one is added from the URI.
    ///
    /// # Errors
    ///
    /// A header value that is not UTF-8, credentials with a character that is invalid in a header,
    /// or a URI without a host. The message does not contain secrets.
    pub fn sign(
        &self,
        request: &mut http::request::Parts,
        payload: Payload<'_>,
    ) -> Result<(), SigningError> {
        self.sign_with(request, payload, |date| SigningKey::derive(self, date))
            .map(drop)
    }

    /// Signs a request, with a cached key if it is suitable. Returns the signature.
    pub(crate) fn sign_with_kept(
        &self,
        request: &mut http::request::Parts,
        payload: Payload<'_>,
        keys: &SigningKeys,
    ) -> Result<[u8; 32], SigningError> {
        self.sign_with(request, payload, |date| keys.get(self, date))
    }

    fn sign_with(
        &self,
        request: &mut http::request::Parts,
        payload: Payload<'_>,
        key: impl FnOnce(&str) -> SigningKey,
    ) -> Result<[u8; 32], SigningError> {
        let mut digits = [0; 64];
        let (hash, time) = (payload.hash(&mut digits), date_time(self.time));
        let (date, scope) = (date(&time), self.scope(&time));
        self.add_headers(request, payload, hash, &time)?;
        let canonical = Canonical::new(self, request, hash)?;
        let signature = key(date).sign(&string_to_sign(&time, &scope, &canonical.text));
        let mut digits = [0; 64];
        let authorization = [
            ALGORITHM,
            " Credential=",
            self.credentials.access_key(),
            "/",
            &scope,
            ", SignedHeaders=",
            &canonical.signed_headers,
            ", Signature=",
            hex_in(&mut digits, &signature),
        ];
        let authorization = secret_header(authorization.concat(), "the access key")?;
        request.headers.insert(AUTHORIZATION, authorization);
        if self.unsigned_token {
            self.add_token(request)?;
        }
        Ok(signature)
    }

    /// Returns the canonical request of a request that already has `x-amz-date` and the session
    /// token, if there is one.
    ///
    /// # Errors
    ///
    /// As [`sign`](Self::sign).
    pub fn canonical_request(
        &self,
        request: &http::request::Parts,
        payload: Payload<'_>,
    ) -> Result<String, SigningError> {
        let mut canonical = Canonical::new(self, request, payload.hash(&mut [0; 64]))?;
        Ok(std::mem::take(&mut canonical.text))
    }

    /// Returns the string to sign for a canonical request.
    #[must_use]
    pub fn string_to_sign(&self, canonical_request: &str) -> String {
        let time = date_time(self.time);
        string_to_sign(&time, &self.scope(&time), canonical_request)
    }

    /// Returns the signature of a string to sign, in lower-case hexadecimal.
    #[must_use]
    pub fn signature(&self, string_to_sign: &str) -> String {
        let key = SigningKey::derive(self, date(&date_time(self.time)));
        hex(&key.sign(string_to_sign))
    }

    fn add_headers(
        &self,
        request: &mut http::request::Parts,
        payload: Payload<'_>,
        hash: &str,
        time: &str,
    ) -> Result<(), SigningError> {
        if !request.headers.contains_key(HOST) {
            let authority = request.uri.authority().ok_or(SigningError::NoHost)?;
            let host =
                HeaderValue::from_str(authority.as_str()).map_err(|_| SigningError::NoHost)?;
            request.headers.insert(HOST, host);
        }
        let time = plain_header(time, "the time")?;
        request.headers.insert(X_AMZ_DATE, time);
        if self.content_header || !matches!(payload, Payload::Bytes(_)) {
            let hash = plain_header(hash, "the hash")?;
            request.headers.insert(X_AMZ_CONTENT_SHA256, hash);
        }
        if self.unsigned_token {
            Ok(())
        } else {
            self.add_token(request)
        }
    }

    fn add_token(&self, request: &mut http::request::Parts) -> Result<(), SigningError> {
        if let Some(token) = self.credentials.session_token() {
            let value = secret_header(token, "the session token")?;
            request.headers.insert(X_AMZ_SECURITY_TOKEN, value);
        }
        Ok(())
    }

    fn scope(&self, time: &str) -> String {
        [date(time), self.region, self.service, "aws4_request"].join("/")
    }
}

/// Returns a time in the format of signatures: `20261122T010203Z`.
fn date_time(time: Timestamp) -> String {
    let civil = Civil::of(time.as_second());
    // The fields are formatted as one number, because this runs for every request.
    let date = (civil.year * 100 + civil.month) * 100 + civil.day;
    let clock = (civil.hour * 100 + civil.minute) * 100 + civil.second;
    let mut text = String::with_capacity("20261122T010203Z".len());
    // A string takes all that is written to it.
    let _ = write!(text, "{date:08}T{clock:06}Z");
    text
}

/// Returns the date of such a time: `20261122`.
fn date(time: &str) -> &str {
    time.split('T').next().unwrap_or_default()
}

fn string_to_sign(time: &str, scope: &str, canonical_request: &str) -> String {
    let hash = sha256(canonical_request.as_bytes());
    [ALGORITHM, time, scope, hex_in(&mut [0; 64], &hash)].join("\n")
}

/// The error of signing a request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SigningError {
    /// Neither the URI nor a header contains a host.
    #[error("the request has no host to sign")]
    NoHost,
    /// The value of this header is not UTF-8, so it has no canonical form.
    #[error("the value of header `{0}` is not UTF-8")]
    HeaderValue(String),
    /// This value has a character that is invalid in a header.
    #[error(
        "{0} has a character that cannot stand in an HTTP header; is there a line break in it?"
    )]
    Unsendable(&'static str),
}

fn plain_header(
    text: impl TryInto<HeaderValue>,
    what: &'static str,
) -> Result<HeaderValue, SigningError> {
    text.try_into().map_err(|_| SigningError::Unsendable(what))
}

fn secret_header(
    text: impl TryInto<HeaderValue>,
    what: &'static str,
) -> Result<HeaderValue, SigningError> {
    let mut value = plain_header(text, what)?;
    value.set_sensitive(true);
    Ok(value)
}
