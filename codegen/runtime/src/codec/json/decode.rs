//! Reading values from JSON.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use serde_json::{Map as Object, Value as Document};

use super::number;
use super::reader::{Progress, Reader};
use crate::codec::Error;
use crate::schema::{
    List, Location, Map, Member, Schema, Slot, Structure, Union, Value, non_finite_value, set,
    with_fields_mut,
};
use crate::timestamp::Timestamp;

/// The part of the memory of a list that its elements take while it grows.
const GROWTH: usize = 2;

/// Reads all of a body as one value.
pub(super) fn decode(
    body: &[u8],
    value: &mut dyn Value,
    member: Option<&Member>,
    budget: usize,
) -> Result<(), Error> {
    let mut reader = Reader::new(body, budget)?;
    self::value(&mut reader, value, member)?;
    reader.end()
}

/// Reads the members of an object that are text, and passes the name and the text of each on.
pub(crate) fn read_texts(body: &[u8], with: &mut dyn FnMut(&str, &str)) -> Result<(), Error> {
    let mut reader = Reader::new(body, body.len())?;
    if !reader.open(b'{')? {
        return Err(Error::new("expected an object"));
    }
    let mut progress = Progress::Nothing;
    while let Some(name) = reader.name(&mut progress)? {
        match reader.string()? {
            Some(text) => with(&name, &text),
            None => reader.skip()?,
        }
    }
    reader.end()
}

/// Reads a value; null makes it absent.
fn value(
    reader: &mut Reader<'_>,
    value: &mut dyn Value,
    member: Option<&Member>,
) -> Result<(), Error> {
    if reader.null()? {
        value.clear();
        return Ok(());
    }
    let mut slot = value.slot();
    let is_read = match &mut slot {
        Slot::Boolean(slot) => set(*slot, reader.boolean()?),
        Slot::Integer(slot) => {
            let integer = reader.number()?.and_then(number::integer);
            integer.is_some_and(|integer| slot.set(integer))
        }
        Slot::Float(slot) => {
            let float = self::float(reader)?;
            #[expect(
                clippy::cast_possible_truncation,
                reason = "the model says it is enough"
            )]
            set(*slot, float.map(|float| float as f32))
        }
        Slot::Double(slot) => set(*slot, float(reader)?),
        Slot::Number(slot) => match reader.number()? {
            Some(digits) => slot.set(digits),
            None => reader.string()?.is_some_and(|digits| slot.set(&digits)),
        },
        Slot::String(slot) => reader.string()?.is_some_and(|text| slot.set(&text)),
        Slot::Blob(slot) => {
            let text = reader.string()?;
            let bytes = text.and_then(|text| BASE64_STANDARD.decode(&*text).ok());
            set(*slot, bytes.map(Bytes::from))
        }
        Slot::Stream(_) | Slot::Events(_) => false,
        Slot::Timestamp(slot) => set(*slot, timestamp(reader)?),
        Slot::Document(slot) => {
            **slot = document(reader)?;
            true
        }
        Slot::List(list) => return self::list(reader, *list, member),
        Slot::Map(map) => return self::map(reader, *map, member),
        Slot::Structure(structure) => return self::structure(reader, *structure),
        Slot::Union(union) => return self::union(reader, *union),
    };
    if is_read {
        Ok(())
    } else {
        Err(expected(&slot))
    }
}

/// Returns the error of a value of another type than that of the slot.
#[cold]
fn expected(slot: &Slot<'_>) -> Error {
    Error::new(format!("expected {}", slot.expectation()))
}

/// Reads a number, or the text of one that JSON does not have.
fn float(reader: &mut Reader<'_>) -> Result<Option<f64>, Error> {
    if let Some(digits) = reader.number()? {
        return Ok(digits.parse().ok().filter(|float: &f64| float.is_finite()));
    }
    Ok(reader.string()?.and_then(|text| non_finite_value(&text)))
}

/// Reads a timestamp in any of its formats, whatever the model says, as botocore does.
fn timestamp(reader: &mut Reader<'_>) -> Result<Option<Timestamp>, Error> {
    if let Some(digits) = reader.number()? {
        let seconds = digits.parse().ok();
        return Ok(seconds.and_then(Timestamp::from_epoch_seconds));
    }
    Ok(reader
        .string()?
        .and_then(|text| Timestamp::parse_lenient(&text)))
}

