//! The effective authentication schemes of an operation.
//!
//! The rules are those of the page "Authentication traits" of the Smithy reference.

use crate::ir::AuthScheme;
use crate::model::{Shape, Traits};

/// Returns the schemes that a call of the operation may use, the preferred one first. A scheme that
/// is not supported is passed over where another one is.
///
/// # Errors
///
/// The names of the schemes, where none of them is supported.
pub(crate) fn auth_schemes(
    service: &Shape,
    operation: &Shape,
) -> Result<Vec<AuthScheme>, Vec<String>> {
    let names = effective(&service.traits, &operation.traits);
    let mut known: Vec<AuthScheme> = names.iter().filter_map(|name| scheme(name)).collect();
    if names.is_empty() || operation.traits.optional_auth {
        known.push(AuthScheme::None);
    }
    if known.is_empty() {
        Err(names)
    } else {
        Ok(known)
    }
}

/// Returns the schemes that the operation lists, or else its service, or else all schemes that the
/// service has, sorted.
fn effective(service: &Traits, operation: &Traits) -> Vec<String> {
    if let Some(names) = operation.auth.as_ref().or(service.auth.as_ref()) {
        return names.clone();
    }
    let mut names = service.auth_schemes.clone();
    names.sort();
    names.dedup();
    names
}

fn scheme(name: &str) -> Option<AuthScheme> {
    match name {
        "aws.auth#sigv4" => Some(AuthScheme::SigV4),
        "smithy.api#httpBearerAuth" => Some(AuthScheme::Bearer),
        _ => None,
    }
}
