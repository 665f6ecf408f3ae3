//! Reading an HTTP response.

use std::collections::BTreeMap;
use std::fmt;

use bytes::Bytes;
use http::StatusCode;
use serde::de::DeserializeOwned;

use super::error_body;
use crate::body::Body;
use crate::json;
use crate::wire::TextFormat;

/// An HTTP response, with its whole body but where the operation hands on a stream.
pub struct HttpResponse {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: http::HeaderMap,
    /// The body.
    pub body: Body,
}

impl HttpResponse {
    /// The bytes of the body; none where it is a stream, which is read by whom it is handed on to.
    fn bytes(&self) -> &[u8] {
        self.body.bytes().map_or(&[], |bytes| bytes)
    }

    /// The bytes of a JSON body; an empty one stands for an empty object.
    fn json_bytes(&self) -> &[u8] {
        match self.bytes() {
            [] => b"{}",
            body => body,
        }
    }

    /// The body as a value; an empty body stands for an empty object.
    ///
    /// # Errors
    ///
    /// A body that is not JSON or has a value of another type than the model says.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, InvalidResponse> {
        json::from_slice(self.json_bytes()).map_err(|error| self.is_no_json(&error))
    }

    /// What is wrong with a body that is not what the model says.
    fn is_no_json(&self, error: &json::Error) -> InvalidResponse {
        match self.encoding() {
            Some(encoding) => InvalidResponse::Encoding(encoding.to_owned()),
            None => InvalidResponse::Json(error.to_string()),
        }
    }

    /// What the body is compressed with, by its header: no request asks for it.
    fn encoding(&self) -> Option<&str> {
        let encoding = self.header("content-encoding")?;
        Some(encoding).filter(|encoding| !encoding.eq_ignore_ascii_case("identity"))
    }

    /// The body as an error's structure, which is empty where the body is not what the model says.
    ///
    /// Its `message` is read under every name that services use for it.
    #[must_use]
    pub fn error<T: DeserializeOwned + Default>(&self) -> T {
        error_body::structure(self.json_bytes()).unwrap_or_default()
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

    /// A header in the format `F`.
    ///
    /// # Errors
    ///
    /// A header that is not of this format.
    pub fn parse_header<F, T>(&self, name: &'static str) -> Result<Option<T>, InvalidResponse>
    where
        F: TextFormat<T>,
    {
        let Some(value) = self.headers.get(name) else {
            return Ok(None);
        };
        let parsed = value
            .to_str()
            .ok()
            .and_then(|text| F::from_text(text.trim()));
        parsed.map(Some).ok_or(InvalidResponse::Header(name))
    }

    /// A header that is a list of values in the format `F`.
    ///
    /// # Errors
    ///
    /// A header that has a value that is not of this format.
    pub fn parse_header_list<F, T>(
        &self,
        name: &'static str,
    ) -> Result<Option<Vec<T>>, InvalidResponse>
    where
        F: TextFormat<T>,
    {
        if !self.headers.contains_key(name) {
            return Ok(None);
        }
        let mut list = Vec::new();
        for value in self.headers.get_all(name) {
            let text = value.to_str().map_err(|_| InvalidResponse::Header(name))?;
            for part in split_list(text, F::COMMAS) {
                list.push(F::from_text(&part).ok_or(InvalidResponse::Header(name))?);
            }
        }
        Ok(Some(list))
    }

    /// The headers whose names begin with a prefix, by the rest of their names; `None` where there
    /// are none.
    #[must_use]
    pub fn prefixed_headers(&self, prefix: &str) -> Option<BTreeMap<String, String>> {
        let headers = self.headers.iter().filter_map(|(name, value)| {
            let key = name.as_str().strip_prefix(prefix)?;
            Some((key.to_owned(), value.to_str().ok()?.to_owned()))
        });
        Some(headers.collect()).filter(|headers: &BTreeMap<_, _>| !headers.is_empty())
    }

    /// The body as a value; `None` where it is empty.
    ///
    /// # Errors
    ///
    /// As [`json`](Self::json).
    pub fn json_payload<T: DeserializeOwned>(&self) -> Result<Option<T>, InvalidResponse> {
        if self.bytes().is_empty() {
            Ok(None)
        } else {
            self.json().map(Some)
        }
    }

    /// Takes the body out, as bytes; `None` where it is empty.
    #[must_use]
    pub fn payload(&mut self) -> Option<Bytes> {
        let body = std::mem::take(&mut self.body).into_bytes()?;
        Some(body).filter(|body| !body.is_empty())
    }

    /// Takes the body out, as a stream where the operation hands one on.
    #[must_use]
    pub fn stream(&mut self) -> Body {
        std::mem::take(&mut self.body)
    }

    /// The body as text; `None` where it is empty.
    ///
    /// # Errors
    ///
    /// A body that is not UTF-8.
    pub fn text_payload(&self) -> Result<Option<String>, InvalidResponse> {
        let text = std::str::from_utf8(self.bytes()).map_err(InvalidResponse::Text)?;
        Ok(Some(text.to_owned()).filter(|text| !text.is_empty()))
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
        let (code, message) = error_body::code_and_message(self.bytes());
        let code = match self.header("x-amzn-errortype") {
            Some(code) => bare_code(code),
            None => code.as_deref().and_then(bare_code),
        };
        (code, message)
    }
}

impl fmt::Debug for HttpResponse {
    /// Gives the length of the body and never the content, which may hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpResponse")
            .field("status", &self.status)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

/// `ns#Code:http://…` names the code `Code`.
fn bare_code(code: &str) -> Option<String> {
    let code = code.split(':').next().unwrap_or_default();
    let code = code.rsplit('#').next().unwrap_or_default().trim();
    (!code.is_empty()).then(|| code.to_owned())
}

/// The values of a list in a header, of which each has so many commas inside. A value may stand
/// in quotes, in which commas part nothing.
fn split_list(text: &str, commas: usize) -> Vec<String> {
    let mut values = vec![String::new()];
    let (mut seen, mut quoted, mut escaped) = (0, false, false);
    for character in text.chars() {
        let Some(value) = values.last_mut() else {
            break;
        };
        match character {
            _ if escaped => {
                value.push(character);
                escaped = false;
            }
            '\\' if quoted => escaped = true,
            '"' if quoted || value.trim().is_empty() => quoted = !quoted,
            ',' if !quoted && seen == commas => {
                values.push(String::new());
                seen = 0;
            }
            _ => {
                seen += usize::from(character == ',' && !quoted);
                value.push(character);
            }
        }
    }
    let values = values.iter().map(|value| value.trim().to_owned());
    values.filter(|value| !value.is_empty()).collect()
}

/// Why the answer could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidResponse {
    /// The body is not JSON, or has a value of another type than the model says.
    /// The text says where, and does not repeat the value.
    #[error("the body is not what the model says: {0}")]
    Json(String),
    /// The body is text by the model, but not UTF-8.
    #[error("the body is not UTF-8: {0}")]
    Text(std::str::Utf8Error),
    /// The body is longer than the client reads into memory: it reads so many bytes at most.
    #[error(
        "the body is longer than {0} bytes, the most that is read into memory; set another limit \
         with `max_response_size` on the builder"
    )]
    TooLong(usize),
    /// The body cannot be read, and its `content-encoding` says why.
    #[error("the body is compressed with `{0}`, which was not asked for")]
    Encoding(String),
    /// The header of this name is not of the format that the model says.
    #[error("the header `{0}` is not what the model says")]
    Header(&'static str),
}
