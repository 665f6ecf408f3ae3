//! Protocol tests: from the traits of `smithy.test` to calls and expectations.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value as Json;

use super::docs::markdown;
use super::types::{Messages, Types};
use super::value::{Misfit, Search, Values};
use crate::ir::{CaseBody, CaseCall, RequestCase, ResponseCase, Structure, StructureValue};
use crate::model::traits::{Message, RequestTest, ResponseTest, Test};
use crate::name;
use crate::prose;
use crate::select::{Operation, Selection};

const CBOR: &str = "application/cbor";

/// A reader of the protocol cases of operations and errors.
pub(crate) struct Cases<'t> {
    pub(super) selection: &'t Selection<'t>,
    pub(super) types: &'t Types,
    pub(super) values: Values<'t>,
}

impl<'t> Cases<'t> {
    pub(crate) fn new(selection: &'t Selection<'t>, types: &'t Types) -> Self {
        Self {
            selection,
            types,
            values: Values::new(&types.items, &types.errors),
        }
    }

    /// Lowers a case of a request.
    ///
    /// # Errors
    ///
    /// The mismatch with the request, as a part of a sentence.
    pub(crate) fn request(
        &self,
        test: &Test<RequestTest>,
        operation: &Operation<'_>,
        request: &Structure,
    ) -> Result<RequestCase, Misfit> {
        let expected = &test.value;
        let message = &expected.message;
        let request = self.values.structure(request, &message.params)?;
        Ok(RequestCase {
            call: call(test, operation, request),
            host: expected.host.clone(),
            resolved_host: expected.resolved_host.clone(),
            http_method: expected.method.clone(),
            path: expected.uri.clone(),
            query: expected.query_params.clone(),
            required_query: expected.require_query_params.clone(),
            forbidden_query: expected.forbid_query_params.clone(),
            headers: headers(message),
            required_headers: expected.require_headers.clone(),
            forbidden_headers: expected.forbid_headers.clone(),
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
        test: &Test<ResponseTest>,
        operation: &Operation<'_>,
        messages: &Messages,
        expected: &Structure,
    ) -> Result<ResponseCase, Misfit> {
        let message = &test.value.message;
        let request = self.any_request(messages)?;
        let body = message.body.as_ref().map(|body| bytes(message, body));
        Ok(ResponseCase {
            call: call(test, operation, request),
            status: test.value.code,
            headers: headers(message),
            body: body.unwrap_or_default(),
            expected: self.values.structure(expected, &message.params)?,
            streams: expected.streams(),
            is_error: false,
        })
    }

    /// Returns a request with its required members, for a case that is about something else.
    pub(super) fn any_request(&self, messages: &Messages) -> Result<StructureValue, Misfit> {
        self.values
            .any_structure(&messages.request, &mut Search::default())
            .ok_or_else(|| "is of an operation whose input requires an infinite value".to_owned())
    }
}

/// Returns the call of a case with a request.
pub(super) fn call<T>(
    test: &Test<T>,
    operation: &Operation<'_>,
    request: StructureValue,
) -> CaseCall {
    CaseCall {
        id: test.id.clone(),
        docs: markdown(&test.documentation)
            .unwrap_or_else(|| format!("The case {} of the model.", prose::code(&test.id))),
        method: name::operation_method(operation.name()),
        request,
        has_pages: operation.shape.traits.paginated.is_some(),
    }
}

fn headers(message: &Message) -> Vec<(String, String)> {
    message.headers.clone().into_iter().collect()
}

/// Returns the bytes of a body: those of CBOR are in base64.
fn bytes(message: &Message, body: &str) -> Vec<u8> {
    let is_cbor = message.body_media_type.as_deref() == Some(CBOR);
    let decoded = is_cbor.then(|| BASE64_STANDARD.decode(body).ok());
    decoded.flatten().unwrap_or_else(|| body.into())
}

fn case_body(message: &Message, body: &str) -> CaseBody {
    match message.body_media_type.as_deref() {
        Some(CBOR) => CaseBody::Cbor(bytes(message, body)),
        Some("application/xml") if !body.is_empty() => CaseBody::Xml(body.to_owned()),
        Some("application/json") if !body.is_empty() => CaseBody::Json(compact(body)),
        _ => CaseBody::Bytes(body.into()),
    }
}

/// Returns JSON on one line; other text unchanged.
fn compact(json: &str) -> String {
    serde_json::from_str(json).map_or_else(|_| json.to_owned(), |value: Json| value.to_string())
}
