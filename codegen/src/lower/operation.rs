//! Operations: what they send and receive, and where.

use proc_macro2::Ident;
use serde::Deserialize;

use super::auth::auth_schemes;
use super::deprecation::deprecation;
use super::shape::Role;
use super::{Lowering, docs, waiter};
use crate::ir::{
    Checksum, Encoding, Fallback, HttpMethod, Operation, PayloadSigning, Presence, Structure, Type,
};
use crate::model::{Kind, Shape, Target, Traits};
use crate::name;
use crate::prose;

/// The value of `smithy.api#http`.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Http {
    pub(crate) method: String,
    pub(crate) uri: String,
}

/// The value of `smithy.api#endpoint`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Endpoint {
    pub(crate) host_prefix: String,
}

/// A part of a URI template.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum UriPart<'u> {
    Literal(&'u str),
    Label(&'u str),
}

/// The parts of the path of a URI template, and its query.
pub(crate) fn uri_parts(uri: &str) -> (Vec<UriPart<'_>>, &str) {
    let (mut path, query) = uri.split_once('?').unwrap_or((uri, ""));
    let mut parts = Vec::new();
    while let Some((literal, (label, rest))) = path
        .split_once('{')
        .and_then(|(literal, rest)| Some((literal, rest.split_once('}')?)))
    {
        parts.push(UriPart::Literal(literal));
        parts.push(UriPart::Label(label));
        path = rest;
    }
    parts.push(UriPart::Literal(path));
    parts.retain(|part| *part != UriPart::Literal(""));
    (parts, query)
}

impl Lowering<'_, '_, '_> {
    pub(super) fn operation(&self, shape: &Shape<'_>) -> Operation {
        let name = shape.id.name().to_owned();
        let method = name::operation_method(&name);
        let (input, output, errors) = match &shape.kind {
            Kind::Operation {
                input,
                output,
                errors,
            } => (input.as_ref(), output.as_ref(), errors),
            _ => (None, None, &Vec::new()),
        };
        let request = self.message(
            input,
            name::message_name(&name, "Request"),
            Role::Request,
            &format!("What [`Client::{method}`] sends."),
        );
        let response = self.message(
            output,
            name::message_name(&name, "Response"),
            Role::Response,
            &format!("What [`Client::{method}`] returns."),
        );
        let common = match &self.selection.service.kind {
            Kind::Service { errors, .. } => errors.as_slice(),
            _ => &[],
        };
        let http: Http = shape.traits.get("smithy.api#http").unwrap_or_default();
        let endpoint: Option<Endpoint> = shape.traits.get("smithy.api#endpoint");
        let host_prefix = endpoint
            .map(|endpoint| endpoint.host_prefix)
            .unwrap_or_default();
        Operation {
            method,
            docs: docs(&shape.traits).unwrap_or_else(|| {
                format!(
                    "Calls {}, whose model says no more about it.",
                    prose::code(&name)
                )
            }),
            deprecated: deprecation(&shape.traits),
            errors: errors
                .iter()
                .chain(common)
                .filter_map(|target| self.model.shape(&target.id))
                .map(|error| self.type_name(&error.id))
                .collect(),
            http_method: http_method(&http.method).unwrap_or(HttpMethod::Post),
            host_prefix,
            uri: http.uri,
            pagination: self.pagination(shape, &request, &response),
            waiters: waiter::waiters(self.model, shape).0,
            // They are filled in when the endpoint rules are known.
            parameters: Vec::new(),
            // An operation without a scheme that is supported was refused.
            auth: auth_schemes(self.selection.service, shape).unwrap_or_default(),
            payload_signing: if shape.traits.has("aws.auth#unsignedPayload") {
                PayloadSigning::Unsigned
            } else {
                PayloadSigning::Signed
            },
            examples: Vec::new(),
            compression: compression(&shape.traits),
            checksum: shape
                .traits
                .has("smithy.api#httpChecksumRequired")
                .then_some(Checksum::Md5),
            name,
            request,
            response,
        }
    }

    /// The input or the output of an operation, under a name that is made of the operation's.
    fn message(
        &self,
        target: Option<&Target>,
        name: Ident,
        role: Role,
        fallback: &str,
    ) -> Structure {
        let Some(shape) = target.and_then(|target| self.model.shape(&target.id)) else {
            return Structure {
                name,
                docs: fallback.to_owned(),
                members: Vec::new(),
                usage: role.usage(),
                sensitive: false,
            };
        };
        let mut message = self.structure(shape, name, role, fallback);
        for member in &mut message.members {
            if role == Role::Response && matches!(member.ty, Type::Stream { .. }) {
                // An answer always has a body, be it an empty one.
                member.presence = Presence::Required(Fallback::Standard);
            } else if role == Role::Request && matches!(member.presence, Presence::Default(_)) {
                // The service fills in what is absent, and knows then that it was.
                member.presence = Presence::Optional;
            }
        }
        message
    }
}

/// The value of `smithy.api#requestCompression`.
#[derive(Deserialize)]
struct RequestCompression {
    encodings: Vec<String>,
}

/// The first encoding that is supported. Where none is, the body is sent as it is, which every
/// service understands.
fn compression(traits: &Traits<'_>) -> Option<Encoding> {
    let compression: RequestCompression = traits.get("smithy.api#requestCompression")?;
    let mut encodings = compression.encodings.iter();
    let is_gzip = encodings.any(|encoding| encoding.eq_ignore_ascii_case("gzip"));
    is_gzip.then_some(Encoding::Gzip)
}

/// The HTTP method of a name.
pub(crate) fn http_method(name: &str) -> Option<HttpMethod> {
    Some(match name {
        "DELETE" => HttpMethod::Delete,
        "GET" => HttpMethod::Get,
        "HEAD" => HttpMethod::Head,
        "OPTIONS" => HttpMethod::Options,
        "PATCH" => HttpMethod::Patch,
        "POST" => HttpMethod::Post,
        "PUT" => HttpMethod::Put,
        _ => return None,
    })
}
