//! Reading values from CBOR.

use bytes::Bytes;

use super::big;
use super::reader::{Count, Head, Reader};
use crate::Document;
use crate::codec::{Error, text};
use crate::schema::{
    List, Location, Map, Member, Slot, Structure, Union, Value, set, with_fields_mut,
};
use crate::timestamp::Timestamp;

/// The part of the memory of a list that its elements take while it grows.
const GROWTH: usize = 2;
/// Integers below this are floats without loss.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Reads all of a body as one value.
pub(super) fn decode(body: &[u8], value: &mut dyn Value, budget: usize) -> Result<(), Error> {
    let mut reader = Reader::new(body, budget);
    self::value(&mut reader, value)?;
    reader.end()
}

/// Reads the entries of a map that are text, and passes the key and the text of each on.
pub(crate) fn read_texts(body: &[u8], with: &mut dyn FnMut(&str, &str)) -> Result<(), Error> {
    let mut reader = Reader::new(body, body.len());
    let Head::Map(mut count) = reader.head()? else {
        return Err(Error::new("expected a map"));
    };
    reader.open()?;
    while reader.next(&mut count)? {
        let key = reader.key()?;
        match reader.head()? {
            Head::Text(length) => with(&key, &reader.text(length)?),
            head => reader.skip_after(head)?,
        }
    }
    reader.end()
}

/// Reads a value; null makes it absent.
fn value(reader: &mut Reader<'_>, value: &mut dyn Value) -> Result<(), Error> {
    if reader.null() {
        value.clear();
        return Ok(());
    }
    let (mut tag, mut head) = (None, reader.head()?);
    // The kind of the value is that of the slot, whatever a tag says, but for the size of numbers.
    while let Head::Tag(number) = head {
        (tag, head) = (Some(number), reader.head()?);
    }
    if let Some(tag) = tag.filter(|_| is_number(value))
        && let Some(number) = big::read(reader, tag, head)?
    {
        return scalar(value, &number);
    }
    let mut slot = value.slot();
    let is_read = match (&mut slot, head) {
        (Slot::List(list), Head::List(count)) => return self::list(reader, *list, count),
        (Slot::Map(map), Head::Map(count)) => return self::map(reader, *map, count),
        (Slot::Structure(structure), Head::Map(count)) => {
            return self::structure(reader, *structure, count);
        }
        (Slot::Union(union), Head::Map(count)) => return self::union(reader, *union, count),
        (Slot::Boolean(slot), Head::Boolean(value)) => set(*slot, Some(value)),
        (Slot::Integer(slot), head) => integer(head).is_some_and(|value| slot.set(value)),
        (Slot::Number(slot), Head::Float(value)) => slot.set(&value.to_string()),
        (Slot::Number(slot), Head::Unsigned(value)) => slot.set(&value.to_string()),
        (Slot::Number(slot), Head::Negative(value)) => {
            slot.set(&(-1 - i128::from(value)).to_string())
        }
        (Slot::Float(slot), head) => {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "the model says it is enough"
            )]
            let value = float(head).map(|value| value as f32);
            set(*slot, value)
        }
        (Slot::Double(slot), head) => set(*slot, float(head)),
        (Slot::String(slot), Head::Text(length)) => slot.set(&reader.text(length)?),
        (Slot::Blob(slot), Head::Bytes(length)) => {
            let bytes = reader.bytes(length)?;
            set(*slot, Some(Bytes::copy_from_slice(&bytes)))
        }
        (Slot::Timestamp(slot), head) => {
            let whole = integer(head).and_then(|seconds| Timestamp::from_second(seconds).ok());
            let fraction = || float(head).and_then(Timestamp::from_epoch_seconds);
            set(*slot, whole.or_else(fraction))
        }
        _ => false,
    };
    if is_read {
        return Ok(());
    }
    let expected = match slot {
        Slot::Blob(_) => "bytes",
        Slot::Map(_) | Slot::Structure(_) | Slot::Union(_) => "a map",
        slot => slot.expectation(),
    };
    Err(Error::new(format!("expected {expected}")))
}

