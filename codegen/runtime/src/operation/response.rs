//! Reading an HTTP response.

use std::fmt;

use bytes::Bytes;
use http::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The names of an error's message, the first of which is the modelled one.
const MESSAGE: [&str; 3] = ["message", "Message", "errorMessage"];

/// An HTTP response with its whole body.
pub struct HttpResponse {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: http::HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl HttpResponse {
    /// The body as a value; an empty body stands for an empty object.
    ///
    /// # Errors
    ///
    /// A body that is not JSON or has a value of another type than the model says.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, InvalidResponse> {
        let body: &[u8] = if self.body.is_empty() {
            b"{}"
        } else {
            &self.body
        };
        serde_json::from_slice(body).map_err(InvalidResponse)
    }

    /// The body as an error's structure, which is empty where the body is not what the model says.
    ///
    /// Its `message` is read under every name that services use for it.
    #[must_use]
    pub fn error<T: DeserializeOwned + Default>(&self) -> T {
        let Ok(Value::Object(mut body)) = self.json() else {
            return T::default();
        };
        let message = MESSAGE.iter().find_map(|name| body.get(*name)?.as_str());
        match message.map(Value::from) {
            Some(message) => body.insert("message".to_owned(), message),
            None => body.remove("message"),
        };
        serde_json::from_value(Value::Object(body)).unwrap_or_default()
    }

    /// A header as text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .get(name)?
            .to_str()
            .ok()
            .map(str::trim)
            .filter(|value| !value.is_empty())
    }

    /// The id under which the service logged the request.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.header("x-amzn-requestid")
            .or_else(|| self.header("x-amz-request-id"))
    }

    /// The code and the message of an answer that is an error.
    pub(crate) fn error_code_and_message(&self) -> (Option<String>, Option<String>) {
        // A body that is not a JSON object hides neither the status nor the headers.
        let body: Value = serde_json::from_slice(&self.body).unwrap_or_default();
        let text = |names: &[&str]| {
            names
                .iter()
                .find_map(|name| body.get(name)?.as_str().filter(|text| !text.is_empty()))
        };
        let code = self
            .header("x-amzn-errortype")
            .or_else(|| text(&["code", "__type"]));
        let message = text(&MESSAGE);
        (code.and_then(bare_code), message.map(str::to_owned))
    }
}

impl fmt::Debug for HttpResponse {
    /// Gives the length of the body and never the content, which may hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpResponse")
            .field("status", &self.status)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish_non_exhaustive()
    }
}

/// `ns#Code:http://…` names the code `Code`.
fn bare_code(code: &str) -> Option<String> {
    let code = code.split(':').next().unwrap_or_default();
    let code = code.rsplit('#').next().unwrap_or_default().trim();
    (!code.is_empty()).then(|| code.to_owned())
}

/// Why the answer could not be read.
#[derive(Debug, thiserror::Error)]
#[error("the body is not what the model says: {0}")]
pub struct InvalidResponse(#[source] serde_json::Error);
