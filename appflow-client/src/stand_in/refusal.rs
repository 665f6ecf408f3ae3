//! Errors of the service.

use smithy_reqwest::mock::MockError;

use crate::Bytes;
use crate::http::request::Parts;

/// Returns the error of an invalid request: not signed, or not JSON.
pub(super) fn of_request(head: &Parts, body: &Bytes) -> Option<MockError> {
    if !head.headers.contains_key("authorization") {
        let message = "Missing Authentication Token";
        return Some(MockError::new(
            403,
            "MissingAuthenticationTokenException",
            message,
        ));
    }
    let error = smithy_reqwest::mock::json_error(body)?;
    Some(MockError::new(400, "SerializationException", error))
}

pub(super) fn validation(message: impl Into<String>) -> MockError {
    MockError::new(400, "ValidationException", message)
}

pub(super) fn not_found(what: &str, name: &str) -> MockError {
    let message = format!("{what} with name {name} does not exist.");
    MockError::new(404, "ResourceNotFoundException", message)
}

pub(super) fn conflict(message: impl Into<String>) -> MockError {
    MockError::new(409, "ConflictException", message)
}

/// Returns the error of a call that depends on an application outside AppFlow.
pub(super) fn not_simulated(what: &str) -> MockError {
    let message = format!("the stand-in does not simulate {what}: mock the operation instead");
    MockError::new(501, "NotSimulated", message)
}
