//! Values as text, in headers, paths, queries and elements.

use std::borrow::Cow;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;

use super::Error;
use crate::schema::{Member, Slot, Value, View, non_finite, set};
use crate::timestamp::{Timestamp, TimestampFormat};

/// Returns a value as text. Timestamps are in the format of the member, or else in the one of the
/// place that it is in.
pub(crate) fn write<'a>(
    value: View<'a>,
    member: Option<&Member>,
    format: TimestampFormat,
) -> Result<Cow<'a, str>, Error> {
    Ok(match value {
        View::Boolean(value) => Cow::Borrowed(if value { "true" } else { "false" }),
        View::Integer(value) => Cow::Owned(value.to_string()),
        View::Float(value) if value.is_finite() => Cow::Owned(value.to_string()),
        View::Float(value) => Cow::Borrowed(non_finite(value.into())),
        View::Double(value) if value.is_finite() => Cow::Owned(value.to_string()),
        View::Double(value) => Cow::Borrowed(non_finite(value)),
        View::String(text) | View::Number(text) => Cow::Borrowed(text),
        View::Enumeration(value) => Cow::Borrowed(value.as_str()),
        View::Blob(bytes) => Cow::Owned(BASE64_STANDARD.encode(bytes)),
        View::Timestamp(value) => {
            let text = value.format(format_of(member).unwrap_or(format));
            let problem = "cannot be written: its format has no text for this value";
            Cow::Owned(text.ok_or_else(|| Error::new(problem))?)
        }
        View::Null
        | View::Stream(_)
        | View::Events
        | View::Document(_)
        | View::List(_)
        | View::Map(_)
        | View::Structure(_)
        | View::Union(_) => return Err(Error::new("cannot be written as text")),
    })
}

/// Reads a value from text, with timestamps as a function parses them. Returns `false` if the text
/// is not one of its type.
pub(crate) fn read(
    value: &mut dyn Value,
    text: &str,
    parse_timestamp: &dyn Fn(&str) -> Option<Timestamp>,
) -> bool {
    match value.slot() {
        Slot::Boolean(slot) => set(slot, text.parse().ok()),
        Slot::Integer(slot) => text.parse().is_ok_and(|value| slot.set(value)),
        Slot::Float(slot) => set(slot, text.parse().ok()),
        Slot::Double(slot) => set(slot, text.parse().ok()),
        Slot::Number(slot) | Slot::String(slot) => slot.set(text),
        Slot::Blob(slot) => set(slot, BASE64_STANDARD.decode(text).ok().map(Bytes::from)),
        Slot::Timestamp(slot) => set(slot, parse_timestamp(text)),
        Slot::Stream(_)
        | Slot::Events(_)
        | Slot::Document(_)
        | Slot::List(_)
        | Slot::Map(_)
        | Slot::Structure(_)
        | Slot::Union(_) => false,
    }
}

fn format_of(member: Option<&Member>) -> Option<TimestampFormat> {
    member.and_then(|member| member.timestamp_format)
}
