//! Members in headers.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use http::header::HeaderMap;

use super::text;
use crate::message::{HttpRequest, InvalidRequest};
use crate::schema::{List, Map, Member, Slot, Value, View};
use crate::timestamp::TimestampFormat;

/// The default timestamp format of headers.
const FORMAT: TimestampFormat = TimestampFormat::HttpDate;

/// Writes a value to a header: a list in one, its elements separated by commas.
pub(super) fn write(
    request: &mut HttpRequest,
    name: &str,
    value: View<'_>,
    member: &Member,
) -> Result<(), InvalidRequest> {
    let value = match value {
        View::Null => return Ok(()),
        View::List(list) => {
            let elements = list.iter().filter(|it| !matches!(it, View::Null));
            let elements: Result<Vec<String>, InvalidRequest> = elements
                .map(|element| list_element(element, member))
                .collect();
            elements?.join(", ")
        }
        value => scalar(value, member)?,
    };
    request.set_header(member.name, name, &value)
}

fn scalar(value: View<'_>, member: &Member) -> Result<String, InvalidRequest> {
    let text = text::write(value, member, FORMAT)?;
    Ok(match value {
        View::String(_) if member.media_type.is_some() => BASE64_STANDARD.encode(&*text),
        _ => text.into_owned(),
    })
}

/// Returns an element of a list. A text that would not be read as one element is put in quotes.
fn list_element(value: View<'_>, member: &Member) -> Result<String, InvalidRequest> {
    let text = scalar(value, member)?;
    if matches!(value, View::Timestamp(_)) || !text.contains([',', '"']) {
        return Ok(text);
    }
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    Ok(format!("\"{escaped}\""))
}

/// Writes the entries of a map to headers, under names with a prefix.
pub(super) fn write_prefixed(
    request: &mut HttpRequest,
    prefix: &str,
    map: &dyn Map,
    member: &Member,
) -> Result<(), InvalidRequest> {
    map.try_for_each(|key, value| write(request, &format!("{prefix}{key}"), value, member))
}

/// Reads a value from the headers of a name. Returns `false` if they are not of its type.
pub(super) fn read(
    headers: &HeaderMap,
    name: &str,
    value: &mut dyn Value,
    member: &Member,
) -> bool {
    let Some(first) = headers.get(name) else {
        return true;
    };
    if let Slot::List(list) = value.slot() {
        let mut values = headers.get_all(name).iter();
        return values.all(|value| match std::str::from_utf8(value.as_bytes()) {
            Ok(text) => read_list(list, text, member),
            Err(_) => false,
        });
    }
    let text = std::str::from_utf8(first.as_bytes());
    text.is_ok_and(|text| read_scalar(value, text.trim(), member))
}

fn read_scalar(value: &mut dyn Value, text: &str, member: &Member) -> bool {
    if member.media_type.is_some()
        && let Slot::String(slot) = value.slot()
    {
        let decoded = BASE64_STANDARD.decode(text).map(String::from_utf8);
        return matches!(decoded, Ok(Ok(text)) if slot.set(&text));
    }
    text::read(value, text, member, FORMAT)
}

fn read_list(list: &mut dyn List, text: &str, member: &Member) -> bool {
    let mut elements = elements(text, 0);
    if elements.is_empty() {
        return true;
    }
    let mut index = 0;
    while let Some(value) = list.push() {
        let is_date = matches!(value.slot(), Slot::Timestamp(_))
            && member.timestamp_format.unwrap_or(FORMAT) == TimestampFormat::HttpDate;
        if index == 0 && is_date {
            // Such a date has a comma in it.
            elements = self::elements(text, 1);
        }
        let is_read = match elements.as_slice().get(index) {
            Some(element) => read_scalar(value, element, member),
            None => false,
        };
        index += 1;
        if !is_read || index == elements.len() {
            return is_read;
        }
    }
    true
}

/// Reads the headers whose names begin with a prefix into a map, by the rest of their names.
/// Returns `false` if one is not text.
pub(super) fn read_prefixed(
    headers: &HeaderMap,
    prefix: &str,
    value: &mut dyn Value,
    member: &Member,
) -> bool {
    // Without such headers the map is empty, and not absent.
    let Slot::Map(_) = value.slot() else {
        return false;
    };
    headers.iter().all(|(name, header)| {
        let Some(key) = name.as_str().strip_prefix(prefix) else {
            return true;
        };
        let (Ok(text), Slot::Map(map)) = (std::str::from_utf8(header.as_bytes()), value.slot())
        else {
            return false;
        };
        read_scalar(map.insert(key), text, member)
    })
}

/// Returns the elements of a list, each of which has so many commas in it. An element may be in
/// quotes, in which commas separate nothing.
fn elements(text: &str, commas: usize) -> Vec<String> {
    let mut elements = vec![String::new()];
    let (mut seen, mut quoted, mut escaped) = (0, false, false);
    for character in text.chars() {
        let Some(element) = elements.last_mut() else {
            break;
        };
        match character {
            _ if escaped => {
                element.push(character);
                escaped = false;
            }
            '\\' if quoted => escaped = true,
            '"' if quoted || element.trim().is_empty() => quoted = !quoted,
            ',' if !quoted && seen == commas => {
                elements.push(String::new());
                seen = 0;
            }
            _ => {
                seen += usize::from(character == ',' && !quoted);
                element.push(character);
            }
        }
    }
    let elements = elements.iter().map(|element| element.trim().to_owned());
    elements.filter(|element| !element.is_empty()).collect()
}
