//! Operations: what they send and receive, and where.

use super::accepted::Call;
use super::context::Context;
use super::customization;
use super::deprecation::deprecation;
use super::docs::docs;
use super::example::examples;
use super::types::{Messages, Types};
use super::value::Values;
use crate::ir::{
    Binding, Body, Checksum, Encoding, Operation, PathPart, PayloadSigning, Structure,
};
use crate::model::Traits;
use crate::model::traits::TemplatePart;
use crate::name;

impl Context<'_> {
    /// Lowers the operations of a service.
    pub(super) fn operations(&self, types: &Types, calls: Vec<Call<'_>>) -> Vec<Operation> {
        let values = Values::new(&types.items);
        let calls = calls.into_iter().zip(&types.messages);
        calls
            .map(|(call, messages)| self.operation(call, messages, &values))
            .collect()
    }

    fn operation(&self, call: Call<'_>, messages: &Messages, values: &Values<'_>) -> Operation {
        let Messages { request, response } = messages;
        let name = call.operation.name();
        let traits = &call.operation.shape.traits;
        let host_prefix = traits.endpoint.as_ref();
        let host_prefix = host_prefix.map(|it| it.value.host_prefix.parts.as_slice());
        let errors = call.operation.errors.iter();
        let errors = errors.map(|target| self.names.name(self.model.target(target)));
        let query = &call.http.uri.query;
        Operation {
            method: name::operation_method(name),
            docs: docs(traits)
                .unwrap_or_else(|| format!("Calls `{name}`, whose model says no more about it.")),
            deprecated: deprecation(traits),
            errors: errors.collect(),
            http_method: call.http.method,
            host_prefix: self.path_parts(host_prefix.unwrap_or_default(), request),
            path: self.path_parts(&call.http.uri.parts, request),
            query: (!query.is_empty()).then(|| query.clone()),
            request_body: body(request),
            response_body: body(response),
            pagination: call.pagination,
            waiters: call.waiters,
            parameters: call.parameters,
            auth: call.auth,
            payload_signing: if traits.unsigned_payload {
                PayloadSigning::Unsigned
            } else {
                PayloadSigning::Signed
            },
            examples: examples(&traits.examples, request, values),
            compression: compression(traits),
            checksum: customization::checksum(self, name)
                .or(traits.http_checksum_required.then_some(Checksum::Md5)),
            name: name.to_owned(),
            request: request.clone(),
            response: response.clone(),
        }
    }

    /// Returns the parts of a template, with the Rust names of the members that it names: of the
    /// request, as `check` has made sure.
    fn path_parts(&self, parts: &[TemplatePart], request: &Structure) -> Vec<PathPart> {
        let member = |label: &String| request.members.iter().find(|it| it.model_name == *label);
        let part = |part: &TemplatePart| match part {
            TemplatePart::Literal(text) => Some(PathPart::Literal(text.clone())),
            TemplatePart::Label(label) => Some(customization::path_part(self, member(label)?)),
            TemplatePart::GreedyLabel(label) => {
                Some(PathPart::GreedyLabel(member(label)?.name.clone()))
            }
        };
        parts.iter().filter_map(part).collect()
    }
}

/// Returns the first encoding that is supported. Where none is, the body is sent as it is, which
/// every service understands.
fn compression(traits: &Traits) -> Option<Encoding> {
    let encodings = &traits.request_compression.as_ref()?.encodings;
    let mut encodings = encodings.iter();
    let is_gzip = encodings.any(|encoding| encoding.eq_ignore_ascii_case("gzip"));
    is_gzip.then_some(Encoding::Gzip)
}

fn body(structure: &Structure) -> Body {
    let mut members = structure.members.iter();
    if members.any(|member| matches!(member.binding, Binding::Payload { .. })) {
        return Body::Payload;
    }
    let members = structure.members.iter();
    let unbound = members.filter(|member| member.binding == Binding::Body);
    match unbound.count() {
        0 => Body::Empty,
        count if count == structure.members.len() => Body::All,
        _ => Body::Unbound,
    }
}
