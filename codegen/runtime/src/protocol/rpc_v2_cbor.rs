//! rpcv2Cbor: the input and the output of an operation are CBOR bodies.

use http::header::{ACCEPT, HeaderName, HeaderValue};

#[cfg(feature = "event-stream")]
use super::EventFormat;
use super::json_error::bare_code;
use super::{ErrorMetadata, Protocol, query_error, rest};
use crate::codec::Codec as _;
use crate::codec::cbor::{Cbor, read_texts};
use crate::descriptor::Operation;
use crate::message::{HttpRequest, HttpResponse, InvalidRequest, InvalidResponse};
use crate::schema::Structure;

const PROTOCOL: HeaderName = HeaderName::from_static("smithy-protocol");
/// A structure without members.
const NOTHING: &[u8] = &[0xbf, 0xff];

/// The protocol `smithy.protocols#rpcv2Cbor`.
#[derive(Debug, Default)]
pub struct RpcV2Cbor {
    is_query_compatible: bool,
}

impl RpcV2Cbor {
    /// Creates the protocol.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            is_query_compatible: false,
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

impl Protocol for RpcV2Cbor {
    fn write_request(
        &self,
        operation: &Operation,
        input: &mut dyn Structure,
    ) -> Result<HttpRequest, InvalidRequest> {
        let mut request = rest::write_request(&Cbor, operation, input)?;
        if operation.has_input && input.schema().members.is_empty() {
            request.set_body(Cbor.media_type(), NOTHING.to_vec());
        }
        let headers = &mut request.headers;
        headers.insert(PROTOCOL, HeaderValue::from_static("rpc-v2-cbor"));
        headers.insert(ACCEPT, HeaderValue::from_static("application/cbor"));
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
        rest::read_response(&Cbor, response, output)
    }

    fn error_metadata(&self, response: &HttpResponse) -> ErrorMetadata {
        let mut metadata = ErrorMetadata::default();
        // A body that breaks off has what comes before that.
        let _ = read_texts(response.bytes(), &mut |key, text| match key {
            "__type" => metadata.code = bare_code(text),
            "message" | "Message" if !text.is_empty() => metadata.message = Some(text.to_owned()),
            _ => {}
        });
        if self.is_query_compatible {
            metadata.query_code = query_error::code(response);
        }
        metadata
    }

    fn read_error(&self, response: &mut HttpResponse, error: &mut dyn Structure) {
        rest::read_error(&Cbor, response, error);
        rest::fill_message(error, || self.error_metadata(response).message);
    }

    #[cfg(feature = "event-stream")]
    fn event_format(&self) -> Option<EventFormat<'_>> {
        Some(EventFormat {
            codec: &Cbor,
            media_type: "application/cbor",
            has_initial_message: true,
        })
    }
}
