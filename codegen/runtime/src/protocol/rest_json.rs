//! restJson1: HTTP bindings, and JSON for the rest.

#[cfg(feature = "event-stream")]
use super::EventFormat;
use super::{ErrorMetadata, Protocol, json_error, rest};
#[cfg(feature = "mock")]
use crate::codec::Codec as _;
use crate::codec::json::Json;
use crate::descriptor::Operation;
use crate::message::{HttpRequest, HttpResponse, InvalidRequest, InvalidResponse};
use crate::schema::Structure;
#[cfg(feature = "mock")]
use crate::schema::View;

const JSON: Json = Json("application/json");

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
        rest::read_request(&JSON, operation, request, input)
    }

    /// Returns the body of a response: the JSON of the output.
    ///
    /// # Errors
    ///
    /// A value that JSON cannot hold, or a required member that is missing.
    pub fn write_response(&self, output: &dyn Structure) -> Result<Vec<u8>, InvalidRequest> {
        JSON.encode(View::Structure(output), None)
            .map_err(|error| error.in_request("body"))
    }
}

impl Protocol for RestJson1 {
    fn write_request(
        &self,
        operation: &Operation,
        input: &mut dyn Structure,
    ) -> Result<HttpRequest, InvalidRequest> {
        rest::write_request(&JSON, operation, input)
    }

    fn read_response(
        &self,
        response: &mut HttpResponse,
        output: &mut dyn Structure,
    ) -> Result<(), InvalidResponse> {
        rest::read_response(&JSON, response, output)
    }

    fn error_metadata(&self, response: &HttpResponse) -> ErrorMetadata {
        json_error::error_metadata(response)
    }

    fn read_error(&self, response: &mut HttpResponse, error: &mut dyn Structure) {
        rest::read_error(&JSON, response, error);
        rest::fill_message(error, || self.error_metadata(response).message);
    }

    #[cfg(feature = "event-stream")]
    fn event_format(&self) -> Option<EventFormat<'_>> {
        Some(EventFormat {
            codec: &JSON,
            media_type: "application/json",
            has_initial_message: false,
        })
    }
}
