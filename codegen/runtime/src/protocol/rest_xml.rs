//! restXml: HTTP bindings, and XML for the rest.

#[cfg(feature = "event-stream")]
use super::EventFormat;
use super::{ErrorMetadata, Protocol, rest, xml_error};
use crate::codec::xml::Xml;
use crate::descriptor::Operation;
use crate::message::{HttpRequest, HttpResponse, InvalidRequest, InvalidResponse};
use crate::schema::Structure;

/// The protocol `aws.protocols#restXml`.
#[derive(Debug)]
pub struct RestXml;

impl Protocol for RestXml {
    fn write_request(
        &self,
        operation: &Operation,
        input: &mut dyn Structure,
    ) -> Result<HttpRequest, InvalidRequest> {
        rest::write_request(&Xml::request(operation), operation, input)
    }

    fn read_response(
        &self,
        response: &mut HttpResponse,
        output: &mut dyn Structure,
    ) -> Result<(), InvalidResponse> {
        rest::read_response(&Xml::RESPONSE, response, output)
    }

    fn error_metadata(&self, response: &HttpResponse) -> ErrorMetadata {
        xml_error::error_metadata(response)
    }

    fn read_error(&self, response: &mut HttpResponse, error: &mut dyn Structure) {
        xml_error::read_error(response, error);
    }

    #[cfg(feature = "event-stream")]
    fn event_format(&self) -> Option<EventFormat<'_>> {
        Some(EventFormat {
            codec: &Xml::RESPONSE,
            media_type: "application/xml",
            has_initial_message: false,
        })
    }
}
