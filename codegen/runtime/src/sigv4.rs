//! AWS Signature Version 4, as HTTP headers.
//!
//! The steps carry the names of the AWS reference, "Create a signed AWS API request": the
//! [canonical request](Signing::canonical_request), the
//! [string to sign](Signing::string_to_sign), the signing key and the signature.
//!
//! What is signed is what is sent: the path and the query are taken from the URI of the built
//! request, and every header it has is signed but those that the way to the service may change
//! (`authorization`, `user-agent`, `x-amzn-trace-id`, `transfer-encoding`).
//!
//! Proved by AWS's own signing suite and, on generated requests, against the `aws-sigv4` crate.

use std::borrow::Cow;
use std::fmt::Write as _;

use hmac::{Hmac, KeyInit, Mac};
use http::header::{AUTHORIZATION, HOST, HeaderName, HeaderValue, TRANSFER_ENCODING, USER_AGENT};
use jiff::Timestamp;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::credentials::Credentials;

const ALGORITHM: &str = "AWS4-HMAC-SHA256";
const X_AMZ_DATE: HeaderName = HeaderName::from_static("x-amz-date");
const X_AMZ_SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-amz-security-token");
const X_AMZ_CONTENT_SHA256: HeaderName = HeaderName::from_static("x-amz-content-sha256");
const X_AMZN_TRACE_ID: HeaderName = HeaderName::from_static("x-amzn-trace-id");

/// All but the unreserved characters of RFC 3986.
pub(crate) const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');
const RESERVED_IN_PATH: &AsciiSet = &RESERVED.remove(b'/');

/// How the body enters the signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Payload<'a> {
    /// The bytes are hashed.
    Bytes(&'a [u8]),
    /// The body is not signed; the request says so in `x-amz-content-sha256`.
    Unsigned,
}

impl Payload<'_> {
    fn hash(self) -> Cow<'static, str> {
        match self {
            Self::Bytes(bytes) => hex(&Sha256::digest(bytes)).into(),
            Self::Unsigned => "UNSIGNED-PAYLOAD".into(),
        }
    }
}

/// Everything a signature depends on, the request aside.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a choice of its own that services make"
)]
pub struct Signing<'a> {
    /// Who signs.
    pub credentials: &'a Credentials,
    /// The region of the credential scope, as in `us-east-1`.
    pub region: &'a str,
    /// The service of the credential scope, as in `appflow`.
    pub service: &'a str,
    /// When the request is signed; AWS accepts a few minutes of difference to its own clock.
    pub time: Timestamp,
    /// Whether `.`, `..` and empty segments of the path are resolved first: `true` for every
    /// service but S3.
    pub normalize_path: bool,
    /// Whether the path, which is escaped as it is sent, is escaped once more: `true` for every
    /// service but S3.
    pub double_encode_path: bool,
    /// Whether the body's hash is also sent, as `x-amz-content-sha256`.
    pub content_header: bool,
    /// Whether the session token is added only after signing, as a few old services want.
    pub unsigned_token: bool,
}

impl<'a> Signing<'a> {
    /// Signing as every restJson1 service expects it.
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
    /// A `host` header is signed as it stands; where there is none, one is added from the URI.
    ///
    /// # Errors
    ///
    /// A header value that is not UTF-8, a credential that cannot stand in a header, or a URI
    /// without a host. The message never holds a secret.
    pub fn sign(
        &self,
        request: &mut http::request::Parts,
        payload: Payload<'_>,
    ) -> Result<(), SigningError> {
        let hash = payload.hash();
        self.add_headers(request, payload, &hash)?;
        let (canonical, signed_headers) = self.canonicalize(request, &hash)?;
        let signature = self.signature(&self.string_to_sign(&canonical));
        let authorization = format!(
            "{ALGORITHM} Credential={}/{}, SignedHeaders={signed_headers}, Signature={signature}",
            self.credentials.access_key(),
            self.scope(),
        );
        request.headers.insert(
            AUTHORIZATION,
            secret_header(&authorization, "the access key")?,
        );
        if self.unsigned_token {
            self.add_token(request)?;
        }
        Ok(())
    }

