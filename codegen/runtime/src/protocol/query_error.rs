//! The error codes of services that have come from awsQuery to another protocol
//! (`aws.protocols#awsQueryCompatible`).

use http::header::{HeaderName, HeaderValue};

use crate::message::{HttpRequest, HttpResponse};

const QUERY_MODE: HeaderName = HeaderName::from_static("x-amzn-query-mode");

/// Asks a service for these codes.
pub(super) fn ask(request: &mut HttpRequest) {
    let value = HeaderValue::from_static("true");
    request.headers.insert(QUERY_MODE, value);
}

/// Returns the code in `AWS.SimpleQueueService.NonExistentQueue;Sender`.
pub(super) fn code(response: &HttpResponse) -> Option<String> {
    let header = response.header("x-amzn-query-error")?;
    let code = header.split(';').next()?.trim();
    (!code.is_empty()).then(|| code.to_owned())
}
