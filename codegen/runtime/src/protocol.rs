//! Protocols: how operations become HTTP messages.
//!
//! A protocol owns the rules of its kind of service: which part of a message has which member, the
//! formats of timestamps there, the content type, the headers of its own, and where an error says
//! its code. The bytes of a body are the affair of a codec. A generated
//! [`Service`](crate::operation::Service) names its protocol, so that a client links that one.

mod aws_json;
mod json_error;
#[cfg(feature = "query")]
mod query;
mod query_error;
mod rest;
mod rest_json;
#[cfg(feature = "xml")]
mod rest_xml;
#[cfg(feature = "xml")]
mod xml_error;

use std::fmt;

use crate::descriptor::Operation;
use crate::message::{HttpRequest, HttpResponse, InvalidRequest, InvalidResponse};
use crate::schema::Structure;

pub use aws_json::AwsJson;
#[cfg(feature = "query")]
pub use query::{AwsQuery, Ec2Query};
pub use rest_json::RestJson1;
#[cfg(feature = "xml")]
pub use rest_xml::RestXml;

/// The rules of a kind of service.
pub trait Protocol: fmt::Debug + Sync {
    /// Writes a request. A stream is moved out of the input.
    ///
    /// # Errors
    ///
    /// A value that can never be sent, or that no service can accept.
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

    /// Returns what a response with an error status says about the error.
    fn error_metadata(&self, response: &HttpResponse) -> ErrorMetadata;

    /// Fills the members of a modeled error. What does not match the model is left out, so that it
    /// does not hide the error.
    fn read_error(&self, response: &mut HttpResponse, error: &mut dyn Structure);
}

/// What a response with an error status says about the error, whether it is modeled or not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ErrorMetadata {
    /// The code by which the model knows the error, without a namespace.
    pub code: Option<String>,
    /// The code that callers know the error by, where it is another one: that of awsQuery, which the
    /// service used to speak (`aws.protocols#awsQueryCompatible`).
    pub query_code: Option<String>,
    /// The message.
    pub message: Option<String>,
    /// The id under which the service logged the request, where the body has it.
    pub request_id: Option<String>,
}
