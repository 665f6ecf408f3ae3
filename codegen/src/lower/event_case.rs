//! Cases of event streams: from `smithy.test#eventStreamTests` to calls and expectations.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value as Json;

use super::case::{Cases, call};
use super::types::Messages;
use super::value::Misfit;
use crate::ir::{EventCase, EventExchange, EventOutcome, Structure, StructureValue, Value};
use crate::model::ShapeId;
use crate::model::traits::{Direction, Event, EventTest, InitialRequest, Test};
use crate::name::Ident;
use crate::select::Operation;

impl Cases<'_> {
    /// Lowers a case of an event stream.
    ///
    /// # Errors
    ///
    /// The mismatch with the operation, as a part of a sentence.
    pub(crate) fn event(
        &self,
        test: &Test<EventTest>,
        operation: &Operation<'_>,
        messages: &Messages,
    ) -> Result<EventCase, Misfit> {
        let Test { value, .. } = test;
        let mut request = match &value.initial_request {
            Some(_) => {
                let params = &value.initial_request_params;
                self.values.structure(&messages.request, params)?
            }
            None => self.any_request(messages)?,
        };
        let exchange = match &value.initial_request {
            Some(opening) => opened(value, opening)?,
            None if value.events.iter().any(is_sent) => self.sent(value, &mut request)?,
            None => self.received(value, &messages.response)?,
        };
        Ok(EventCase {
            call: call(test, operation, request),
            exchange,
        })
    }

    /// Adds the events of a test to a request, and returns their messages.
    fn sent(
        &self,
        test: &EventTest,
        request: &mut StructureValue,
    ) -> Result<EventExchange, Misfit> {
        if !test.events.iter().all(is_sent) || test.failure().is_some() {
            return Err("sends events and expects a response, which is not supported".to_owned());
        }
        let mut fields = request.fields.iter_mut();
        let stream = fields.find_map(|field| match &mut field.value {
            Value::Events { name, events } => Some((name, events)),
            _ => None,
        });
        let (union, events) =
            stream.ok_or("sends events, but the operation has no input stream")?;
        *events = self.events(union, test)?;
        let messages = test.events.iter().filter_map(|event| event.bytes.clone());
        Ok(EventExchange::Sent(messages.collect()))
    }

    fn received(&self, test: &EventTest, response: &Structure) -> Result<EventExchange, Misfit> {
        let stream = response.event_stream();
        let (field, union) =
            stream.ok_or("receives events, but the operation has no output stream")?;
        let failure = test.failure();
        if failure.is_some() && test.events.len() > 1 {
            return Err("has several events before a failure, which is not supported".to_owned());
        }
        let outcome = match failure.map(|failure| &failure.error_id) {
            Some(Some(id)) => self.error(id, test)?,
            Some(None) => EventOutcome::Failure,
            None => EventOutcome::Read {
                response: self
                    .values
                    .structure(response, &test.initial_response_params)?,
                events: self.events(union, test)?,
            },
        };
        let mut body = Vec::new();
        for event in &test.events {
            body.extend(message(event)?);
        }
        let opening = test.initial_response.as_ref();
        body.extend(opening.map(|it| it.body.as_bytes()).unwrap_or_default());
        let headers = opening.map(|opening| opening.headers.clone());
        Ok(EventExchange::Received {
            status: opening.map_or(200, |opening| opening.code),
            headers: headers.unwrap_or_default().into_iter().collect(),
            body,
            stream: field.clone(),
            outcome,
        })
    }

    /// Lowers the events of a test, which are values of a union.
    fn events(&self, union: &Ident, test: &EventTest) -> Result<Vec<Value>, Misfit> {
        let events = test.events.iter().map(|event| {
            let params = Json::Object(event.params.clone());
            self.values.of_named_type(union.as_str(), &params)
        });
        events.collect()
    }

    /// Returns the error that a test expects, with the members that its event gives.
    fn error(&self, id: &str, test: &EventTest) -> Result<EventOutcome, Misfit> {
        let shape = self.selection.errors.get(&ShapeId::new(id));
        let error = shape.and_then(|shape| self.types.error(shape, self.selection));
        let error = error
            .ok_or_else(|| format!("expects `{id}`, which is not an error of the operation"))?;
        let mut params = test.events.iter().flat_map(|event| event.params.values());
        let members = params.next().and_then(Json::as_object);
        let members = members.map(|members| self.values.structure(error, members));
        Ok(EventOutcome::Error(
            error.name.clone(),
            members.transpose()?,
        ))
    }
}

fn is_sent(event: &Event) -> bool {
    event.direction == Direction::Request
}

/// Lowers the request that opens a stream.
fn opened(test: &EventTest, opening: &InitialRequest) -> Result<EventExchange, Misfit> {
    if !test.events.is_empty() {
        return Err("has events beside an initial request, which is not supported".to_owned());
    }
    let headers = opening.headers.clone();
    Ok(EventExchange::Opened {
        http_method: opening.method.clone(),
        path: opening.uri.clone(),
        headers: headers.into_iter().collect(),
    })
}

/// Returns the message of an event.
fn message(event: &Event) -> Result<Vec<u8>, Misfit> {
    let bytes = event.bytes.as_deref();
    let bytes = bytes.and_then(|bytes| BASE64_STANDARD.decode(bytes).ok());
    bytes.ok_or_else(|| "has an event without `bytes` in base64".to_owned())
}
