//! Reading events from frames.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;

use super::frame::Frame;
use super::header::HeaderValue;
use super::message::invalid;
use crate::codec;
use crate::message::InvalidResponse;
use crate::protocol::EventFormat;
use crate::schema::{Location, Member, Slot, Structure, Union, Value, set, with_fields_mut};
use crate::{Document, Timestamp};

/// A reader of events: the format, and the number of bytes that the values of one may take in memory.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) format: EventFormat<'a>,
    pub(super) budget: usize,
}

impl Reader<'_> {
    /// Fills a union from the event of a name. One that the model does not have is kept.
    pub(super) fn event(
        self,
        frame: &Frame,
        name: &str,
        union: &mut dyn Union,
    ) -> Result<(), InvalidResponse> {
        if union.schema().member(name).is_none() {
            union.set_unknown(name, self.document(frame.payload()));
            return Ok(());
        }
        let Some(value) = union.set(name) else {
            return Ok(());
        };
        match value.slot() {
            Slot::Structure(structure) => self.structure(frame, structure),
            _ => self.payload(frame, value, None),
        }
    }

    /// Fills the structure of an event or of an exception: the members in headers, the one that is
    /// the payload, and those in the payload.
    pub(super) fn structure(
        self,
        frame: &Frame,
        structure: &mut dyn Structure,
    ) -> Result<(), InvalidResponse> {
        let members = structure.schema().members;
        let read = with_fields_mut(structure, |fields| {
            let mut fields = members.iter().zip(fields);
            fields.try_for_each(|(member, value)| match member.location {
                Location::EventHeader(_) => header(frame, member.name, *value),
                Location::EventPayload => self.payload(frame, *value, Some(member)),
                _ => Ok(()),
            })
        });
        read.unwrap_or(Ok(()))?;
        let mut members = members.iter();
        if members.any(|it| it.location == Location::Body) && !frame.payload().is_empty() {
            self.decode(frame, structure, None)?;
        }
        Ok(())
    }

    /// Fills the value that is the whole payload.
    fn payload(
        self,
        frame: &Frame,
        value: &mut dyn Value,
        member: Option<&Member>,
    ) -> Result<(), InvalidResponse> {
        let payload = frame.payload();
        match value.slot() {
            Slot::Blob(slot) => *slot = payload.clone(),
            Slot::String(slot) => {
                let text = std::str::from_utf8(payload).map_err(InvalidResponse::Text)?;
                // Text and enumerations take any text.
                let _ = slot.set(text);
            }
            _ if payload.is_empty() => value.clear(),
            _ => self.decode(frame, value, member)?,
        }
        Ok(())
    }

    /// Returns the payload of an event that the model does not have: as JSON if it is that, else as
    /// text, in base64 if it is not UTF-8.
    fn document(self, payload: &[u8]) -> Document {
        let mut document = Document::Null;
        let decoded = self
            .format
            .codec
            .decode(payload, &mut document, None, self.budget);
        match (decoded, std::str::from_utf8(payload)) {
            (Ok(()), _) => document,
            (Err(_), Ok("")) => Document::Null,
            (Err(_), Ok(text)) => text.into(),
            (Err(_), Err(_)) => BASE64_STANDARD.encode(payload).into(),
        }
    }

    fn decode(
        self,
        frame: &Frame,
        value: &mut dyn Value,
        member: Option<&Member>,
    ) -> Result<(), InvalidResponse> {
        let decoded = self
            .format
            .codec
            .decode(frame.payload(), value, member, self.budget);
        decoded.map_err(|error: codec::Error| {
            invalid(format!("the payload does not match the model: {error}"))
        })
    }
}

/// Fills a member from the header of its name. An absent one changes nothing.
fn header(frame: &Frame, name: &str, value: &mut dyn Value) -> Result<(), InvalidResponse> {
    let Some(header) = frame.header(name) else {
        return Ok(());
    };
    let is_set = match (value.slot(), header) {
        (Slot::Boolean(slot), HeaderValue::Boolean(value)) => set(slot, Some(value)),
        (Slot::Integer(slot), value) => integer(value).is_some_and(|value| slot.set(value)),
        (Slot::Blob(slot), HeaderValue::Bytes(bytes)) => {
            set(slot, Some(Bytes::copy_from_slice(bytes)))
        }
        (Slot::String(slot), HeaderValue::String(text)) => slot.set(text),
        (Slot::Timestamp(slot), HeaderValue::Timestamp(millis)) => {
            set(slot, Timestamp::from_millisecond(millis).ok())
        }
        _ => false,
    };
    if is_set {
        Ok(())
    } else {
        let problem = format!("the header `{name}` does not match the model");
        Err(invalid(problem))
    }
}

fn integer(value: HeaderValue<'_>) -> Option<i64> {
    match value {
        HeaderValue::Byte(value) => Some(value.into()),
        HeaderValue::Short(value) => Some(value.into()),
        HeaderValue::Integer(value) => Some(value.into()),
        HeaderValue::Long(value) => Some(value),
        _ => None,
    }
}
