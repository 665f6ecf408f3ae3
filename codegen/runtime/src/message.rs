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
        let text = std::str::from_utf8(self.headers.get(name)?.as_bytes());
        text.ok().map(str::trim).filter(|value| !value.is_empty())
    }

    /// Returns the id under which the service logged the request.
    pub(crate) fn request_id(&self) -> Option<&str> {
        self.header("x-amzn-requestid")
            .or_else(|| self.header("x-amz-request-id"))
    }

    /// Returns the compression of the body, by its header: no request asks for one.
    pub(crate) fn encoding(&self) -> Option<&str> {
        let encoding = self.header("content-encoding")?;
        Some(encoding).filter(|encoding| !encoding.eq_ignore_ascii_case("identity"))
    }
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