    /// The canonical request of a request that already has its `x-amz-date`. It has the session
    /// token in it, where there is one.
    ///
    /// # Errors
    ///
    /// As [`sign`](Self::sign).
    pub fn canonical_request(
        &self,
        request: &http::request::Parts,
        payload: Payload<'_>,
    ) -> Result<String, SigningError> {
        let (mut canonical, _) = self.canonicalize(request, &payload.hash())?;
        Ok(std::mem::take(&mut canonical))
    }

    /// The string to sign for a canonical request.
    #[must_use]
    pub fn string_to_sign(&self, canonical_request: &str) -> String {
        let (date, scope) = (self.date_time(), self.scope());
        let hash = hex(&Sha256::digest(canonical_request));
        format!("{ALGORITHM}\n{date}\n{scope}\n{hash}")
    }

    /// The signature of a string to sign, in lower-case hexadecimal.
    #[must_use]
    pub fn signature(&self, string_to_sign: &str) -> String {
        let secret = Zeroizing::new(format!("AWS4{}", self.credentials.secret_key()));
        let mut key = hmac(secret.as_bytes(), self.date().as_bytes());
        for part in [self.region, self.service, "aws4_request"] {
            key = hmac(&*key, part.as_bytes());
        }
        hex(&*hmac(&*key, string_to_sign.as_bytes()))
    }

    fn add_headers(
        &self,
        request: &mut http::request::Parts,
        payload: Payload<'_>,
        hash: &str,
    ) -> Result<(), SigningError> {
        if !request.headers.contains_key(HOST) {
            let authority = request.uri.authority().ok_or(SigningError::NoHost)?;
            let host =
                HeaderValue::from_str(authority.as_str()).map_err(|_| SigningError::NoHost)?;
            request.headers.insert(HOST, host);
        }
        request
            .headers
            .insert(X_AMZ_DATE, plain_header(&self.date_time(), "the time")?);
        if self.content_header || payload == Payload::Unsigned {
            request
                .headers
                .insert(X_AMZ_CONTENT_SHA256, plain_header(hash, "the hash")?);
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

    /// The path as it stands in the canonical request.
    fn canonical_path(&self, path: &str) -> String {
        let path = if self.normalize_path {
            normalized(path)
        } else {
            Cow::Borrowed(path)
        };
        let path = if path.is_empty() { "/" } else { &path };
        if self.double_encode_path {
            utf8_percent_encode(path, RESERVED_IN_PATH).to_string()
        } else {
            path.to_owned()
        }
    }

    /// The canonical request, and the names of the headers in it.
    fn canonicalize(
        &self,
        request: &http::request::Parts,
        payload_hash: &str,
    ) -> Result<(Zeroizing<String>, String), SigningError> {
        let (headers, signed_headers) = canonical_headers(&request.headers)?;
        let path = self.canonical_path(request.uri.path());
        let query = canonical_query(request.uri.query().unwrap_or_default());
        let method = request.method.as_str();
        let parts = [
            method,
            &path,
            &query,
            &headers,
            &signed_headers,
            payload_hash,
        ];
        Ok((Zeroizing::new(parts.join("\n")), signed_headers))
    }

    fn scope(&self) -> String {
        format!(
            "{}/{}/{}/aws4_request",
            self.date(),
            self.region,
            self.service
        )
    }

    fn date(&self) -> String {
        let mut date = self.date_time();
        date.truncate("YYYYMMDD".len());
        date
    }

    fn date_time(&self) -> String {
        self.time.strftime("%Y%m%dT%H%M%SZ").to_string()
    }
}

/// Why a request could not be signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SigningError {
    /// The URI names no host, and neither does a header.
    #[error("the request has no host to sign")]
    NoHost,
    /// The value of the named header is not UTF-8, so it has no canonical form.
    #[error("the value of header `{0}` is not UTF-8")]
    HeaderValue(HeaderName),
    /// What is named here has a character that no header can carry.
    #[error(
        "{0} has a character that cannot stand in an HTTP header; is there a line break in it?"
    )]
    Unsendable(&'static str),
}

fn plain_header(text: &str, what: &'static str) -> Result<HeaderValue, SigningError> {
    HeaderValue::from_str(text).map_err(|_| SigningError::Unsendable(what))
}

