//! Writing events as frames.

use bytes::Bytes;

use super::frame::Frame;
use super::header::HeaderValue;
use super::message::{CONTENT_TYPE, EVENT_TYPE, EXCEPTION_TYPE, MESSAGE_TYPE};
use crate::message::InvalidRequest;
use crate::protocol::EventFormat;
use crate::schema::{Location, Member, Structure, Union, Variant, View, with_fields};

/// A writer of events.
#[derive(Debug, Clone, Copy)]
pub(super) struct Writer<'a> {
    pub(super) format: EventFormat<'a>,
}

impl Writer<'_> {
    /// Writes an event, or an exception if its name is one of these.
    pub(super) fn event(
        self,
        union: &dyn Union,
        exceptions: &[(&str, &str)],
    ) -> Result<Frame, InvalidRequest> {
        let Variant::Known(name, value) = union.get() else {
            let problem = "is an event that the model does not have";
            return Err(InvalidRequest::new("event", problem));
        };
        let is_exception = exceptions.iter().any(|(it, _)| *it == name);
        let (message_type, type_header) = if is_exception {
            ("exception", EXCEPTION_TYPE)
        } else {
            ("event", EVENT_TYPE)
        };
        let (media_type, payload) = match value {
            Some(View::Structure(structure)) => self.payload(structure)?,
            Some(_) | None => (None, Bytes::new()),
        };
        let frame = headed(name, message_type, type_header, media_type, payload)?;
        match value {
            Some(View::Structure(structure)) => with_headers(frame, structure),
            _ => Ok(frame),
        }
    }

    /// Writes the message with the members that are beside the stream.
    pub(super) fn initial(
        self,
        name: &'static str,
        input: &dyn Structure,
    ) -> Result<Frame, InvalidRequest> {
        let payload = self.encode(View::Structure(input), None)?;
        headed(
            name,
            "event",
            EVENT_TYPE,
            Some(self.format.media_type),
            payload,
        )
    }

    /// Returns the payload of an event and its media type, if it has one.
    fn payload(
        self,
        structure: &dyn Structure,
    ) -> Result<(Option<&'static str>, Bytes), InvalidRequest> {
        let members = structure.schema().members;
        let bound = members
            .iter()
            .position(|it| it.location == Location::EventPayload);
        if let Some(at) = bound {
            let written = with_fields(structure, |fields| {
                match (members.get(at), fields.get(at)) {
                    (Some(member), Some(value)) => self.bound_payload(member, *value),
                    _ => Ok((None, Bytes::new())),
                }
            });
            return written.unwrap_or(Ok((None, Bytes::new())));
        }
        if members.iter().any(|it| it.location == Location::Body) {
            return Ok((
                Some(self.format.media_type),
                self.encode(View::Structure(structure), None)?,
            ));
        }
        Ok((None, Bytes::new()))
    }

    /// Returns the value that is the whole payload.
    fn bound_payload(
        self,
        member: &'static Member,
        value: View<'_>,
    ) -> Result<(Option<&'static str>, Bytes), InvalidRequest> {
        Ok(match value {
            View::Null => (None, Bytes::new()),
            View::Blob(bytes) => {
                let media_type = member.media_type.unwrap_or("application/octet-stream");
                (Some(media_type), bytes.clone())
            }
            View::String(text) => text_payload(member, text),
            View::Enumeration(value) => text_payload(member, value.as_str()),
            _ => (
                Some(self.format.media_type),
                self.encode(value, Some(member))?,
            ),
        })
    }

    fn encode(self, value: View<'_>, member: Option<&Member>) -> Result<Bytes, InvalidRequest> {
        let encoded = self.format.codec.encode(value, member);
        encoded
            .map(Bytes::from)
            .map_err(|error| error.in_request("event"))
    }
}

/// Returns a text that is the whole payload, and its media type.
fn text_payload(member: &Member, text: &str) -> (Option<&'static str>, Bytes) {
    let media_type = member.media_type.unwrap_or("text/plain");
    (Some(media_type), Bytes::copy_from_slice(text.as_bytes()))
}

/// Creates a message with the headers that all have.
fn headed(
    name: &str,
    message_type: &str,
    type_header: &str,
    media_type: Option<&str>,
    payload: Bytes,
) -> Result<Frame, InvalidRequest> {
    let mut frame = with(
        Frame::new(payload),
        MESSAGE_TYPE,
        HeaderValue::String(message_type),
    )?;
    frame = with(frame, type_header, HeaderValue::String(name))?;
    match media_type {
        Some(media_type) => with(frame, CONTENT_TYPE, HeaderValue::String(media_type)),
        None => Ok(frame),
    }
}

/// Adds the members that are in headers. No required member of the event may be absent.
fn with_headers(frame: Frame, structure: &dyn Structure) -> Result<Frame, InvalidRequest> {
    let members = structure.schema().members;
    let written = with_fields(structure, |fields| {
        let mut fields = members.iter().zip(fields);
        fields.try_fold(frame, |frame, (member, value)| {
            if member.required && matches!(value, View::Null) {
                return Err(InvalidRequest::new(member.name, member.absence()));
            }
            let Location::EventHeader(bits) = member.location else {
                return Ok(frame);
            };
            let header = match *value {
                View::Null => return Ok(frame),
                View::Boolean(value) => HeaderValue::Boolean(value),
                View::Integer(integer) => integer_of(integer, bits),
                View::Blob(bytes) => HeaderValue::Bytes(bytes),
                View::String(text) => HeaderValue::String(text),
                View::Enumeration(value) => HeaderValue::String(value.as_str()),
                View::Timestamp(time) => HeaderValue::Timestamp(time.as_millisecond()),
                _ => {
                    let problem = "cannot be the header of an event";
                    return Err(InvalidRequest::new(member.name, problem));
                }
            };
            with(frame, member.name, header)
        })
    });
    written.unwrap_or_else(|| Ok(Frame::default()))
}

/// Returns an integer as a header of so many bits, or of more if it does not fit.
fn integer_of(value: i64, bits: u8) -> HeaderValue<'static> {
    let fitting = match bits {
        8 => value.try_into().ok().map(HeaderValue::Byte),
        16 => value.try_into().ok().map(HeaderValue::Short),
        32 => value.try_into().ok().map(HeaderValue::Integer),
        _ => None,
    };
    fitting.unwrap_or(HeaderValue::Long(value))
}

fn with(frame: Frame, name: &str, value: HeaderValue<'_>) -> Result<Frame, InvalidRequest> {
    let framed = frame.with_header(name, value);
    framed.map_err(|error| InvalidRequest::new("event", format!("cannot be written: {error}")))
}
