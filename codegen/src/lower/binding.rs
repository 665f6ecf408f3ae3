//! Where in an HTTP message a member is, and how a timestamp is written there.

use super::shape::Role;
use crate::ir::{Binding, TimestampFormat};
use crate::model::{Shape, Traits};

/// Where a member is in an HTTP message; `target` is the shape of its value.
pub(super) fn binding(traits: &Traits<'_>, target: Option<&Shape<'_>>, role: Role) -> Binding {
    let own = match role {
        Role::Request => request_binding(traits),
        Role::Response => traits
            .has("smithy.api#httpResponseCode")
            .then_some(Binding::ResponseCode),
        Role::Part(_) => return Binding::Body,
    };
    own.or_else(|| message_binding(traits, target))
        .unwrap_or(Binding::Body)
}

/// Places that requests alone have.
fn request_binding(traits: &Traits<'_>) -> Option<Binding> {
    if traits.has("smithy.api#httpLabel") {
        Some(Binding::Label)
    } else if traits.has("smithy.api#httpQueryParams") {
        Some(Binding::QueryParams)
    } else {
        traits.get("smithy.api#httpQuery").map(Binding::Query)
    }
}

/// Places that every message has.
fn message_binding(traits: &Traits<'_>, target: Option<&Shape<'_>>) -> Option<Binding> {
    let media_type = target.and_then(|target| target.traits.get::<String>("smithy.api#mediaType"));
    if let Some(name) = traits.get::<String>("smithy.api#httpHeader") {
        return Some(Binding::Header {
            name: name.to_ascii_lowercase(),
            media_type,
        });
    }
    if let Some(prefix) = traits.get::<String>("smithy.api#httpPrefixHeaders") {
        return Some(Binding::PrefixHeaders(prefix.to_ascii_lowercase()));
    }
    traits
        .has("smithy.api#httpPayload")
        .then_some(Binding::Payload { media_type })
}

/// The format that a member or its shape names, and else the one of its place in the message.
pub(super) fn timestamp_format(
    shape: &Shape<'_>,
    of_member: Option<(&Traits<'_>, &Binding)>,
) -> TimestampFormat {
    let member = of_member.and_then(|(traits, _)| traits.get("smithy.api#timestampFormat"));
    let named: Option<String> = member.or_else(|| shape.traits.get("smithy.api#timestampFormat"));
    match (named.as_deref(), of_member.map(|(_, binding)| binding)) {
        (Some("http-date"), _) | (None, Some(Binding::Header { .. })) => TimestampFormat::HttpDate,
        (Some("date-time"), _) | (None, Some(Binding::Label | Binding::Query(_))) => {
            TimestampFormat::DateTime
        }
        _ => TimestampFormat::EpochSeconds,
    }
}
