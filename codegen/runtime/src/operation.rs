//! Declarations of services and operations: the contract between generated code and this crate.
//!
//! A generated crate declares one [`Service`], and for each operation an [`Operation`] and a
//! [`Request`]. The members of requests and responses are declared by their
//! [schemas](crate::schema). Everything that follows from that is done here.

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

impl Service {
    /// The environment variable with an endpoint for this service alone, as in
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
