//! Reading values from XML.

use super::reader::{Reader, Tag};
use crate::Document;
use crate::codec::{Error, text};
use crate::schema::{
    Elements, List, Location, Map, Member, Slot, Structure, Union, Value, with_fields_mut,
};
use crate::timestamp::Timestamp;

/// The part of the memory of a list that its elements take while it grows.
const GROWTH: usize = 2;

/// Reads the element of a document as one value.
pub(super) fn decode(body: &[u8], value: &mut dyn Value, budget: usize) -> Result<(), Error> {
    let mut reader = Reader::new(body, budget)?;
    let tag = reader.root()?;
    decode_element(&mut reader, &tag, value)?;
    reader.end()
}

/// Reads the element that ends in `Result` in the element of a document as one value. Without one
/// the value has no members.
pub(crate) fn decode_result(
    body: &[u8],
    value: &mut dyn Value,
    budget: usize,
) -> Result<(), Error> {
    let mut reader = Reader::new(body, budget)?;
    reader.root()?;
    while let Some(tag) = reader.child()? {
        if tag.local_name().ends_with("Result") {
            decode_element(&mut reader, &tag, value)?;
        } else {
            reader.skip()?;
        }
    }
    reader.end()
}

/// Reads the open element as one value.
pub(crate) fn decode_element(
    reader: &mut Reader<'_>,
    tag: &Tag<'_>,
    value: &mut dyn Value,
) -> Result<(), Error> {
    self::value(reader, tag, value, Elements::STANDARD)
}

/// Reads the open element as a value. If that is a list or a map, `elements` has the names in it.
fn value(
    reader: &mut Reader<'_>,
    tag: &Tag<'_>,
    value: &mut dyn Value,
    elements: &Elements,
) -> Result<(), Error> {
    match value.slot() {
        Slot::List(list) => {
            let mut index = 0;
            while let Some(tag) = reader.child()? {
                if tag.is(elements.element.unwrap_or("member")) {
                    let read = element(reader, &tag, list, elements);
                    read.map_err(|error| error.in_element(index))?;
                    index += 1;
                } else {
                    reader.skip()?;
                }
            }
            Ok(())
        }
        Slot::Map(map) => {
            while let Some(tag) = reader.child()? {
                if tag.is("entry") {
                    entry(reader, map, elements)?;
                } else {
                    reader.skip()?;
                }
            }
            Ok(())
        }
        Slot::Structure(structure) => self::structure(reader, tag, structure),
        Slot::Union(union) => self::union(reader, union),
        Slot::Stream(_) | Slot::Events(_) | Slot::Document(_) => {
            Err(Error::new("a value that XML does not have"))
        }
        _ => {
            let text = reader.text()?;
            scalar(value, &text)
        }
    }
}

/// Reads a value from text. White space around it is part of a text alone.
fn scalar(value: &mut dyn Value, text: &str) -> Result<(), Error> {
    let text = match value.slot() {
        Slot::String(_) => text,
        _ => text.trim(),
    };
    // A timestamp may be in any of its formats, whatever the model says.
    if text::read(value, text, &Timestamp::parse_lenient) {
        Ok(())
    } else {
        let expected = value.slot().expectation();
        Err(Error::new(format!("expected {expected}")))
    }
}

/// Reads the open element as an element of a list.
fn element(
    reader: &mut Reader<'_>,
    tag: &Tag<'_>,
    list: &mut dyn List,
    elements: &Elements,
) -> Result<(), Error> {
    reader.charge(GROWTH * list.element_size())?;
    match list.push() {
        Some(element) => value(reader, tag, element, elements.within()),
        None => reader.skip(),
    }
}

/// Reads the open element as an entry of a map.
fn entry(reader: &mut Reader<'_>, map: &mut dyn Map, elements: &Elements) -> Result<(), Error> {
    reader.charge(GROWTH * map.entry_size())?;
    let mut key = None;
    while let Some(tag) = reader.child()? {
        if tag.is(elements.key.unwrap_or("key")) {
            key = Some(reader.text()?);
        } else if tag.is(elements.element.unwrap_or("value")) {
            let key = key.as_deref();
            let key = key.ok_or_else(|| Error::new("an entry has no key before its value"))?;
            let entry = map.insert(key);
            value(reader, &tag, entry, elements.within()).map_err(Error::in_entry)?;
        } else {
            reader.skip()?;
        }
    }
    Ok(())
}

/// Reads the members of a structure that belong in the body, and skips others.
fn structure(
    reader: &mut Reader<'_>,
    tag: &Tag<'_>,
    structure: &mut dyn Structure,
) -> Result<(), Error> {
    let members = structure.schema().members;
    let read = with_fields_mut(structure, |fields| {
        if members.iter().any(|member| member.xml.is_attribute) {
            attributes(tag, members, fields)?;
        }
        while let Some(tag) = reader.child()? {
            let is_it = |member: &Member| {
                let is_element = !member.xml.is_attribute && member.location == Location::Body;
                is_element && tag.is(member.xml.name)
            };
            let mut found = members.iter().zip(fields.iter_mut());
            let Some((member, field)) = found.find(|(member, _)| is_it(member)) else {
                reader.skip()?;
                continue;
            };
            if let Err(error) = self::member(reader, &tag, *field, member) {
                // An error has the members that could be read.
                field.clear();
                return Err(error.in_member(member.name));
            }
        }
        Ok(())
    });
    match read {
        Some(read) => read,
        None => reader.skip(),
    }
}

fn attributes(
    tag: &Tag<'_>,
    members: &'static [Member],
    fields: &mut [&mut dyn Value],
) -> Result<(), Error> {
    tag.attributes(&mut |name, text| {
        let is_it = |member: &Member| member.xml.is_attribute && member.xml.name == name;
        let mut found = members.iter().zip(fields.iter_mut());
        match found.find(|(member, _)| is_it(member)) {
            Some((member, field)) => {
                let read = scalar(*field, text);
                read.map_err(|error| error.in_member(member.name))
            }
            None => Ok(()),
        }
    })
}

/// Reads the open element as a member, or as one more element or entry of a flattened one.
fn member(
    reader: &mut Reader<'_>,
    tag: &Tag<'_>,
    value: &mut dyn Value,
    member: &Member,
) -> Result<(), Error> {
    let elements = &member.xml.elements;
    match value.slot() {
        Slot::List(list) if member.xml.is_flattened => element(reader, tag, list, elements),
        Slot::Map(map) if member.xml.is_flattened => entry(reader, map, elements),
        _ => self::value(reader, tag, value, elements),
    }
}

/// Reads the first member of a union.
fn union(reader: &mut Reader<'_>, union: &mut dyn Union) -> Result<(), Error> {
    let members = union.schema().members;
    let mut is_set = false;
    while let Some(tag) = reader.child()? {
        let found = members.iter().find(|member| tag.is(member.xml.name));
        let Some(found) = found else {
            if !std::mem::replace(&mut is_set, true) {
                union.set_unknown(tag.local_name(), Document::Null);
            }
            reader.skip()?;
            continue;
        };
        is_set = true;
        match union.set(found.name) {
            Some(slot) => {
                let read = member(reader, &tag, slot, found);
                read.map_err(|error| error.in_member(found.name))?;
            }
            None => reader.skip()?,
        }
    }
    if is_set {
        Ok(())
    } else {
        Err(Error::new("a union has no member"))
    }
}
