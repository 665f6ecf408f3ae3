//! A small, readable client of Amazon AppFlow.

mod generated;

pub use generated::*;
pub use smithy_reqwest::{
    Body, Bytes, Credentials, CredentialsError, CredentialsFuture, Environment, ProvideCredentials,
    Timestamp, Transport, TransportError, http, http_client_builder, reqwest,
};
