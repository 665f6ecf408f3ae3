//! Declarations of services and operations, for generated code.
//!
//! A generated crate declares one [`Service`], and an [`Operation`] and a [`Request`] for each
//! operation. [Schemas](crate::schema) declare the members of requests and responses.

use crate::endpoint::{
    Endpoint, EndpointError, EndpointParameter, EndpointParameters, EndpointSettings,
};
use crate::message::InvalidRequest;
use crate::protocol::Protocol;
use crate::schema::{ModeledError, Structure};
use crate::setting::endpoint_variable;

pub use crate::descriptor::{Auth, Operation};

/// A service.
#[derive(Debug)]
pub struct Service {
    /// The SDK ID, such as `Appflow`, which also determines `AWS_ENDPOINT_URL_APPFLOW`.
    pub sdk_id: &'static str,
    /// The service name for signatures, such as `appflow`.
    pub signing_name: &'static str,
    /// The protocol.
    pub protocol: &'static dyn Protocol,
    /// Name and version of the generated crate, for the user agent: `appflow-client/0.1.0`.
    pub product: &'static str,
    /// Is `true` if every operation is signed, so that a client requires credentials.
    pub requires_credentials: bool,
    /// Headers of every request, unless a member of the request sets them.
    pub headers: &'static [(&'static str, &'static str)],
    /// The parameters of the endpoint rules.
    pub endpoint_parameters: &'static [EndpointParameter],
    /// The compiled endpoint rules.
    pub resolve_endpoint: fn(&EndpointSettings) -> Result<Endpoint, EndpointError>,
}

impl Service {
    /// Returns the environment variable for the endpoint of this service, such as
    /// `AWS_ENDPOINT_URL_APPFLOW`.
    #[must_use]
    pub fn endpoint_variable(&self) -> String {
        endpoint_variable(self.sdk_id)
    }
}

/// The input of an operation.
pub trait Request: Structure + 'static {
    /// The output of the operation.
    type Response: Structure;
    /// The modeled errors of the service.
    type Error: ModeledError;

    /// The operation.
    const OPERATION: &'static Operation;

    /// Adds the endpoint parameters of the operation and its input.
    ///
    /// # Errors
    ///
    /// A required value is blank.
    fn endpoint_parameters(
        &self,
        parameters: &mut EndpointParameters,
    ) -> Result<(), InvalidRequest> {
        // The endpoint of most operations does not depend on their input.
        let _ = parameters;
        Ok(())
    }
}

/// Rejects text that is empty or blank, because it determines the host or the path.
///
/// # Errors
///
/// The name of the member.
pub fn check_not_blank(member: &'static str, text: &str) -> Result<(), InvalidRequest> {
    if text.trim().is_empty() {
        return Err(InvalidRequest::new(member, "is blank"));
    }
    Ok(())
}
