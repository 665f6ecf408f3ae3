//! Protocol tests: from the traits of `smithy.test` to calls and expectations.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value as Json;

use super::types::{Messages, Types};
use super::value::{Misfit, Search, Values};
use crate::ir::{CaseBody, RequestCase, ResponseCase, Structure};
use crate::model::traits::{Message, RequestTest, ResponseTest};
use crate::name;
use crate::prose;
use crate::protocol::Protocol;
use crate::select;

/// Reads the protocol cases of operations and errors.
pub(crate) struct Cases<'t> {
    values: Values<'t>,
}

impl<'t> Cases<'t> {
    pub(crate) fn new(types: &'t Types) -> Self {
        Self {
            values: Values::new(&types.items),
        }
    }

    /// Lowers a case of a request.
    ///
    /// # Errors
    ///
    /// The mismatch with the request, as a part of a sentence.
    pub(crate) fn request(
        &self,
        test: &RequestTest,
        operation: &select::Operation<'_>,
        request: &Structure,
    ) -> Result<RequestCase, Misfit> {
        let message = &test.message;
        Ok(RequestCase {
            id: message.id.clone(),
            docs: docs(message),
            method: name::operation_method(operation.name()),
            request: self.values.structure(request, &message.params)?,
            has_pages: operation.shape.traits.paginated.is_some(),
            host: test.host.clone(),
            resolved_host: test.resolved_host.clone(),
            http_method: test.method.clone(),
            path: test.uri.clone(),
            query: test.query_params.clone(),
            required_query: test.require_query_params.clone(),
            forbidden_query: test.forbid_query_params.clone(),
            headers: headers(message),
            required_headers: test.require_headers.clone(),
            forbidden_headers: test.forbid_headers.clone(),
            body: message.body.as_ref().map(|body| case_body(message, body)),
        })
    }

    /// Lowers a case of a response, which is a value of `expected`.
    ///
    /// # Errors
    ///
    /// The mismatch with the structure, as a part of a sentence.
    pub(crate) fn response(
        &self,
        test: &ResponseTest,
        operation: &select::Operation<'_>,
        messages: &Messages,
        expected: &Structure,
    ) -> Result<ResponseCase, Misfit> {
        let message = &test.message;
        let request = self
            .values
            .any_structure(&messages.request, &mut Search::default())
            .ok_or("is of an operation that requires a value without end")?;
        Ok(ResponseCase {
            id: message.id.clone(),
            docs: docs(message),
            method: name::operation_method(operation.name()),
            request,
            status: test.code,
            headers: headers(message),
            body: message
                .body
                .as_ref()
                .map(|body| bytes(message, body))
                .unwrap_or_default(),
            expected: self.values.structure(expected, &message.params)?,
            streams: expected.streams(),
            error: None,
        })
    }
}

/// Returns `true` if a case is one for clients of a protocol.
pub(crate) fn applies(message: &Message, protocol: Protocol) -> bool {
    let is_for_clients = message
        .applies_to
        .as_deref()
        .is_none_or(|who| who == "client");
    message.protocol == protocol.id() && is_for_clients
}

fn docs(message: &Message) -> String {
    let docs = prose::markdown(&message.documentation);
    if docs.is_empty() {
        format!("The case {} of the model.", prose::code(&message.id))
    } else {
        docs
    }
}

fn headers(message: &Message) -> Vec<(String, String)> {
    message.headers.clone().into_iter().collect()
}

/// Returns the bytes of a body: those of CBOR are in base64.
fn bytes(message: &Message, body: &str) -> Vec<u8> {
    let decoded = is_cbor(message).then(|| BASE64_STANDARD.decode(body).ok());
    decoded
        .flatten()
        .unwrap_or_else(|| body.as_bytes().to_vec())
}

fn is_cbor(message: &Message) -> bool {
    message.body_media_type.as_deref() == Some("application/cbor")
}

fn case_body(message: &Message, body: &str) -> CaseBody {
    if is_cbor(message) {
        return CaseBody::Cbor(bytes(message, body));
    }
    let is_xml = message.body_media_type.as_deref() == Some("application/xml");
    if is_xml && !body.is_empty() {
        return CaseBody::Xml(body.to_owned());
    }
    let is_json = message.body_media_type.as_deref() == Some("application/json");
    if is_json && !body.is_empty() {
        CaseBody::Json(compact(body))
    } else {
        CaseBody::Bytes(body.as_bytes().to_vec())
    }
}

/// JSON on one line, as it is where it is not JSON.
fn compact(json: &str) -> String {
    serde_json::from_str(json).map_or_else(|_| json.to_owned(), |value: Json| value.to_string())
}
