//! The headers and URL of a request that its operation does not determine.

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, HOST, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use http::request::Parts;
use http::{Method, Request, Uri, Version};

use super::{CallContext, Core};
use crate::error::Failure;
use crate::message::HttpRequest;

const X_AMZ_USER_AGENT: HeaderName = HeaderName::from_static("x-amz-user-agent");
const INVOCATION_ID: HeaderName = HeaderName::from_static("amz-sdk-invocation-id");
const SDK_REQUEST: HeaderName = HeaderName::from_static("amz-sdk-request");

/// The initial capacity of the header map, for the headers of most requests.
const HEADERS: usize = 12;

impl Core {
    /// Returns the part of a head that is signed.
    pub(super) fn head(
        &self,
        call: &CallContext<'_>,
        request: &HttpRequest,
    ) -> Result<Parts, Failure> {
        let destination = &call.destination;
        let disable = self.disable_host_prefix;
        let host_prefix = if disable.unwrap_or_else(|| destination.is_local()) {
            ""
        } else {
            &request.host_prefix
        };
        let url = destination.url(host_prefix, &request.target)?;
        let (mut head, ()) = Request::new(()).into_parts();
        head.method = call.operation.method.clone();
        if call.operation.requires_http2 {
            head.version = Version::HTTP_2;
        }
        head.headers = self.headers(call, request)?;
        // The URI and the host share one buffer, which saves allocations.
        let text = Bytes::copy_from_slice(url.as_str().as_bytes());
        let start = url.scheme().len() + "://".len();
        let host = text.slice(start..start + url.authority().len());
        let host = HeaderValue::from_maybe_shared(host).map_err(Failure::configuration)?;
        head.headers.insert(HOST, host);
        head.uri = Uri::from_maybe_shared(text).map_err(Failure::configuration)?;
        // The HTTP client needs this form, and need not parse it again.
        head.extensions.insert(url);
        Ok(head)
    }

    /// Adds the headers of an attempt that are not signed, as in the other AWS SDKs: those that
    /// describe the client and the attempt, and those that proxies may change. `id` identifies the
    /// call.
    pub(super) fn add_unsigned_headers(
        &self,
        headers: &mut HeaderMap,
        call: &CallContext<'_>,
        request: &HttpRequest,
        invocation_id: &HeaderValue,
        attempt: u32,
    ) -> Result<(), Failure> {
        headers.insert(USER_AGENT, self.user_agent.clone());
        headers.insert(X_AMZ_USER_AGENT, self.user_agent.clone());
        headers.insert(INVOCATION_ID, invocation_id.clone());
        let number = match (attempt, self.retry.max_attempts) {
            // Nearly every attempt is the first one, and most clients allow as many as this.
            (1, 3) => HeaderValue::from_static("attempt=1; max=3"),
            (attempt, max) => HeaderValue::try_from(format!("attempt={attempt}; max={max}"))
                .map_err(Failure::configuration)?,
        };
        headers.insert(SDK_REQUEST, number);
        self.recursion.add_to(headers);
        add_length(headers, &call.operation.method, request);
        Ok(())
    }

    /// Returns the headers that come from the operation, the endpoint and the service.
    fn headers(&self, call: &CallContext<'_>, request: &HttpRequest) -> Result<HeaderMap, Failure> {
        let mut headers = HeaderMap::with_capacity(HEADERS);
        for (name, value) in &request.headers {
            headers.append(name, value.clone());
        }
        headers.extend(call.destination.headers.clone());
        for (name, value) in self.service.headers {
            let name = HeaderName::try_from(*name).map_err(Failure::configuration)?;
            let value = HeaderValue::from_str(value).map_err(Failure::configuration)?;
            headers.entry(name).or_insert(value);
        }
        Ok(headers)
    }
}

/// Adds the length of the body, if it is known. A length of 0 is added only if the method expects a
/// body.
fn add_length(headers: &mut HeaderMap, method: &Method, request: &HttpRequest) {
    let has_body = [Method::PATCH, Method::POST, Method::PUT].contains(method);
    if let Some(length) = request.body.length()
        && (length > 0 || has_body)
        // Made of the number itself, the value would take two allocations.
        && let Ok(length) = HeaderValue::try_from(length.to_string())
    {
        headers.insert(CONTENT_LENGTH, length);
    }
}
