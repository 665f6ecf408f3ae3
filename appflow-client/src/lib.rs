//! A small, readable client of Amazon AppFlow.

mod generated;

pub use generated::*;
pub use smithy_reqwest::{Credentials, CredentialsError, CredentialsFuture, ProvideCredentials};
