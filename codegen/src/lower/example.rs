//! Examples: from the trait `smithy.api#examples` to calls in the documentation.

use serde_json::Map;

use super::types::Messages;
use super::value::{Search, Values};
use crate::ir::{self, EventExample, Structure, Type};
use crate::model::traits::Example;
use crate::prose;

/// Returns the examples of an operation. Those that end in an error, and those that do not fit the
/// model, as published models have some, are left out: they would teach nothing or not compile.
pub(super) fn examples(
    examples: &[Example],
    request: &Structure,
    values: &Values<'_>,
) -> Vec<ir::Example> {
    let good = examples.iter().filter(|example| example.error.is_none());
    let nothing = Map::new();
    let example = |example: &Example| {
        let input = match &example.input {
            Some(input) => input.as_object()?,
            None => &nothing,
        };
        Some(ir::Example {
            title: prose::phrase(&example.title),
            request: values.structure(request, input).ok()?,
        })
    };
    good.filter_map(example).collect()
}

/// Returns a call that shows how events are sent and received; nothing for an operation without
/// event streams.
pub(super) fn event_example(messages: &Messages, values: &Values<'_>) -> Option<EventExample> {
    let Messages { request, response } = messages;
    let (sent, received) = (request.event_stream(), response.event_stream());
    if sent.is_none() && received.is_none() {
        return None;
    }
    // An example needs an event to send.
    let event = match sent {
        Some((_, union)) => {
            let union = Type::Structure {
                name: union.clone(),
                boxed: false,
            };
            Some(values.any(&union, &mut Search::default())?)
        }
        None => None,
    };
    let mut call = values.any_structure(request, &mut Search::default())?;
    for field in &mut call.fields {
        let mut members = request.members.iter();
        let member = members.find(|member| member.name == field.name);
        if let Some(value) = member.and_then(|member| values.telling(member)) {
            field.value = value;
        }
    }
    Some(EventExample {
        request: call,
        sent: event,
        received: received.map(|(member, _)| member.clone()),
    })
}
