//! Locations of members in an HTTP message, and their timestamp formats.

use super::context::Context;
use super::role::Role;
use crate::ir::{Binding, Protocol, TimestampFormat};
use crate::model::traits::HttpBinding;
use crate::model::{Shape, Traits};

impl Context<'_> {
    /// Returns where a member is in an HTTP message; `target` is the shape of its value.
    pub(super) fn binding(&self, traits: &Traits, target: &Shape, role: Role) -> Binding {
        if target.is_event_stream() {
            Binding::EventStream
        } else if matches!(role, Role::Event(_)) {
            event_binding(traits)
        } else if self.protocol().has_http_bindings() {
            binding(traits, role)
        } else {
            Binding::Body
        }
    }
}

fn binding(traits: &Traits, role: Role) -> Binding {
    let (is_request, is_response) = (role == Role::Request, role == Role::Response);
    if !is_request && !is_response {
        return Binding::Body;
    }
    match traits.bindings.first() {
        Some(HttpBinding::Label) if is_request => Binding::Label,
        Some(HttpBinding::QueryParams) if is_request => Binding::QueryParams,
        Some(HttpBinding::Query(name)) if is_request => Binding::Query(name.clone()),
        Some(HttpBinding::ResponseCode) if is_response => Binding::ResponseCode,
        Some(HttpBinding::Header(name)) => Binding::Header(name.to_ascii_lowercase()),
        Some(HttpBinding::PrefixHeaders(prefix)) => {
            Binding::PrefixHeaders(prefix.to_ascii_lowercase())
        }
        Some(HttpBinding::Payload) => Binding::Payload,
        _ => Binding::Body,
    }
}

/// Returns where a member is in an event.
fn event_binding(traits: &Traits) -> Binding {
    if traits.event_header {
        Binding::EventHeader
    } else if traits.event_payload {
        Binding::EventPayload
    } else {
        Binding::Body
    }
}

/// Returns the media type of a header or a payload.
pub(super) fn media_type(target: &Shape, binding: &Binding) -> Option<String> {
    match binding {
        Binding::Header(_) | Binding::Payload | Binding::EventPayload => {
            target.traits.media_type.clone()
        }
        _ => None,
    }
}

/// Returns the format that a member or its shape names, or else the one of its place in the
/// message.
pub(super) fn timestamp_format(
    protocol: Protocol,
    shape: &Shape,
    member: &Traits,
    binding: &Binding,
) -> TimestampFormat {
    if protocol == Protocol::RpcV2Cbor {
        return TimestampFormat::EpochSeconds;
    }
    let named = member.timestamp_format.or(shape.traits.timestamp_format);
    named.unwrap_or_else(|| match binding {
        Binding::Header(_) => TimestampFormat::HttpDate,
        Binding::Label | Binding::Query(_) => TimestampFormat::DateTime,
        _ if protocol.has_xml() => TimestampFormat::DateTime,
        _ => TimestampFormat::EpochSeconds,
    })
}
