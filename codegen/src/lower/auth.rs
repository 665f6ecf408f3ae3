//! How a call proves who makes it: the effective authentication schemes of an operation.
//!
//! The rules are those of the page "Authentication traits" of the Smithy reference.

use crate::ir::AuthScheme;
use crate::model::Shape;

/// Every trait that is an authentication scheme of a service, in the order of the alphabet, which
/// counts where a model gives none.
const SCHEMES: [&str; 6] = [
    "aws.auth#sigv4",
    "aws.auth#sigv4a",
    "smithy.api#httpApiKeyAuth",
    "smithy.api#httpBasicAuth",
    "smithy.api#httpBearerAuth",
    "smithy.api#httpDigestAuth",
];

/// The schemes that a call of the operation may use, the preferred one first. A scheme that is not
/// supported is passed over where another one is.
///
/// # Errors
///
/// The names of the schemes, where none of them is supported.
pub(crate) fn auth_schemes(
    service: &Shape<'_>,
    operation: &Shape<'_>,
) -> Result<Vec<AuthScheme>, Vec<String>> {
    let names = effective(service, operation);
    let mut known: Vec<AuthScheme> = names.iter().filter_map(|name| scheme(name)).collect();
    let may_be_absent = operation.traits.has("smithy.api#optionalAuth");
    if names.is_empty() || (may_be_absent && !known.contains(&AuthScheme::None)) {
        known.push(AuthScheme::None);
    }
    if known.is_empty() {
        Err(names)
    } else {
        Ok(known)
    }
}

/// What the operation says, or else its service, or else what the service has.
fn effective(service: &Shape<'_>, operation: &Shape<'_>) -> Vec<String> {
    let listed = |shape: &Shape<'_>| shape.traits.get::<Vec<String>>("smithy.api#auth");
    let of_service = || SCHEMES.iter().filter(|name| service.traits.has(name));
    listed(operation)
        .or_else(|| listed(service))
        .unwrap_or_else(|| of_service().map(|name| (*name).to_owned()).collect())
}

fn scheme(name: &str) -> Option<AuthScheme> {
    match name {
        "aws.auth#sigv4" => Some(AuthScheme::SigV4),
        "smithy.api#httpBearerAuth" => Some(AuthScheme::Bearer),
        "smithy.api#noAuth" => Some(AuthScheme::None),
        _ => None,
    }
}
