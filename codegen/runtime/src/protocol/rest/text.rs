//! Values as text, in headers, paths and queries.

use std::borrow::Cow;

use crate::codec::text;
use crate::message::InvalidRequest;
use crate::schema::{Member, Value, View};
use crate::timestamp::{Timestamp, TimestampFormat};

/// Returns a value as text. Timestamps are in the format of the member, or else in the one of the
/// place that it is in.
pub(super) fn write<'a>(
    value: View<'a>,
    member: &Member,
    format: TimestampFormat,
) -> Result<Cow<'a, str>, InvalidRequest> {
    let text = text::write(value, Some(member), format);
    text.map_err(|error| error.in_request(member.name))
}

/// Reads a value from text. Returns `false` if the text is not one of its type.
pub(super) fn read(
    value: &mut dyn Value,
    text: &str,
    member: &Member,
    format: TimestampFormat,
) -> bool {
    let format = member.timestamp_format.unwrap_or(format);
    text::read(value, text, &|text| Timestamp::parse(text, format))
}
