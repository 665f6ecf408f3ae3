//! Protocols, which convert operations to HTTP messages.
//!
//! A protocol determines the location of each member, the timestamp formats, the content type, its
//! own headers, and the location of error codes. A codec encodes bodies. A generated
//! [`Service`](crate::operation::Service) refers to its protocol, so that a client contains only
//! that one.

mod aws_json;
mod json_error;
#[cfg(feature = "query")]
mod query;
mod query_error;
mod rest;
mod rest_json;
#[cfg(feature = "xml")]
mod rest_xml;
#[cfg(feature = "cbor")]
mod rpc_v2_cbor;
#[cfg(feature = "xml")]
mod xml_error;

use std::fmt;

#[cfg(feature = "event-stream")]
use crate::codec::Codec;
use crate::descriptor::Operation;
use crate::message::{HttpRequest, HttpResponse, InvalidRequest, InvalidResponse};
use crate::schema::Structure;

pub use aws_json::AwsJson;
#[cfg(feature = "query")]
pub use query::{AwsQuery, Ec2Query};
pub use rest_json::RestJson1;
#[cfg(feature = "xml")]
pub use rest_xml::RestXml;
#[cfg(feature = "cbor")]
pub use rpc_v2_cbor::RpcV2Cbor;

/// A protocol.
pub trait Protocol: fmt::Debug + Sync {
    /// Writes a request. A stream is moved out of the input.
    ///
    /// # Errors
    ///
    /// A value that cannot be sent.
    fn write_request(
        &self,
        operation: &Operation,
        input: &mut dyn Structure,
    ) -> Result<HttpRequest, InvalidRequest>;

    /// Fills the output from a response with a status of 2xx. A stream is moved out of the
    /// response.
    ///
    /// # Errors
    ///
    /// A response that does not match the model.
    fn read_response(
        &self,
        response: &mut HttpResponse,
        output: &mut dyn Structure,
    ) -> Result<(), InvalidResponse>;

    /// Returns the metadata of an error response.
    fn error_metadata(&self, response: &HttpResponse) -> ErrorMetadata;

    /// Fills the members of a modeled error. Members that do not match the model are skipped, so
    /// that they do not hide the error.
    fn read_error(&self, response: &mut HttpResponse, error: &mut dyn Structure);

    /// Returns the format of events in streams; `None` if the protocol has no such streams.
    #[cfg(feature = "event-stream")]
    fn event_format(&self) -> Option<EventFormat<'_>> {
        None
    }
}

/// The format of events in streams.
#[cfg(feature = "event-stream")]
#[derive(Clone, Copy)]
pub struct EventFormat<'a> {
    /// The codec of their payloads.
    pub(crate) codec: &'a dyn Codec,
    /// The media type of what the codec writes.
    pub(crate) media_type: &'static str,
    /// Is `true` if the other members are in the first message of the stream, and not in the HTTP
    /// message.
    pub(crate) has_initial_message: bool,
}

#[cfg(feature = "event-stream")]
impl fmt::Debug for EventFormat<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventFormat")
            .field("media_type", &self.media_type)
            .finish_non_exhaustive()
    }
}

/// The metadata of an error response, modeled or not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ErrorMetadata {
    /// The error code in the model, without a namespace.
    pub code: Option<String>,
    /// The error code for callers if it differs: that of awsQuery, which the service used earlier
    /// (`aws.protocols#awsQueryCompatible`).
    pub query_code: Option<String>,
    /// The message.
    pub message: Option<String>,
    /// The request ID, if it is in the body.
    pub request_id: Option<String>,
}