fn secret_header(text: &str, what: &'static str) -> Result<HeaderValue, SigningError> {
    let mut value = plain_header(text, what)?;
    value.set_sensitive(true);
    Ok(value)
}

/// Removes dot segments as in RFC 3986, section 5.2.4, and empty segments.
fn normalized(path: &str) -> Cow<'_, str> {
    let needs_none = |segment: &str| !matches!(segment, "" | "." | "..");
    let mut segments = path.split('/').skip(1);
    if path == "/" || (path.starts_with('/') && segments.all(needs_none)) {
        return Cow::Borrowed(path);
    }
    let mut kept = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(kept.pop()),
            segment => kept.push(segment),
        }
    }
    let ends_in_directory = matches!(path.rsplit('/').next(), Some("" | "." | ".."));
    let mut normal = String::with_capacity(path.len());
    for segment in &kept {
        normal.push('/');
        normal.push_str(segment);
    }
    if normal.is_empty() || ends_in_directory {
        normal.push('/');
    }
    Cow::Owned(normal)
}

/// The parameters, encoded one way whatever way they were written, and sorted.
fn canonical_query(query: &str) -> String {
    let encode = |text: &str| {
        let spaced = text.replace('+', " ");
        let decoded = percent_decode_str(&spaced).decode_utf8_lossy().into_owned();
        utf8_percent_encode(&decoded, RESERVED).to_string()
    };
    let mut parameters: Vec<(String, String)> = query
        .split('&')
        .filter(|parameter| !parameter.is_empty())
        .map(|parameter| parameter.split_once('=').unwrap_or((parameter, "")))
        .map(|(name, value)| (encode(name), encode(value)))
        .collect();
    parameters.sort_unstable();
    let mut canonical = String::with_capacity(query.len());
    for (name, value) in parameters {
        if !canonical.is_empty() {
            canonical.push('&');
        }
        canonical.push_str(&name);
        canonical.push('=');
        canonical.push_str(&value);
    }
    canonical
}

/// The header lines, each ended by a line break, and the list of their names.
fn canonical_headers(
    headers: &http::HeaderMap,
) -> Result<(Zeroizing<String>, String), SigningError> {
    let mut names: Vec<&HeaderName> = headers.keys().filter(|name| is_signed(name)).collect();
    names.sort_unstable_by_key(|name| name.as_str());
    let length = |(name, value): (&HeaderName, &HeaderValue)| name.as_str().len() + value.len() + 2;
    // One is the session token. Text that grew would leave copies of it behind, so it has its room
    // from the start.
    let longest = headers.iter().map(length).sum();
    let mut lines = Zeroizing::new(String::with_capacity(longest));
    let mut list = String::new();
    for name in names {
        lines.push_str(name.as_str());
        for (index, value) in headers.get_all(name).iter().enumerate() {
            let value = std::str::from_utf8(value.as_bytes())
                .map_err(|_| SigningError::HeaderValue(name.clone()))?;
            lines.push(if index == 0 { ':' } else { ',' });
            push_trimmed(&mut lines, value);
        }
        lines.push('\n');
        if !list.is_empty() {
            list.push(';');
        }
        list.push_str(name.as_str());
    }
    Ok((lines, list))
}

fn is_signed(name: &HeaderName) -> bool {
    ![
        AUTHORIZATION,
        USER_AGENT,
        X_AMZN_TRACE_ID,
        TRANSFER_ENCODING,
    ]
    .contains(name)
}

/// Adds a header value without spaces at its ends and with one for many inside.
fn push_trimmed(line: &mut String, value: &str) {
    let mut words = value.split(' ').filter(|word| !word.is_empty());
    if let Some(first) = words.next() {
        line.push_str(first);
    }
    for word in words {
        line.push(' ');
        line.push_str(word);
    }
}

fn hmac(key: &[u8], message: &[u8]) -> Zeroizing<[u8; 32]> {
    // HMAC takes a key of any length, so the error of the general trait cannot occur here.
    #[expect(clippy::expect_used, reason = "HMAC accepts keys of every length")]
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC accepts keys of every length");
    mac.update(message);
    Zeroizing::new(mac.finalize().into_bytes().into())
}

/// Bytes in lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}
