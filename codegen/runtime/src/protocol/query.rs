//! awsQuery and ec2Query: requests are forms, and responses are XML.

use super::{ErrorMetadata, Protocol, rest, xml_error};
use crate::codec::Codec as _;
use crate::codec::query::{Dialect, Query};
use crate::descriptor::Operation;
use crate::message::{HttpRequest, HttpResponse, InvalidRequest, InvalidResponse};
use crate::schema::{Structure, View};

/// The protocol `aws.protocols#awsQuery`.
#[derive(Debug)]
pub struct AwsQuery {
    version: &'static str,
}

/// The protocol `aws.protocols#ec2Query`.
#[derive(Debug)]
pub struct Ec2Query {
    version: &'static str,
}

macro_rules! protocol {
    ($name:ident, $dialect:expr) => {
        impl $name {
            /// Creates the protocol for a version of an API, as in `2011-06-15`.
            #[must_use]
            pub const fn new(version: &'static str) -> Self {
                Self { version }
            }
        }

        impl Protocol for $name {
            fn write_request(
                &self,
                operation: &Operation,
                input: &mut dyn Structure,
            ) -> Result<HttpRequest, InvalidRequest> {
                write_request($dialect, self.version, operation, input)
            }

            fn read_response(
                &self,
                response: &mut HttpResponse,
                output: &mut dyn Structure,
            ) -> Result<(), InvalidResponse> {
                rest::read_response(&query($dialect, self.version, ""), response, output)
            }

            fn error_metadata(&self, response: &HttpResponse) -> ErrorMetadata {
                xml_error::error_metadata(response)
            }

            fn read_error(&self, response: &mut HttpResponse, error: &mut dyn Structure) {
                xml_error::read_error(response, error);
            }
        }
    };
}

protocol!(AwsQuery, Dialect::Aws);
protocol!(Ec2Query, Dialect::Ec2);

fn query<'q>(dialect: Dialect, version: &'q str, action: &'q str) -> Query<'q> {
    Query {
        dialect,
        action,
        version,
    }
}

fn write_request(
    dialect: Dialect,
    version: &str,
    operation: &Operation,
    input: &mut dyn Structure,
) -> Result<HttpRequest, InvalidRequest> {
    let query = query(dialect, version, operation.name);
    let mut request = rest::write_request(&query, operation, input)?;
    if input.schema().members.is_empty() {
        // Nothing is in it that could not be written.
        let body = query
            .encode(View::Structure(input), None)
            .unwrap_or_default();
        request.set_body(query.media_type(), body);
    }
    Ok(request)
}
