//! Writing values as CBOR.

use super::big;
use super::head::{BYTES, LIST, MAP, TAG, TEXT, head, integer, length};
use crate::codec::{Error, write_members};
use crate::schema::{Structure, Union, Variant, View};
use crate::timestamp::Timestamp;

/// The tag of seconds since 1970.
const EPOCH: u64 = 1;
/// The head of a map that a break ends.
const OPEN_MAP: u8 = 0xbf;
const BREAK: u8 = 0xff;

/// Writes a value.
pub(super) fn value(body: &mut Vec<u8>, value: View<'_>) -> Result<(), Error> {
    match value {
        View::Null => body.push(0xf6),
        View::Boolean(value) => body.push(if value { 0xf5 } else { 0xf4 }),
        View::Integer(value) => integer(body, value),
        View::Float(value) => {
            body.push(0xfa);
            body.extend_from_slice(&value.to_be_bytes());
        }
        View::Double(value) => double(body, value),
        View::Number(digits) => big::write(body, digits)?,
        View::String(text) => string(body, text),
        View::Enumeration(value) => string(body, value.as_str()),
        View::Blob(bytes) => {
            head(body, BYTES, length(bytes.len()));
            body.extend_from_slice(bytes);
        }
        View::Timestamp(timestamp) => self::timestamp(body, timestamp),
        View::List(list) => {
            head(body, LIST, length(list.len()));
            for (index, element) in list.iter().enumerate() {
                self::value(body, element).map_err(|error| error.in_element(index))?;
            }
        }
        View::Map(map) => {
            head(body, MAP, length(map.len()));
            map.try_for_each(|key, entry| {
                string(body, key);
                self::value(body, entry).map_err(Error::in_entry)
            })?;
        }
        View::Structure(structure) => self::structure(body, structure)?,
        View::Union(union) => self::union(body, union)?,
        View::Stream(_) | View::Events | View::Document(_) => {
            return Err(Error::new("is a value that rpcv2Cbor does not have"));
        }
    }
    Ok(())
}

/// Writes the members of a structure that are present and belong in the body.
fn structure(body: &mut Vec<u8>, structure: &dyn Structure) -> Result<(), Error> {
    body.push(OPEN_MAP);
    write_members(structure, |member, view| {
        string(body, member.name);
        value(body, view)
    })?;
    body.push(BREAK);
    Ok(())
}

fn union(body: &mut Vec<u8>, union: &dyn Union) -> Result<(), Error> {
    let Variant::Known(name, variant) = union.get() else {
        return Err(Error::new("has a member that the model does not have"));
    };
    head(body, MAP, 1);
    string(body, name);
    if let Some(variant) = variant {
        return value(body, variant).map_err(|error| error.in_member(name));
    }
    head(body, MAP, 0);
    Ok(())
}

fn timestamp(body: &mut Vec<u8>, timestamp: Timestamp) {
    head(body, TAG, EPOCH);
    let seconds = timestamp.to_epoch_seconds();
    if seconds.fract() == 0.0 {
        integer(body, timestamp.as_second());
    } else {
        double(body, seconds);
    }
}

fn double(body: &mut Vec<u8>, value: f64) {
    body.push(0xfb);
    body.extend_from_slice(&value.to_be_bytes());
}

fn string(body: &mut Vec<u8>, text: &str) {
    head(body, TEXT, length(text.len()));
    body.extend_from_slice(text.as_bytes());
}
