//! awsJson1_0 and awsJson1_1: the input and the output of an operation are JSON bodies.

use http::header::{HeaderName, HeaderValue};

#[cfg(feature = "event-stream")]
use super::EventFormat;
use super::{ErrorMetadata, Protocol, json_error, query_error, rest};
use crate::codec::json::Json;
use crate::descriptor::Operation;
use crate::message::{HttpRequest, HttpResponse, InvalidRequest, InvalidResponse};
use crate::schema::Structure;

const TARGET: HeaderName = HeaderName::from_static("x-amz-target");

/// The protocols `aws.protocols#awsJson1_0` and `aws.protocols#awsJson1_1`.
#[derive(Debug)]
pub struct AwsJson {
    json: Json,
    /// The name of the service, as in `DynamoDB_20120810`.
    service: &'static str,
    is_query_compatible: bool,
}

impl AwsJson {
    /// Creates awsJson1_0 for a service, by the name of its shape.
    #[must_use]
    pub const fn v1_0(service: &'static str) -> Self {
        Self {
            json: Json("application/x-amz-json-1.0"),
            service,
            is_query_compatible: false,
        }
    }

    /// Creates awsJson1_1 for a service, by the name of its shape.
    #[must_use]
    pub const fn v1_1(service: &'static str) -> Self {
        Self {
            json: Json("application/x-amz-json-1.1"),
            ..Self::v1_0(service)
        }
    }

    /// Asks for the error codes that the service has in awsQuery
    /// (`aws.protocols#awsQueryCompatible`).
    #[must_use]
    pub const fn query_compatible(mut self) -> Self {
        self.is_query_compatible = true;
        self
    }
}

impl Protocol for AwsJson {
    fn write_request(
        &self,
        operation: &Operation,
        input: &mut dyn Structure,
    ) -> Result<HttpRequest, InvalidRequest> {
        let mut request = rest::write_request(&self.json, operation, input)?;
        if input.schema().members.is_empty() {
            request.set_body(self.json.0, "{}");
        }
        let target = format!("{}.{}", self.service, operation.name);
        // The names of shapes are identifiers.
        if let Ok(target) = HeaderValue::try_from(target) {
            request.headers.insert(TARGET, target);
        }
        if self.is_query_compatible {
            query_error::ask(&mut request);
        }
        Ok(request)
    }

    fn read_response(
        &self,
        response: &mut HttpResponse,
        output: &mut dyn Structure,
    ) -> Result<(), InvalidResponse> {
        rest::read_response(&self.json, response, output)
    }

    fn error_metadata(&self, response: &HttpResponse) -> ErrorMetadata {
        let mut metadata = json_error::error_metadata(response);
        if self.is_query_compatible {
            metadata.query_code = query_error::code(response);
        }
        metadata
    }

    fn read_error(&self, response: &mut HttpResponse, error: &mut dyn Structure) {
        rest::read_error(&self.json, response, error);
        rest::fill_message(error, || self.error_metadata(response).message);
    }

    #[cfg(feature = "event-stream")]
    fn event_format(&self) -> Option<EventFormat<'_>> {
        Some(EventFormat {
            codec: &self.json,
            media_type: "application/json",
            has_initial_message: true,
        })
    }
}
