//! Modeled errors.

use super::context::Context;
use super::role::Role;
use crate::ir::{ErrorItem, Protocol, Retryable};
use crate::model::Shape;
use crate::model::traits::{Fault, QueryError};
use crate::select::Selection;

impl Context<'_> {
    pub(super) fn errors(&self) -> Vec<ErrorItem> {
        let shapes = self.selection.errors.values();
        let mut errors: Vec<ErrorItem> = shapes.map(|shape| self.error(shape)).collect();
        errors.sort_by(|a, b| a.code.cmp(&b.code));
        errors
    }

    fn error(&self, shape: &Shape) -> ErrorItem {
        let name = self.names.name(shape);
        let fallback = "An error of the API. The model does not document it.";
        let status = match shape.traits.error {
            Some(Fault::Client) => 400,
            Some(Fault::Server) | None => 500,
        };
        let retryable = shape.traits.retryable.map(|retryable| {
            if retryable.throttling {
                Retryable::Throttling
            } else {
                Retryable::Transient
            }
        });
        let of_query = query_error(shape, self.protocol()).map(|error| error.http_response_code);
        ErrorItem {
            code: error_code(shape, self.selection).to_owned(),
            status: of_query.or(shape.traits.http_error).unwrap_or(status),
            retryable,
            structure: self.structure(shape, name, Role::Response, fallback),
        }
    }
}

/// Returns the code by which an error is known among those of a selection. In awsQuery several may
/// have one code in responses: it is that of the error with this name, or else of the first. The
/// others keep their names, which no response has.
pub(crate) fn error_code<'s>(shape: &'s Shape, selection: &Selection<'_>) -> &'s str {
    let protocol = selection.service.protocol;
    let (name, code) = (shape.id.name(), code_in_responses(shape, protocol));
    let comes_before = |other: &Shape| {
        let has_it = code_in_responses(other, protocol) == code;
        has_it && (other.id.name() == code || other.id < shape.id)
    };
    let is_taken = name != code && selection.errors.values().any(|it| comes_before(it));
    if is_taken { name } else { code }
}

/// Returns the code of an error in responses.
pub(crate) fn code_in_responses(shape: &Shape, protocol: Protocol) -> &str {
    query_error(shape, protocol).map_or(shape.id.name(), |error| &error.code)
}

fn query_error(shape: &Shape, protocol: Protocol) -> Option<&QueryError> {
    let error = shape.traits.query_error.as_ref();
    error.filter(|_| protocol == Protocol::AwsQuery)
}
