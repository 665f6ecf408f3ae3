//! restJson1: HTTP bindings, and JSON for the rest.

use super::{ErrorMetadata, Protocol, json_error, rest};
use crate::codec::json::Json;
use crate::descriptor::Operation;
use crate::message::{HttpRequest, HttpResponse, InvalidRequest, InvalidResponse};
use crate::schema::Structure;

const JSON: Json = Json("application/json");

/// The protocol `aws.protocols#restJson1`.
#[derive(Debug)]
pub struct RestJson1;

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
}
