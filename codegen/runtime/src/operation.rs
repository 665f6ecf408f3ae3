//! The contract between generated code and this crate.
//!
//! A generated crate gives, once a service, a [`Service`] and a [`ModelledError`]; once an
//! operation, an [`Operation`] and a [`Request`] with two small functions that write the HTTP
//! request and read the HTTP response. The path between the two is [`Client`](crate::Client)'s.

mod error_body;
mod request;
mod response;

use crate::checksum::Checksum;
use crate::compression::Encoding;
use crate::endpoint::{
    Endpoint, EndpointError, EndpointParameter, EndpointParameters, EndpointSettings,
};
use crate::retry::Retryable;

pub(crate) use request::is_host_label;
pub use request::{
    HttpRequest, InvalidRequest, QueryValues, check_length, check_not_blank, check_text,
    timestamp_text,
};
pub use response::{HttpResponse, InvalidResponse};

/// What is known of a service.
#[derive(Debug)]
pub struct Service {
    /// The name in SDKs, as in `Appflow`; it also names `AWS_ENDPOINT_URL_APPFLOW`.
    pub sdk_id: &'static str,
    /// The service name of the credential scope, as in `appflow`.
    pub signing_name: &'static str,
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

/// What is known of an operation.
///
/// ```
/// use smithy_reqwest::{http::Method, operation::Operation};
///
/// const PUT_OBJECT: Operation = Operation::new("PutObject", Method::PUT).unsigned_payload();
/// ```
#[derive(Debug)]
pub struct Operation {
    pub(crate) name: &'static str,
    pub(crate) method: http::Method,
    pub(crate) auth: &'static [Auth],
    pub(crate) signs_payload: bool,
    pub(crate) streams: bool,
    pub(crate) compression: Option<&'static Encoding>,
    pub(crate) checksum: Option<Checksum>,
}

impl Operation {
    /// An operation as most are, by its name, as in `StartFlow`: it is signed with its body, and
    /// its answer is read to the end.
    #[must_use]
    pub const fn new(name: &'static str, method: http::Method) -> Self {
        Self {
            name,
            method,
            auth: &[Auth::SigV4],
            signs_payload: true,
            streams: false,
            compression: None,
            checksum: None,
        }
    }

    /// The ways in which a call may prove who makes it, the preferred one first
    /// (`smithy.api#auth`).
    #[must_use]
    pub const fn auth(mut self, schemes: &'static [Auth]) -> Self {
        self.auth = schemes;
        self
    }

    /// The signature does not cover the body, so that a stream is sent as it comes
    /// (`aws.auth#unsignedPayload`).
    #[must_use]
    pub const fn unsigned_payload(mut self) -> Self {
        self.signs_payload = false;
        self
    }

    /// The body is compressed, unless it is small or the caller does not want that
    /// (`smithy.api#requestCompression`).
    #[must_use]
    pub const fn compression(mut self, encoding: &'static Encoding) -> Self {
        self.compression = Some(encoding);
        self
    }

    /// The headers have a checksum of the body, as it is sent.
    #[must_use]
    pub const fn checksum(mut self, add: Checksum) -> Self {
        self.checksum = Some(add);
        self
    }

    /// The body of an answer that is no error is handed on as a stream (`smithy.api#streaming`).
    #[must_use]
    pub const fn streaming(mut self) -> Self {
        self.streams = true;
        self
    }
}

/// A way in which a call proves who makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Auth {
    /// A signature made with credentials (`aws.auth#sigv4`).
    SigV4,
    /// A bearer token (`smithy.api#httpBearerAuth`).
    Bearer,
    /// It does not (`smithy.api#optionalAuth`, or no scheme at all).
    None,
}

/// The input of an operation, which knows how it travels.
pub trait Request: Send + 'static {
    /// The output of the operation.
    type Response: Send;
    /// The modelled errors of the service.
    type Error: ModelledError;

    /// What is known of the operation.
    const OPERATION: &'static Operation;

    /// Fills every idempotency token that the caller left out. This happens once a call, so that
    /// every attempt carries the same.
    fn fill_tokens(&mut self, next: &dyn Fn() -> String) {
        // Most operations have no token.
        let _ = next;
    }

    /// Gives the endpoint rules what the operation and its input have for them.
    ///
    /// # Errors
    ///
    /// A value that has to be given and is blank.
    fn endpoint_parameters(
        &self,
        parameters: &mut EndpointParameters,
    ) -> Result<(), InvalidRequest> {
        // Where most operations go does not depend on them.
        let _ = parameters;
        Ok(())
    }

    /// Writes the path, the query, the headers and the body. This happens once a call, so the bytes
    /// of a payload are moved and not copied.
    ///
    /// # Errors
    ///
    /// A value that can never be sent, or that no service can accept.
    fn write(self, http: &mut HttpRequest) -> Result<(), InvalidRequest>;

    /// Reads the output from an answer of status 2xx, and may take the body out of it.
    ///
    /// # Errors
    ///
    /// A body that is not JSON or has a value of another type than the model says.
    fn read(http: &mut HttpResponse) -> Result<Self::Response, InvalidResponse>;
}

/// The modelled errors of a service.
pub trait ModelledError: std::error::Error + Send + Sync + Sized + 'static {
    /// The codes of the errors that are worth another attempt (`smithy.api#retryable`).
    const RETRYABLE: &'static [(&'static str, Retryable)] = &[];
    /// The codes of the errors whose messages must stay out of logs (`smithy.api#sensitive`).
    const SECRET: &'static [&'static str] = &[];

    /// Reads the error of a code, and may take the body out; `None` where the model has no such
    /// code.
    fn read(code: &str, http: &mut HttpResponse) -> Option<Self>;
}
