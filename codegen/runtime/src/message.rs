//! HTTP messages, as protocols write and read them.

use std::borrow::Cow;
use std::fmt;

use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};

use crate::body::Body;

/// A request as a protocol writes it: the part that does not depend on the client.
#[derive(Default)]
pub struct HttpRequest {
    /// The text before the host of the endpoint.
    pub(crate) host_prefix: String,
    /// The path and the query.
    pub(crate) target: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
}

impl HttpRequest {
    /// Sets a header, in place of an earlier one of this name.
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

    /// Sets the body. A `content-type` that is there already stays.
    pub(crate) fn set_body(&mut self, media_type: &str, body: impl Into<Body>) {
        self.body = body.into();
        if let Ok(media_type) = HeaderValue::from_str(media_type) {
            self.headers.entry(CONTENT_TYPE).or_insert(media_type);
        }
    }
}

impl fmt::Debug for HttpRequest {
    /// Shows the length of the body and never its content, which may hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpRequest")
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

/// A response, with its whole body unless the operation returns a stream.
pub struct HttpResponse {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
    /// The number of bytes that the values in the body may take in memory.
    pub(crate) max_decoded_size: usize,
}

impl HttpResponse {
    /// Returns the bytes of the body; none if it is a stream, which is read by its user.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.body.bytes().map_or(&[], |bytes| bytes)
    }

    /// Returns a header as text, without white space around it; `None` if it is blank.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }

    /// Returns the id under which the service logged the request.
    pub(crate) fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// Returns the compression of the body, by its header: no request asks for one.
    pub(crate) fn encoding(&self) -> Option<&str> {
        let encoding = self.header("content-encoding")?;
        Some(encoding).filter(|encoding| !encoding.eq_ignore_ascii_case("identity"))
    }
}

/// The metadata of a successful response.
///
/// Metadata of an error response is in the [`Error`](crate::Error).
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

    /// Returns the HTTP status code, as in 200.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// Returns the headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the id under which the service logged the request: what AWS Support asks for.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// Returns the number of times that the request was sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }
}

impl fmt::Debug for ResponseMetadata {
    /// Shows no headers, which may hold secrets.
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
    /// Shows the length of the body and never its content, which may hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpResponse")
            .field("status", &self.status)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

/// The error of a request that is refused before it is sent. It names the member and never its
/// value.
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

/// The error of a response that cannot be read. It never holds a value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidResponse {
    /// The body does not match the model: the path of the member, and what was expected.
    #[error("the body does not match the model: {0}")]
    Body(String),
    /// The body is text by the model, but not UTF-8.
    #[error("the body is not UTF-8: {0}")]
    Text(std::str::Utf8Error),
    /// The body is longer than the client reads into memory, which is this many bytes.
    #[error(
        "the body is longer than {0} bytes, the most that is read into memory; set another limit \
         with `max_response_size` on the builder"
    )]
    TooLong(usize),
    /// The body cannot be read, and its `content-encoding` says why.
    #[error("the body is compressed with `{0}`, which was not asked for")]
    Encoding(String),
    /// The header of this name does not match the model.
    #[error("the header `{0}` does not match the model")]
    Header(&'static str),
}
