//! restJson1: HTTP bindings, and JSON for the rest.

use super::{ErrorMetadata, Protocol, rest};
#[cfg(feature = "mock")]
use crate::codec::Codec as _;
use crate::codec::json::{Json, read_texts};
use crate::descriptor::Operation;
use crate::message::{HttpRequest, HttpResponse, InvalidRequest, InvalidResponse};
use crate::schema::Structure;

/// The protocol `aws.protocols#restJson1`.
#[derive(Debug)]
pub struct RestJson1;

/// The side of the service, for mocks and stand-ins.
#[cfg(feature = "mock")]
#[cfg_attr(docsrs, doc(cfg(feature = "mock")))]
impl RestJson1 {
    /// Fills the input of an operation from a request, through the schema that writes it. Returns
    /// `false`, and fills nothing, if the method or the path is not that of the operation.
    ///
    /// Labels of the path, parameters of the query, headers and members of a JSON body are read. A
    /// payload or a stream is not.
    ///
    /// # Errors
    ///
    /// A value that does not match the model, or a required member that is missing.
    pub fn read_request(
        &self,
        operation: &Operation,
        request: &http::Request<bytes::Bytes>,
        input: &mut dyn Structure,
    ) -> Result<bool, InvalidRequest> {
        rest::read_request(&Json, operation, request, input)
    }

    /// Returns the body of a response: the JSON of the output.
    ///
    /// # Errors
    ///
    /// A value that JSON cannot hold.
    pub fn write_response(&self, output: &dyn Structure) -> Result<Vec<u8>, InvalidRequest> {
        Json.encode(output, None)
            .map_err(|error| InvalidRequest::new("body", format!("cannot be written: {error}")))
    }
}

impl Protocol for RestJson1 {
    fn write_request(
        &self,
        operation: &Operation,
        input: &mut dyn Structure,
    ) -> Result<HttpRequest, InvalidRequest> {
        rest::write_request(&Json, operation, input)
    }

    fn read_response(
        &self,
        response: &mut HttpResponse,
        output: &mut dyn Structure,
    ) -> Result<(), InvalidResponse> {
        rest::read_response(&Json, response, output)
    }

    fn error_metadata(&self, response: &HttpResponse) -> ErrorMetadata {
        let mut metadata = body_metadata(response.bytes());
        if let Some(code) = response.header("x-amzn-errortype") {
            metadata.code = Some(code.to_owned());
        }
        metadata.code = metadata.code.as_deref().and_then(bare_code);
        metadata
    }

    fn read_error(&self, response: &mut HttpResponse, error: &mut dyn Structure) {
        rest::read_error(&Json, response, error);
        rest::fill_message(error, || self.error_metadata(response).message);
    }
}

/// Reads the code and the message in a body, each from the first of its names that has a text. A
/// body that is not an object, or that breaks off, hides neither the status nor the headers.
fn body_metadata(body: &[u8]) -> ErrorMetadata {
    const CODE: [&str; 3] = ["code", "Code", "__type"];
    const MESSAGE: [&str; 3] = ["message", "Message", "errorMessage"];

    let (mut codes, mut messages) = <([Option<String>; 3], [Option<String>; 3])>::default();
    let keep = |names: [&str; 3], texts: &mut [Option<String>; 3], name: &str, text: &str| {
        for (_, kept) in names.iter().zip(texts).filter(|(it, _)| **it == name) {
            *kept = Some(text.to_owned()).filter(|text| !text.is_empty());
        }
    };
    let _ = read_texts(body, &mut |name, text| {
        keep(CODE, &mut codes, name, text);
        keep(MESSAGE, &mut messages, name, text);
    });
    ErrorMetadata {
        code: codes.into_iter().flatten().next(),
        message: messages.into_iter().flatten().next(),
    }
}

/// Returns the code in `ns#Code:http://…`, and the first of several.
fn bare_code(code: &str) -> Option<String> {
    let code = code.split([':', ',']).next().unwrap_or_default();
    let code = code.rsplit('#').next().unwrap_or_default().trim();
    (!code.is_empty()).then(|| code.to_owned())
}
