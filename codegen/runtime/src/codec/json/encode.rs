//! Writing values as JSON.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::scan::{is_plain, plain_length};
use crate::codec::{Error, write_members};
use crate::schema::{Member, Structure, Union, Variant, View, non_finite};
use crate::timestamp::{Timestamp, TimestampFormat};

/// Writes a value; `member` has the format of the timestamps in it.
pub(super) fn value(
    body: &mut Vec<u8>,
    value: View<'_>,
    member: Option<&Member>,
) -> Result<(), Error> {
    match value {
        View::Null => body.extend_from_slice(b"null"),
        View::Boolean(true) => body.extend_from_slice(b"true"),
        View::Boolean(false) => body.extend_from_slice(b"false"),
        View::Integer(integer) => self::integer(body, integer),
        View::Float(float) if float.is_finite() => number(body, &float),
        View::Float(float) => string(body, non_finite(float.into())),
        View::Double(double) if double.is_finite() => number(body, &double),
        View::Double(double) => string(body, non_finite(double)),
        View::Number(digits) => body.extend_from_slice(digits.as_bytes()),
        View::String(text) => string(body, text),
        View::Enumeration(value) => string(body, value.as_str()),
        View::Blob(bytes) => string(body, &BASE64_STANDARD.encode(bytes)),
        View::Stream(_) | View::Events => {
            return Err(Error::new("is a stream, which JSON does not have"));
        }
        View::Timestamp(timestamp) => self::timestamp(body, timestamp, member)?,
        View::Document(document) => document_value(body, document)?,
        View::List(list) => {
            body.push(b'[');
            for (index, element) in list.iter().enumerate() {
                separate(body, index);
                self::value(body, element, member).map_err(|it| it.in_element(index))?;
            }
            body.push(b']');
        }
        View::Map(map) => {
            body.push(b'{');
            let mut count = 0;
            map.try_for_each(|key, entry| {
                separate(body, count);
                count += 1;
                name(body, key);
                self::value(body, entry, member).map_err(Error::in_entry)
            })?;
            body.push(b'}');
        }
        View::Structure(structure) => self::structure(body, structure)?,
        View::Union(union) => self::union(body, union)?,
    }
    Ok(())
}

/// Writes the members of a structure that are present and belong in the body.
fn structure(body: &mut Vec<u8>, structure: &dyn Structure) -> Result<(), Error> {
    body.push(b'{');
    let mut count = 0;
    write_members(structure, |member, view| {
        separate(body, count);
        count += 1;
        name(body, member.json_name);
        value(body, view, Some(member))
    })?;
    body.push(b'}');
    Ok(())
}

fn union(body: &mut Vec<u8>, union: &dyn Union) -> Result<(), Error> {
    body.push(b'{');
    match union.get() {
        Variant::Unknown(key, document) => {
            name(body, key);
            document_value(body, document)?;
        }
        Variant::Known(model_name, variant) => {
            let member = union.schema().member(model_name);
            name(body, member.map_or(model_name, |member| member.json_name));
            match variant {
                Some(variant) => {
                    value(body, variant, member).map_err(|error| error.in_member(model_name))?;
                }
                None => body.extend_from_slice(b"{}"),
            }
        }
    }
    body.push(b'}');
    Ok(())
}

fn timestamp(
    body: &mut Vec<u8>,
    timestamp: Timestamp,
    member: Option<&Member>,
) -> Result<(), Error> {
    let format = member.and_then(|member| member.timestamp_format);
    match format.unwrap_or(TimestampFormat::EpochSeconds) {
        TimestampFormat::EpochSeconds => {
            let seconds = timestamp.to_epoch_seconds();
            if seconds.fract() == 0.0 {
                integer(body, timestamp.as_second());
            } else {
                number(body, &seconds);
            }
        }
        format => match timestamp.format(format) {
            Some(text) => string(body, &text),
            None => return Err(Error::new("is a timestamp that its format has no text for")),
        },
    }
    Ok(())
}

fn document_value(body: &mut Vec<u8>, document: &serde_json::Value) -> Result<(), Error> {
    serde_json::to_writer(body, document)
        .map_err(|error| Error::new(format!("is a document that cannot be JSON: {error}")))
}

fn integer(body: &mut Vec<u8>, integer: i64) {
    body.extend_from_slice(itoa::Buffer::new().format(integer).as_bytes());
}

/// Writes a finite number, which is always JSON.
fn number(body: &mut Vec<u8>, number: &impl serde_core::Serialize) {
    let _ = serde_json::to_writer(body, number);
}

fn separate(body: &mut Vec<u8>, index: usize) {
    if index > 0 {
        body.push(b',');
    }
}

fn name(body: &mut Vec<u8>, name: &str) {
    string(body, name);
    body.push(b':');
}

/// Writes text in quotation marks.
fn string(body: &mut Vec<u8>, text: &str) {
    let bytes = text.as_bytes();
    body.reserve(bytes.len() + 3);
    body.push(b'"');
    if is_plain(bytes) {
        body.extend_from_slice(bytes);
    } else {
        escaped(body, bytes);
    }
    body.push(b'"');
}

/// Writes text with escapes.
#[cold]
fn escaped(body: &mut Vec<u8>, mut rest: &[u8]) {
    loop {
        let (plain, escaped) = rest.split_at(plain_length(rest));
        body.extend_from_slice(plain);
        let Some((byte, after)) = escaped.split_first() else {
            break;
        };
        escape(body, *byte);
        rest = after;
    }
}

fn escape(body: &mut Vec<u8>, byte: u8) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    match byte {
        b'"' | b'\\' => body.extend_from_slice(&[b'\\', byte]),
        b'\n' => body.extend_from_slice(b"\\n"),
        b'\r' => body.extend_from_slice(b"\\r"),
        b'\t' => body.extend_from_slice(b"\\t"),
        0x08 => body.extend_from_slice(b"\\b"),
        0x0c => body.extend_from_slice(b"\\f"),
        _ => {
            let digits = [byte >> 4, byte & 0xf].map(|digit| HEX.get(usize::from(digit)));
            body.extend_from_slice(b"\\u00");
            body.extend(digits.into_iter().flatten());
        }
    }
}
