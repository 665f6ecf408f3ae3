//! Writing values as XML.

use crate::codec::{Error, text, write_members};
use crate::schema::{Elements, Member, Namespace, Structure, Union, Variant, View};
use crate::timestamp::TimestampFormat;

/// Writes a value as the element of a document.
pub(super) fn encode(
    name: &str,
    namespace: Option<Namespace>,
    value: View<'_>,
    member: Option<&Member>,
) -> Result<Vec<u8>, Error> {
    let mut body = String::with_capacity(128);
    let elements = member.map_or(Elements::STANDARD, |member| &member.xml.elements);
    element(&mut body, name, namespace, value, member, elements)?;
    Ok(body.into_bytes())
}

/// Writes a value as an element. If that is a list or a map, `elements` has the names in it.
fn element(
    body: &mut String,
    name: &str,
    namespace: Option<Namespace>,
    value: View<'_>,
    member: Option<&Member>,
    elements: &Elements,
) -> Result<(), Error> {
    open(body, name, namespace);
    if let View::Structure(structure) = value {
        attributes(body, structure)?;
    }
    body.push('>');
    content(body, value, member, elements)?;
    close(body, name);
    Ok(())
}

/// Begins a start tag.
fn open(body: &mut String, name: &str, namespace: Option<Namespace>) {
    body.push('<');
    body.push_str(name);
    if let Some(Namespace { uri, prefix }) = namespace {
        let colon = if prefix.is_empty() { "" } else { ":" };
        attribute(body, &format!("xmlns{colon}{prefix}"), uri);
    }
}

fn close(body: &mut String, name: &str) {
    body.push_str("</");
    body.push_str(name);
    body.push('>');
}

fn attribute(body: &mut String, name: &str, value: &str) {
    body.push_str(&format!(" {name}=\""));
    escape(body, value);
    body.push('"');
}

/// Adds text in which no character is markup, and none is changed by the reader.
fn escape(body: &mut String, text: &str) {
    for character in text.chars() {
        body.push_str(match character {
            '<' => "&lt;",
            '>' => "&gt;",
            '&' => "&amp;",
            '\'' => "&apos;",
            '"' => "&quot;",
            '\t' => "&#x9;",
            '\n' => "&#xA;",
            '\r' => "&#xD;",
            '\u{85}' => "&#x85;",
            '\u{2028}' => "&#x2028;",
            character => {
                body.push(character);
                continue;
            }
        });
    }
}

fn attributes(body: &mut String, structure: &dyn Structure) -> Result<(), Error> {
    write_members(structure, |member, value| {
        if member.xml.is_attribute {
            attribute(body, member.xml.name, &scalar(value, Some(member))?);
        }
        Ok(())
    })
}

fn scalar(value: View<'_>, member: Option<&Member>) -> Result<String, Error> {
    let text = text::write(value, member, TimestampFormat::EpochSeconds)?;
    Ok(text.into_owned())
}

/// Writes the content of an element.
fn content(
    body: &mut String,
    value: View<'_>,
    member: Option<&Member>,
    elements: &Elements,
) -> Result<(), Error> {
    match value {
        View::Null => Ok(()),
        View::List(_) => {
            let name = elements.element.unwrap_or("member");
            list(body, name, elements.namespace, value, member, elements)
        }
        View::Map(_) => map(body, "entry", None, value, member, elements),
        View::Structure(structure) => self::structure(body, structure),
        View::Union(union) => self::union(body, union),
        value => {
            escape(body, &scalar(value, member)?);
            Ok(())
        }
    }
}

/// Writes an element for each element of a list.
fn list(
    body: &mut String,
    name: &str,
    namespace: Option<Namespace>,
    value: View<'_>,
    member: Option<&Member>,
    elements: &Elements,
) -> Result<(), Error> {
    let View::List(list) = value else {
        return Ok(());
    };
    for (index, value) in list.iter().enumerate() {
        let inner = elements.within();
        element(body, name, namespace, value, member, inner)
            .map_err(|error| error.in_element(index))?;
    }
    Ok(())
}

/// Writes an element for each entry of a map.
fn map(
    body: &mut String,
    name: &str,
    namespace: Option<Namespace>,
    value: View<'_>,
    member: Option<&Member>,
    elements: &Elements,
) -> Result<(), Error> {
    let View::Map(map) = value else {
        return Ok(());
    };
    let value_name = elements.element.unwrap_or("value");
    let inner = elements.within();
    map.try_for_each(|key, value| {
        open(body, name, namespace);
        body.push('>');
        open(body, elements.key.unwrap_or("key"), elements.key_namespace);
        body.push('>');
        escape(body, key);
        close(body, elements.key.unwrap_or("key"));
        element(body, value_name, elements.namespace, value, member, inner)
            .map_err(Error::in_entry)?;
        close(body, name);
        Ok(())
    })
}

/// Writes the members of a structure that are present and belong in the body.
fn structure(body: &mut String, structure: &dyn Structure) -> Result<(), Error> {
    write_members(structure, |member, value| {
        if member.xml.is_attribute {
            return Ok(());
        }
        self::member(body, value, member)
    })
}

fn member(body: &mut String, value: View<'_>, member: &Member) -> Result<(), Error> {
    let xml = &member.xml;
    let write = match value {
        View::List(_) if xml.is_flattened => list,
        View::Map(_) if xml.is_flattened => map,
        _ => element,
    };
    write(
        body,
        xml.name,
        xml.namespace,
        value,
        Some(member),
        &xml.elements,
    )
}

fn union(body: &mut String, union: &dyn Union) -> Result<(), Error> {
    match union.get() {
        Variant::Unknown(..) => Err(Error::new("has a member that the model does not have")),
        Variant::Known(name, variant) => {
            let Some(member) = union.schema().member(name) else {
                return Ok(());
            };
            match variant {
                Some(value) => self::member(body, value, member),
                None => element(
                    body,
                    member.xml.name,
                    member.xml.namespace,
                    View::Null,
                    None,
                    Elements::STANDARD,
                ),
            }
            .map_err(|error| error.in_member(member.name))
        }
    }
}
