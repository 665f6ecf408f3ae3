//! Event streams: where they are, and what their events are made of.

use std::collections::BTreeSet;

use super::checker::Checker;
use crate::lower::context::events;
use crate::model::traits::{EVENT_HEADER, EVENT_PAYLOAD, HttpBinding, STREAMING};
use crate::model::{Kind, Member, Shape, ShapeId, Simple};

impl<'m> Checker<'m, '_> {
    /// Checks that event streams are members of messages, and that their events are structures with
    /// a place for each member.
    pub(super) fn event_streams(&mut self) {
        let operations = self.selection.operations.iter();
        let messages = operations.flat_map(|it| it.input.into_iter().chain(it.output));
        let messages: BTreeSet<&ShapeId> = messages.map(|target| &target.id).collect();
        for shape in self.selection.shapes() {
            self.placed_streams(shape, &messages);
            self.streaming(shape);
        }
        let events: BTreeSet<&ShapeId> = events(self.model, self.selection)
            .map(|event| &event.id)
            .collect();
        for event in events.into_iter().filter_map(|id| self.model.shape(id)) {
            self.event(event);
        }
    }

    /// Checks that an event stream is a member of the input or the output of an operation, and the
    /// only one there.
    fn placed_streams(&mut self, shape: &'m Shape, messages: &BTreeSet<&ShapeId>) {
        let mut has_stream = false;
        for (name, member) in &shape.members {
            if !self.holds_stream(member, messages) {
                continue;
            }
            let id = format!("{}${name}", shape.id);
            let target = self.model.target(&member.target);
            let is_placed = target.is_event_stream() && messages.contains(&shape.id);
            let (problem, help) = if !is_placed {
                (
                    "holds an event stream, but is not a member of a message",
                    "make it a member of the input or the output of an operation",
                )
            } else if has_stream {
                (
                    "is the second event stream of a message",
                    "keep one of them; a message has one event stream",
                )
            } else if self.lacks_payload(member) {
                (
                    "is an event stream, but not the body",
                    "add `smithy.api#httpPayload` to the member",
                )
            } else {
                has_stream = true;
                continue;
            };
            let label = if target.is_event_stream() {
                format!("`{}` has the trait `{STREAMING}`", target.id)
            } else {
                format!("`{}` has an event stream", target.id)
            };
            self.report(
                format!("`{id}` {problem}"),
                member.span.clone(),
                label,
                help,
            );
        }
    }

    /// Returns `true` if a member is not the body, although the protocol has traits that say so.
    fn lacks_payload(&self, member: &Member) -> bool {
        let bindings = self.bindings(member);
        self.protocol().has_http_bindings() && !bindings.contains(&HttpBinding::Payload)
    }

    /// Returns `true` if a member is an event stream, or a message with one.
    fn holds_stream(&self, member: &Member, messages: &BTreeSet<&ShapeId>) -> bool {
        let target = self.model.target(&member.target);
        let is_message = messages.contains(&target.id);
        target.is_event_stream() || is_message && self.model.event_streams(target).next().is_some()
    }

    /// Reports a stream that is neither bytes nor events, and events that are not structures.
    fn streaming(&mut self, shape: &'m Shape) {
        if !shape.traits.streaming || shape.is_byte_stream() {
            return;
        }
        let id = &shape.id;
        if !shape.is_event_stream() {
            self.report(
                format!("`{id}` has the trait `{STREAMING}`, but is neither a blob nor a union"),
                shape.span.clone(),
                "nothing else can stream",
                "remove the trait",
            );
            return;
        }
        for (name, member) in &shape.members {
            if self.model.target(&member.target).kind != Kind::Structure {
                self.report(
                    format!("`{id}${name}` is an event, but not a structure"),
                    member.span.clone(),
                    format!("it is a `{}`", member.target.id),
                    "target a structure",
                );
            }
        }
    }

    /// Checks that the members of an event are headers or in the payload, and of types that fit
    /// there.
    fn event(&mut self, event: &'m Shape) {
        let mut payload = None;
        for (name, member) in &event.members {
            let id = format!("{}${name}", event.id);
            let (is_header, is_payload) = (member.traits.event_header, member.traits.event_payload);
            if is_header && is_payload {
                self.report(
                    format!("`{id}` is bound more than once"),
                    member.span.clone(),
                    format!("{EVENT_HEADER} and {EVENT_PAYLOAD}"),
                    "keep one of these traits; a member is in one place of an event",
                );
            }
            let Some(target) = self.model.shape(&member.target.id) else {
                continue;
            };
            if is_header && !fits_header(target) {
                let expected =
                    "a boolean, an integer of up to 64 bits, a blob, a string or a timestamp";
                self.wrong_kind(&id, member, EVENT_HEADER, expected);
            }
            if is_payload && !fits_payload(target) {
                let expected = "a blob, a string, a structure or a union";
                self.wrong_kind(&id, member, EVENT_PAYLOAD, expected);
            }
            if is_payload && let Some(first) = payload.replace(name) {
                self.report(
                    format!("`{id}` is the second payload of `{}`", event.id),
                    member.span.clone(),
                    format!("`{first}` is all of the payload"),
                    format!("remove `{EVENT_PAYLOAD}` from one of them"),
                );
            }
        }
        if let Some(payload) = payload {
            self.beside_event_payload(event, payload);
        }
    }

    /// Checks that no member is in the payload beside one that is the whole payload of an event.
    fn beside_event_payload(&mut self, event: &Shape, payload: &str) {
        let is_unbound =
            |member: &Member| !member.traits.event_header && !member.traits.event_payload;
        for (name, member) in event.members.iter().filter(|(_, it)| is_unbound(it)) {
            self.report(
                format!("`{}${name}` has no place in the event", event.id),
                member.span.clone(),
                format!("`{payload}` is all of the payload"),
                format!("add `{EVENT_HEADER}`, or remove `{EVENT_PAYLOAD}` from `{payload}`"),
            );
        }
    }
}

fn fits_header(shape: &Shape) -> bool {
    match shape.kind {
        Kind::Simple(simple) => !matches!(
            simple,
            Simple::Float
                | Simple::Double
                | Simple::BigInteger
                | Simple::BigDecimal
                | Simple::Document
        ),
        Kind::Enum | Kind::IntEnum => true,
        _ => false,
    }
}

fn fits_payload(shape: &Shape) -> bool {
    match shape.kind {
        Kind::Simple(simple) => matches!(simple, Simple::Blob | Simple::String),
        Kind::Enum | Kind::Structure | Kind::Union => true,
        _ => false,
    }
}
