//! Protocol cases: from the traits of `smithy.test` to calls and to what they are held to.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value as Json;

use super::Lowering;
use super::value::{Search, Values};
use crate::diagnostic::{Diagnostic, cause};
use crate::ir::{
    CaseBody, ErrorItem, Operation, ProtocolCases, RequestCase, ResponseCase, Service, Structure,
};
use crate::model::Shape;
use crate::prose;

const REQUESTS: &str = "smithy.test#httpRequestTests";
const RESPONSES: &str = "smithy.test#httpResponseTests";

/// An entry of `smithy.test#httpRequestTests`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawRequestCase {
    #[serde(flatten)]
    message: RawMessage,
    method: String,
    uri: String,
    host: Option<String>,
    resolved_host: Option<String>,
    #[serde(default)]
    query_params: Vec<String>,
    #[serde(default)]
    forbid_query_params: Vec<String>,
    #[serde(default)]
    require_query_params: Vec<String>,
    #[serde(default)]
    forbid_headers: Vec<String>,
    #[serde(default)]
    require_headers: Vec<String>,
}

/// An entry of `smithy.test#httpResponseTests`.
#[derive(Deserialize)]
struct RawResponseCase {
    #[serde(flatten)]
    message: RawMessage,
    code: u16,
}

/// What cases of both kinds have.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawMessage {
    id: String,
    protocol: String,
    #[serde(default)]
    documentation: String,
    #[serde(default)]
    params: IndexMap<String, Json>,
    #[serde(default)]
    headers: IndexMap<String, String>,
    body: Option<String>,
    body_media_type: Option<String>,
    applies_to: Option<String>,
}

impl RawMessage {
    /// Whether the case is one for clients of this protocol.
    fn applies(&self) -> bool {
        self.protocol == "aws.protocols#restJson1"
            && self.applies_to.as_deref().is_none_or(|who| who == "client")
    }

    fn docs(&self) -> String {
        let docs = prose::markdown(&self.documentation);
        if docs.is_empty() {
            format!("The case {} of the model.", prose::code(&self.id))
        } else {
            docs
        }
    }

    fn params(&self) -> Json {
        self.params.clone().into_iter().collect()
    }

    fn headers(&self) -> Vec<(String, String)> {
        self.headers.clone().into_iter().collect()
    }
}