fn list(
    reader: &mut Reader<'_>,
    list: &mut dyn List,
    member: Option<&Member>,
) -> Result<(), Error> {
    if !reader.open(b'[')? {
        return Err(Error::new("expected a list"));
    }
    let size = GROWTH * list.element_size();
    let mut progress = Progress::Nothing;
    let mut index = 0;
    while reader.next(b']', &mut progress)? {
        reader.charge(size)?;
        if reader.null()? {
            list.push_null();
        } else if let Some(element) = list.push() {
            value(reader, element, member).map_err(|error| error.in_element(index))?;
        }
        index += 1;
    }
    Ok(())
}

fn map(reader: &mut Reader<'_>, map: &mut dyn Map, member: Option<&Member>) -> Result<(), Error> {
    if !reader.open(b'{')? {
        return Err(Error::new("expected an object"));
    }
    let size = GROWTH * map.entry_size();
    let mut progress = Progress::Nothing;
    while let Some(key) = reader.name(&mut progress)? {
        reader.charge(size)?;
        if reader.null()? {
            map.insert_null(&key);
        } else {
            value(reader, map.insert(&key), member).map_err(Error::in_entry)?;
        }
    }
    Ok(())
}

/// Reads the members of a structure that belong in the body, and skips others.
fn structure(reader: &mut Reader<'_>, structure: &mut dyn Structure) -> Result<(), Error> {
    if !reader.open(b'{')? {
        return Err(Error::new("expected an object"));
    }
    let members = structure.schema().members;
    let read = with_fields_mut(structure, |fields| {
        let mut progress = Progress::Nothing;
        // Services write members in the order of their models, more often than not.
        let mut next = 0;
        while let Some(name) = reader.name(&mut progress)? {
            let found = find(members, next, &name);
            let Some((at, member, field)) =
                found.and_then(|(at, member)| Some((at, member, fields.get_mut(at)?)))
            else {
                reader.skip()?;
                continue;
            };
            next = at + 1;
            if let Err(error) = value(reader, *field, Some(member)) {
                // An error has the members that could be read.
                field.clear();
                return Err(error.in_member(member.name));
            }
        }
        Ok(())
    });
    read.unwrap_or(Ok(()))
}

/// Returns the member of a name, which is probably at an index.
fn find(
    members: &'static [Member],
    probable: usize,
    name: &str,
) -> Option<(usize, &'static Member)> {
    let is_it = |member: &Member| member.json_name == name && member.location == Location::Body;
    match members.get(probable) {
        Some(member) if is_it(member) => Some((probable, member)),
        _ => members.iter().enumerate().find(|(_, member)| is_it(member)),
    }
}

/// Reads the one member of a union that is not null. `__type`, which some services add, is not a
/// member.
fn union(reader: &mut Reader<'_>, union: &mut dyn Union) -> Result<(), Error> {
    if !reader.open(b'{')? {
        return Err(Error::new("expected an object"));
    }
    let schema: &'static Schema = union.schema();
    let mut progress = Progress::Nothing;
    let mut is_set = false;
    while let Some(name) = reader.name(&mut progress)? {
        if reader.null()? {
            continue;
        }
        if name == "__type" {
            reader.skip()?;
            continue;
        }
        if std::mem::replace(&mut is_set, true) {
            return Err(Error::new("a union has more than one member"));
        }
        let Some((_, member)) = find(schema.members, 0, &name) else {
            let value = document(reader)?;
            union.set_unknown(&name, value);
            continue;
        };
        match union.set(member.name) {
            Some(slot) => {
                value(reader, slot, Some(member)).map_err(|error| error.in_member(member.name))?;
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

/// Reads any value.
fn document(reader: &mut Reader<'_>) -> Result<Document, Error> {
    reader.charge(size_of::<Document>())?;
    if reader.null()? {
        return Ok(Document::Null);
    }
    if let Some(boolean) = reader.boolean()? {
        return Ok(Document::Bool(boolean));
    }
    if let Some(text) = reader.string()? {
        return Ok(Document::String(text.into_owned()));
    }
    if let Some(digits) = reader.number()? {
        return number::document(digits)
            .map(Document::Number)
            .ok_or_else(|| Error::new("a number is out of range"));
    }
    let mut progress = Progress::Nothing;
    if reader.open(b'[')? {
        let mut elements = Vec::new();
        while reader.next(b']', &mut progress)? {
            reader.charge(size_of::<Document>())?;
            elements.push(document(reader)?);
        }
        return Ok(Document::Array(elements));
    }
    if !reader.open(b'{')? {
        return Err(Error::new("expected a JSON value"));
    }
    let mut members = Object::new();
    while let Some(name) = reader.name(&mut progress)? {
        reader.charge(GROWTH * size_of::<(String, Document)>())?;
        members.insert(name.into_owned(), document(reader)?);
    }
    Ok(Document::Object(members))
}
