//! HTTP messages, which protocols write and read.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};

use crate::body::Body;

/// The part of a request that a protocol writes, which does not depend on the client.
#[derive(Default)]
pub struct HttpRequest {
    /// The prefix of the host name.
    pub(crate) host_prefix: String,
    /// The path and the query.
    pub(crate) target: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
    /// The place of the signer of the events in the body, if it is a stream of such.
    #[cfg(feature = "event-stream")]
    pub(crate) event_seed: Option<crate::sigv4::EventSeed>,
}

impl HttpRequest {
    /// Returns `true` if the body is a stream of events, each of which has a signature.
    #[cfg_attr(
        not(feature = "event-stream"),
        expect(clippy::unused_self, reason = "it has the events with the feature")
    )]
    pub(crate) fn has_events(&self) -> bool {
        #[cfg(feature = "event-stream")]
        return self.event_seed.is_some();
        #[cfg(not(feature = "event-stream"))]
        false
    }

    /// Sets a header, replacing an earlier one of this name.
    pub(crate) fn set_header(
        &mut self,
        member: &'static str,
        name: &str,
        value: &str,
    ) -> Result<(), InvalidRequest> {
        let refuse = |what: &str| {
            let problem = format!("has a character in its {what} that no HTTP header can carry");
            InvalidRequest::new(member, problem)
        };
        let name = HeaderName::try_from(name).map_err(|_| refuse("name"))?;
        let value = HeaderValue::from_str(value).map_err(|_| refuse("value"))?;
        self.headers.insert(name, value);
        Ok(())
    }

    /// Sets the body. An existing `content-type` is kept.
    pub(crate) fn set_body(&mut self, media_type: &'static str, body: impl Into<Body>) {
        self.body = body.into();
        let media_type = Bytes::from_static(media_type.as_bytes());
        if let Ok(media_type) = HeaderValue::from_maybe_shared(media_type) {
            self.headers.entry(CONTENT_TYPE).or_insert(media_type);
        }
    }
}

impl fmt::Debug for HttpRequest {
    /// Shows the length of the body but not its content, which may be secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpRequest")
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

/// A response with its whole body, or with a stream if the operation returns one.
pub struct HttpResponse {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
    /// The maximum memory for the values in the body, in bytes.
    pub(crate) max_decoded_size: usize,
}

impl HttpResponse {
    /// Returns the bytes of the body; none if it is a stream.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.body.bytes().map_or(&[], |bytes| bytes)
    }

    /// Returns a header as text, without white space around it; `None` if it is blank.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }

    /// Returns the request ID.
    pub(crate) fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// Returns the `content-encoding` of the body, which no request asks for.
    pub(crate) fn encoding(&self) -> Option<&str> {
        let encoding = self.header("content-encoding")?;
        Some(encoding).filter(|encoding| !encoding.eq_ignore_ascii_case("identity"))
    }
}

/// The metadata of a successful response.
///
/// For an error response, see the methods of [`Error`](crate::Error).
#[derive(Clone)]
pub struct ResponseMetadata {
    status: StatusCode,
    headers: HeaderMap,
    attempts: u32,
}

impl ResponseMetadata {
    pub(crate) fn of(response: HttpResponse, attempts: u32) -> Self {
        Self {
            status: response.status,
            headers: response.headers,
            attempts,
        }
    }

    /// Returns the HTTP status code, such as 200.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// Returns the headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the request ID, which AWS Support asks for.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// Returns the number of attempts.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }
}

impl fmt::Debug for ResponseMetadata {
    /// Shows no headers, because they may contain secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseMetadata")
            .field("status", &self.status())
            .field("request_id", &self.request_id())
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}

/// Returns a header as text, without white space around it; `None` if it is blank.
fn header<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let text = std::str::from_utf8(headers.get(name)?.as_bytes());
    text.ok().map(str::trim).filter(|value| !value.is_empty())
}

fn request_id(headers: &HeaderMap) -> Option<&str> {
    header(headers, "x-amzn-requestid").or_else(|| header(headers, "x-amz-request-id"))
}

impl fmt::Debug for HttpResponse {
    /// Shows the length of the body but not its content, which may be secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpResponse")
            .field("status", &self.status)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

/// The error of an invalid request, which was not sent. It contains the name of the member but not
/// its value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{member}` {problem}")]
pub struct InvalidRequest {
    member: Cow<'static, str>,
    problem: String,
}

impl InvalidRequest {
    /// Creates an error about a member, by its name in the model; `problem` follows the name.
    pub fn new(member: impl Into<Cow<'static, str>>, problem: impl Into<String>) -> Self {
        Self {
            member: member.into(),
            problem: problem.into(),
        }
    }
}

/// The error of a response that cannot be read. It does not contain values.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidResponse {
    /// The body does not match the model: the path of the member, and what was expected.
    #[error("the body does not match the model: {0}")]
    Body(String),
    /// The model expects text, but the body is not UTF-8.
    #[error("the body is not UTF-8: {0}")]
    Text(std::str::Utf8Error),
    /// The body is longer than the limit of the client, in bytes.
    #[error(
        "the body is longer than {0} bytes, the most that is read into memory; set another limit \
         with `max_response_size` on the builder"
    )]
    TooLong(usize),
    /// The body has this `content-encoding`, which is not supported.
    #[error("the body is compressed with `{0}`, which was not requested")]
    Encoding(String),
    /// The events of the body cannot be read.
    #[error("the event stream is invalid: {0}")]
    EventStream(String),
    /// The header of this name is missing.
    #[error("the header `{0}` is missing, which the model requires")]
    MissingHeader(&'static str),
    /// The header of this name does not match the model.
    #[error("the header `{0}` does not match the model")]
    Header(&'static str),
}
