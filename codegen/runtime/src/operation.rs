//! Declarations of services and operations: the contract between generated code and this crate.
//!
//! A generated crate declares one [`Service`], and for each operation an [`Operation`] and a
//! [`Request`]. The members of requests and responses are declared by their
//! [schemas](crate::schema). Everything that follows from that is done here.

use crate::checksum::Checksum;
use crate::compression::Encoding;
use crate::endpoint::{
    Endpoint, EndpointError, EndpointParameter, EndpointParameters, EndpointSettings,
};
use crate::message::InvalidRequest;
use crate::protocol::Protocol;
use crate::schema::{ModeledError, Structure};

/// A service.
#[derive(Debug)]
pub struct Service {
    /// The name in SDKs, as in `Appflow`; it also names `AWS_ENDPOINT_URL_APPFLOW`.
    pub sdk_id: &'static str,
    /// The service name of the credential scope, as in `appflow`.
    pub signing_name: &'static str,
    /// The rules by which operations become HTTP messages.
    pub protocol: &'static dyn Protocol,
    /// Name and version of the generated crate, for the user agent: `appflow-client/0.1.0`.
    pub product: &'static str,
    /// Whether every operation is signed, so that a client without credentials is of no use.
    pub requires_credentials: bool,
    /// Headers that every request has, but where a member of it gives another value.
    pub headers: &'static [(&'static str, &'static str)],
    /// The parameters that the endpoint rules have of their own.
    pub endpoint_parameters: &'static [EndpointParameter],
    /// The compiled endpoint rules.
    pub resolve_endpoint: fn(&EndpointSettings) -> Result<Endpoint, EndpointError>,
}

/// An operation of a service.
///
/// ```
/// use smithy_reqwest::operation::Operation;
///
/// const PUT_OBJECT: Operation =
///     Operation::new("PutObject", "PUT", "/{bucket}/{key+}").unsigned_payload();
/// ```
#[derive(Debug)]
pub struct Operation {
    pub(crate) name: &'static str,
    pub(crate) method: http::Method,
    pub(crate) uri: &'static str,
    pub(crate) host_prefix: &'static str,
    pub(crate) auth: &'static [Auth],
    pub(crate) signs_payload: bool,
    pub(crate) streams: bool,
    pub(crate) compression: Option<&'static Encoding>,
    pub(crate) checksum: Option<Checksum>,
}

impl Operation {
    /// Creates an operation of a name, as in `StartFlow`, an HTTP method and a URI template
    /// (`smithy.api#http`). It is signed with its body, and its response is read to the end.
    #[must_use]
    pub const fn new(name: &'static str, method: &str, uri: &'static str) -> Self {
        Self {
            name,
            method: http_method(method),
            uri,
            host_prefix: "",
            auth: &[Auth::SigV4],
            signs_payload: true,
            streams: false,
            compression: None,
            checksum: None,
        }
    }

    /// Sets the template of the text before the host of the endpoint (`smithy.api#endpoint`).
    #[must_use]
    pub const fn host_prefix(mut self, template: &'static str) -> Self {
        self.host_prefix = template;
        self
    }

    /// Sets the authentication schemes, the preferred one first (`smithy.api#auth`).
    #[must_use]
    pub const fn auth(mut self, schemes: &'static [Auth]) -> Self {
        self.auth = schemes;
        self
    }

    /// Leaves the body out of the signature, so that a stream is not read before it is sent
    /// (`aws.auth#unsignedPayload`).
    #[must_use]
    pub const fn unsigned_payload(mut self) -> Self {
        self.signs_payload = false;
        self
    }

    /// Compresses the body, unless it is small or the caller turns that off
    /// (`smithy.api#requestCompression`).
    #[must_use]
    pub const fn compression(mut self, encoding: &'static Encoding) -> Self {
        self.compression = Some(encoding);
        self
    }

    /// Adds a checksum of the body to the headers.
    #[must_use]
    pub const fn checksum(mut self, add: Checksum) -> Self {
        self.checksum = Some(add);
        self
    }

    /// Returns the body of a successful response as a stream (`smithy.api#streaming`).
    #[must_use]
    pub const fn streaming(mut self) -> Self {
        self.streams = true;
        self
    }
}

/// Converts the name of an HTTP method; a name that HTTP does not define is `POST`.
const fn http_method(name: &str) -> http::Method {
    match name.as_bytes() {
        b"DELETE" => http::Method::DELETE,
        b"GET" => http::Method::GET,
        b"HEAD" => http::Method::HEAD,
        b"OPTIONS" => http::Method::OPTIONS,
        b"PATCH" => http::Method::PATCH,
        b"PUT" => http::Method::PUT,
        _ => http::Method::POST,
    }
}

/// An authentication scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Auth {
    /// A signature (`aws.auth#sigv4`).
    SigV4,
    /// A bearer token (`smithy.api#httpBearerAuth`).
    Bearer,
    /// None (`smithy.api#optionalAuth`, or no scheme at all).
    None,
}

/// The input of an operation.
pub trait Request: Structure + 'static {
    /// The output of the operation.
    type Response: Structure;
    /// The modeled errors of the service.
    type Error: ModeledError;

    /// The operation.
    const OPERATION: &'static Operation;

    /// Passes what the operation and its input have for the endpoint rules to them.
    ///
    /// # Errors
    ///
    /// A value that is required and blank.
    fn endpoint_parameters(
        &self,
        parameters: &mut EndpointParameters,
    ) -> Result<(), InvalidRequest> {
        // The endpoint of most operations does not depend on their input.
        let _ = parameters;
        Ok(())
    }
}

/// Refuses text that is empty or has nothing but spaces, where it decides where a request goes.
///
/// # Errors
///
/// The member that has it.
pub fn check_not_blank(member: &'static str, text: &str) -> Result<(), InvalidRequest> {
    if text.trim().is_empty() {
        return Err(InvalidRequest::new(member, "is blank"));
    }
    Ok(())
}
