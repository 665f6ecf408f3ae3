//! Reading responses.

use super::header;
use crate::codec::{Codec, Error};
use crate::message::{HttpResponse, InvalidResponse};
use crate::schema::{Location, Member, Slot, Structure, Value, View, with_fields_mut};

/// Fills the output of an operation.
pub(in crate::protocol) fn read_response(
    codec: &dyn Codec,
    response: &mut HttpResponse,
    output: &mut dyn Structure,
) -> Result<(), InvalidResponse> {
    let members = output.schema().members;
    let read = with_fields_mut(output, |fields| {
        let mut fields = members.iter().zip(fields);
        fields.try_for_each(|(member, value)| read_bound(codec, response, member, *value))
    });
    read.unwrap_or(Ok(()))?;
    if members
        .iter()
        .any(|member| member.location == Location::Body)
    {
        decode(codec, response, output, None)?;
    }
    Ok(())
}

/// Fills the members of an error, except those that do not match the model.
pub(in crate::protocol) fn read_error(
    codec: &dyn Codec,
    response: &mut HttpResponse,
    error: &mut dyn Structure,
) {
    let members = error.schema().members;
    with_fields_mut(error, |fields| {
        for (member, value) in members.iter().zip(fields) {
            if read_bound(codec, response, member, *value).is_err() {
                value.clear();
            }
        }
    });
    if members
        .iter()
        .any(|member| member.location == Location::Body)
    {
        // An error is known by its code, and has the members that were read.
        let _ = decode(codec, response, error, None);
    }
}

/// Fills the message of an error that was found under another name than the model gives it.
pub(in crate::protocol) fn fill_message(
    error: &mut dyn Structure,
    message: impl FnOnce() -> Option<String>,
) {
    let members = error.schema().members;
    let at = members
        .iter()
        .position(|it| it.name.eq_ignore_ascii_case("message"));
    with_fields_mut(error, |fields| {
        let field = at.and_then(|at| fields.get_mut(at));
        if let Some(field) = field
            && matches!(field.view(), View::Null | View::String(""))
            && let Some(message) = message()
            && let Slot::String(text) = field.slot()
        {
            // A message is text, which every text is.
            let _ = text.set(&message);
        }
    });
}

/// Fills a member that is not beside others in the body.
fn read_bound(
    codec: &dyn Codec,
    response: &mut HttpResponse,
    member: &Member,
    value: &mut dyn Value,
) -> Result<(), InvalidResponse> {
    let (name, is_read) = match member.location {
        // Only the response that opens a stream of events has required members.
        Location::Header(name) if member.required && !response.headers.contains_key(name) => {
            return Err(InvalidResponse::MissingHeader(name));
        }
        Location::Header(name) => (name, header::read(&response.headers, name, value, member)),
        Location::PrefixHeaders(prefix) => {
            let is_read = header::read_prefixed(&response.headers, prefix, value, member);
            (prefix, is_read)
        }
        Location::StatusCode => {
            let status = i64::from(response.status.as_u16());
            let is_set = match value.slot() {
                Slot::Integer(slot) => slot.set(status),
                _ => false,
            };
            (":status", is_set)
        }
        Location::Payload => return read_payload(codec, response, member, value),
        Location::Body
        | Location::Label
        | Location::Query(_)
        | Location::QueryParams
        | Location::EventHeader(_)
        | Location::EventPayload
        | Location::EventStream => return Ok(()),
    };
    is_read.then_some(()).ok_or(InvalidResponse::Header(name))
}

/// Fills the member that is the whole body. An empty body leaves it absent.
fn read_payload(
    codec: &dyn Codec,
    response: &mut HttpResponse,
    member: &Member,
    value: &mut dyn Value,
) -> Result<(), InvalidResponse> {
    let is_empty = response.bytes().is_empty();
    match value.slot() {
        Slot::Stream(slot) => *slot = std::mem::take(&mut response.body),
        _ if is_empty => value.clear(),
        Slot::Blob(slot) => {
            let body = std::mem::take(&mut response.body);
            *slot = body.into_bytes().unwrap_or_default();
        }
        Slot::String(slot) => {
            let text = std::str::from_utf8(response.bytes()).map_err(InvalidResponse::Text)?;
            // Text and enumerations take any text.
            let _ = slot.set(text);
        }
        _ => decode(codec, response, value, Some(member))?,
    }
    Ok(())
}

/// Reads the body. An empty one has no members.
fn decode(
    codec: &dyn Codec,
    response: &HttpResponse,
    value: &mut dyn Value,
    member: Option<&Member>,
) -> Result<(), InvalidResponse> {
    let body = response.bytes();
    if body.is_empty() {
        return Ok(());
    }
    let invalid = |error: Error| match response.encoding() {
        Some(encoding) => InvalidResponse::Encoding(encoding.to_owned()),
        None => InvalidResponse::Body(error.to_string()),
    };
    codec
        .decode(body, value, member, response.max_decoded_size)
        .map_err(invalid)
}
