//! Writing requests.

use bytes::Bytes;

use super::{Fields, header, uri};
use crate::codec::Codec;
use crate::descriptor::Operation;
use crate::message::{HttpRequest, InvalidRequest};
use crate::schema::{Location, Member, Slot, Structure, Value, View, with_fields, with_fields_mut};

/// Writes the path, the query, the headers and the body of a request.
pub(in crate::protocol) fn write_request(
    codec: &dyn Codec,
    operation: &Operation,
    input: &mut dyn Structure,
) -> Result<HttpRequest, InvalidRequest> {
    let members = input.schema().members;
    let head = with_fields(input, |values| head(operation, Fields { members, values }));
    let mut request = head.unwrap_or_else(|| Ok(HttpRequest::default()))?;
    let payload = members
        .iter()
        .position(|it| it.location == Location::Payload);
    if let Some(payload) = payload {
        let written = with_fields_mut(input, |fields| {
            match (members.get(payload), fields.get_mut(payload)) {
                (Some(member), Some(value)) => write_payload(codec, &mut request, member, *value),
                _ => Ok(()),
            }
        });
        written.unwrap_or(Ok(()))?;
    } else if members.iter().any(|it| it.location == Location::Body) {
        let body = codec
            .encode(View::Structure(input), None)
            .map_err(|error| error.in_request("body"))?;
        request.set_body(codec.media_type(), body);
    }
    Ok(request)
}

fn head(operation: &Operation, fields: Fields<'_, '_>) -> Result<HttpRequest, InvalidRequest> {
    for (member, value) in fields.iter() {
        match value {
            View::Null if member.required => {
                return Err(InvalidRequest::new(member.name, member.absence()));
            }
            View::String(text) if member.checked => check_text(member.name, text)?,
            _ => {}
        }
    }
    let mut request = HttpRequest {
        host_prefix: uri::host_prefix(operation.host_prefix, fields)?,
        target: uri::target(operation.uri, fields)?,
        ..HttpRequest::default()
    };
    for (member, value) in fields.iter() {
        match (member.location, value) {
            (Location::Header(name), value) => header::write(&mut request, name, value, member)?,
            (Location::PrefixHeaders(prefix), View::Map(map)) => {
                header::write_prefixed(&mut request, prefix, map, member)?;
            }
            _ => {}
        }
    }
    Ok(request)
}

/// Rejects text that is never a valid name or token: empty, or with control characters.
fn check_text(member: &'static str, text: &str) -> Result<(), InvalidRequest> {
    if text.is_empty() {
        return Err(InvalidRequest::new(member, "is empty"));
    }
    // Nearly all text is plain ASCII, which is checked faster than characters.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Ok(());
    }
    let mut characters = text.char_indices();
    match characters.find(|(_, character)| character.is_control()) {
        None => Ok(()),
        Some((at, character)) => {
            let problem = format!("has the control character {character:?} at byte {at}");
            Err(InvalidRequest::new(member, problem))
        }
    }
}

/// Writes the member that is the whole body.
fn write_payload(
    codec: &dyn Codec,
    request: &mut HttpRequest,
    member: &Member,
    value: &mut dyn Value,
) -> Result<(), InvalidRequest> {
    match value.view() {
        View::Null => {
            // An absent structure is sent as one without members.
            if matches!(value.slot(), Slot::Structure(_)) {
                encode(codec, request, member, value.view())?;
            }
        }
        View::Blob(bytes) => {
            let media_type = member.media_type.unwrap_or("application/octet-stream");
            request.set_body(media_type, bytes.clone());
        }
        View::Stream(body) => {
            if member.requires_length && body.length().is_none() {
                let problem = "is a stream of unknown length, but the service requires the \
                               length: give it with `Body::with_length`";
                return Err(InvalidRequest::new(member.name, problem));
            }
            let media_type = member.media_type.unwrap_or("application/octet-stream");
            if let Slot::Stream(body) = value.slot() {
                request.set_body(media_type, std::mem::take(body));
            }
        }
        View::String(text) => set_text(request, member, text),
        View::Enumeration(value) => set_text(request, member, value.as_str()),
        _ => encode(codec, request, member, value.view())?,
    }
    Ok(())
}

fn set_text(request: &mut HttpRequest, member: &Member, text: &str) {
    let media_type = member.media_type.unwrap_or("text/plain");
    request.set_body(media_type, Bytes::copy_from_slice(text.as_bytes()));
}

fn encode(
    codec: &dyn Codec,
    request: &mut HttpRequest,
    member: &Member,
    value: View<'_>,
) -> Result<(), InvalidRequest> {
    let body = codec.encode(value, Some(member));
    request.set_body(
        codec.media_type(),
        body.map_err(|error| error.in_request("body"))?,
    );
    Ok(())
}
