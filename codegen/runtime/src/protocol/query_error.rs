//! Error codes of services that used awsQuery earlier (`aws.protocols#awsQueryCompatible`).

use http::header::{HeaderName, HeaderValue};

use crate::message::{HttpRequest, HttpResponse};

const QUERY_MODE: HeaderName = HeaderName::from_static("x-amzn-query-mode");

/// Requests these codes.
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
