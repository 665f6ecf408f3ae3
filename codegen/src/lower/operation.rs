//! Operations: their inputs and outputs, with locations.

use super::accepted::AcceptedOperation;
use super::context::Context;
use super::customization;
use super::deprecation::deprecation;
use super::docs::docs;
use super::example::{event_example, examples};
use super::types::{Messages, Types};
use super::value::Values;
use crate::ir::{Checksum, Encoding, Operation, PayloadSigning, Protocol, Structure};
use crate::model::Traits;
use crate::name;
use crate::prose;
use crate::select;

impl Context<'_> {
    /// Lowers the operations of a service.
    pub(super) fn operations(
        &self,
        types: &Types,
        calls: Vec<AcceptedOperation<'_>>,
    ) -> Vec<Operation> {
        let values = Values::new(&types.items, &types.errors);
        let calls = calls.into_iter().zip(&types.messages);
        calls
            .map(|(call, messages)| self.operation(call, messages, &values))
            .collect()
    }

    /// Returns `true` if a request has a body even if it is empty. Only rpcv2Cbor distinguishes an
    /// empty input from no input.
    fn has_input(&self, operation: &select::Operation<'_>) -> bool {
        let input = operation.input;
        let has_input = input.is_some_and(|input| input.id.as_str() != "smithy.api#Unit");
        has_input || self.protocol() != Protocol::RpcV2Cbor
    }

    /// Returns `true` if the event streams of an operation need HTTP/2.
    fn requires_http2(&self, Messages { request, response }: &Messages) -> bool {
        let (sends, receives) = (request.has_events(), response.has_events());
        let spoken = &self.selection.service.shape.traits.protocols;
        let spoken = spoken.iter().find(|it| it.id == self.protocol().id());
        let needs_http2 = spoken.is_some_and(|it| it.versions.events_need_http2(sends && receives));
        needs_http2 && (sends || receives)
    }

    /// Returns the checksum that the client adds to the body of an operation.
    pub(super) fn checksum(&self, operation: &select::Operation<'_>) -> Option<Checksum> {
        let is_required = operation.shape.traits.http_checksum_required;
        let customized = customization::checksum(self, operation.name());
        customized.or(is_required.then_some(Checksum::Md5))
    }

    fn operation(
        &self,
        call: AcceptedOperation<'_>,
        messages: &Messages,
        values: &Values<'_>,
    ) -> Operation {
        let Messages { request, response } = messages;
        let operation = call.sound.operation;
        let name = operation.name();
        let traits = &operation.shape.traits;
        let host_prefix = traits.endpoint.as_ref();
        let host_prefix = host_prefix.map(|it| it.value.host_prefix.text.clone());
        let errors = operation.errors.iter();
        let errors = errors.map(|target| self.names.name(self.model.target(target)));
        Operation {
            method: name::operation_method(name),
            docs: docs(traits).unwrap_or_else(|| {
                let name = prose::code(name);
                format!("Calls {name}. The model does not document it.")
            }) + &unmodeled_pages(messages, call.pagination.is_some()),
            deprecated: deprecation(traits),
            errors: errors.collect(),
            http_method: call.sound.http_method,
            host_prefix: host_prefix.unwrap_or_default(),
            uri: call.sound.uri,
            has_input: self.has_input(operation),
            xml_root: self.xml_root(operation),
            pagination: call.pagination,
            waiters: call.sound.waiters,
            parameters: call.parameters,
            endpoint_url: customization::endpoint_url(self, name, request),
            auth: call.sound.auth,
            payload_signing: if traits.unsigned_payload {
                PayloadSigning::Unsigned
            } else {
                PayloadSigning::Signed
            },
            requires_http2: self.requires_http2(messages),
            event_example: event_example(messages, values),
            examples: examples(&traits.examples, request, values),
            compression: compression(traits),
            checksum: self.checksum(operation),
            name: name.to_owned(),
            request: request.clone(),
            response: response.clone(),
        }
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

/// Returns a paragraph about responses that come in pages by the names of their members alone.
fn unmodeled_pages(messages: &Messages, is_modeled: bool) -> String {
    const TOKENS: [(&str, &str); 2] = [("nexttoken", "nexttoken"), ("marker", "nextmarker")];

    let find = |structure: &Structure, name: &str| {
        let mut members = structure.members.iter();
        let member = members.find(|it| it.model_name.eq_ignore_ascii_case(name));
        member.map(|member| prose::code(&member.model_name))
    };
    let tokens = TOKENS.iter().find_map(|(input, output)| {
        let input = find(&messages.request, input)?;
        Some((input, find(&messages.response, output)?))
    });
    match tokens.filter(|_| !is_modeled) {
        None => String::new(),
        Some((input, output)) => format!(
            "\n\nThe response may be one page of several, which the model does not say. While it has \
             {output}, the next page is the response to a request with that as its {input}."
        ),
    }
}