impl Lowering<'_, '_, '_> {
    /// The cases of a service that is otherwise complete.
    pub(super) fn protocol_cases(&mut self, service: &Service) -> ProtocolCases {
        let values = Values::new(&service.types);
        let mut cases = ProtocolCases::default();
        for (shape, operation) in self.selection.operations.iter().zip(&service.operations) {
            let raw = self.cases_of::<RawRequestCase>(shape, REQUESTS, |case| &case.message);
            for case in raw {
                match request_case(&case, operation, &values) {
                    Ok(case) => cases.requests.push(case),
                    Err(problem) => self.refuse(shape, REQUESTS, &case.message.id, &problem),
                }
            }
            let raw = self.cases_of::<RawResponseCase>(shape, RESPONSES, |case| &case.message);
            for case in raw {
                match response_case(&case, operation, &operation.response, &values) {
                    Ok(case) => cases.responses.push(case),
                    Err(problem) => self.refuse(shape, RESPONSES, &case.message.id, &problem),
                }
            }
        }
        self.error_cases(service, &values, &mut cases);
        cases
    }

    /// The cases of errors, each as the answer to the first operation that has the error.
    fn error_cases(&mut self, service: &Service, values: &Values<'_>, cases: &mut ProtocolCases) {
        let errors: BTreeMap<&str, &ErrorItem> = service
            .errors
            .iter()
            .map(|error| (error.code.as_str(), error))
            .collect();
        let shapes = self.selection.errors.iter();
        for shape in shapes.filter_map(|id| self.model.shape(id)) {
            let raw = self.cases_of::<RawResponseCase>(shape, RESPONSES, |case| &case.message);
            let Some(error) = errors.get(shape.id.name()).filter(|_| !raw.is_empty()) else {
                continue;
            };
            let name = &error.structure.name;
            let mut operations = service.operations.iter();
            let Some(operation) = operations.find(|operation| operation.errors.contains(name))
            else {
                continue;
            };
            for case in raw {
                match response_case(&case, operation, &error.structure, values) {
                    Ok(lowered) => cases.responses.push(ResponseCase {
                        error: Some(name.clone()),
                        ..lowered
                    }),
                    Err(problem) => self.refuse(shape, RESPONSES, &case.message.id, &problem),
                }
            }
        }
    }

    fn cases_of<T: serde::de::DeserializeOwned>(
        &mut self,
        shape: &Shape<'_>,
        id: &str,
        message: fn(&T) -> &RawMessage,
    ) -> Vec<T> {
        let Some(raw) = shape.traits.raw(id) else {
            return Vec::new();
        };
        match serde_json::from_str::<Vec<T>>(raw.get()) {
            Ok(cases) => cases
                .into_iter()
                .filter(|case| message(case).applies())
                .collect(),
            Err(error) => {
                self.diagnostics.push(Diagnostic::new(
                    format!("the trait `{id}` of `{}` is malformed", shape.id),
                    self.model.key_span(raw),
                    cause(&error),
                    "see the page \"HTTP Protocol Compliance Tests\" of the Smithy reference",
                ));
                Vec::new()
            }
        }
    }

    fn refuse(&mut self, shape: &Shape<'_>, id: &str, case: &str, problem: &str) {
        let span = shape
            .traits
            .raw(id)
            .map_or(shape.span.clone(), |raw| self.model.key_span(raw));
        self.diagnostics.push(Diagnostic::new(
            format!("the case `{case}` of `{}` {problem}", shape.id),
            span,
            "`params` must be values of the members",
            "correct the case, or remove it",
        ));
    }
}

fn request_case(
    raw: &RawRequestCase,
    operation: &Operation,
    values: &Values<'_>,
) -> Result<RequestCase, String> {
    let message = &raw.message;
    let is_json = message
        .body_media_type
        .as_deref()
        .is_some_and(|media_type| media_type == "application/json");
    let body = message.body.as_ref().map(|body| {
        if is_json && !body.is_empty() {
            CaseBody::Json(compact(body))
        } else {
            CaseBody::Bytes(body.clone().into_bytes())
        }
    });
    Ok(RequestCase {
        id: message.id.clone(),
        docs: message.docs(),
        method: operation.method.clone(),
        request: values.structure(&operation.request, &message.params())?,
        has_pages: operation.pagination.is_some(),
        host: raw.host.clone(),
        resolved_host: raw.resolved_host.clone(),
        http_method: raw.method.clone(),
        path: raw.uri.clone(),
        query: raw.query_params.clone(),
        required_query: raw.require_query_params.clone(),
        forbidden_query: raw.forbid_query_params.clone(),
        headers: message.headers(),
        required_headers: raw.require_headers.clone(),
        forbidden_headers: raw.forbid_headers.clone(),
        body,
    })
}

fn response_case(
    raw: &RawResponseCase,
    operation: &Operation,
    structure: &Structure,
    values: &Values<'_>,
) -> Result<ResponseCase, String> {
    let message = &raw.message;
    let required = operation.request.members.iter();
    let arguments = required
        .filter(|member| member.is_argument())
        .map(|member| values.any(&member.ty, &mut Search::default()))
        .collect::<Option<_>>()
        .ok_or("is of an operation that requires a value without end")?;
    Ok(ResponseCase {
        id: message.id.clone(),
        docs: message.docs(),
        method: operation.method.clone(),
        arguments,
        status: raw.code,
        headers: message.headers(),
        body: message.body.clone().unwrap_or_default().into_bytes(),
        expected: values.structure(structure, &message.params())?,
        streams: structure.streams(),
        error: None,
    })
}

/// JSON on one line, as it is where it is not JSON.
fn compact(json: &str) -> String {
    serde_json::from_str(json).map_or_else(|_| json.to_owned(), |value: Json| value.to_string())
}