fn is_number(value: &mut dyn Value) -> bool {
    matches!(
        value.slot(),
        Slot::Integer(_) | Slot::Number(_) | Slot::Float(_) | Slot::Double(_)
    )
}

/// Reads a value from the text of a number.
fn scalar(value: &mut dyn Value, number: &str) -> Result<(), Error> {
    if text::read(value, number, &|_| None) {
        Ok(())
    } else {
        let expected = value.slot().expectation();
        Err(Error::new(format!("expected {expected}")))
    }
}

/// Returns an integer that a number is without loss.
fn integer(head: Head) -> Option<i64> {
    match head {
        Head::Unsigned(value) => value.try_into().ok(),
        Head::Negative(value) => i64::try_from(value).ok().map(|value| !value),
        Head::Float(value) if value.fract() == 0.0 && value.abs() < EXACT => {
            #[expect(clippy::cast_possible_truncation, reason = "it is an integer in range")]
            let value = value as i64;
            Some(value)
        }
        _ => None,
    }
}

#[expect(clippy::cast_precision_loss, reason = "the model says it is enough")]
fn float(head: Head) -> Option<f64> {
    match head {
        Head::Float(value) => Some(value),
        Head::Unsigned(value) => Some(value as f64),
        Head::Negative(value) => Some(-1.0 - value as f64),
        _ => None,
    }
}

fn list(reader: &mut Reader<'_>, list: &mut dyn List, mut count: Count) -> Result<(), Error> {
    let size = GROWTH * list.element_size();
    reader.open()?;
    let mut index = 0;
    while reader.next(&mut count)? {
        reader.charge(size)?;
        if reader.null() {
            list.push_null();
        } else if let Some(element) = list.push() {
            value(reader, element).map_err(|error| error.in_element(index))?;
        }
        index += 1;
    }
    Ok(())
}

fn map(reader: &mut Reader<'_>, map: &mut dyn Map, mut count: Count) -> Result<(), Error> {
    let size = GROWTH * map.entry_size();
    reader.open()?;
    while reader.next(&mut count)? {
        let key = reader.key()?;
        reader.charge(size)?;
        if reader.null() {
            map.insert_null(&key);
        } else {
            value(reader, map.insert(&key)).map_err(Error::in_entry)?;
        }
    }
    Ok(())
}

/// Reads the members of a structure that belong in the body, and skips others.
fn structure(
    reader: &mut Reader<'_>,
    structure: &mut dyn Structure,
    mut count: Count,
) -> Result<(), Error> {
    let members = structure.schema().members;
    reader.open()?;
    let read = with_fields_mut(structure, |fields| {
        while reader.next(&mut count)? {
            let key = reader.key()?;
            let is_it = |member: &Member| member.name == key && member.location == Location::Body;
            let mut found = members.iter().zip(fields.iter_mut());
            let Some((member, field)) = found.find(|(member, _)| is_it(member)) else {
                reader.skip()?;
                continue;
            };
            if let Err(error) = value(reader, *field) {
                // An error has the members that could be read.
                field.clear();
                return Err(error.in_member(member.name));
            }
        }
        Ok(())
    });
    read.unwrap_or(Ok(()))
}

/// Reads the one member of a union that is not null. `__type`, which some services add, is not a
/// member.
fn union(reader: &mut Reader<'_>, union: &mut dyn Union, mut count: Count) -> Result<(), Error> {
    let members = union.schema().members;
    reader.open()?;
    let mut is_set = false;
    while reader.next(&mut count)? {
        let key = reader.key()?;
        if reader.null() {
            continue;
        }
        if key == "__type" {
            reader.skip()?;
            continue;
        }
        if std::mem::replace(&mut is_set, true) {
            return Err(Error::new("a union has more than one member"));
        }
        let Some(member) = members.iter().find(|member| member.name == key) else {
            union.set_unknown(&key, Document::Null);
            reader.skip()?;
            continue;
        };
        match union.set(member.name) {
            Some(slot) => {
                value(reader, slot).map_err(|error| error.in_member(member.name))?;
            }
            None => reader.skip()?,
        }
    }
    if is_set {
        Ok(())
    } else {
        Err(Error::new("a union has no member that is not null"))
    }
}
