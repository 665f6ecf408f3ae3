//! Cases of event streams: from `smithy.test#eventStreamTests` to calls and to what they are held
//! to.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Map, Value as Json};

use super::error::error_code;
use super::types::{Messages, Types};
use super::value::{Misfit, Search, Values};
use crate::ir::{
    ErrorItem, EventCase, EventExchange, EventOutcome, Structure, StructureValue, Type, Value,
};
use crate::model::traits::{Direction, Event, EventTest, InitialRequest};
use crate::model::{Model, ShapeId};
use crate::name;
use crate::prose;
use crate::protocol::Protocol;
use crate::select::{Operation, Selection};

/// Reads the cases of event streams.
pub(crate) struct EventCases<'t> {
    model: &'t Model,
    selection: &'t Selection<'t>,
    errors: &'t [ErrorItem],
    values: Values<'t>,
}

impl<'t> EventCases<'t> {
    pub(crate) fn new(model: &'t Model, selection: &'t Selection<'t>, types: &'t Types) -> Self {
        Self {
            model,
            selection,
            errors: &types.errors,
            values: Values::new(&types.items),
        }
    }

    /// Lowers a case.
    ///
    /// # Errors
    ///
    /// The mismatch with the operation, as a clause.
    pub(crate) fn case(
        &self,
        test: &EventTest,
        operation: &Operation<'_>,
        messages: &Messages,
    ) -> Result<EventCase, Misfit> {
        let mut request = match &test.initial_request {
            Some(_) => {
                let params = &test.initial_request_params;
                self.values.structure(&messages.request, params)?
            }
            None => self
                .values
                .any_structure(&messages.request, &mut Search::default())
                .ok_or("is of an operation that requires a value without end")?,
        };
        let is_sent = |event: &Event| event.direction == Direction::Request;
        let exchange = match &test.initial_request {
            Some(opening) => self::opening(test, opening)?,
            None if test.events.iter().any(is_sent) => {
                if !test.events.iter().all(is_sent) || test.failure().is_some() {
                    return Err(
                        "sends events and receives something, which is not supported".into(),
                    );
                }
                self.add_events(test, &mut request)?;
                let messages = test.events.iter().filter_map(|event| event.bytes.clone());
                EventExchange::Sent(messages.collect())
            }
            None => self.received(test, &messages.response)?,
        };
        let docs = prose::markdown(&test.documentation);
        Ok(EventCase {
            id: test.id.clone(),
            docs: if docs.is_empty() {
                format!("The case {} of the model.", prose::code(&test.id))
            } else {
                docs
            },
            method: name::operation_method(operation.name()),
            request,
            exchange,
        })
    }

    /// Adds the events of a test to a request.
    fn add_events(&self, test: &EventTest, request: &mut StructureValue) -> Result<(), Misfit> {
        let mut fields = request.fields.iter_mut();
        let stream = fields.find_map(|field| match &mut field.value {
            Value::Events { name, events } => Some((name.to_string(), events)),
            _ => None,
        });
        let (name, events) = stream.ok_or("sends events, which the operation does not")?;
        let sent = test.events.iter();
        let sent = sent.map(|event| self.event(&name, &event.params));
        *events = sent.collect::<Result<_, Misfit>>()?;
        Ok(())
    }

    fn received(&self, test: &EventTest, response: &Structure) -> Result<EventExchange, Misfit> {
        let mut members = response.members.iter();
        let stream = members.find_map(|member| match &member.ty {
            Type::EventReceiver(name) => Some((member.name.clone(), name.to_string())),
            _ => None,
        });
        let (field, stream) = stream.ok_or("receives events, which the operation does not")?;
        if test.failure().is_some() && test.events.len() > 1 {
            return Err("has several events before a failure, which is not supported".to_owned());
        }
        let outcome = if let Some(failure) = test.failure() {
            match &failure.error_id {
                Some(id) => self.failure(id, test)?,
                None => EventOutcome::Failure,
            }
        } else {
            let events = test.events.iter();
            let events = events.map(|event| self.event(&stream, &event.params));
            let opening = &test.initial_response_params;
            EventOutcome::Read {
                response: self.values.structure(response, opening)?,
                events: events.collect::<Result<_, Misfit>>()?,
            }
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
            stream: field,
            outcome,
        })
    }

    fn event(&self, stream: &str, params: &Map<String, Json>) -> Result<Value, Misfit> {
        let value = match self.exception(params)? {
            Some(error) => self.values.exception(stream, params, error),
            None => None,
        };
        match value {
            Some(value) => Ok(value),
            None => self
                .values
                .of_named_type(stream, &Json::Object(params.clone())),
        }
    }

    /// Returns the error that a test expects, with the members that its event gives.
    fn failure(&self, id: &str, test: &EventTest) -> Result<EventOutcome, Misfit> {
        let error = self.error(&ShapeId::new(id));
        let error = error.ok_or_else(|| format!("expects `{id}`, which is not an error of it"))?;
        let event = test.events.first();
        let members = event
            .map(|event| self.exception(&event.params))
            .transpose()?;
        Ok(EventOutcome::Error(error.name.clone(), members.flatten()))
    }

    /// Returns the error that an event is; `None` if it is none.
    fn exception(&self, params: &Map<String, Json>) -> Result<Option<StructureValue>, Misfit> {
        let Some((name, Json::Object(members))) = params.iter().next() else {
            return Ok(None);
        };
        let streams = self.selection.shapes().filter(|it| it.is_event_stream());
        let mut exceptions = streams.flat_map(|stream| self.model.exceptions(stream));
        let exception = exceptions.find(|(member, _)| *member == name);
        let error = exception.and_then(|(_, member)| self.error(&member.target.id));
        error
            .map(|error| self.values.structure(error, members))
            .transpose()
    }

    fn error(&self, id: &ShapeId) -> Option<&'t Structure> {
        let shape = self.selection.errors.get(id)?;
        let code = error_code(shape, self.selection);
        let error = self.errors.iter().find(|error| error.code == code);
        error.map(|error| &error.structure)
    }
}

/// Lowers the request that opens a stream.
fn opening(test: &EventTest, opening: &InitialRequest) -> Result<EventExchange, Misfit> {
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

/// Returns `true` if a case is one for clients of a protocol.
pub(crate) fn is_for(test: &EventTest, protocol: Protocol) -> bool {
    let applies_to = test.applies_to.as_deref();
    test.protocol == protocol.id() && applies_to.is_none_or(|who| who == "client")
}

/// Returns the message of an event.
fn message(event: &Event) -> Result<Vec<u8>, Misfit> {
    let bytes = event.bytes.as_deref();
    let bytes = bytes.and_then(|bytes| BASE64_STANDARD.decode(bytes).ok());
    bytes.ok_or_else(|| "has an event without `bytes` in base64".to_owned())
}
